"""Turns title and body into the terms that topics are told by: words, and pairs of neighbouring words.

A model knows a term by the CRC-32 of its text, so that it holds no text of the articles it was trained on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

__all__ = ["BODY_CHARACTERS", "Features", "read", "term_hash", "words"]

BODY_CHARACTERS = 1000
"""News says what it is about at the start: longer windows cost time and add the article's digressions."""
_TITLE_CHARACTERS = 300
"""Longer than any headline; bounds what a hostile page can make us read."""
_TITLE_REPEATS = 2
"""How often a word of the headline counts against one of the body; measured in cross-validation."""
_WORD_CHARACTERS = 24
"""Longer words are addresses and debris; only their start is read."""

_TERM = crc32(b"w")
"""Where the sums begin; those of pieces begin elsewhere."""

_WORD = re.compile(r"[^\W_]+(?:[+#]+|(?<=\w)['’]s\b)?")
_STOP = frozenset(
    re.findall(
        r"\S+",
        "a about after all also an and any are as at be been but by can could did do does for from get had has have he "
        "her his how i if in into is it its just like may more most new no not now of off on one only or other our out "
        "over own s said says she should so some such t than that the their them then there these they this to too up "
        "use used using very was we were what when where which while who why will with would you your",
    )
)


class Features(NamedTuple):
    """The terms of one text."""

    words: Counter[str]
    """Words, lower case, with how often they count."""
    pairs: Counter[str]
    """Pairs of neighbouring words, parted by a space, with how often they count."""
    head: frozenset[str]
    """The terms of the headline."""
    body: frozenset[str]
    """The terms of the body's start."""


def read(title: str, body: str) -> Features:
    """Return the terms of a headline and of the start of a body; either may be empty."""
    head = words(title[:_TITLE_CHARACTERS])
    text = words(body[:BODY_CHARACTERS])
    head_pairs = [f"{first} {second}" for first, second in pairwise(head)]
    text_pairs = [f"{first} {second}" for first, second in pairwise(text)]
    return Features(
        Counter(head * _TITLE_REPEATS + text),
        Counter(head_pairs * _TITLE_REPEATS + text_pairs),
        frozenset(head + head_pairs),
        frozenset(text + text_pairs),
    )


def words(text: str) -> list[str]:
    """Return the words that say something, folded, in order."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    found = (word.removesuffix("'s") for word in _WORD.findall(folded))
    return [word[:_WORD_CHARACTERS] for word in found if word not in _STOP]


def term_hash(term: str) -> int:
    """Return the number by which models know a word or a pair."""
    return crc32(term.encode(), _TERM)
