"""Which articles of a window may report the same event: neighbours by words and, where these leave doubt, by meaning."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING

from pipelines.dedupe.stories.likeness import same_event, same_meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.dedupe.stories.meaning import Meanings
    from pipelines.dedupe.stories.sketch import Sketch

__all__ = ["DECAY", "DOUBT", "LINK", "REACH_DAYS", "Window"]

REACH_DAYS = 14.0
"""Days between two articles of one story that meet directly; a story lives longer by passing on from article to article."""
DECAY = 0.08
"""Log odds lost a day between two articles: the same words weeks later are more often another event."""
LINK = 0.0
"""Log odds from which two articles are neighbours: even."""
DOUBT = 0.5
"""Log odds by words, on either side of even, within which meaning is asked. Of a stream of short items a third is in such
a pair, at twice the doubt two thirds, and to read an article takes fifty times as long as to sketch it."""
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


class Window:
    """Articles indexed by their weightiest terms; the neighbours of one cost the same in any number of stories."""

    def __init__(self, sketches: Iterable[Sketch], meanings: Meanings) -> None:
        self._meanings = meanings
        self.sketches = {sketch.id: sketch for sketch in sketches}
        self._keys: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
        for sketch in self.sketches.values():
            for term, weight in _keys(sketch):
                self._keys[sketch.language, term].append((sketch.id, weight))

    def log_odds(self, one: Sketch, other: Sketch) -> float:
        """Give the log odds that two articles report one event, also by the time between them; symmetric."""
        fading = DECAY * abs((one.published - other.published).total_seconds()) / DAY
        words = same_event(one, other)
        if abs(words - fading) > DOUBT:
            return words - fading
        alike = self._meanings.alike(one, other)
        return (words if alike is None else same_meaning(words, alike)) - fading

    def neighbours(self, article: str) -> dict[str, float]:
        """Give the log odds by id of the articles that more likely than not report its event."""
        sketch = self.sketches[article]
        found = {}
        for other in self._candidates(sketch):
            odds = self.log_odds(sketch, self.sketches[other])
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
