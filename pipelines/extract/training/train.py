"""Train the block model: `python -m pipelines.extract.training.train --shared DIR --folds DIR`.

The second look learns from what first looks say of publishers that they have not seen, else it would take them for surer
than they are: for each fold of the publishers in question, a first look is trained on the others.

Beside the pages stand blocks of read ones put between other read ones' paragraphs (`transplants.py`).

Fold models (each blind to a fifth of the publishers) go to `--folds`, for cross-validated figures; the model trained on
all pages goes to `--out`, which is the shipped one unless told otherwise.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import logging
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np

from pipelines.extract.model import SHIPPED, shares
from pipelines.extract.second_look import second_look
from pipelines.extract.training import words_alone
from pipelines.extract.training.columns import choose_vocabulary, matrix
from pipelines.extract.training.folds import FOLDS, fold_of
from pipelines.extract.training.onnx_trees import to_onnx
from pipelines.extract.training.pages import READ_ROLES, LabelledPage, load
from pipelines.extract.training.targets import Targets, targets
from pipelines.extract.training.transplants import transplanted
from pipelines.extract.wording import NAMES as WORDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["main"]

log = logging.getLogger(__name__)

# A weak label this far from what models of other folds say is taken for an error of the label.
DOUBTED = 0.9
DOUBTED_WEIGHT = 0.1
THRESHOLD = 0.5
# How often each read page takes blocks of others; more add nothing.
TRANSPLANTS = 1
COMMON = {
    "learning_rate": 0.06,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "max_bin": 63,
    "force_col_wise": True,
    "deterministic": True,
    "num_threads": 2,
    "seed": 1,
    "verbose": -1,
}
BODY = COMMON | {"objective": "binary", "num_leaves": 31, "min_data_in_leaf": 40, "lambda_l2": 5.0}
# Two kinds of trees judge the body, and their mean is better than either: one looks for the best cut of a property, the
# other draws cuts at random and keeps the best drawn ("extremely randomised", Geurts et al. 2006).
RANDOM = BODY | {"extra_trees": True, "seed": 7}
BODIES = ((BODY, 300), (RANDOM, 400))
# The models that only look for wrong labels may be rough.
DOUBT = BODY | {"learning_rate": 0.2, "num_leaves": 15}
DOUBT_ROUNDS = 60
ROLES = COMMON | {
    "learning_rate": 0.1,
    "objective": "multiclass",
    "num_class": len(READ_ROLES),
    "num_leaves": 15,
    "min_data_in_leaf": 10,
    "lambda_l2": 5.0,
}
ROLES_ROUNDS = 60
# The second look only corrects the first: small trees, cut at random.
AGAIN = COMMON | {
    "learning_rate": 0.1,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.6,
    "min_data_in_leaf": 100,
    "lambda_l2": 20.0,
    "extra_trees": True,
}
BODY_AGAIN = AGAIN | {"objective": "binary", "num_leaves": 15}
BODY_AGAIN_ROUNDS = 100
ROLES_AGAIN = AGAIN | {
    "objective": "multiclass",
    "num_class": len(READ_ROLES),
    "num_leaves": 7,
    "min_data_in_leaf": 60,
}
ROLES_AGAIN_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What judges blocks one by one."""

    tables: list[words_alone.Table]
    """Those of the wording, which fill columns of the trees' features."""
    body: list[lightgbm.Booster]
    """The mean of their scores is the log-odds of the body."""
    roles: lightgbm.Booster


