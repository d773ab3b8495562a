"""How likely two articles report one event: a logistic model over what their sketches share."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.dedupe.stories.sketch import cosine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.dedupe.stories.sketch import Sketch, Vector

__all__ = ["FEATURES", "Likeness", "features", "likeness", "probability", "same_event"]

WEIGHTS = Path(__file__).with_name("likeness.json")
FEATURES = ("text", "head_in_text", "top", "pairs", "shared_pairs", "length")


class Likeness(NamedTuple):
    """The model: log odds = bias + sum of weight by feature."""

    bias: float
    weights: tuple[float, ...]


def features(one: Sketch, other: Sketch) -> tuple[float, ...]:
    """Tell what two sketches share, in the order of `FEATURES`, each around 0 to 1; symmetric."""
    return (
        cosine(one.text, other.text),
        (_held(one.head, other.text) + _held(other.head, one.text)) / 2,
        (_among(one.top, other.text) + _among(other.top, one.text)) / 2,
        cosine(one.pairs, other.pairs),
        math.log1p(len(one.pairs.keys() & other.pairs.keys())) / 5,
        math.log(min(len(one.text), len(other.text)) + 5) / 5,
    )


def _held(head: Vector, text: Vector) -> float:
    """Share of a headline's weight whose terms the other text has."""
    total = sum(head.values())
    return sum([weight for term, weight in head.items() if term in text]) / total if total else 0.0


def _among(top: Sequence[str], text: Vector) -> float:
    """Share of the weightiest terms that the other text has."""
    return sum([term in text for term in top]) / len(top) if top else 0.0


def same_event(one: Sketch, other: Sketch) -> float:
    """Log odds that two articles report one event by their words alone; 0 is even."""
    model = likeness()
    return model.bias + sum([weight * value for weight, value in zip(model.weights, features(one, other), strict=True)])


@lru_cache(maxsize=1)
def likeness() -> Likeness:
    """Read the trained model."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Likeness(float(stored["bias"]), tuple(float(stored["weights"][name]) for name in FEATURES))


def probability(log_odds: float) -> float:
    """Turn log odds into a probability."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))
