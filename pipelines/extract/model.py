"""The block model: for every block the probability that it is the article's own text, and of each other role."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from pipelines.errors import Misconfigured
from pipelines.extract.classes import Vocabulary
from pipelines.extract.layout import layout
from pipelines.extract.places import places
from pipelines.extract.signals import context, signals

if TYPE_CHECKING:
    from lxml import html
    from numpy.typing import NDArray

    from pipelines.extract.blocks import Outline

__all__ = ["SHIPPED", "BlockModel", "Verdicts", "load"]

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

    def judge(self, outline: Outline, root: html.HtmlElement, url: str) -> Verdicts:
        """Judge every block of the page fetched from `url`."""
        if not outline.blocks:
            return Verdicts(np.zeros(0, np.float32), np.zeros((0, len(self.roles)), np.float32))
        own = signals(outline, context(root, url))
        where = layout(outline)
        features = np.concatenate([own, places(outline, where, own), self.vocabulary.columns(outline)], axis=1)
        body, roles = self.session.run(["body", "roles"], {"features": features})
        powers = np.exp(roles - roles.max(axis=1, keepdims=True))
        return Verdicts(1 / (1 + np.exp(-body[:, 0])), powers / powers.sum(axis=1, keepdims=True))


@lru_cache(maxsize=8)
def load(path: Path = SHIPPED) -> BlockModel:
    """Load a model once a process."""
    return BlockModel(path)
