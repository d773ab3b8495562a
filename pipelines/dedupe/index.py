"""Index: the sketches of the window as flat arrays, asked which articles hold which shingles.

A look-up reads each sampled hash of the window once against a bitmap of those asked for: some 400 bytes an
article, and no Python object for an article that shares nothing.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
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

_LOW_BITS, _HIGH_BITS = (
    21,
    24,
)  # the first bitmap, asked for every hash, fits a core's cache; of 20 to 23 bits the fastest
_MASK, _SHIFT = np.uint32((1 << _LOW_BITS) - 1), np.uint32(32 - _HIGH_BITS)
_ROWS = 1 << 12  # articles that one thread takes at a time: laid out, their hashes are 2 MB
_FIRST_WAVE = 4  # blocks after which the commonest hashes are known
_CHUNK = 1 << 16  # hashes looked at in one go: what numpy makes of them stays in the cache


class Postings(NamedTuple):
    """Which rows of the window hold which of the hashes asked for."""

    hashes: NDArray[np.uint32]
    """The hashes asked for, distinct and ascending."""
    counts: NDArray[np.int64]
    """Articles that hold each, beside `hashes`; exact up to `COMMON`."""
    which: NDArray[np.int64]
    """Place in `hashes`, one for each posting, ascending; none for a hash in more than `COMMON` articles."""
    rows: NDArray[np.int64]
    """Row of the window, beside `which`."""

    def without(self, absent: range) -> Postings:
        """Give what these would be without the rows `absent`."""
        out = (self.rows >= absent.start) & (self.rows < absent.stop)
        counts = self.counts - np.bincount(self.which[out], minlength=self.hashes.size)
        return Postings(self.hashes, counts, self.which[~out], self.rows[~out])

    def joined(self, other: Postings) -> Postings:
        """Give these and those of other hashes."""
        hashes = np.concatenate([self.hashes, other.hashes])
        order = np.argsort(hashes)
        places = np.argsort(order)
        which = np.concatenate([places[: self.hashes.size][self.which], places[self.hashes.size :][other.which]])
        ascending = np.argsort(which, kind="stable")
        rows = np.concatenate([self.rows, other.rows])
        counts = np.concatenate([self.counts, other.counts])
        return Postings(hashes[order], counts[order], which[ascending], rows[ascending])


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

    def samples(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Lay the samples of `rows` one after the other; gives the hashes and where each begins, the last's end behind."""
        return _laid_out(self.packed.gather(rows))

    def postings(self, rows: Iterable[int], known: Postings | None = None) -> Postings:
        """Find which rows, also of those that are gone, hold each hash of the samples of `rows`, and those of `known`."""
        asked = np.unique(concatenate([self.sample(row) for row in rows]))
        if known is None:
            return Postings(asked, *_look_up(self.packed, asked))
        asked = np.setdiff1d(asked, known.hashes, assume_unique=True)
        return known.joined(Postings(asked, *_look_up(self.packed, asked)))


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


def _look_up(
    packed: pl.Series, asked: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give how many samples hold each of `asked`, distinct and ascending, and the postings: places in it, beside them rows.

    Blocks are read in waves, each as long as all before it. A hash that more than `COMMON` samples of the waves so far
    hold is asked for no longer: what stands everywhere would make most of the postings and say nothing.
    """
    counts = np.zeros(asked.size, dtype=np.int64)
    which, rows = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    starts = range(0, len(packed) if asked.size else 0, _ROWS)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # numpy lets go of the interpreter's lock in every step
        done, wave, sieve = 0, _FIRST_WAVE, _empty_sieve()
        while done < len(starts):
            sieve = _narrowed(sieve, asked, counts <= COMMON)
            for found, holders in pool.map(partial(_scan, packed, sieve), starts[done : done + wave]):
                counts += np.bincount(found, minlength=asked.size)
                which.append(found)
                rows.append(holders)
            done += wave
            wave = done
    found, holders = np.concatenate(which), np.concatenate(rows)
    telling = counts[found] <= COMMON
    found, holders = found[telling].astype(np.int32), holders[telling]
    order = np.argsort(found, kind="stable")
    return counts, found[order].astype(np.int64), holders[order]


class _Sieve(NamedTuple):
    """What is asked for, as two bitmaps pass one hash in a thousand or so on to a binary search."""

    asked: NDArray[np.uint32]
    places: NDArray[np.int64]
    low: NDArray[np.bool_]
    high: NDArray[np.bool_]


def _empty_sieve() -> _Sieve:
    low, high = np.zeros(1 << _LOW_BITS, dtype=np.bool_), np.zeros(1 << _HIGH_BITS, dtype=np.bool_)
    return _Sieve(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.int64), low, high)


def _narrowed(sieve: _Sieve, asked: NDArray[np.uint32], wanted: NDArray[np.bool_]) -> _Sieve:
    """Give the sieve of the `wanted` of `asked`, in the same bitmaps: to clear what was set is cheaper than new ones."""
    for hashes, held in ((sieve.asked, False), (asked[wanted], True)):
        sieve.low[hashes & _MASK], sieve.high[hashes >> _SHIFT] = held, held
    return sieve._replace(asked=asked[wanted], places=np.flatnonzero(wanted))


def _scan(packed: pl.Series, sieve: _Sieve, first: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Look at the samples of one block of rows."""
    hashes, bounds = _laid_out(packed.slice(first, _ROWS))
    which, places = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for start in range(0, hashes.size if sieve.asked.size else 0, _CHUNK):
        chunk = hashes[start : start + _CHUNK]
        maybe = np.flatnonzero(sieve.low.take(chunk & _MASK, mode="clip"))
        maybe = maybe[sieve.high.take(chunk[maybe] >> _SHIFT, mode="clip")]
        near = np.minimum(np.searchsorted(sieve.asked, chunk[maybe]), sieve.asked.size - 1)
        held = sieve.asked[near] == chunk[maybe]
        which.append(sieve.places[near[held]])
        places.append(maybe[held] + start)
    rows = np.searchsorted(bounds, np.concatenate(places), side="right") - 1 + first
    return np.concatenate(which), rows


def _laid_out(packed: pl.Series) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Lay samples one after the other; gives the hashes and where each sample begins, the end of the last behind."""
    flat = packed.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = flat.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)[flat.offset : flat.offset + len(flat) + 1] // 4
    return np.frombuffer(data or b"", dtype="<u4"), bounds
