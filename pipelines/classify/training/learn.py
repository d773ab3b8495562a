"""Learns a topic model from texts with topics."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipelines.classify.model import Model
from pipelines.classify.training.calibration import platt, probabilities, thresholds
from pipelines.classify.training.logistic import fit
from pipelines.classify.training.matrix import features_of, keys_of, listed_of, matrix
from pipelines.classify.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pipelines.classify.training.items import Item

__all__ = ["folds", "learn", "raw_outputs", "truth_of", "versioned"]

_COST = 16.0
"""Inverse regularisation; 3 is worse in cross-validation by a hundredth, 32 no better."""
_FOLDS = 3
"""Parts in which the texts are held back to calibrate: three cost half of what five do and calibrate as well."""


class Calibration(NamedTuple):
    """What makes topics of raw outputs; see the fields of the same names of `Model`."""

    slope: NDArray[np.float32]
    shift: NDArray[np.float32]
    threshold: NDArray[np.float32]


def learn(
    items: Sequence[Item], more: Sequence[Item], topics: Sequence[str], terms: Mapping[str, Sequence[str]]
) -> Model:
    """Learn from `items` and from `more`; calibrate and choose thresholds on `items`, which stand for what will come."""
    held = np.concatenate([_held_back(items, part, more, topics, terms) for part in folds(len(items), _FOLDS)])
    order = np.argsort(np.concatenate(folds(len(items), _FOLDS)), kind="stable")
    margins, truth = held[order], truth_of(items, topics)
    slope, shift = platt(margins, truth)
    given = thresholds(probabilities(margins, slope, shift))
    return versioned(_fitted([*items, *more], topics, terms, Calibration(slope, shift, given)))


def _held_back(
    items: Sequence[Item],
    part: NDArray[np.intp],
    more: Sequence[Item],
    topics: Sequence[str],
    terms: Mapping[str, Sequence[str]],
) -> NDArray[np.float32]:
    """Raw outputs for one part of the items, of a model that learned from the others."""
    out = set(part.tolist())
    rest = [item for number, item in enumerate(items) if number not in out]
    raw = Calibration(*(np.full(len(topics), value, dtype=np.float32) for value in (1, 0, 0)))
    return raw_outputs(_fitted([*rest, *more], topics, terms, raw), [items[number] for number in part])


def raw_outputs(model: Model, items: Sequence[Item]) -> NDArray[np.float32]:
    """Raw outputs of a model for texts, texts by topics."""
    read = features_of([(item.title, item.text) for item in items])
    return np.array([model.margins(model.vocabulary.vector(each)) for each in read], dtype=np.float32)


def _fitted(
    items: Sequence[Item],
    topics: Sequence[str],
    terms: Mapping[str, Sequence[str]],
    calibration: Calibration,
) -> Model:
    read = features_of([(item.title, item.text) for item in items])
    keys, idf = keys_of(read)
    listed = listed_of(terms, topics)
    vocabulary = Vocabulary(keys, idf, ((int(term), int(topic)) for term, topic in listed), len(topics))
    truth = truth_of(items, topics)
    weights, intercepts = fit(matrix(read, vocabulary), truth, np.ones_like(truth), _COST)
    # As the file keeps them: a model just learned gives what it gives when it is read again.
    kept = weights.astype(np.float16).astype(np.float32)
    return Model("", tuple(topics), keys, idf, kept, listed, intercepts, *calibration)


def truth_of(items: Sequence[Item], topics: Sequence[str]) -> NDArray[np.float32]:
    """Lay the topics of texts out: 1 where a text has a topic, texts by topics."""
    truth = np.zeros((len(items), len(topics)), dtype=np.float32)
    for row, item in zip(truth, items, strict=True):
        row[[topics.index(topic) for topic in item.topics]] = 1
    return truth


def folds(count: int, parts: int, seed: int = 0) -> list[NDArray[np.intp]]:
    """Part `count` texts at random, the same way each time for a `seed`."""
    return [np.sort(part) for part in np.array_split(np.random.default_rng(seed).permutation(count), parts)]


def versioned(model: Model) -> Model:
    """Name a model by what it holds: the same data make the same version."""
    digest = hashlib.sha256()
    for part in (model.keys, model.idf, model.weights, model.listed, model.intercepts, model.slope, model.shift):
        digest.update(np.ascontiguousarray(part).tobytes())
    digest.update(np.ascontiguousarray(model.threshold).tobytes())
    return replace(model, version=f"topics-{digest.hexdigest()[:10]}")
