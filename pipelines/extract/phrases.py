"""The phrases of `phrases.yaml`: what publishers write above, before and between links to other articles."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "fold",
    "groups",
    "inline_title",
    "is_advertisement",
    "is_button",
    "is_label",
    "is_paid_for",
    "is_placeholder",
    "is_promotion",
    "is_step",
    "is_teaser_heading",
    "may_be_teaser_heading",
]

_FILE = Path(__file__).with_name("phrases.yaml")
# No phrase is longer with its wildcard filled; longer lines are not compared.
_LONGEST = 100
# So many characters tell most lines from those that begin with an inline marker; no marker is shorter.
_OPENING = 2
# One form of what is written in several: quotes; Greek with its accents and without, as in capitals (and the dot that "İ" leaves
# behind in lower case: "İlgili" is "ilgili"); Arabic letters that look like Persian ones, vowel signs and strokes between
# letters; what parts words in Persian.
_FORMS = str.maketrans(
    dict.fromkeys("’‘`´", "'")
    | dict(zip("άέήίϊόύϋώ", "αεηιιουυω", strict=True))
    | dict.fromkeys("\u0301\u0307\u0308\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
    | {"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": " "}
)
_NONE: frozenset[str] = frozenset()
# Groups of what stands over or in a card that was paid for.
_PAID = frozenset(("sponsored", "advertisements"))
# A line without any of these has no separator.
_MARKS = re.compile(r"[:：►»›>＞→➡▶\-–—|｜／\]】）)》〉]|[\u0600-\u06ff]\.\.")
# Between an inline marker and the title: a colon, bar or arrow, a closing bracket, a dash with spaces, dots in Arabic.
_SEPARATOR = re.compile(
    r"\s*[:：►»›>＞→➡▶|｜／](?!\S{0,2}//)\s*|\s+[-–—]\s+|(?<=[\]】）)》〉])\s*|(?<=[\u0600-\u06ff])\.{2,3}\s*"
)


@lru_cache(maxsize=8192)
def fold(line: str) -> str:
    """Give `line` for comparison: one case, one width, one form of each letter, single spaces, bare of marks at both ends."""
    if line.isascii():
        plain = line.replace("`", "'").lower()
    else:
        plain = unicodedata.normalize("NFKC", line).casefold().translate(_FORMS)
    # What may stand around a phrase: marks, arrows, bullets, brackets, emoji.
    start, end = 0, len(plain)
    while start < end and not plain[start].isalnum():
        start += 1
    while start < end and not plain[end - 1].isalnum():
        end -= 1
    return " ".join(plain[start:end].split())


def is_teaser_heading(line: str) -> bool:
    """Tell whether `line` alone announces other articles, such as "Explore more" or "関連記事"."""
    return len(line) <= _LONGEST and "headings" in _groups(line)


def may_be_teaser_heading(line: str) -> bool:
    """Tell whether `line` alone may announce other articles: "More …" is a sub-heading of articles as well."""
    return _matches("weak_headings", line)


def is_promotion(line: str) -> bool:
    """Tell whether `line` alone is the site speaking for itself: newsletters, sharing, advertisement labels."""
    return _matches("promotions", line)


def is_placeholder(line: str) -> bool:
    """Tell whether `line` alone stands where a page would show a video or post, had its reader agreed to it."""
    return _matches("placeholders", line)


def is_advertisement(line: str) -> bool:
    """Tell whether `line` alone labels an advertisement, such as "Annons": as a heading it may be an article's."""
    return _matches("advertisements", line)


def is_paid_for(line: str) -> bool:
    """Tell whether `line` alone says of a card that it was paid for, such as "Paid content" or "Anzeige"."""
    return not _PAID.isdisjoint(groups(line))


def is_label(line: str) -> bool:
    """Tell whether `line` alone is the link text of a teaser, such as "Read the full story"."""
    return _matches("labels", line)


def is_button(line: str) -> bool:
    """Tell whether `line` alone says what a link does and nothing of what it leads to, such as "View photos"."""
    return _matches("buttons", line)


def is_step(line: str) -> bool:
    """Tell whether `line` alone stands over or before the post next to an article, such as "Previous post"."""
    return _matches("steps", line)


def inline_title(line: str) -> str | None:
    """Give the title that an inline teaser such as "READ MORE: ..." names; None where `line` is none."""
    text = line.strip().strip("[]()【】（）*_ ")
    if len(text) > 4 * _LONGEST or fold(text)[:_OPENING] not in _openings():
        return None
    if _MARKS.search(text, 0, _LONGEST):
        for separator in _SEPARATOR.finditer(text[:_LONGEST]):
            if fold(text[: separator.start()]) in _inline():
                return text[separator.end() :].strip() or None
    return _shouted(text)


def _shouted(text: str) -> str | None:
    """Split "READ MORE Title of the other article": a marker in capitals needs no colon."""
    opening = text[:_LONGEST].split(maxsplit=1)[:1]
    if not opening or opening[0] != opening[0].upper():
        return None
    words = text.split()
    for size in range(min(5, len(words) - 2), 1, -1):
        marker = " ".join(words[:size])
        if marker.isupper() and fold(marker) in _inline() and not text.isupper():
            return " ".join(words[size:])
    return None


def groups(line: str) -> frozenset[str]:
    """Give the groups of `phrases.yaml` of which `line` alone is a phrase: none, as a rule."""
    return _groups(line) if len(line) <= _LONGEST else _NONE


def _matches(group: str, line: str) -> bool:
    return group in groups(line)


@lru_cache(maxsize=8192)
def _groups(line: str) -> frozenset[str]:
    exact, wild = _known()
    folded = fold(line)
    found = exact.get(folded, _NONE)
    first, _, rest = folded.partition(" ")
    for word in (first, rest.rpartition(" ")[2]):
        if word in wild:
            found |= {group for group, pattern in wild[word] if pattern.fullmatch(folded)}
    return found


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    declared = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    flat = {group: _flatten(phrases) for group, phrases in declared.items()}
    return {group: tuple(sorted({_fold_phrase(phrase) for phrase in phrases})) for group, phrases in flat.items()}


def _flatten(phrases: dict[str, list[str]] | list[str]) -> Iterable[str]:
    return phrases if isinstance(phrases, list) else (phrase for group in phrases.values() for phrase in group)


def _fold_phrase(phrase: str) -> str:
    # A letter at either end keeps the asterisk from being taken for a mark around the phrase.
    return fold(phrase.replace("*", "x*x")).replace("x*x", "*")


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, frozenset[str]], dict[str, list[tuple[str, re.Pattern[str]]]]]:
    """Give the groups of each phrase without a wildcard; of those with one, by the word they begin or end with, the patterns."""
    exact: dict[str, frozenset[str]] = {}
    wild: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for group, phrases in _phrases().items():
        for phrase in phrases:
            if "*" in phrase:
                pattern = re.compile(re.escape(phrase).replace(r"\*", r"\S+(?: \S+){0,5}"))
                wild.setdefault(phrase.split()[-1 if phrase.startswith("*") else 0], []).append((group, pattern))
            else:
                exact[phrase] = exact.get(phrase, _NONE) | {group}
    return exact, wild


@lru_cache(maxsize=1)
def _inline() -> frozenset[str]:
    return frozenset(_phrases()["inline"])


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    return frozenset([marker[:_OPENING] for marker in _inline()])
