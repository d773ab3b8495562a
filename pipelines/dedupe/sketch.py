"""Sketch: the sample of an article's shingles that stands for it in every comparison.

The sample holds each shingle whose hash lies under a bound that is the same for all articles (one in eight; Hera &
Koslicki, "Cosine and containment from FracMinHash", 2023), so that the share of a short text inside a long one can be
told as well as the likeness of equals, which MinHash signatures cannot. Short articles keep their lowest hashes beyond
the bound, so that nothing with a few sentences goes without evidence.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from pipelines.dedupe.shingles import shingles

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ONE_IN", "covered", "digest", "reach", "sample", "unpack"]

# One shingle in so many is kept: an article of 800 words keeps 100 hashes, the look-up reads 400 bytes an article.
ONE_IN = 8
# Every article keeps at least so many shingles, where it has them: estimates from fewer err by more than .05.
LEAST = 128
_BOUND = np.uint64(2**64 // ONE_IN)
_ALL = 2**32
_SHIFT = np.uint64(32)


def sample(text: str) -> NDArray[np.uint32]:
    """Give the sampled shingle hashes of `text`, distinct and ascending: their upper 32 bits, so that order is kept."""
    hashes = shingles(text)
    low = np.unique((hashes[hashes < _BOUND] >> _SHIFT).astype(np.uint32))
    if low.size >= LEAST:
        return low
    every = np.unique((hashes >> _SHIFT).astype(np.uint32))
    return every[:LEAST]


def reach(hashes: NDArray[np.uint32]) -> int:
    """Give the bound under which a sample holds every shingle of its text; 2**32 where it holds them all."""
    if hashes.size < LEAST:
        return _ALL
    return max(_ALL // ONE_IN, int(hashes[-1]) + 1)


def covered(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give the part of a sample in which every article's sample holds every shingle of its text."""
    return hashes[: np.searchsorted(hashes, np.uint32(_ALL // ONE_IN))]


def unpack(packed: bytes) -> NDArray[np.uint32]:
    """Read the bytes of `Sketch.hashes`: little-endian 32-bit integers, ascending."""
    return np.frombuffer(packed, dtype="<u4")


def digest(text: str) -> str:
    """Give the identity of a text whose words are the same, whatever its case, typography and white space: 128 bits."""
    return hashlib.blake2b(shingles(text).astype("<u8").tobytes(), digest_size=16).hexdigest()
