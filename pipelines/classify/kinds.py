"""Which kind of name a span is: by known names in it, and by what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.classify import evidence
from pipelines.classify.places import names_of_places
from pipelines.classify.spans import DEMONYMS

if TYPE_CHECKING:
    from pipelines.classify.gazetteer import Match
    from pipelines.classify.spans import Span

__all__ = ["before_joint", "by_context", "extended", "of_opening", "of_word", "opening"]

PERSON_JOINTS = frozenset({"of", "for", "et", "und", "y", "e", "&"})
PARTICLES = frozenset({"von", "van"})
"""Part of a surname behind one given name; behind two words that are a name, it says where the person belongs."""
UNITS = frozenset(
    {"Research", "Cloud", "Ventures", "Europe", "Asia", "Africa", "Americas", "America", "EMEA", "APAC", "US", "UK"}
)
"""They end the name of a branch of the company before them."""
SIGNS = frozenset("-,")
"""What stands behind a place that the text explains."""


def opening(span: Span) -> bool:
    """Whether only its place gives the word its capital."""
    return span.opens and not evidence.is_coined(span.words[0])


def of_opening(text: str, span: Span) -> str | None:
    """Tell a word that opens a sentence: a company, where the text says so right behind it."""
    return "company" if evidence.defined_company(text, span.words[0], span.end) else None


def of_word(text: str, span: Span, *, known: bool) -> str | None:
    """Tell a word within a sentence; `known` leaves what stands around it out."""
    if evidence.is_person(span.words, span.title):
        return "person"
    return None if known else by_context(text, span)


def before_joint(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words before the first joint: "Jane Smith" of "Jane Smith of Acme Bank"."""
    for number, word in enumerate(words):
        if (number and word in PERSON_JOINTS) or (number > 1 and word in PARTICLES):
            return words[:number]
    return words


def extended(text: str, span: Span, match: Match) -> str | None:
    """Tell a known name with more behind it: a product such as "Tesla Cybertruck", a branch such as "Microsoft Israel"."""
    rest = span.words[text[match.start : match.end].count(" ") + 1 :]
    if (
        not rest
        or text[match.end : match.end + 1] != " "
        or rest[0].islower()
        or match.start != span.start
        or match.entry.kind not in {"company", "product"}
        or len(span.words) > 5
        or (span.opens and match.entry.doubtful)
    ):
        return None
    branch = match.entry.kind == "company" and (rest[-1] in UNITS or rest[-1] in names_of_places())
    return "company" if branch else "product"


def by_context(text: str, span: Span) -> str | None:
    """Tell a span of words unknown by what stands around it, or a product by capitals inside a word."""
    words = span.words
    coined = any(map(evidence.is_coined, words))
    if (not span.opens or coined) and len(words) < 5:
        if evidence.company_by_context(text, span.start, span.end):
            return "company"
        if len(words) > 1 and evidence.person_by_context(text, span.start, span.end, words):
            return "person"
        if text[span.end : span.end + 1] in SIGNS and not coined and _can_be_place(words[-1]):
            return "place" if evidence.place_by_context(text, span.start, span.end, known=False) else None
    return "product" if coined and len(words) < (2 if span.opens else 4) else None


def _can_be_place(word: str) -> bool:
    return not word.isupper() and word not in DEMONYMS
