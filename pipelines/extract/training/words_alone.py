"""Fits the tables of `wording.py`: logistic regression on hashed words, quantised to a byte a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import SGDClassifier

from pipelines.extract.judging.wording import NAMES, PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.judging.wording import Tokens

__all__ = ["Table", "counted", "fit"]

ALPHA = 1e-5
EPOCHS = 8


class Table(NamedTuple):
    """A fitted table as it is stored."""

    weights: NDArray[np.int8]
    scale: float

    def scores(self, words: csr_matrix) -> NDArray[np.float32]:
        """Give this table's column of `Wording.columns` for texts counted by `counted`."""
        found: NDArray[np.float32] = (words @ (self.weights * self.scale)).astype(np.float32)
        return found


def counted(pages: Sequence[tuple[Tokens, int]]) -> dict[str, csr_matrix]:
    """Give the words of all blocks of all pages, each with its number of blocks: blocks by places, by what a table knows."""
    own = [matrix(said, blocks, said.own) for said, blocks in pages]
    around = [matrix(said, blocks, len(said.place)) for said, blocks in pages]
    return dict(zip(NAMES, (vstack(own, format="csr"), vstack(around, format="csr")), strict=True))


def matrix(said: Tokens, blocks: int, entries: int) -> csr_matrix:
    """Give the first so many entries of a page."""
    value = said.value[:entries].astype(np.float32)
    return csr_matrix((value, (said.block[:entries], said.place[:entries])), shape=(blocks, PLACES))


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
