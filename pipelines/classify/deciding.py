"""Names the words that decided a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.classify.features import Features
    from pipelines.classify.model import Model
    from pipelines.classify.vocabulary import Vector

__all__ = ["deciding"]

_WORDS = 5
"""Words shown for a topic."""


def deciding(used: Model, read: Features, seen: Vector, topics: Sequence[int]) -> list[tuple[str, ...]]:
    """For each of `topics`, the words and pairs that spoke most for it, the strongest first.

    What a word's pieces add is shared among the words that have them, what a topic's listed terms add among those.
    """
    wanted = np.array(topics, dtype=np.intp)
    total: NDArray[np.float32] = seen.values[:, None] * used.weights[np.ix_(seen.rows, wanted)]
    times = np.bincount(seen.piece_at, minlength=len(seen.piece_rows))
    each = (seen.piece_values / times)[:, None] * used.weights[np.ix_(seen.piece_rows, wanted)]
    sums = np.zeros((len(seen.piece_at) + 1, len(topics)))
    np.cumsum(each[seen.piece_at], axis=0, out=sums[1:])
    ends = seen.piece_ends
    total[: len(ends)] += np.diff(sums[ends], axis=0, prepend=sums[:1]) if len(ends) else 0
    at = {term: number for number, term in enumerate(seen.terms)}
    found = []
    for column, topic in enumerate(topics):
        worth = dict(zip(at, total[:, column].tolist(), strict=True))
        _add_listed(worth, used, read, seen, topic)
        best = sorted(worth, key=lambda term: (-worth[term], term))[:_WORDS]
        found.append(tuple(term for term in best if worth[term] > 0))
    return found


def _add_listed(worth: dict[str, float], used: Model, read: Features, seen: Vector, topic: int) -> None:
    count = len(used.topics)
    for field, terms in enumerate((read.head, read.body)):
        row = field * count + topic
        if not seen.hits[row]:
            continue
        added = float(seen.hits[row] * used.weights[len(used.keys) + row, topic])
        hits = [term for term, lists in seen.listed.items() if topic in lists and term in terms]
        for term in hits:
            worth[term] = worth.get(term, 0.0) + added / len(hits)
