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

__all__ = ["COVERED", "LEAST", "ONE_IN", "covered", "reach", "sample", "take", "unpack"]

# One shingle in so many is kept: an article of 800 words keeps 100 hashes, the look-up reads 400 bytes an article.
ONE_IN = 8
# Every article keeps at least so many shingles, where it has them: estimates from fewer err by more than .05.
LEAST = 128
_BOUND = np.uint64(2**64 // ONE_IN)
_ALL = 2**32
_SHIFT = np.uint64(32)
# The bound in a sample's 32 bits: under it every article's sample holds every shingle of its text.
COVERED = np.uint32(_ALL // ONE_IN)


def sample(text: str) -> NDArray[np.uint32]:
    """Give the sampled shingle hashes of `text`, distinct and ascending: their upper 32 bits, so that order is kept."""
    return take(text)[0]


def take(text: str) -> tuple[NDArray[np.uint32], str]:
    """Give the sample of `text` and its digest: the identity of its words, whatever their case, typography and space."""
    hashes = shingles(text)
    digest = hashlib.blake2b(hashes.astype("<u8", copy=False).tobytes(), digest_size=16).hexdigest()
    low = _distinct(hashes[hashes < _BOUND])
    return (low if low.size >= LEAST else _distinct(hashes)[:LEAST]), digest


def _distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    upper = np.sort((hashes >> _SHIFT).astype(np.uint32))
    return upper[np.append(True, upper[1:] != upper[:-1])] if upper.size else upper


def reach(hashes: NDArray[np.uint32]) -> int:
    """Give the bound under which a sample holds every shingle of its text; 2**32 where it holds them all."""
    if hashes.size < LEAST:
        return _ALL
    return max(_ALL // ONE_IN, int(hashes[-1]) + 1)


def covered(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give the part of a sample in which every article's sample holds every shingle of its text."""
    return hashes[: np.searchsorted(hashes, COVERED)]


def unpack(packed: bytes) -> NDArray[np.uint32]:
    """Read the bytes of `Sketch.hashes`: little-endian 32-bit integers, ascending."""
    return np.frombuffer(packed, dtype="<u4")
