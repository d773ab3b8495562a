"""What a capitalised span names, by its words and by what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.classify.spans import LEGAL
from pipelines.classify.words import first_names
from pipelines.classify.words import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["company_by_context", "defined_company", "is_coined", "is_person", "kind_by_words", "place_by_context"]

ORGANISATIONS = listed("organisations")
COMPANIES = listed("companies")
ROLES = listed("roles")
NO_SURNAME = ORGANISATIONS | COMPANIES | LEGAL
BUSINESS = (
    "company|startup|start-up|firm|operator|maker|provider|developer|vendor|giant|manufacturer|retailer|carrier|platform"
    "|chipmaker|automaker|publisher|supplier|broker|lender|investor|bank|conglomerate|subsidiary|marketplace|specialist"
    "|fabricant|entreprise|société|empresa|compañía|azienda|Unternehmen|Konzern|Hersteller|Anbieter"
)
AFTER_COMPANY = re.compile(
    rf"(?: \([^)\n]{{1,40}}\))?(?:['’]s? (?:CEO|CTO|CFO|chief|profits?|sales|earnings|founder|co-founder|shares|stock|revenue|board|shareholders|headquarters"
    rf"|president|customers|products?|employees|investors|platform|app)\b"
    rf"|, (?:an?|the|which is an?|une?|ein|eine|un|una) (?:[\w’'\-]+ ){{0,6}}(?:{BUSINESS})\b"
    rf"| (?:announced|unveiled|launched|raised|acquired|plans|released|reported|introduced|revealed|operates|bought|sells|hired"
    rf"|partnered|competes|employs|secured|rolled|debuted|filed|declined|has (?:announced|unveiled|launched|raised|acquired"
    rf"|released|entered|emerged|agreed|confirmed|introduced|partnered))\b"
    rf"| (?:shares|stock|CEO|executives|employees|customers|spokesperson|spokesman|spokeswoman|co-founder|founder)\b"
    rf"| \((?:NASDAQ|Nasdaq|NYSE|LSE|TSX|ASX|TYO|HKEX|ETR)\b)"
)
DEFINED_COMPANY = re.compile(
    rf"(?: \([^)\n]{{1,40}}\))?(?:, (?:an?|une?|ein|eine|un|una) (?:[\w’'\-]+ ){{0,6}}(?:{BUSINESS})\b|['’]s? (?:CEO|shares)\b"
    r"| \((?:NASDAQ|Nasdaq|NYSE|LSE|TSX|ASX|TYO|HKEX|ETR)\b)"
)
"""What only a company's name has behind it: the words that do for a word that opens a sentence."""
BEFORE = (
    rf"{BUSINESS}|rival|competitor|parent|owner|client|customer|called|named|acquires?|acquired|acquisition of|founder of|CEO of"
    rf"|co-founder of|shares of|stake in|invested in|investors? in|partnership with|partnered with|deal with|owned by"
    rf"|acquired by|made by|developed by|built by|backed by|led by|supplier|works at|worked at|executive at|engineer at"
    rf"|director of|president of|head of|employees at|Startup|Unternehmen|Konzern|entreprise|empresa|azienda"
)
REACH = 24
"""Characters before a name that are looked at."""


def _backwards(alternatives: str) -> str:
    """Turn a choice of plain words, with `?` behind what may lack, round."""
    return "|".join("".join(reversed(re.findall(r".\??", each))) for each in alternatives.split("|"))


def _endings(alternatives: str) -> frozenset[str]:
    """Give the last two letters of each word of such a choice: looked at first, they spare most names the pattern."""
    return frozenset(
        form[-2:] for each in alternatives.split("|") for form in (each.replace("?", ""), re.sub(r".\?", "", each))
    )


