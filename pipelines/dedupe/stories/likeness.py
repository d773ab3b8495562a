"""How likely two articles report one event: a logistic model over what their sketches share, another over their meaning."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from pipelines.dedupe.stories.sketch import cosine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.dedupe.stories.sketch import Sketch, Vector

__all__ = ["FEATURES", "MEANING", "Likeness", "features", "likeness", "probability", "same_event", "same_meaning"]

WEIGHTS = Path(__file__).with_name("likeness.json")
FEATURES = ("text", "head_in_text", "strongest", "parts", "pairs", "shared_pairs", "length")
MEANING = ("words", "alike")


class Likeness(NamedTuple):
    """A model: log odds = bias + sum of weight by feature."""

    bias: float
    weights: tuple[float, ...]

    def log_odds(self, values: Sequence[float]) -> float:
        """Apply it to features, in the order of its weights."""
        return self.bias + sum([weight * value for weight, value in zip(self.weights, values, strict=True)])


def features(one: Sketch, other: Sketch) -> tuple[float, ...]:
    """Tell what two sketches share, in the order of `FEATURES`, each around 0 to 1; symmetric."""
    return (
        cosine(one.text, other.text),
        (_held(one.head, other.text) + _held(other.head, one.text)) / 2,
        math.log1p(
            max(
                [min(force, other.force[term]) for term, force in one.force.items() if term in other.force], default=0.0
            )
        )
        / 4,
        _matched(one.parts, other.parts),
        cosine(one.pairs, other.pairs),
        math.log1p(len(one.pairs.keys() & other.pairs.keys())) / 5,
        math.log1p(min(one.words, other.words)) / 5,
    )


def _held(head: Vector, text: Vector) -> float:
    """Share of a headline's weight whose terms the other text has."""
    total = sum(head.values())
    return sum([weight for term, weight in head.items() if term in text]) / total if total else 0.0


def _matched(one: Sequence[Vector], other: Sequence[Vector]) -> float:
    """How well each part of a text finds its like in the other: mean of the best likeness, from both sides."""
    if not one or not other:
        return 0.0
    table = [[cosine(mine, its) for its in other] for mine in one]
    return (fmean(map(max, table)) + fmean(map(max, zip(*table, strict=True)))) / 2


def same_event(one: Sketch, other: Sketch) -> float:
    """Log odds that two articles report one event by their words alone; 0 is even."""
    return likeness()["words"].log_odds(features(one, other))


def same_meaning(words: float, alike: float) -> float:
    """Log odds that two English articles report one event, by those of their words and by how alike their meanings are."""
    return likeness()["meaning"].log_odds((words, alike))


@lru_cache(maxsize=1)
def likeness() -> Mapping[str, Likeness]:
    """Read the trained models: over `words`, and over `meaning` beside them."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {
        name: Likeness(float(stored[name]["bias"]), tuple(float(stored[name]["weights"][each]) for each in values))
        for name, values in (("words", FEATURES), ("meaning", MEANING))
    }


def probability(log_odds: float) -> float:
    """Turn log odds into a probability."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))
