"""Train the block model: `python -m pipelines.extract.training.train --shared DIR --folds DIR`.

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
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np

from pipelines.extract.classes import Vocabulary
from pipelines.extract.model import SHIPPED
from pipelines.extract.training import words_alone
from pipelines.extract.training.folds import FOLDS, fold_of
from pipelines.extract.training.onnx_trees import to_onnx
from pipelines.extract.training.pages import READ_ROLES, LabelledPage, load
from pipelines.extract.training.targets import Targets, targets
from pipelines.extract.wording import NAMES as WORDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["main"]

log = logging.getLogger(__name__)

# Class words of fewer publishers than this are names of one site, not words of the craft.
LEAST_PUBLISHERS = 35
VOCABULARY = 220
# A weak label this far from what models of other folds say is taken for an error of the label.
DOUBTED = 0.9
DOUBTED_WEIGHT = 0.1
THRESHOLD = 0.5
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


def choose_vocabulary(pages: Sequence[LabelledPage]) -> list[str]:
    """Choose the class words of many publishers that part the body from the rest best, by information gain."""
    seen = {(word, page.publisher) for page in pages for words in page.around for word in words if len(word) > 2}
    publishers = Counter(word for word, _ in seen)
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for page in pages:
        for names, share in zip(page.near, page.share, strict=True):
            (inside if share >= 0.5 else outside).update(names)
    total = np.array([inside.total(), outside.total()], dtype=float)

    def gain(word: str) -> float:
        odds = (np.array([inside[word], outside[word]]) + 1) / total
        return float(abs(np.log(odds[0] / odds[1])) * np.log(publishers[word]))

    known = [word for word, count in publishers.items() if count >= LEAST_PUBLISHERS]
    return sorted(sorted(known, key=lambda word: (-gain(word), word))[:VOCABULARY])


def matrix(pages: Sequence[LabelledPage], vocabulary: list[str]) -> NDArray[np.float32]:
    """Stack the features of all blocks as in `BlockModel.columns`; the columns of the wording are left at 0."""
    known = Vocabulary(vocabulary)
    measured = pages[0].features.shape[1]
    width, size = measured + len(WORDING), len(known.words)
    stacked = np.zeros((sum(len(page.texts) for page in pages), width + 2 * size), np.float32)
    row = 0
    for page in pages:
        stacked[row : row + len(page.texts), :measured] = page.features
        for near, around in zip(page.near, page.around, strict=True):
            for start, names in ((width, near), (width + size, around)):
                stacked[row, [start + place for word in names for place in known.places.get(word, ())]] = 1
            row += 1
    return stacked


class Trainer:
    """The training data, cut by publisher."""

    def __init__(self, pages: Sequence[LabelledPage]) -> None:
        self.vocabulary = choose_vocabulary(pages)
        self.features = matrix(pages, self.vocabulary)
        self.targets: Targets = targets(pages)
        self.words = words_alone.counted([(page.said, len(page.texts)) for page in pages])
        self.wording_column = pages[0].features.shape[1]
        self.folds = np.repeat([fold_of(page.publisher) for page in pages], [len(page.texts) for page in pages])

    def wording(self, rows: NDArray[np.bool_]) -> list[words_alone.Table]:
        """Fit the tables of words on some rows, and give those rows the scores of tables that saw none of their fold."""
        for fold in range(FOLDS):
            asked = rows & (self.folds == fold)
            if asked.any():
                tables = self._tables(rows & ~asked)
                for place, (name, table) in enumerate(zip(WORDING, tables, strict=True)):
                    self.features[asked, self.wording_column + place] = table.scores(self.words[name][asked])
        return self._tables(rows)

    def _tables(self, rows: NDArray[np.bool_]) -> list[words_alone.Table]:
        wanted = {"wording": rows, "pitch": rows & self.targets.prose}
        target, weight = self.targets.body, self.targets.weight
        return [words_alone.fit(self.words[name], target, weight * wanted[name]) for name in WORDING]

    def body(self, rows: NDArray[np.bool_], settings: dict[str, Any], rounds: int) -> lightgbm.Booster:
        """Train the body model on some rows."""
        wanted = rows & (self.targets.weight > 0)
        data = lightgbm.Dataset(self.features[wanted], self.targets.body[wanted], weight=self.targets.weight[wanted])
        return lightgbm.train(settings, data, rounds)

    def roles(self, rows: NDArray[np.bool_]) -> lightgbm.Booster:
        """Train the role model on some rows."""
        wanted = rows & (self.targets.role_weight > 0)
        data = lightgbm.Dataset(
            self.features[wanted], self.targets.role[wanted], weight=self.targets.role_weight[wanted]
        )
        return lightgbm.train(ROLES, data, ROLES_ROUNDS)

    def doubt(self) -> None:
        """Weigh weak labels down that models of other publishers contradict."""
        said = np.zeros(len(self.folds))
        self.wording(np.ones(len(self.folds), dtype=bool))
        for fold in range(FOLDS):
            blind = self.folds == fold
            said[blind] = np.asarray(self.body(~blind, DOUBT, DOUBT_ROUNDS).predict(self.features[blind]))
        doubted = ~self.targets.read & (np.abs(said - self.targets.body) > DOUBTED)
        self.targets.weight[doubted] *= DOUBTED_WEIGHT
        log.info("%d of %d labels doubted", doubted.sum(), len(doubted))

    def write(self, path: Path, rows: NDArray[np.bool_]) -> None:
        """Train the models on some rows and write them as one ONNX file."""
        tables = self.wording(rows)
        boosters = {"body": [self.body(rows, *how) for how in BODIES], "roles": [self.roles(rows)]}
        content = "".join(booster.model_to_string() for group in boosters.values() for booster in group)
        properties = {
            "version": hashlib.sha256(content.encode()).hexdigest()[:8],
            "threshold": str(THRESHOLD),
            "roles": json.dumps(READ_ROLES),
            "vocabulary": json.dumps(self.vocabulary),
            "wording": base64.b64encode(
                zlib.compress(b"".join(table.weights.tobytes() for table in tables), 9)
            ).decode(),
            "wording_scales": json.dumps([table.scale for table in tables]),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_onnx(boosters, properties).SerializeToString(deterministic=True))
        log.info("%s: %d bytes", path, path.stat().st_size)


def main() -> None:
    """Train, for each fold and for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/pages and tools/outline.py")
    parser.add_argument("--folds", type=Path, required=True, help="where fold-0.onnx ... go")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the model of all pages goes")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    trainer = Trainer(list(load(arguments.shared)))
    log.info("%d blocks, %d columns", *trainer.features.shape)
    trainer.doubt()
    for fold in range(FOLDS):
        trainer.write(arguments.folds / f"fold-{fold}.onnx", trainer.folds != fold)
    trainer.write(arguments.out, np.ones(len(trainer.folds), dtype=bool))


if __name__ == "__main__":
    main()
