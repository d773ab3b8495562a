"""Two kinds of gradient-boosted trees that judge blocks together; the mean of what they say of the body is better than either.

Those of LightGBM judge the body alone. They draw cuts of a property at random and keep the best drawn ("extremely
randomised", Geurts et al. 2006).

Those of XGBoost look for the best cuts, and their leaves say all of a block at once: the score of each role, and whether it
is of the body. Trees that know one role each ask much the same of a block a dozen times over; one that is cut for all of
them asks once, and what they say of the roles is a little better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import lightgbm
import numpy as np
import xgboost

from pipelines.extract.training.pages import READ_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from pipelines.extract.training.targets import Targets

    Scores = NDArray[np.float32]
    Objective = Callable[[Scores, xgboost.DMatrix], tuple[Scores, Scores]]

__all__ = ["DOUBT", "FIRST", "ROLES", "SECOND", "Plans", "Trees", "grow", "grow_alone"]

ROLES = len(READ_ROLES)
"""Scores of a block; behind them stands its log-odds of the body."""
# Several add up in an order of their own: other sums, other trees.
THREADS = 1
BINS = 64
# Of a target that a block teaches nothing: nothing is divided by zero.
LEAST_HESSIAN = 1e-16


class Plan(NamedTuple):
    """Settings of a library, and how many trees it grows."""

    settings: dict[str, Any]
    rounds: int


class Plans(NamedTuple):
    """Of both kinds of trees of a look."""

    alone: Plan
    joint: Plan


BODY = {
    "objective": "binary",
    "learning_rate": 0.15,
    "num_leaves": 31,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "max_bin": BINS - 1,
    "force_col_wise": True,
    "deterministic": True,
    "num_threads": THREADS,
    "seed": 1,
    "verbose": -1,
}
JOINT = {
    "multi_strategy": "multi_output_tree",
    "learning_rate": 0.2,
    "grow_policy": "lossguide",
    "max_depth": 0,
    "max_leaves": 31,
    "min_child_weight": 3,
    "lambda": 5.0,
    "colsample_bytree": 0.3,
    "subsample": 0.5,
    "tree_method": "hist",
    "max_bin": BINS,
    "nthread": THREADS,
    "seed": 1,
    "base_score": 0.0,
    "disable_default_eval_metric": True,
}
FIRST = Plans(Plan(BODY | {"extra_trees": True, "seed": 7}, 160), Plan(JOINT | {"learning_rate": 0.12}, 150))
# The second look corrects the first, from few columns that all say something: fewer trees, held less tight.
BODY_AGAIN = {
    "min_data_in_leaf": 20,
    "lambda_l2": 2.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.6,
    "extra_trees": True,
}
JOINT_AGAIN = {"learning_rate": 0.1, "colsample_bytree": 0.4, "subsample": 0.6}
SECOND = Plans(Plan(BODY | BODY_AGAIN, 120), Plan(JOINT | JOINT_AGAIN, 60))
# Trees that only look for wrong labels may be rough.
DOUBT = Plan(BODY | {"learning_rate": 0.2, "num_leaves": 15}, 60)


@dataclass(frozen=True, slots=True)
class Trees:
    """What judges rows of features, a row a block."""

    alone: lightgbm.Booster
    joint: xgboost.Booster
    """Scores of the roles, and behind them the log-odds of the body."""

    def judge(self, features: NDArray[np.float32]) -> Scores:
        """Give scores of each row, for each role, and behind them the log-odds of the body."""
        scores: Scores = self.joint.predict(xgboost.DMatrix(features, nthread=THREADS), output_margin=True)
        scores[:, ROLES] = (scores[:, ROLES] + np.asarray(self.alone.predict(features, raw_score=True))) / 2
        return scores


def grow(
    features: NDArray[np.float32], rows: NDArray[np.bool_], targets: Targets, plans: Plans, said: Scores | None = None
) -> Trees:
    """Grow both kinds from some rows of the features and the targets; what they say is added to what is `said` already."""
    learnt = np.flatnonzero(rows & ((targets.weight > 0) | (targets.role_weight > 0)))
    data = xgboost.QuantileDMatrix(
        features[learnt],
        # Nobody asks for the labels: `objective` has them.
        np.zeros((len(learnt), ROLES + 1)),
        base_margin=None if said is None else said[learnt],
        max_bin=BINS,
        nthread=THREADS,
    )
    joint = xgboost.train(plans.joint.settings, data, plans.joint.rounds, obj=objective(targets, learnt))
    return Trees(grow_alone(features, rows, targets, plans.alone, None if said is None else said[:, ROLES]), joint)


def grow_alone(
    features: NDArray[np.float32], rows: NDArray[np.bool_], targets: Targets, plan: Plan, said: Scores | None = None
) -> lightgbm.Booster:
    """Grow trees for the body alone."""
    learnt = np.flatnonzero(rows & (targets.weight > 0))
    data = lightgbm.Dataset(
        features[learnt],
        targets.body[learnt],
        weight=targets.weight[learnt],
        init_score=None if said is None else said[learnt],
    )
    return lightgbm.train(plan.settings, data, plan.rounds)


def objective(targets: Targets, learnt: NDArray[np.int64]) -> Objective:
    """Give gradients and Hessians of what is learnt: weighted cross entropies of the role (softmax) and of the body (logistic).

    The Hessian of the role is twice its diagonal, as in the softmax objective of XGBoost itself.
    """
    role = np.eye(ROLES)[targets.role[learnt]]
    body = targets.body[learnt]
    role_weight, body_weight = targets.role_weight[learnt][:, None], targets.weight[learnt]

    def derived(scores: Scores, _: xgboost.DMatrix) -> tuple[Scores, Scores]:
        powers = np.exp(scores[:, :ROLES] - scores[:, :ROLES].max(axis=1, keepdims=True))
        likely = powers / powers.sum(axis=1, keepdims=True)
        odds = 1 / (1 + np.exp(-scores[:, ROLES]))
        gradient, hessian = np.empty_like(scores), np.empty_like(scores)
        gradient[:, :ROLES] = role_weight * (likely - role)
        hessian[:, :ROLES] = 2 * role_weight * likely * (1 - likely)
        gradient[:, ROLES] = body_weight * (odds - body)
        hessian[:, ROLES] = body_weight * odds * (1 - odds)
        return gradient, np.maximum(hessian, LEAST_HESSIAN)

    return derived
