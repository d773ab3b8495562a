"""Fits one logistic regression a topic, all at once, to labels that may be probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = ["fit"]

_STEPS = 60
"""Iterations of L-BFGS: more lower the loss and no cross-validated error."""


def fit(
    inputs: csr_matrix,
    targets: NDArray[np.float32],
    weights: NDArray[np.float32],
    cost: float,
    offset: NDArray[np.float32] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights (features by topics) and the intercepts that minimise the regularised cross-entropy.

    `targets` are probabilities, texts by topics; `weights` say what each target counts, same shape; `cost` is the
    inverse of the regularisation, as C of LIBLINEAR. `offset` is what another model says already (its log-odds, texts by
    topics): the weights are then what is to be added to that model's, and the intercepts stay 0, or a handful of texts of
    one topic would have every text be of it.
    """
    features = inputs.shape[1]
    topics = targets.shape[1]
    across = inputs.T.tocsr()
    positive = weights * targets

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        matrix = flat.reshape(features + 1, topics).astype(np.float32)
        logits = inputs @ matrix[:-1] + matrix[-1] + (0.0 if offset is None else offset)
        error = weights * expit(logits) - positive
        gradient = np.empty((features + 1, topics), dtype=np.float32)
        gradient[:-1] = across @ error + matrix[:-1] / cost
        gradient[-1] = error.sum(axis=0) if offset is None else 0.0
        value = (weights * np.logaddexp(0, logits) - positive * logits).sum(dtype=np.float64)
        value += (matrix[:-1].astype(np.float64) ** 2).sum() / (2 * cost)
        return float(value), gradient.ravel().astype(np.float64)

    start = np.zeros((features + 1) * topics)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 8})
    best = found.x.reshape(features + 1, topics).astype(np.float32)
    return best[:-1], best[-1]
