"""Which articles of a window may report the same event: each article's neighbours, by the words they share."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING

from pipelines.dedupe.stories.likeness import same_event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.dedupe.stories.sketch import Sketch

__all__ = ["DECAY", "LINK", "REACH_DAYS", "Window", "log_odds"]

REACH_DAYS = 14.0
"""Days between two articles of one story that meet directly; a story lives longer by passing on from article to article."""
DECAY = 0.08
"""Log odds lost a day between two articles: the same words weeks later are more often another event."""
LINK = 0.0
"""Log odds from which two articles are neighbours: even."""
KEYS = 12
"""Terms of an article that look it up: its weightiest."""
SHARED = 0.04
"""Sum over shared keys of the product of their weights, from which two articles are compared in full."""
CROWD = 400
"""Articles that may share a key: what more have in common is a subject or a template, not an event, and would cost its
square."""
FEWEST = 6
"""Terms under which an article says too little to be compared."""
DAY = 86_400.0


def log_odds(one: Sketch, other: Sketch) -> float:
    """Give the log odds that two articles report one event, by their words and the time between them; symmetric."""
    days = abs((one.published - other.published).total_seconds()) / DAY
    return same_event(one, other) - DECAY * days


class Window:
    """Articles indexed by their weightiest terms; the neighbours of one cost the same in any number of stories."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        self.sketches = {sketch.id: sketch for sketch in sketches}
        self._keys: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
        for sketch in self.sketches.values():
            for term, weight in _keys(sketch):
                self._keys[sketch.language, term].append((sketch.id, weight))

    def neighbours(self, article: str) -> dict[str, float]:
        """Give the log odds by id of the articles that more likely than not report its event."""
        sketch = self.sketches[article]
        found = {}
        for other in self._candidates(sketch):
            odds = log_odds(sketch, self.sketches[other])
            if odds >= LINK:
                found[other] = odds
        return found

    def _candidates(self, sketch: Sketch) -> list[str]:
        """Give the articles in reach that share enough of the keys; who is whose candidate is mutual."""
        shared: defaultdict[str, float] = defaultdict(float)
        for term, weight in _keys(sketch):
            sharing = self._keys.get((sketch.language, term), ())
            for other, its_weight in sharing if len(sharing) <= CROWD else ():
                shared[other] += weight * its_weight
        return [
            other
            for other, weight in shared.items()
            if weight >= SHARED
            and other != sketch.id
            and abs((self.sketches[other].published - sketch.published).total_seconds()) <= REACH_DAYS * DAY
        ]


def _keys(sketch: Sketch) -> list[tuple[str, float]]:
    """Give the terms that look an article up, with their weights."""
    if len(sketch.text) < FEWEST:
        return []
    return heapq.nlargest(KEYS, sketch.text.items(), key=lambda item: (item[1], item[0]))
