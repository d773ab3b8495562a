"""Fits the table of `wording.py`: logistic regression on hashed words, quantised to a byte a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from pipelines.extract.wording import PLACES, Wording, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Table", "counted", "fit"]

ALPHA = 2e-6
EPOCHS = 8


class Table(NamedTuple):
    """A fitted table as it is stored."""

    weights: NDArray[np.int8]
    scale: float

    def column(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Give what `Wording.column` gives."""
        return Wording(self.weights, self.scale).column(texts)


def counted(texts: Sequence[Sequence[str]]) -> csr_matrix:
    """Count the words of each text, given as its `words`, by place: texts by places, divided by the root of their number."""
    owner, place = places(texts)
    size = np.sqrt(np.maximum(np.bincount(owner, minlength=len(texts)), 1))
    return csr_matrix((1 / size[owner], (owner, place)), shape=(len(texts), PLACES))


def fit(words: csr_matrix, target: NDArray[np.float64], weight: NDArray[np.float64]) -> Table:
    """Fit the table to texts counted by `counted`, 1 for the body; texts of weight 0 are left out.

    The intercept is dropped: trees split where they like.
    """
    wanted = weight > 0
    model = SGDClassifier(loss="log_loss", alpha=ALPHA, max_iter=EPOCHS, tol=None, random_state=1)
    model.fit(words[wanted], target[wanted], sample_weight=weight[wanted] / weight[wanted].mean())
    found = model.coef_[0]
    scale = float(np.abs(found).max()) / 127
    return Table(np.round(found / scale).astype(np.int8), scale)
