"""What is compared of an article: weighted words of its headline, its lead and its parts, pairs of words, its length."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Sketch", "StoryInput", "Vector", "sketch", "terms"]

LEAD_WORDS = 200
"""Words of the body that are compared: news says what happened first, and later paragraphs of background join stories
that have nothing but background in common."""
PART_WORDS, PARTS = 50, 6
"""Words of a part, about a paragraph, and parts of a body that are compared one by one: two reports of one event share
facts paragraph by paragraph, two of one subject share words here and there."""
MOST_CHARACTERS = 2_400
"""Characters of a headline and of a body that are read: some 400 words, and a hostile text costs no more."""
STEM = 6
"""Letters kept of a word: a stemmer for every language at once."""
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
WORD = re.compile(r"\w+")
BACKGROUND = Path(__file__).with_name("background.bin")
PLACES = 1 << 18
"""Places of the background: terms that share one by their hash share a rarity."""
STEPS = 16
"""The background holds inverse document frequencies in sixteenths."""
UNSEEN = 8.0
"""Rarity of a term that no text has: as rare as one text in a thousand, so that a typing error does not outweigh names."""

Vector = dict[str, float]
"""Weight by term, of length 1; empty where there are no terms."""


class StoryInput(NamedTuple):
    """What story detection needs of an article."""

    id: str
    """The article's id."""
    title: str
    """Headline."""
    body: str
    """Body; the first 2,400 characters do."""
    language: str
    """BCP 47 tag; only its first part counts, and stories do not join languages."""
    source: str
    """Id of the source."""
    published: datetime
    """When it was published, else first seen: an aware time."""


class Sketch(NamedTuple):
    """An article as it is compared."""

    id: str
    title: str
    language: str
    source: str
    published: datetime
    text: Vector
    """Terms of headline and lead."""
    head: Vector
    """Terms of the headline."""
    force: Vector
    """How often a term of headline and lead comes times its rarity, not brought to a length."""
    pairs: Vector
    """Neighbouring terms, joined by a space."""
    parts: tuple[Vector, ...]
    """Terms of each part of the body."""
    words: int
    """Terms of the body that were read."""
    lead: str
    """Beginning of the body, as it was read."""


def terms(text: str) -> list[str]:
    """Words of `text` cut to stems, in order; pairs of characters where a script has no spaces."""
    found: list[str] = []
    for word in WORD.findall(text.lower()):
        if not word.isascii() and UNSPACED.search(word):
            found.extend(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif len(word) > 1 or word.isdigit():
            found.append(word if word.isdigit() else word[:STEM])
    return found


def sketch(article: StoryInput) -> Sketch:
    """Sketch an article; the same text gives the same sketch anywhere."""
    head = terms(article.title[:MOST_CHARACTERS])
    lead = article.body[:MOST_CHARACTERS]
    body = terms(lead)
    whole = head + body[:LEAD_WORDS]
    counts = Counter(whole)
    return Sketch(
        id=article.id,
        title=article.title,
        language=article.language.partition("-")[0].lower(),
        source=article.source,
        published=article.published.astimezone(UTC),
        text=_vector(counts),
        head=_vector(Counter(head)),
        force={term: count * rarity(term) for term, count in counts.items()},
        pairs=_unit({f"{one} {two}": rarity(one) + rarity(two) for one, two in pairwise(whole)}),
        parts=tuple(
            _vector(Counter(body[at : at + PART_WORDS]))
            for at in range(0, min(len(body), PART_WORDS * PARTS), PART_WORDS)
        ),
        words=len(body),
        lead=lead,
    )


def _vector(counts: Mapping[str, int]) -> Vector:
    return _unit({term: (1 + math.log(count)) * rarity(term) for term, count in counts.items()})


def _unit(weights: Vector) -> Vector:
    length = math.sqrt(sum([weight * weight for weight in weights.values()]))
    return {term: weight / length for term, weight in weights.items()}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Similarity of two vectors, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[term] for term, weight in one.items() if term in other])


@lru_cache(maxsize=200_000)
def rarity(term: str) -> float:
    """Give the inverse document frequency of a term in the background.

    The background never changes, so a score does not depend on the order in which articles come. Terms share its
    places by their hash.
    """
    return _background()[crc32(term.encode()) & (PLACES - 1)] / STEPS


@lru_cache(maxsize=1)
def _background() -> bytes:
    return BACKGROUND.read_bytes()
