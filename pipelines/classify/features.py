"""Turns title and body into hashed features: words, pairs of neighbouring words, and pieces of words.

A feature is the CRC-32 of its text, so that a model built on features holds no text of the articles it was trained on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BODY_CHARACTERS", "Features", "read"]

BODY_CHARACTERS = 1000
"""News says what it is about at the start: longer windows cost time and add the article's digressions."""
_TITLE_CHARACTERS = 300
"""Longer than any headline; bounds what a hostile page can make us read."""
_TITLE_REPEATS = 2
"""How often a word of the headline counts against one of the body; measured in cross-validation."""
_WORD_CHARACTERS = 24
"""Longer words are addresses and debris; only their start is read."""
_PIECES = (3, 4, 5)
"""Lengths of the pieces of words, in characters: endings, prefixes and compounds of words never seen."""

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
    """The features of one text, each occurrence on its own, in reading order."""

    words: NDArray[np.uint32]
    """Hashes of words and pairs of words."""
    word_of: NDArray[np.int32]
    """For each entry of `words`, the index in `terms` of the word or pair it stands for."""
    pieces: NDArray[np.uint32]
    """Hashes of pieces of words."""
    piece_of: NDArray[np.int32]
    """For each entry of `pieces`, the index in `terms` of the word it was cut from."""
    terms: list[str]
    """Words and pairs of words as they can be shown to a reader, lower case."""


def read(title: str, body: str) -> Features:
    """Return the features of a headline and of the start of a body; either may be empty."""
    head = _words(title[:_TITLE_CHARACTERS])
    text = _words(body[:BODY_CHARACTERS])
    terms: list[str] = []
    words: list[int] = []
    pieces: list[NDArray[np.uint32]] = []
    lengths: list[int] = []
    for run in (*[head] * _TITLE_REPEATS, text):
        for word in run:
            value, cut = _hashes(word)
            terms.append(word)
            words.append(value)
            pieces.append(cut)
            lengths.append(len(cut))
    singles = len(terms)
    for run in (*[head] * _TITLE_REPEATS, text):
        for first, second in pairwise(run):
            pair = f"{first} {second}"
            terms.append(pair)
            words.append(_pair(pair))
    return Features(
        words=np.array(words, dtype=np.uint32),
        word_of=np.arange(len(words), dtype=np.int32),
        pieces=np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.uint32),
        piece_of=np.repeat(np.arange(singles, dtype=np.int32), lengths),
        terms=terms,
    )


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    found = (word.removesuffix("'s") for word in _WORD.findall(folded))
    return [word[:_WORD_CHARACTERS] for word in found if word not in _STOP]


@lru_cache(maxsize=65536)
def _hashes(word: str) -> tuple[int, NDArray[np.uint32]]:
    padded = f" {word} "
    cut = {padded[at : at + size] for size in _PIECES for at in range(len(padded) - size + 1)}
    return crc32(f"w{word}".encode()), np.array(sorted(crc32(f"c{piece}".encode()) for piece in cut), dtype=np.uint32)


@lru_cache(maxsize=65536)
def _pair(pair: str) -> int:
    return crc32(f"w{pair}".encode())
