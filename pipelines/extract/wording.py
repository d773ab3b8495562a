"""What a block's own words say: a linear model over hashed words and pairs of words, as one feature of the block model."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["PLACES", "Wording", "places"]

# A line says what it is in its first words.
READ = 30
# Words share this many places of the table; one byte each.
PLACES = 1 << 16
_BEGIN = "^"
_PAIR = 1_000_003


@lru_cache(maxsize=1 << 16)
def _place(word: str) -> int:
    return crc32(word.encode("utf-8", "replace"))


def places(texts: Sequence[Sequence[str]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the words and pairs of words at the beginning of each text: index of the text, place in the table.

    Texts come as their `words`. The same on every machine: places are CRC-32 of the word in UTF-8, pairs a mix of two.
    """
    sizes = np.array([min(len(words), READ) + 1 for words in texts], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), sizes)
    single = np.fromiter((_place(word) for words in texts for word in (_BEGIN, *words[:READ])), np.int64, len(owner))
    paired = owner[1:] == owner[:-1]
    pairs = (single[:-1] * _PAIR ^ single[1:])[paired]
    return np.concatenate([owner, owner[1:][paired]]), np.concatenate([single, pairs]) % PLACES


class Wording:
    """A trained table of weights, one a place, stored as bytes and a scale."""

    def __init__(self, weights: NDArray[np.int8], scale: float) -> None:
        self.weights = weights.astype(np.float64) * scale

    def column(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Give the log-odds of each text, as its `words`, to be of a body by them alone, texts by one."""
        owner, place = places(texts)
        count = np.bincount(owner, minlength=len(texts))
        total = np.bincount(owner, weights=self.weights[place], minlength=len(texts))
        score: NDArray[np.float32] = (total / np.sqrt(np.maximum(count, 1))).astype(np.float32)
        return score[:, None]
