"""Near-duplicates: which articles of the window hold a good part of the same text, and how much of it.

Two articles are a pair by containment, the share of the smaller text that the larger holds, not by likeness: a copy
cut to a quarter is a copy (Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipelines.dedupe import furniture
from pipelines.dedupe.index import concatenate
from pipelines.dedupe.sketch import covered, reach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pipelines.dedupe.furniture import Furniture
    from pipelines.dedupe.index import Postings, Window

__all__ = ["Pair", "Pairs", "compare", "pairs"]

# Share of the smaller text that makes a pair: of a text with one word in five replaced half of the shingles stay, with
# one in four .42; reports of one event by different hands share up to .3.
CONTAINMENT = 0.28
# Standard deviations by which the estimate must lie above it: small samples have to show more.
DEVIATIONS = 1.3
# Shared samples without which nothing is told: two quotations of the same sentence share two.
SHARED = 3
# Rows whose postings are counted in one go: a thousand copies of one text make a hundred thousand postings each.
_AT_ONCE = 32


class Pair(NamedTuple):
    """What two articles share, as shares of their samples without furniture."""

    shared: int
    """Sampled shingles in both."""
    sizes: tuple[int, int]
    """Sampled shingles of each."""

    @property
    def share(self) -> float:
        """Share of the first's shingles that stand in the second."""
        return self.shared / max(1, self.sizes[0])

    @property
    def share_of(self) -> float:
        """Share of the second's shingles that stand in the first."""
        return self.shared / max(1, self.sizes[1])

    @property
    def containment(self) -> float:
        """Share of the smaller text's shingles that the larger holds."""
        return max(self.share, self.share_of)

    @property
    def similarity(self) -> float:
        """Jaccard similarity."""
        return self.shared / max(1, sum(self.sizes) - self.shared)

    @property
    def copies(self) -> bool:
        """Whether one is a copy of the other, or both of a third: by Wilson's lower bound of the containment."""
        if self.shared < SHARED:
            return False
        size, squared = min(self.sizes), DEVIATIONS**2
        middle = self.containment + squared / (2 * size)
        spread = DEVIATIONS * sqrt(self.containment * (1 - self.containment) / size + squared / (4 * size * size))
        return (middle - spread) / (1 + squared / size) >= CONTAINMENT


class Pairs(NamedTuple):
    """The pairs that some rows make."""

    found: list[tuple[int, int, Pair]]
    """Each once, with its two rows; the first is one of those asked for."""
    texts: Mapping[int, NDArray[np.uint32]]
    """The sample without furniture of every row that was compared."""


def compare(
    one: NDArray[np.uint32], other: NDArray[np.uint32], text: NDArray[np.uint32], other_text: NDArray[np.uint32]
) -> Pair:
    """Compare two samples by what of them is `text` and `other_text`, ascending."""
    bound = min(reach(one), reach(other))
    first, second = text[: np.searchsorted(text, bound)], other_text[: np.searchsorted(other_text, bound)]
    shared = np.intersect1d(first, second, assume_unique=True).size
    return Pair(shared, (first.size, second.size))


def pairs(window: Window, focus: Sequence[int], postings: Postings) -> Pairs:
    """Give every pair between a row of `focus` and another row.

    `postings` are those of the hashes of `focus`. Rows that are gone make no pair.
    """
    postings = postings.without(window.gone)
    known = furniture.find(window, postings)
    texts = _texts(window, focus, known)
    candidates = _candidates(focus, texts, postings)
    others = sorted({other for _, other in candidates} - set(focus))
    if others:
        texts |= _texts(window, others, furniture.find(window, window.postings(others).without(window.gone)))
    samples = {row: window.sample(row) for row in texts}
    compared = (
        (one, other, compare(samples[one], samples[other], texts[one], texts[other])) for one, other in candidates
    )
    found = [each for each in compared if each[2].copies and not _one_frame(window, each[0], each[1], texts)]
    return Pairs(found, texts)


def _one_frame(window: Window, one: int, other: int, texts: Mapping[int, NDArray[np.uint32]]) -> bool:
    """Whether what two articles of one source share is mostly furniture, by the part that all samples cover.

    Beyond that part furniture is counted only in the short articles of a source and may be missed.
    """
    if window.sources[one] != window.sources[other]:
        return False
    shared = np.intersect1d(covered(window.sample(one)), covered(window.sample(other)), assume_unique=True)
    text = np.intersect1d(covered(texts[one]), covered(texts[other]), assume_unique=True)
    return text.size < shared.size / 2


def _texts(window: Window, rows: Sequence[int], known: Furniture) -> dict[int, NDArray[np.uint32]]:
    return {row: (s := window.sample(row))[known.text(s, window.sources[row])] for row in rows}


def _candidates(
    focus: Sequence[int], texts: Mapping[int, NDArray[np.uint32]], postings: Postings
) -> list[tuple[int, int]]:
    """Give the pairs of rows that share enough of what is text in the first; every pair is among them."""
    parts = (focus[first : first + _AT_ONCE] for first in range(0, len(focus), _AT_ONCE))
    met = np.unique(np.concatenate([np.empty(0, np.int64), *(_met(part, focus, texts, postings) for part in parts)]))
    return list(zip((met >> 32).tolist(), (met & 0xFFFFFFFF).tolist(), strict=True))


def _met(
    part: Sequence[int], focus: Sequence[int], texts: Mapping[int, NDArray[np.uint32]], postings: Postings
) -> NDArray[np.int64]:
    """Give the candidates of a part of the focus, the two rows of each in one number."""
    asked = np.searchsorted(postings.hashes, concatenate([texts[row] for row in part]))
    own = np.repeat(np.asarray(part, dtype=np.int64), [texts[row].size for row in part])
    starts = np.searchsorted(postings.which, asked, side="left")
    many = np.searchsorted(postings.which, asked, side="right") - starts
    places = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(starts, many)
    one, other = np.repeat(own, many), postings.rows[places]
    met, counts = np.unique((one << 32 | other)[one != other], return_counts=True)
    met = met[counts >= SHARED]
    one, other = met >> 32, met & 0xFFFFFFFF
    swap = np.isin(other, focus) & (other < one)
    swapped: NDArray[np.int64] = np.where(swap, other << 32 | one, met)
    return swapped
