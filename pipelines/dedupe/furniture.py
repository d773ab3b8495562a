"""Furniture: the shingles that stand on many pages and say nothing of where a text comes from.

Two kinds are dropped before articles are compared: what recurs on one source in articles that differ (menus, promos,
series headings), and what recurs anywhere in articles that are otherwise strangers (newsletter lines, licence notes).
Both follow from the window alone, so the same articles have the same furniture in whatever order they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from pipelines.dedupe.index import COMMON
from pipelines.dedupe.sketch import COVERED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.dedupe.index import Postings, Window

__all__ = ["Furniture", "find", "holders"]

# Different texts of one source that hold a shingle before it is the source's furniture.
RECURS = 4
# A text of which more than this share recurs is itself what is being repeated: nothing of it is dropped.
REPEATED = 0.85
# Articles that hold a shingle before it is asked whether they are strangers to one another.
HOLDERS = 8
# Strangers are holders whose texts are alike by no more than this, on average over their pairs.
STRANGERS = 0.15

# Holders that are compared with one another: their pairs are many enough for an average.
MOST_HOLDERS = 32

_ORDERS = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is furniture among the hashes that were asked for."""

    hashes: NDArray[np.uint32]
    """The hashes that were asked for, ascending."""
    everywhere: NDArray[np.bool_]
    """Whether each is furniture on every source, beside `hashes`."""
    local: NDArray[np.int64]
    """Place in `hashes` times the number of sources plus source, of each that is furniture there; ascending."""
    sources: dict[str, int]
    """Number of each source."""

    def text(self, sample: NDArray[np.uint32], source: str) -> NDArray[np.bool_]:
        """Mark what is no furniture in an article's sample; all of its hashes must have been asked for."""
        places = np.searchsorted(self.hashes, sample)
        general = self.everywhere[places]
        local = _among(places * len(self.sources) + self.sources[source], self.local)
        if local.sum() > REPEATED * max(1, (~general).sum()):
            return ~general
        return ~(general | local)


def _among(wanted: NDArray[np.int64], ascending: NDArray[np.int64]) -> NDArray[np.bool_]:
    if not ascending.size:
        return np.zeros(wanted.size, dtype=np.bool_)
    near = np.minimum(np.searchsorted(ascending, wanted), ascending.size - 1)
    found: NDArray[np.bool_] = ascending[near] == wanted
    return found


def find(window: Window, postings: Postings) -> Furniture:
    """Tell which of the hashes of `postings` are furniture."""
    names = window.sources.unique().sort().to_list()
    numbers = {name: number for number, name in enumerate(names)}
    rows, inverse = np.unique(postings.rows, return_inverse=True)
    source = window.sources.gather(rows).replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
    texts = window.digests.gather(rows).rank("dense").to_numpy().astype(np.int64)
    on = postings.which * max(1, len(names)) + source[inverse]
    many = int(texts.max(initial=0)) + 1
    distinct = np.sort(on * many + texts[inverse])
    local, counts = np.unique(distinct[np.flatnonzero(np.diff(distinct, prepend=-1))] // many, return_counts=True)
    everywhere = (postings.counts > COMMON) | _strangers(window, postings)
    return Furniture(postings.hashes, everywhere, local[counts >= RECURS], numbers)


def _strangers(window: Window, postings: Postings) -> NDArray[np.bool_]:
    """Mark the hashes whose holders share little else: estimated by how often two have the same lowest hash."""
    asked = (postings.counts >= HOLDERS) & (postings.counts <= COMMON)
    which, rows = _some(window, postings, asked)
    used, places = np.unique(rows, return_inverse=True)
    samples, starts = _covered(window, used)
    holders = np.bincount(which, minlength=asked.size)
    alike = np.zeros(asked.size)
    for order in _ORDERS if used.size else ():
        lowest = np.minimum.reduceat(samples * order, starts).astype(np.int64)
        pairs = np.sort(which << 32 | lowest[places])
        starts_of = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1]))
        counts = np.diff(starts_of, append=pairs.size)
        alike += np.bincount(pairs[starts_of] >> 32, weights=counts * (counts - 1.0), minlength=asked.size)
    alike /= _ORDERS.size * np.maximum(1, holders * (holders - 1))
    return asked & (alike <= STRANGERS)


def _some(window: Window, postings: Postings, asked: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the postings of the `asked` hashes, of each at most `MOST_HOLDERS`: those whose digests are lowest."""
    keep = asked[postings.which]
    which, rows = postings.which[keep], postings.rows[keep]
    digests = window.digests.gather(rows).str.head(8).str.to_integer(base=16, dtype=pl.Int64).to_numpy()
    order = np.lexsort((digests, which))
    which, rows = which[order], rows[order]
    rank = np.arange(which.size) - np.searchsorted(which, which, side="left")
    return which[rank < MOST_HOLDERS], rows[rank < MOST_HOLDERS]


def _covered(window: Window, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give what is covered of each row's sample, all of it where that is nothing, and where each begins."""
    hashes, bounds = window.samples(rows)
    inside = hashes < COVERED
    sizes, many = np.diff(bounds), np.add.reduceat(inside, bounds[:-1], dtype=np.int64)  # who holds a hash is not empty
    kept = np.where(many, many, sizes)
    return hashes[inside | np.repeat(many == 0, sizes)], np.cumsum(kept) - kept


def holders(window: Window, postings: Postings, one: Furniture, other: Furniture) -> NDArray[np.int64]:
    """Give the rows that hold a hash which is furniture to them by `one` and not by `other`, or the reverse."""
    many = len(one.sources)
    differs = np.setxor1d(one.local, other.local)
    source = window.sources.gather(postings.rows).replace_strict(one.sources, return_dtype=pl.Int64).to_numpy()
    local = np.isin(postings.which * many + source, differs)
    general = (one.everywhere != other.everywhere)[postings.which]
    return np.unique(postings.rows[local | general])
