"""Teaches the model in use what this archive's articles tell: corrected labels, and the sections of publishers."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import expit

from pipelines.classify.features import read
from pipelines.classify.taxonomy import OTHER
from pipelines.classify.topics import given
from pipelines.classify.training.learn import versioned
from pipelines.classify.training.logistic import fit
from pipelines.classify.training.matrix import matrix
from pipelines.errors import Reject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.classify.model import Model
    from pipelines.limits import Topics

__all__ = ["Example", "Outcome", "Score", "known_topics", "retrain"]

_COST = 2.0
"""Inverse regularisation of what is added: a quarter of the first training's, so that few labels move few weights."""
_NO_WORSE = 0.005
"""Share by which the sections may be met less well where corrected labels are met better: they are no truth."""
_SHIFT = 1.0
"""Log-odds that a section adds to its topic in what is learned, as it does when an article is filed."""


class Example(NamedTuple):
    """One article of the archive."""

    id: str
    """Its id."""
    title: str
    """Headline."""
    body: str
    """Body."""
    meant: frozenset[str] = frozenset()
    """Topics that its publisher's section and tags speak for."""
    corrected: tuple[str, ...] | None = None
    """What a person says that its topics are; null where nobody has looked."""


class Score(NamedTuple):
    """How a model does on the articles held back."""

    corrected: float | None
    """Mean F1 of the corrected ones; null where they are too few to tell."""
    sections: float | None
    """Share of those with a section that get one of the topics it speaks for; null where they are too few."""


class Outcome(NamedTuple):
    """What a training gave."""

    model: Model
    """The new model."""
    better: bool
    """Whether it is better than the one in use."""
    before: Score
    """How the model in use does."""
    after: Score
    """How the new one does."""
    learned: int
    """Articles learned from."""
    held_back: int
    """Articles held back."""


def retrain(used: Model, examples: Sequence[Example], limits: Topics) -> Outcome:
    """Learn from four articles of five, compare on the fifth; which are held back depends on their ids alone.

    Raises `Reject` where too few articles tell what is right.
    """
    telling = [example for example in examples if example.corrected is not None or example.meant]
    held = [example for example in telling if _is_held(example, limits.held_back)]
    rest = [example for example in telling if not _is_held(example, limits.held_back)]
    old = _met(used, held)
    before = _score(old, limits.least)
    if before == Score(None, None):
        raise Reject(
            f"of {len(examples)} articles {len(held)} held back tell what is right, {limits.least} are needed: "
            "correct more labels (--labels), or map sections in the sources' `topics`"
        )
    made = _taught(used, rest, limits.section_weight)
    new = _met(made, held)
    better = _is_better(old, new, limits.least)
    return Outcome(made, better, before, _score(new, limits.least), len(rest), len(held))


def _is_held(example: Example, one_in: int) -> bool:
    return int(sha256(example.id.encode()).hexdigest(), 16) % one_in == 0


class _Met(NamedTuple):
    """How well each article held back is met, from 0 to 1."""

    corrected: NDArray[np.float64]
    sections: NDArray[np.float64]


def _is_better(old: _Met, new: _Met, least: int) -> bool:
    """Whether what persons say is met better and what publishers say no worse; publishers decide where persons do not."""
    gains = [after - before for before, after in zip(old, new, strict=True) if len(before) >= least]
    return _is_sure(gains[0]) and all(gain.mean() >= -_NO_WORSE for gain in gains[1:])


def _is_sure(gain: NDArray[np.float64]) -> bool:
    """Whether a gain is more than luck: over its standard error by what one in twenty would be (one-sided)."""
    return bool(gain.mean() > 1.64 * gain.std() / np.sqrt(len(gain)))


def _score(met: _Met, least: int) -> Score:
    return Score(*(float(each.mean()) if len(each) >= least else None for each in met))


def _chances(model: Model, examples: Sequence[Example]) -> NDArray[np.float32]:
    """Calibrated probabilities by the text alone: a section must not prove itself."""
    seen = (model.vocabulary.vector(read(example.title, example.body)) for example in examples)
    odds = np.array([model.log_odds(each) for each in seen], dtype=np.float32).reshape(-1, len(model.topics))
    return np.asarray(expit(odds), dtype=np.float32)


def _met(model: Model, held: Sequence[Example]) -> _Met:
    found = [
        {model.topics[each] for each in given(model.topics, row, model.threshold)} for row in _chances(model, held)
    ]
    pairs = list(zip(held, found, strict=True))
    corrected = [(set(one.corrected), got) for one, got in pairs if one.corrected is not None]
    return _Met(
        np.array([2 * len(want & got) / (len(want) + len(got)) for want, got in corrected]),
        np.array([float(bool(one.meant & got)) for one, got in pairs if one.meant]),
    )


def _taught(used: Model, examples: Sequence[Example], section_weight: float) -> Model:
    """Add to the weights of the model in use; its features, thresholds and what nobody contradicts stay."""
    base = replace(
        used,
        weights=used.weights * used.slope,
        intercepts=used.intercepts * used.slope + used.shift,
        slope=np.ones_like(used.slope),
        shift=np.zeros_like(used.shift),
    )
    texts = [read(example.title, example.body) for example in examples]
    inputs = matrix(texts, base.vocabulary)
    odds = np.asarray(inputs @ base.weights + base.intercepts, dtype=np.float32)
    targets, weights = _targets(base, examples, odds, section_weight)
    added, _ = fit(inputs, targets, weights, _COST, odds)
    kept = (base.weights + added).astype(np.float16).astype(np.float32)
    return versioned(replace(base, weights=kept))


def _targets(
    base: Model, examples: Sequence[Example], odds: NDArray[np.float32], section_weight: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Say what each article is to get, and what that counts: a person's word, else a section's lift of its topic."""
    targets, weights = expit(odds).astype(np.float32), np.full_like(odds, section_weight)
    for row, example in enumerate(examples):
        if example.corrected is not None:
            weights[row] = 1.0
            targets[row] = [float(topic in example.corrected) for topic in base.topics]
        else:
            lift = [_SHIFT if topic in example.meant else 0.0 for topic in base.topics]
            targets[row] = expit(odds[row] + np.array(lift))
    return targets, weights


def known_topics(model: Model, names: Sequence[str]) -> tuple[str, ...] | None:
    """Return labels as given where the model knows them all and `other` stands alone, else null."""
    fits = bool(names) and set(names) <= set(model.topics) and (OTHER not in names or len(names) == 1)
    return tuple(dict.fromkeys(names)) if fits else None
