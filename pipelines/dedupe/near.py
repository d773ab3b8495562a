"""Near-duplicates: which articles of the window hold a good part of the same text, and how much of it.

Two articles are a pair by containment, the share of the smaller text that the larger holds, not by likeness: a copy
cut to a quarter is a copy (Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipelines.dedupe import furniture
from pipelines.dedupe.sketch import reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.dedupe.furniture import Furniture
    from pipelines.dedupe.index import Window

__all__ = ["Pair", "compare", "pairs"]

# Share of the smaller text that makes a pair: a text with one word in five replaced keeps half of its shingles, with
# one in three a third; strangers on one subject share a tenth.
CONTAINMENT = 0.38
# Shared samples without which nothing is told: two quotations of the same sentence share three or four.
SHARED = 4


class Pair(NamedTuple):
    """What two articles share, as shares of their samples without furniture."""

    shared: int
    """Sampled shingles in both."""
    share: float
    """Share of the first's shingles that stand in the second."""
    share_of: float
    """Share of the second's shingles that stand in the first."""
    similarity: float
    """Jaccard similarity."""

    @property
    def containment(self) -> float:
        """Share of the smaller text's shingles that the larger holds."""
        return max(self.share, self.share_of)

    @property
    def copies(self) -> bool:
        """Whether one is a copy of the other, or both of a third."""
        return self.shared >= SHARED and self.containment >= CONTAINMENT


def compare(
    one: NDArray[np.uint32], other: NDArray[np.uint32], text: NDArray[np.bool_], other_text: NDArray[np.bool_]
) -> Pair:
    """Compare two samples; `text` and `other_text` mark what is no furniture in each."""
    bound = min(reach(one), reach(other))
    first, second = one[text & (one < bound)], other[other_text & (other < bound)]
    shared = int(np.intersect1d(first, second, assume_unique=True).size)
    union = first.size + second.size - shared
    return Pair(shared, shared / max(1, first.size), shared / max(1, second.size), shared / max(1, union))


def pairs(window: Window, focus: Sequence[int]) -> Iterator[tuple[int, int, Pair]]:
    """Give every pair between a row of `focus` and another row of the window, once, with what the two share."""
    first = window.postings(_samples(window, focus))
    known = furniture.find(window, first)
    candidates = _candidates(window, focus, known, first.which, first.rows)
    others = sorted({other for _, other in candidates} - set(focus))
    known_others = furniture.find(window, window.postings(_samples(window, others)))
    texts = {row: known.text(window.sample(row), window.sources[row]) for row in focus}
    texts |= {row: known_others.text(window.sample(row), window.sources[row]) for row in others}
    for one, other in candidates:
        pair = compare(window.sample(one), window.sample(other), texts[one], texts[other])
        if pair.copies:
            yield one, other, pair


def _samples(window: Window, rows: Sequence[int]) -> NDArray[np.uint32]:
    return np.concatenate([np.empty(0, dtype=np.uint32), *(window.sample(row) for row in rows)])


def _candidates(
    window: Window, focus: Sequence[int], known: Furniture, which: NDArray[np.int64], rows: NDArray[np.int64]
) -> list[tuple[int, int]]:
    """Give the pairs of rows that share enough hashes which are no furniture on the first's source."""
    kept = [window.sample(row)[known.text(window.sample(row), window.sources[row])] for row in focus]
    asked = np.searchsorted(known.hashes, np.concatenate([np.empty(0, dtype=np.uint32), *kept]))
    own = np.repeat(np.asarray(focus, dtype=np.int64), [part.size for part in kept])
    starts, ends = np.searchsorted(which, asked, side="left"), np.searchsorted(which, asked, side="right")
    many = ends - starts
    places = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(starts, many)
    one, other = np.repeat(own, many), rows[places]
    inside = np.isin(other, own)
    low, high = np.where(inside, np.minimum(one, other), one), np.where(inside, np.maximum(one, other), other)
    met, counts = np.unique((low << 32 | high)[one != other], return_counts=True)
    met = met[counts >= SHARED]
    return list(zip((met >> 32).tolist(), (met & 0xFFFFFFFF).tolist(), strict=True))
