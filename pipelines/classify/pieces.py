"""The pieces of words, three to five characters each, by their CRC-32: of many words at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["pieces"]

_SIZES = (3, 4, 5)
"""Lengths of the pieces, in characters: endings, prefixes and compounds of words never seen."""
_START = crc32(b"c")
"""Where the sums begin: a word and a piece of the same letters are two features."""


def _table() -> NDArray[np.uint32]:
    """Give what each byte makes of a sum (ISO 3309, as zlib reckons)."""
    sums = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        sums = np.where(sums & 1, (sums >> 1) ^ np.uint32(0xEDB88320), sums >> 1).astype(np.uint32)
    return sums


_TABLE = _table()


def pieces(words: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Return the pieces of all words, with a space at each end, and for each piece the index of its word.

    A piece that a word has twice is there twice. The order means nothing.
    """
    plain = [number for number, word in enumerate(words) if word.isascii()]
    sums, of = _of_ascii([words[number] for number in plain])
    found, owners = [sums], [np.array(plain, dtype=np.intp)[of]]
    for number, word in enumerate(words):
        if not word.isascii():
            own = np.array(_of_any(word), dtype=np.uint32)
            found.append(own)
            owners.append(np.full(len(own), number, dtype=np.intp))
    return np.concatenate(found), np.concatenate(owners)


def _of_any(word: str) -> list[int]:
    padded = f" {word} "
    return [
        crc32(padded[at : at + size].encode("utf-8", "surrogatepass"), _START)
        for size in _SIZES
        for at in range(len(padded) - size + 1)
    ]


def _of_ascii(words: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Run the sum over all words in step, a byte each time: what three bytes give is where the fourth goes on."""
    data = np.frombuffer("".join([f" {word} " for word in words]).encode(), dtype=np.uint8)
    lengths = np.array([len(word) + 2 for word in words], dtype=np.intp)
    of = np.repeat(np.arange(len(words)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(data))
    sums = np.full(len(data), ~np.uint32(_START), dtype=np.uint32)
    found, owners = [], []
    for size in range(1, _SIZES[-1] + 1):
        reach = max(0, len(data) - size + 1)
        sums = _TABLE[(sums[:reach] ^ data[size - 1 :]) & 255] ^ (sums[:reach] >> 8)
        if size in _SIZES:
            inside = left[:reach] >= size
            found.append(~sums[inside])
            owners.append(of[:reach][inside])
    return np.concatenate(found), np.concatenate(owners)
