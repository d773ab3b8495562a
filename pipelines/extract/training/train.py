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
import os
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from onnx.helper import set_model_props

from pipelines.extract.judging.model import SHIPPED, shares
from pipelines.extract.judging.second_look import second_look
from pipelines.extract.judging.wording import NAMES as WORDING
from pipelines.extract.training import words_alone
from pipelines.extract.training.columns import choose_vocabulary, matrix
from pipelines.extract.training.folds import FOLDS, fold_of
from pipelines.extract.training.onnx_trees import Look, to_onnx
from pipelines.extract.training.pages import READ_ROLES, LabelledPage, load
from pipelines.extract.training.targets import Targets, targets
from pipelines.extract.training.transplants import transplanted
from pipelines.extract.training.trees import DOUBT, FIRST, ROLES, SECOND, Plans, Trees, grow, grow_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["main"]

log = logging.getLogger(__name__)

# A weak label this far from what models of other folds say is taken for an error of the label.
DOUBTED = 0.9
DOUBTED_WEIGHT = 0.1
# A promotion that is kept costs a reader more than a line that is lost.
THRESHOLD = 0.52
# How often each read page takes blocks of others; more add nothing.
TRANSPLANTS = 1


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What judges blocks one by one."""

    tables: list[words_alone.Table]
    """Those of the wording, which fill columns of the trees' features."""
    trees: Trees


class Trainer:
    """The training data, cut by publisher; what is to be learnt from is told by a set of folds.

    Rows are the blocks of all pages, then the `moved` ones: the first look alone learns from these, for the second one looks
    at whole pages, and tables of wording have their words where they come from.
    """

    def __init__(
        self,
        pages: Sequence[LabelledPage],
        moved: Sequence[LabelledPage] = (),
        plans: tuple[Plans, Plans] = (FIRST, SECOND),
    ) -> None:
        self.pages = pages
        self.plans = plans
        every = [*pages, *moved]
        sizes = [len(page.texts) for page in every]
        self.vocabulary = choose_vocabulary(pages)
        self.features = matrix(every, self.vocabulary)
        self.targets: Targets = targets(every)
        self.words = words_alone.counted([(page.said, size) for page, size in zip(every, sizes, strict=True)])
        self.wording_column = pages[0].features.shape[1]
        self.folds = np.repeat([fold_of(page.publisher) for page in every], sizes)
        self.moved = np.repeat([page.moved for page in every], sizes)
        self.first_looks: dict[frozenset[int], FirstLook] = {}
        """Those trained so far, by the folds they saw."""

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

    def doubt(self) -> None:
        """Weigh weak labels down that models of other publishers contradict."""
        said = np.zeros(len(self.folds))
        every = frozenset(range(FOLDS))
        self.wording(every)
        for fold in range(FOLDS):
            blind = self.folds == fold
            trees = grow_alone(self.features, self.rows(every - {fold}), self.targets, DOUBT)
            said[blind] = np.asarray(trees.predict(self.features[blind]))
        doubted = ~self.targets.read & (np.abs(said - self.targets.body) > DOUBTED)
        self.targets.weight[doubted] *= DOUBTED_WEIGHT
        log.info("%d of %d labels doubted", doubted.sum(), len(doubted))

    def first_look(self, folds: frozenset[int]) -> FirstLook:
        """Train a first look on some folds, once."""
        if folds not in self.first_looks:
            tables = self.wording(folds)
            self.first_looks[folds] = FirstLook(
                tables, grow(self.features, self.rows(folds), self.targets, self.plans[0])
            )
            log.info("first look trained on folds %s", sorted(folds))
        return self.first_looks[folds]

    def write_all(self, wanted: Mapping[Path, frozenset[int]], jobs: int) -> None:
        """Train and write models on the folds `wanted` of each, in so many processes; a first look that several need is trained once."""
        sets = {*wanted.values(), *(folds - {fold} for folds in wanted.values() for fold in folds)}
        with ProcessPoolExecutor(jobs, get_context("spawn"), _take, (self,)) as pool:
            training = {folds: pool.submit(_first_look, folds) for folds in sorted(sets, key=sorted)}
            self.first_looks |= {folds: trained.result() for folds, trained in training.items()}
            for written in [pool.submit(_write, path, folds, self.first_looks) for path, folds in wanted.items()]:
                written.result()

    def second_look(self, folds: frozenset[int]) -> Trees:
        """Train a second look on some folds."""
        said = np.zeros((len(self.folds), ROLES + 1), np.float32)
        for fold in sorted(folds):
            asked = self.folds == fold
            first = self.first_look(folds - {fold})
            self.fill(first.tables, asked)
            said[asked] = first.trees.judge(self.features[asked])
        return grow(self.neighbours(said), self.rows(folds) & ~self.moved, self.targets, self.plans[1], said)

    def neighbours(self, said: NDArray[np.float32]) -> NDArray[np.float32]:
        """Describe all blocks by what first looks said of those around them: scores of the roles, log-odds of the body."""
        ends = np.cumsum([len(page.texts) for page in self.pages]).tolist()
        odds, roles = said[:, -1], shares(said[:, :-1])
        pages = zip(self.pages, (slice(*ends_of) for ends_of in pairwise([0, *ends])), strict=True)
        return np.concatenate(
            [second_look(page.surroundings, odds[blocks], roles[blocks], READ_ROLES) for page, blocks in pages]
        )

    def write(self, path: Path, folds: frozenset[int]) -> None:
        """Train the model on some folds and write it as one ONNX file."""
        first = self.first_look(folds)
        looks = {"features": Look(first.trees, ""), "neighbours": Look(self.second_look(folds), "_again")}
        properties = {
            "threshold": str(THRESHOLD),
            "roles": json.dumps(READ_ROLES),
            "vocabulary": json.dumps(self.vocabulary),
            "wording": base64.b64encode(
                zlib.compress(b"".join(table.weights.tobytes() for table in first.tables), 9)
            ).decode(),
            "wording_scales": json.dumps([table.scale for table in first.tables]),
        }
        model = to_onnx(looks, properties)
        version = hashlib.sha256(model.SerializeToString(deterministic=True)).hexdigest()[:8]
        set_model_props(model, {"version": version, **properties})
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(model.SerializeToString(deterministic=True))
        log.info("%s: %d bytes", path, path.stat().st_size)


# What a process of `Trainer.write_all` trains with.
_taken: list[Trainer] = []


def _take(trainer: Trainer) -> None:
    show_progress()
    _taken.append(trainer)


def _first_look(folds: frozenset[int]) -> FirstLook:
    return _taken[0].first_look(folds)


def _write(path: Path, folds: frozenset[int], looks: dict[frozenset[int], FirstLook]) -> None:
    _taken[0].first_looks |= looks
    _taken[0].write(path, folds)


def show_progress() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")


def main() -> None:
    """Train, for each fold and for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/pages and tools/outline.py")
    parser.add_argument("--folds", type=Path, required=True, help="where fold-0.onnx ... go")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the model of all pages goes")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes, of one thread and 3 GB each")
    arguments = parser.parse_args()
    show_progress()
    pages = list(load(arguments.shared))
    moved = list(transplanted(pages, arguments.shared, TRANSPLANTS))
    trainer = Trainer(pages, moved)
    log.info("%d blocks, %d columns", *trainer.features.shape)
    trainer.doubt()
    every = frozenset(range(FOLDS))
    wanted = {arguments.folds / f"fold-{fold}.onnx": every - {fold} for fold in range(FOLDS)}
    trainer.write_all(wanted | {arguments.out: every}, arguments.jobs)


if __name__ == "__main__":
    main()