BEFORE_COMPANY = re.compile(rf" (?:{_backwards(BEFORE)})\b")
"""Read from the name backwards: it is tried at one place instead of at each before the name."""
COMPANY_ENDINGS = _endings(BEFORE)
OFFICE = (
    "CEO|CTO|CFO|COO|CISO|chief executive|chief executive officer|president|chairman|chairwoman|chair|founder|co-founder|cofounder"
    "|director|professor|analyst|researcher|spokesperson|spokesman|spokeswoman|minister|economist|engineer|lawyer|partner|chief"
    "|editor|scientist|executive|manager|secretary|commissioner|senator|governor|mayor|strategist|boss|developer"
)
AFTER_PERSON = re.compile(
    rf", (?:(?:the|an?|its|their|our|now|then|former|senior|deputy|vice|interim|global|managing|general|associate|assistant"
    rf"|[A-Z]\w+['’]s?) ){{0,3}}(?:\w+ )?(?:{OFFICE})\b"
)
BEFORE_PERSON = re.compile(rf" (?:{_backwards(OFFICE)})\b")
OFFICE_ENDINGS = _endings(OFFICE)
QUOTES = frozenset("'’")
OWNED = re.compile(r"['’]s? (?:i[A-Z]|[A-Z])\w")
BEHIND = frozenset(" ,'’")
"""What a name's evidence behind it begins with: looked at first, it spares most names the long patterns."""
AFTER_PLACE = re.compile(
    rf"(?:-based (?:[\w\-]+ ){{0,2}}(?:{BUSINESS})\b|, (?:an?|the) (?:[\w\-]+ ){{0,3}}(?:suburb(?:an)?|city|town|village|district|region|area|province|state|county"
    r"|island|municipality|port|neighbou?rhood)\b)"
)
BEFORE_PLACE = re.compile(
    r"\b(?:in|at|from|near|outside|around|across|throughout|leaving|visited?|based in|headquartered in|towards?"
    r"|capital|city|dans|à|en|depuis|aus|bei|nach|nel|we) (?:the |nearby |downtown |northern |southern "
    r"|eastern |western |central )?$"
)
CAMEL = re.compile(r"[a-z0-9][A-Z]|^[A-Z]{2,}[a-z]+|^[a-z][A-Z]|[A-Za-z]\+[A-Z]")
PLURAL = re.compile(r"[A-Z]{2,}s")
"""Several of an abbreviation, such as APIs: no coined word."""
SURNAME = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.)?|[^\W\d_]['’]?(?=\w*[^\W\dA-Z_])(?:[^\W\d_]|[-'’](?=\w))+")
VERSIONED = re.compile(r"\d")
NO_PRODUCT = listed("numbered")


def is_person(words: Sequence[str], title: str) -> bool:
    """Whether the words are a person's name: a given name and a surname, or any name behind a title."""
    if len(words) == 1:
        return title in ROLES and words[0].isalpha() and not words[0].isupper() and _surname(words[0])
    if len(words) > 4 or not (words[0] in first_names() or (len(words) < 4 and title in ROLES)):
        return False
    return all(map(_surname, words))


def _surname(word: str) -> bool:
    return SURNAME.fullmatch(word) is not None and word not in NO_SURNAME


def kind_by_words(words: Sequence[str]) -> str | None:
    """Kind that the words tell by themselves: a legal form, a business's or a body's word, a version; null where none."""
    if len(words) == 1:
        return None
    last = words[-1]
    if last in LEGAL:
        return "company"
    if last in ORGANISATIONS or (words[0] in ORGANISATIONS and words[1].islower()):
        return "organisation"
    if last in COMPANIES or words[:2] == ("Bank", "of"):
        return "company"
    if VERSIONED.search(last) and words[0] not in NO_PRODUCT and words[-2] not in NO_PRODUCT:
        return "product" if not (last.isdigit() and (len(last) == 4 or len(words) > 4)) else None
    return None


def company_by_context(text: str, start: int, end: int) -> bool:
    """Whether what stands right before or behind speaks of a company."""
    if text[end : end + 1] in BEHIND and AFTER_COMPANY.match(text, end) is not None:
        return True
    return text[start - 3 : start - 1] in COMPANY_ENDINGS and _before(BEFORE_COMPANY, text, start)


def _before(pattern: re.Pattern[str], text: str, start: int) -> bool:
    """Whether a pattern that reads backwards matches right before `start`."""
    return text[start - 1] == " " and pattern.match(text[max(0, start - REACH) : start][::-1]) is not None


def defined_company(text: str, word: str, end: int) -> bool:
    """Whether a word that opens a sentence is said to be a company right behind: "Acme, a chip startup, ..."."""
    return text[end : end + 1] in BEHIND and not word.endswith("ly") and DEFINED_COMPANY.match(text, end) is not None


def owns(text: str, end: int) -> bool:
    """Whether a capital or a product such as "iPhone" follows as its own: "Apple's iPhone"."""
    return text[end : end + 1] in QUOTES and OWNED.match(text, end) is not None


def person_by_context(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Whether an office stands right before or behind two or three words that can be a person's name."""
    told = (text[end : end + 2] == ", " and AFTER_PERSON.match(text, end) is not None) or (
        text[start - 3 : start - 1] in OFFICE_ENDINGS and _before(BEFORE_PERSON, text, start)
    )
    return told and 1 < len(words) < 4 and all(map(_surname, words))


def place_by_context(text: str, start: int, end: int, *, known: bool) -> bool:
    """Whether the surroundings speak of a place; for a name not `known` to be one, an apposition has to say so."""
    if AFTER_PLACE.match(text, end) is not None or (known and text.startswith("-based", end)):
        return True
    return known and BEFORE_PLACE.search(text[max(0, start - REACH) : start]) is not None


def is_coined(word: str) -> bool:
    """Whether the word has capitals inside, as products and young companies like them."""
    return (
        not word[1:].islower()
        and CAMEL.search(word) is not None
        and PLURAL.fullmatch(word) is None
        and not word.startswith(("Mc", "Mac", "O'", "O’"))
    )