class Trainer:
    """The training data, cut by publisher; what is to be learnt from is told by a set of folds.

    Rows are the blocks of all pages, then the `moved` ones: the first look alone learns from these, for the second one looks
    at whole pages, and tables of wording have their words where they come from.
    """

    def __init__(self, pages: Sequence[LabelledPage], moved: Sequence[LabelledPage] = ()) -> None:
        self.pages = pages
        every = [*pages, *moved]
        sizes = [len(page.texts) for page in every]
        self.vocabulary = choose_vocabulary(pages)
        self.features = matrix(every, self.vocabulary)
        self.targets: Targets = targets(every)
        self.words = words_alone.counted([(page.said, size) for page, size in zip(every, sizes, strict=True)])
        self.wording_column = pages[0].features.shape[1]
        self.folds = np.repeat([fold_of(page.publisher) for page in every], sizes)
        self.moved = np.repeat([page.moved for page in every], sizes)
        self._first: dict[frozenset[int], FirstLook] = {}

    def rows(self, folds: frozenset[int]) -> NDArray[np.bool_]:
        """Give the blocks of some folds."""
        return np.isin(self.folds, list(folds))

    def wording(self, folds: frozenset[int]) -> list[words_alone.Table]:
        """Fit the tables of words on some folds, and give their rows the scores of tables that saw none of their fold."""
        for fold in folds:
            asked = self.folds == fold
            self.fill(self._tables(folds - {fold}), asked)
        return self._tables(folds)

    def fill(self, tables: Sequence[words_alone.Table], rows: NDArray[np.bool_]) -> None:
        """Give some rows the scores of some tables."""
        for place, (name, table) in enumerate(zip(WORDING, tables, strict=True)):
            self.features[rows, self.wording_column + place] = table.scores(self.words[name][rows])

    def _tables(self, folds: frozenset[int]) -> list[words_alone.Table]:
        rows = self.rows(folds) & ~self.moved
        wanted = {"wording": rows, "pitch": rows & self.targets.prose}
        target, weight = self.targets.body, self.targets.weight
        return [words_alone.fit(self.words[name], target, weight * wanted[name]) for name in WORDING]

    def body(self, folds: frozenset[int], settings: dict[str, Any], rounds: int) -> lightgbm.Booster:
        """Train trees for the body on some folds, whose wording is filled in."""
        wanted = self.rows(folds) & (self.targets.weight > 0)
        data = lightgbm.Dataset(self.features[wanted], self.targets.body[wanted], weight=self.targets.weight[wanted])
        return lightgbm.train(settings, data, rounds)

    def roles(self, folds: frozenset[int]) -> lightgbm.Booster:
        """Train trees for the roles on some folds, whose wording is filled in."""
        wanted = self.rows(folds) & (self.targets.role_weight > 0)
        data = lightgbm.Dataset(
            self.features[wanted], self.targets.role[wanted], weight=self.targets.role_weight[wanted]
        )
        return lightgbm.train(ROLES, data, ROLES_ROUNDS)

    def doubt(self) -> None:
        """Weigh weak labels down that models of other publishers contradict."""
        said = np.zeros(len(self.folds))
        every = frozenset(range(FOLDS))
        self.wording(every)
        for fold in range(FOLDS):
            blind = self.folds == fold
            trained = self.body(every - {fold}, DOUBT, DOUBT_ROUNDS)
            said[blind] = np.asarray(trained.predict(self.features[blind]))
        doubted = ~self.targets.read & (np.abs(said - self.targets.body) > DOUBTED)
        self.targets.weight[doubted] *= DOUBTED_WEIGHT
        log.info("%d of %d labels doubted", doubted.sum(), len(doubted))

    def first_look(self, folds: frozenset[int]) -> FirstLook:
        """Train a first look on some folds, once."""
        if folds not in self._first:
            tables = self.wording(folds)
            self._first[folds] = FirstLook(tables, [self.body(folds, *how) for how in BODIES], self.roles(folds))
            log.info("first look trained on folds %s", sorted(folds))
        return self._first[folds]

    def second_look(self, folds: frozenset[int]) -> tuple[lightgbm.Booster, lightgbm.Booster]:
        """Train a second look on some folds, for the body and for the roles."""
        said, roles = np.zeros(len(self.folds)), np.zeros((len(self.folds), len(READ_ROLES)))
        for fold in sorted(folds):
            asked = self.folds == fold
            first = self.first_look(folds - {fold})
            self.fill(first.tables, asked)
            scores = [np.asarray(each.predict(self.features[asked], raw_score=True)) for each in first.body]
            said[asked] = np.mean(scores, axis=0)
            roles[asked] = np.asarray(first.roles.predict(self.features[asked], raw_score=True))
        seen = self.neighbours(said.astype(np.float32), roles.astype(np.float32))
        learnt = self.rows(folds) & ~self.moved
        wanted = learnt & (self.targets.weight > 0)
        body = lightgbm.Dataset(
            seen[wanted[: len(seen)]],
            self.targets.body[wanted],
            weight=self.targets.weight[wanted],
            init_score=said[wanted],
        )
        read = learnt & (self.targets.role_weight > 0)
        role = lightgbm.Dataset(
            seen[read[: len(seen)]],
            self.targets.role[read],
            weight=self.targets.role_weight[read],
            init_score=roles[read].ravel(order="F"),
        )
        return (
            lightgbm.train(BODY_AGAIN, body, BODY_AGAIN_ROUNDS),
            lightgbm.train(ROLES_AGAIN, role, ROLES_AGAIN_ROUNDS),
        )

    def neighbours(self, said: NDArray[np.float32], roles: NDArray[np.float32]) -> NDArray[np.float32]:
        """Describe all blocks by what first looks said of those around them: log-odds of the body, scores of the roles."""
        ends = np.cumsum([len(page.texts) for page in self.pages]).tolist()
        pages = zip(self.pages, (slice(*ends_of) for ends_of in pairwise([0, *ends])), strict=True)
        return np.concatenate(
            [second_look(page.surroundings, said[blocks], shares(roles[blocks]), READ_ROLES) for page, blocks in pages]
        )

    def write(self, path: Path, folds: frozenset[int]) -> None:
        """Train the model on some folds and write it as one ONNX file."""
        first = self.first_look(folds)
        body, roles = self.second_look(folds)
        looks = {
            "features": {"body": first.body, "roles": [first.roles]},
            "neighbours": {"body_again": [body], "roles_again": [roles]},
        }
        trees = [booster for look in looks.values() for group in look.values() for booster in group]
        content = "".join(booster.model_to_string() for booster in trees)
        properties = {
            "version": hashlib.sha256(content.encode()).hexdigest()[:8],
            "threshold": str(THRESHOLD),
            "roles": json.dumps(READ_ROLES),
            "vocabulary": json.dumps(self.vocabulary),
            "wording": base64.b64encode(
                zlib.compress(b"".join(table.weights.tobytes() for table in first.tables), 9)
            ).decode(),
            "wording_scales": json.dumps([table.scale for table in first.tables]),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_onnx(looks, properties).SerializeToString(deterministic=True))
        log.info("%s: %d bytes", path, path.stat().st_size)


def main() -> None:
    """Train, for each fold and for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/pages and tools/outline.py")
    parser.add_argument("--folds", type=Path, required=True, help="where fold-0.onnx ... go")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the model of all pages goes")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    pages = list(load(arguments.shared))
    moved = list(transplanted(pages, arguments.shared, TRANSPLANTS))
    trainer = Trainer(pages, moved)
    log.info("%d blocks, %d columns", *trainer.features.shape)
    trainer.doubt()
    every = frozenset(range(FOLDS))
    for fold in range(FOLDS):
        trainer.write(arguments.folds / f"fold-{fold}.onnx", every - {fold})
    trainer.write(arguments.out, every)


if __name__ == "__main__":
    main()
