"""Index: the sketches of the window as flat arrays, asked which articles hold which shingles.

A look-up reads each sampled hash of the window once against a bitmap of the hashes asked for: 400 bytes an article,
no Python object for an article that shares nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["COMMON", "Postings", "Window", "build"]

# Articles that hold a shingle before it says nothing of origin: "one of the", or a licence text.
COMMON = 1000
_FILTER_BITS = 24  # 2 MB as a bitmap: stays in a core's cache


class Postings(NamedTuple):
    """Which rows of the window hold which of the hashes asked for."""

    hashes: NDArray[np.uint32]
    """The hashes asked for, distinct and ascending."""
    counts: NDArray[np.int64]
    """Articles that hold each, beside `hashes`."""
    which: NDArray[np.int64]
    """Place in `hashes`, one for each posting, ascending; none for a hash in more than `COMMON` articles."""
    rows: NDArray[np.int64]
    """Row of the window, beside `which`."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sketches of many articles, row by row."""

    articles: pl.Series
    """Ids."""
    sources: pl.Series
    """Ids of their sources."""
    digests: pl.Series
    """Identities of their texts."""
    hashes: NDArray[np.uint32]
    """All samples, one after the other."""
    offsets: NDArray[np.int64]
    """Where each row's sample begins in `hashes`; one more closes the last."""

    def sample(self, row: int) -> NDArray[np.uint32]:
        """Give the sample of a row."""
        return self.hashes[self.offsets[row] : self.offsets[row + 1]]

    def postings(self, asked: NDArray[np.uint32]) -> Postings:
        """Find the rows that hold each of the `asked` hashes."""
        asked = np.unique(asked)
        places = np.flatnonzero(_maybe(self.hashes, asked))
        found = np.searchsorted(asked, self.hashes[places])
        found[found == asked.size] = 0
        right = asked[found] == self.hashes[places] if asked.size else np.zeros(0, dtype=np.bool_)
        places, found = places[right], found[right]
        counts = np.bincount(found, minlength=asked.size)
        telling = counts[found] <= COMMON
        places, found = places[telling], found[telling]
        order = np.argsort(found, kind="stable")
        rows = np.searchsorted(self.offsets, places[order], side="right") - 1
        return Postings(asked, counts, found[order], rows)


def build(frames: Iterable[pl.DataFrame], last: pl.DataFrame) -> Window:
    """Lay the frames of `Known.window` one after the other; the rows of `last` replace those of their articles."""
    held = last["article"].implode()
    parts = [frame.select(last.columns).filter(~pl.col("article").is_in(held)) for frame in frames]
    table = pl.concat([*parts, last])
    sizes = table["hashes"].bin.size().to_numpy().astype(np.int64) // 4
    packed = b"".join(table["hashes"])
    return Window(
        articles=table["article"],
        sources=table["source"],
        digests=table["digest"],
        hashes=np.frombuffer(packed, dtype="<u4"),
        offsets=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]),
    )


def _maybe(hashes: NDArray[np.uint32], asked: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell for each hash whether its low bits are those of one that is asked for."""
    mask = np.uint32((1 << _FILTER_BITS) - 1)
    seen = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
    seen[asked & mask] = True
    maybe: NDArray[np.bool_] = seen[hashes & mask]
    return maybe
