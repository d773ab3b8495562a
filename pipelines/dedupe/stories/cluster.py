"""Parts articles that are linked, directly or through others, into events."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from pipelines.dedupe.stories.likeness import probability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.dedupe.stories.sketch import Sketch
    from pipelines.dedupe.stories.window import Window

__all__ = ["TOGETHER", "component", "events", "in_order"]

TOGETHER = 0.5
"""Mean probability of all pairs between two groups from which they are one event."""

MOST_LINKED = 500
"""Articles parted at once: linkage costs the square. What is linked beyond it is cut by time."""


def in_order(sketches: Iterable[Sketch]) -> list[Sketch]:
    """Sort by time of publication, then by id."""
    return sorted(sketches, key=lambda sketch: (sketch.published, sketch.id))


def component(window: Window, start: str) -> frozenset[str]:
    """Give all articles that are linked to `start`, directly or through others: the same from whichever it starts."""
    reached = {start}
    waiting = [start]
    while waiting:
        new = window.neighbours(waiting.pop()).keys() - reached
        reached |= new
        waiting.extend(new)
    return frozenset(reached)


def events(window: Window, articles: Iterable[str]) -> list[list[Sketch]]:
    """Part articles into events by average linkage, so that no chain of look-alikes joins two; order of input is nothing."""
    ordered = in_order(window.sketches[article] for article in articles)
    cuts = range(0, len(ordered), MOST_LINKED)
    return [group for at in cuts for group in _parted(window, ordered[at : at + MOST_LINKED])]


def _parted(window: Window, ordered: list[Sketch]) -> list[list[Sketch]]:
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415  takes half a second to import

    if len(ordered) < 2:
        return [ordered]
    distances = np.array([1 - probability(window.log_odds(one, other)) for one, other in combinations(ordered, 2)])
    labels = fcluster(linkage(distances, method="average"), 1 - TOGETHER, criterion="distance")
    groups: dict[int, list[Sketch]] = {}
    for sketch, label in zip(ordered, labels, strict=True):
        groups.setdefault(int(label), []).append(sketch)
    return list(groups.values())
