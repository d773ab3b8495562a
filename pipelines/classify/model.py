"""The topic model: a linear model on hashed features with calibrated outputs, kept in one NumPy archive without code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from pipelines.classify.features import Features

__all__ = ["Model", "Vector", "load", "save", "vector"]


class Vector(NamedTuple):
    """A text as the model sees it: TF-IDF with sublinear counts, words and pieces each of length 1."""

    rows: NDArray[np.intp]
    """Features of the text that the model knows, ascending in each block."""
    values: NDArray[np.float32]
    """Their values."""


@dataclass(frozen=True)
class Model:
    """Everything that classification reads; arrays are parallel to `keys` or to `topics`."""

    version: str
    topics: tuple[str, ...]
    keys: NDArray[np.uint32]
    """Hashes of the known features, ascending."""
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    """Features by topics."""
    intercepts: NDArray[np.float32]
    slope: NDArray[np.float32]
    """Platt scaling: log-odds = slope x margin + shift."""
    shift: NDArray[np.float32]
    threshold: NDArray[np.float32]
    """Lowest probability at which a topic is given."""

    def log_odds(self, seen: Vector) -> NDArray[np.float32]:
        """Return the calibrated log-odds of every topic."""
        margins = seen.values @ self.weights[seen.rows] + self.intercepts
        return np.asarray(margins * self.slope + self.shift, dtype=np.float32)


def vector(features: Features, keys: NDArray[np.uint32], idf: NDArray[np.float32]) -> Vector:
    """Weigh the features that `keys` holds."""
    blocks = [_block(hashes, keys, idf) for hashes in (features.words, features.pieces)]
    return Vector(np.concatenate([block.rows for block in blocks]), np.concatenate([block.values for block in blocks]))


def _block(hashes: NDArray[np.uint32], keys: NDArray[np.uint32], idf: NDArray[np.float32]) -> Vector:
    found = rows_of(hashes, keys)
    rows, counts = np.unique(found[found >= 0], return_counts=True)
    values = (1 + np.log(counts)) * idf[rows]
    length = float(np.sqrt((values**2).sum())) or 1.0
    return Vector(rows, (values / length).astype(np.float32))


def rows_of(hashes: NDArray[np.uint32], keys: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return the row of each hash in `keys` (ascending, not empty), -1 for those it does not hold."""
    rows = np.minimum(np.searchsorted(keys, hashes), len(keys) - 1)
    return np.where(keys[rows] == hashes, rows, -1)


def save(model: Model, path: Path) -> None:
    """Write the model; weights are kept as 16-bit floats, which moves no probability by more than a thousandth."""
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            version=np.array(model.version),
            topics=np.array(model.topics),
            keys=model.keys,
            idf=model.idf.astype(np.float16),
            weights=model.weights.astype(np.float16),
            intercepts=model.intercepts,
            slope=model.slope,
            shift=model.shift,
            threshold=model.threshold,
        )


def load(path: Path) -> Model:
    """Read a model; no object in the file is ever unpickled. Raises `Misconfigured` for a missing or foreign file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return Model(
                version=str(file["version"]),
                topics=tuple(str(topic) for topic in file["topics"]),
                keys=file["keys"],
                idf=file["idf"].astype(np.float32),
                weights=file["weights"].astype(np.float32),
                intercepts=file["intercepts"],
                slope=file["slope"],
                shift=file["shift"],
                threshold=file["threshold"],
            )
    except (OSError, KeyError, ValueError) as error:
        raise Misconfigured(
            str(path), f"not a topic model ({error})", "Restore the file, or build one with pipelines.classify.training"
        ) from error
