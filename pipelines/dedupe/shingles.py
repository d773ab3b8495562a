"""Shingles: a text as the set of its word triples, hashed, so that copies share most of it whatever was done to them.

Words are compared without case, accents, apostrophes, digit separators or typography. Scripts written without spaces
(Han, kana, Thai, Lao, Khmer, Burmese) are read character by character in runs of five, about as rare as three words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.dedupe.letters import Letter, read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

__all__ = ["LONGEST_TEXT", "shingles", "words"]

# Characters of one text that are read: ten times the longest article seen; a larger text is no article.
LONGEST_TEXT = 400_000

# Odd multipliers with well-mixed bits (Steele & Vigna, "Computationally easy, spectrally good multipliers", 2021).
_BASE = 0xD1342543DE82EF95
_PLACES = np.array(
    [0xF1357AEA2E62A9C5, 0xAF251AF3B0F025B5, 0x9E6C63D0876A9A47, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)
_LONGEST_WORD = 64  # letters that tell two words apart
_POWERS = np.array([pow(_BASE, i, 1 << 64) for i in range(_LONGEST_WORD + 1)], dtype=np.uint64)


def _mix(hashes: Hashes) -> Hashes:
    """Finaliser of SplitMix64: every input bit moves every output bit."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _letters(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Code points of `text` that leave a trace; points between digits are gone, others are gaps."""
    codes, kinds = read(text[:LONGEST_TEXT])
    points = np.flatnonzero(kinds == Letter.POINT)
    if points.size:
        inner = points[(points > 0) & (points < kinds.size - 1)]
        grouped = inner[(kinds[inner - 1] == Letter.DIGIT) & (kinds[inner + 1] == Letter.DIGIT)]
        kinds[points] = Letter.GAP
        kinds[grouped] = Letter.NOTHING
    kept = kinds != Letter.NOTHING
    return codes[kept], kinds[kept]


def words(text: str) -> tuple[Hashes, NDArray[np.bool_]]:
    """Hash the words of `text` in order; the second array marks characters that stand for a word alone."""
    codes, kinds = _letters(text)
    solid = kinds != Letter.GAP
    alone = kinds == Letter.ALONE
    begins = solid.copy()
    begins[1:] &= ~solid[:-1] | alone[1:] | alone[:-1]
    starts = np.flatnonzero(begins)
    if not starts.size:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.bool_)
    first, lengths = starts[0], np.diff(starts, append=codes.size)
    place = np.minimum(np.arange(first, codes.size) - np.repeat(starts, lengths), _LONGEST_WORD)
    letters = codes[first:] * _POWERS[place]
    letters[~solid[first:]] = 0
    return _mix(np.add.reduceat(letters, starts - first)), alone[starts]


def shingles(text: str) -> Hashes:
    """Give the 64-bit hashes of the shingles of `text`, in its order; empty where it holds no word.

    A text shorter than one shingle is one shingle. The same text gives the same hashes on every machine.
    """
    hashes, alone = words(text)
    if not hashes.size:
        return hashes
    triples = _runs(hashes, 3)
    if alone.any():
        fives = _runs(hashes, 5)
        many = min(triples.size, fives.size)
        triples = np.where(alone[:many], fives[:many], triples[:many])
    return triples


def _runs(hashes: Hashes, width: int) -> Hashes:
    """Hash every run of `width` words; a shorter text is one run."""
    width = min(width, hashes.size)
    many = hashes.size - width + 1
    total = hashes[:many] * _PLACES[0]
    for place in range(1, width):
        total += hashes[place : place + many] * _PLACES[place]
    return _mix(total)
