"""Index: the sketches of the window as flat arrays, asked which articles hold which shingles.

A look-up reads each sampled hash of the window once against a bitmap of those asked for: some 400 bytes an
article, and no Python object for an article that shares nothing.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

__all__ = ["COMMON", "SCHEMA", "Postings", "Window", "build", "concatenate"]

# Articles that hold a shingle before it says nothing of origin: "one of the", or a licence text.
COMMON = 1000
SCHEMA = {"article": pl.String, "source": pl.String, "digest": pl.String, "hashes": pl.Binary}
"""Columns of a frame of sketches."""

_LOW_BITS, _HIGH_BITS = 20, 24  # the first bitmap, asked for every hash, fits a core's cache
_ROWS = 1 << 12  # articles that one thread takes at a time: laid out, their hashes are 2 MB
_CHUNK = 1 << 16  # hashes looked at in one go: what numpy makes of them stays in the cache


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

    def without(self, absent: range) -> Postings:
        """Give what these would be without the rows `absent`."""
        out = (self.rows >= absent.start) & (self.rows < absent.stop)
        counts = self.counts - np.bincount(self.which[out], minlength=self.hashes.size)
        return Postings(self.hashes, counts, self.which[~out], self.rows[~out])


@dataclass(frozen=True, slots=True)
class Window:
    """Sketches of many articles, row by row."""

    articles: pl.Series
    """Ids."""
    sources: pl.Series
    """Ids of their sources."""
    digests: pl.Series
    """Identities of their texts."""
    packed: pl.Series
    """Their samples (`Sketch.hashes`), as the table was read: the window's largest part lies in memory once."""

    gone: range
    """Rows that others replace: what stood there before the batch."""
    fresh: range
    """Rows that the batch brings; with those from the end of `gone` on they stand for the articles that it places."""

    def rows(self, articles: Collection[str]) -> set[int]:
        """Give the rows of these articles that are not gone."""
        found = self.articles.is_in(pl.Series(list(articles), dtype=pl.String).implode()).arg_true()
        return set(found.to_list()) - set(self.gone)

    def sample(self, row: int) -> NDArray[np.uint32]:
        """Give the sample of a row."""
        return np.frombuffer(self.packed[row], dtype="<u4")

    def postings(self, rows: Iterable[int]) -> Postings:
        """Find which rows, also of those that are gone, hold each hash of the samples of `rows`."""
        asked = np.unique(concatenate([self.sample(row) for row in rows]))
        found, holders = _look_up(self.packed, asked)
        counts = np.bincount(found, minlength=asked.size)
        telling = counts[found] <= COMMON
        found, holders = found[telling], holders[telling]
        order = np.argsort(found, kind="stable")
        return Postings(asked, counts, found[order], holders[order])


def build(frames: Iterable[pl.DataFrame], gone: int = 0, placed: int = 0, fresh: int = 0) -> Window:
    """Lay frames with the columns of `SCHEMA` one after the other.

    The last `placed` rows stand for the articles to be placed, the last `fresh` of them new; the `gone` before them are
    what they replace.
    """
    table = pl.concat([pl.DataFrame(schema=SCHEMA), *(frame.select(SCHEMA.keys()) for frame in frames)])
    end = len(table)
    return Window(
        articles=table["article"],
        sources=table["source"],
        digests=table["digest"],
        packed=table["hashes"],
        gone=range(end - placed - gone, end - placed),
        fresh=range(end - fresh, end),
    )


def concatenate(samples: Iterable[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """Lay samples one after the other; none gives an empty one."""
    return np.concatenate([np.empty(0, dtype=np.uint32), *samples])


def _look_up(packed: pl.Series, asked: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give each place in `asked`, distinct and ascending, that a sample holds, and beside it the sample's row.

    Two bitmaps, of the low bits and of the high ones, pass one hash in a thousand or so on to a binary search.
    """
    low, high = np.zeros(1 << _LOW_BITS, dtype=np.bool_), np.zeros(1 << _HIGH_BITS, dtype=np.bool_)
    mask, shift = np.uint32((1 << _LOW_BITS) - 1), np.uint32(32 - _HIGH_BITS)
    low[asked & mask], high[asked >> shift] = True, True

    def scan(first: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        hashes, bounds = _laid_out(packed.slice(first, _ROWS))
        which, places = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for start in range(0, hashes.size, _CHUNK):
            chunk = hashes[start : start + _CHUNK]
            maybe = np.flatnonzero(low.take(chunk & mask, mode="clip"))
            maybe = maybe[high.take(chunk[maybe] >> shift, mode="clip")]
            near = np.minimum(np.searchsorted(asked, chunk[maybe]), asked.size - 1)
            held = asked[near] == chunk[maybe]
            which.append(near[held])
            places.append(maybe[held] + start)
        rows = np.searchsorted(bounds, np.concatenate(places), side="right") - 1 + first
        return np.concatenate(which), rows

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # numpy lets go of the interpreter's lock in every step
        blocks = list(pool.map(scan, range(0, len(packed) if asked.size else 0, _ROWS)))
    nothing = np.empty(0, dtype=np.int64)
    return np.concatenate([nothing, *(b[0] for b in blocks)]), np.concatenate([nothing, *(b[1] for b in blocks)])


def _laid_out(packed: pl.Series) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Lay samples one after the other; gives the hashes and where each sample begins, the end of the last behind."""
    flat = packed.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = flat.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)[flat.offset : flat.offset + len(flat) + 1] // 4
    return np.frombuffer(data or b"", dtype="<u4"), bounds
