"""The block model: for every block the probability that it is the article's own text, and of each other role.

It looks twice: at each block alone, then at each among what it said of the others (`second_look.py`).
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from pipelines.errors import Misconfigured
from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.cutting.classes import Vocabulary
from pipelines.extract.cutting.layout import layout
from pipelines.extract.judging.opinion import NAMES as OPINION
from pipelines.extract.judging.opinion import opinion
from pipelines.extract.judging.own_name import NAMES as OWN_NAME
from pipelines.extract.judging.own_name import own_name
from pipelines.extract.judging.places import NAMES as PLACES
from pipelines.extract.judging.places import places
from pipelines.extract.judging.second_look import names, second_look, surroundings
from pipelines.extract.judging.signals import NAMES as SIGNALS
from pipelines.extract.judging.signals import context, signals
from pipelines.extract.judging.wording import BOLD, LONGEST_HEADING, Wording, tokens
from pipelines.extract.judging.wording import NAMES as WORDING
from pipelines.extract.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.cutting.layout import Layout
    from pipelines.extract.judging.wording import Tokens
    from pipelines.extract.parsing.parse import Document

__all__ = ["SHIPPED", "BlockModel", "Verdicts", "load", "measure", "shares", "spoken"]

SHIPPED = Path(__file__).with_name("blocks.onnx")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the model says of each block of a page."""

    body: NDArray[np.float32]
    """Probability that the block belongs to the body."""
    roles: NDArray[np.float32]
    """Probability of each role of `BlockModel.roles`, one row a block."""


class BlockModel:
    """A trained model with its vocabulary, read from one ONNX file."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self.session = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
        except OSError as error:
            raise Misconfigured(str(path), f"cannot read the block model: {error}", "Reinstall the package.") from error
        stored = self.session.get_modelmeta().custom_metadata_map
        self.version: str = stored["version"]
        self.threshold = float(stored["threshold"])
        self.roles: tuple[str, ...] = tuple(json.loads(stored["roles"]))
        self.vocabulary = Vocabulary(json.loads(stored["vocabulary"]))
        weights = np.frombuffer(zlib.decompress(base64.b64decode(stored["wording"])), np.int8)
        self.wording = Wording(weights.reshape(len(WORDING), -1), json.loads(stored["wording_scales"]))
        # Names of the features, in the order of `features`.
        self.columns = (*SIGNALS, *PLACES, *OPINION, *OWN_NAME, *WORDING, *self.vocabulary.names)
        # Each look is given no rows of the other's.
        self.no_features = np.zeros((0, len(self.columns)), np.float32)
        self.no_neighbours = np.zeros((0, len(names(self.roles))), np.float32)

    def features(self, outline: Outline, where: Layout, document: Document, url: str) -> NDArray[np.float32]:
        """Describe every block of the page fetched from `url`, blocks by `columns`; the page has blocks."""
        said = words_of(block.text for block in outline.blocks)
        measured = measure(outline, where, document, url, said)
        wording = self.wording.columns(spoken(outline, said, measured), len(said))
        return np.concatenate([measured, wording, self.vocabulary.columns(outline)], axis=1)

    def judge(self, outline: Outline, document: Document, url: str) -> Verdicts:
        """Judge every block of the page fetched from `url`: first alone, then among what was said of the others."""
        if not outline.blocks:
            return Verdicts(np.zeros(0, np.float32), np.zeros((0, len(self.roles)), np.float32))
        where = layout(outline)
        body, roles = self.first_look(self.features(outline, where, document, url))
        more, more_roles = self.second_look(outline, where, body, roles)
        return Verdicts(1 / (1 + np.exp(-body - more)), shares(roles + more_roles))

    def first_look(self, features: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Give each block's log-odds of being of the body, and its roles' scores, from its features alone."""
        given = {"features": features, "neighbours": self.no_neighbours}
        body, roles = self.session.run(["body", "roles"], given)
        return body[:, 0], roles

    def second_look(
        self, outline: Outline, where: Layout, body: NDArray[np.float32], roles: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Give what is to be added to the first look's `body` and `roles`, for what it said of a block's neighbours."""
        seen = second_look(surroundings(outline, where), body, shares(roles), self.roles)
        given = {"features": self.no_features, "neighbours": seen}
        more, more_roles = self.session.run(["body_again", "roles_again"], given)
        return more[:, 0], more_roles


def shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn the scores of roles to probabilities, blocks by roles (softmax)."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    total: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return total


def measure(
    outline: Outline, where: Layout, document: Document, url: str, said: Sequence[list[str]]
) -> NDArray[np.float32]:
    """Give the features that need no training, blocks by columns: signals, places, the second opinion, the site's own name.

    `said` are the blocks' words.
    """
    own = signals(outline, context(document.tree, url), said)
    stands = places(outline, where, own)
    return np.concatenate([own, stands, opinion(document, outline), own_name(own, stands, said, url)], axis=1)


def spoken(outline: Outline, said: Sequence[list[str]], measured: NDArray[np.float32]) -> Tokens:
    """Give what the wording is judged by: the words in and around each block, which `measure` measured."""
    bold = (measured[:, SIGNALS.index("bold")] > BOLD).tolist()
    headings = [
        block.container.tag in HEADINGS or (is_bold and len(block.text) < LONGEST_HEADING)
        for block, is_bold in zip(outline.blocks, bold, strict=True)
    ]
    return tokens(outline.blocks, said, headings)


@lru_cache(maxsize=8)
def load(path: Path = SHIPPED) -> BlockModel:
    """Load a model once a process."""
    return BlockModel(path)
