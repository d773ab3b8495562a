"""The topic model: a linear model on hashed features with calibrated outputs, kept in one NumPy archive without code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from pipelines.classify.vocabulary import Vector, Vocabulary
from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Model", "dumps", "load", "loads"]

_LARGEST = 64 * 2**20
"""Bytes of all arrays of a model: ours hold 4 MB; more is no model of ours."""


@dataclass(frozen=True)
class Model:
    """Everything that classification reads; arrays are parallel to `keys` or to `topics`."""

    version: str
    topics: tuple[str, ...]
    keys: NDArray[np.uint32]
    """Hashes of the known features, ascending."""
    idf: NDArray[np.float32]
    """Their rarity in the training articles."""
    weights: NDArray[np.float32]
    """Features by topics; then a row for the listed terms of each topic in the headline, and one in the body."""
    listed: NDArray[np.uint32]
    """Listed terms: hash and index of the topic."""
    intercepts: NDArray[np.float32]
    slope: NDArray[np.float32]
    """Platt scaling: log-odds = slope x margin + shift."""
    shift: NDArray[np.float32]
    threshold: NDArray[np.float32]
    """Lowest probability at which a topic is given."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its features, ready to be looked up."""
        listed = ((int(term), int(topic)) for term, topic in self.listed)
        return Vocabulary(self.keys, self.idf, listed, len(self.topics))

    def margins(self, seen: Vector) -> NDArray[np.float32]:
        """Return the raw output for every topic."""
        size = len(self.keys)
        found = seen.values @ self.weights[seen.rows] + seen.piece_values @ self.weights[seen.piece_rows]
        return np.asarray(found + seen.hits @ self.weights[size:] + self.intercepts, dtype=np.float32)

    def log_odds(self, seen: Vector) -> NDArray[np.float32]:
        """Return the calibrated log-odds of every topic."""
        return self.margins(seen) * self.slope + self.shift


def dumps(model: Model) -> bytes:
    """Write the model; weights are kept as 16-bit floats, which moves no probability by more than a thousandth."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        version=np.array(model.version),
        topics=np.array(model.topics),
        keys=model.keys,
        idf=model.idf.astype(np.float16),
        weights=model.weights.astype(np.float16),
        listed=model.listed,
        intercepts=model.intercepts,
        slope=model.slope,
        shift=model.shift,
        threshold=model.threshold,
    )
    return file.getvalue()


def load(path: Path) -> Model:
    """Read a model's file; raises `Misconfigured` as `loads` does."""
    try:
        return loads(path.read_bytes(), str(path))
    except OSError as error:
        raise Misconfigured(
            str(path), f"no topic model ({error})", "Restore it, or run pipelines.classify.training"
        ) from error


def loads(data: bytes, name: str) -> Model:
    """Read a model; nothing in it is ever unpickled. Raises `Misconfigured` for what is no model, named `name`."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            _check_size(sum(entry.file_size for entry in file.zip.infolist()))
            model = Model(
                version=str(file["version"]),
                topics=tuple(str(topic) for topic in file["topics"]),
                keys=file["keys"].astype(np.uint32),
                idf=file["idf"].astype(np.float32),
                weights=file["weights"].astype(np.float32),
                listed=file["listed"].astype(np.uint32),
                intercepts=file["intercepts"].astype(np.float32),
                slope=file["slope"].astype(np.float32),
                shift=file["shift"].astype(np.float32),
                threshold=file["threshold"].astype(np.float32),
            )
        _check(model)
    except (OSError, EOFError, KeyError, ValueError, AttributeError, BadZipFile) as error:
        way_out = "Restore it, remove it to use the one that is shipped, or build one: `copydesk topics train`"
        raise Misconfigured(name, f"not a topic model ({error})", way_out) from error
    return model


def _check_size(size: int) -> None:
    if size > _LARGEST:
        raise ValueError(f"{size} bytes of arrays, {_LARGEST} are the most")


def _check(model: Model) -> None:
    size, count = len(model.keys), len(model.topics)
    fits = (
        size > 0
        and count > 0
        and model.idf.shape == (size,)
        and model.weights.shape == (size + 2 * count, count)
        and model.listed.ndim == 2
        and model.listed.shape[1:] == (2,)
        and not (model.listed[:, 1] >= count).any()
        and all(part.shape == (count,) for part in (model.intercepts, model.slope, model.shift, model.threshold))
        and all(np.isfinite(part).all() for part in (model.idf, model.weights, model.intercepts, model.slope))
    )
    if not fits:
        raise ValueError("its parts do not fit together")
