"""The model's verdicts to the body: which blocks are kept, what role each of the others has, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.blocks import Outline
    from pipelines.extract.model import BlockModel, Verdicts

__all__ = ["Selection", "select"]


@dataclass(frozen=True, slots=True)
class Selection:
    """What became of a page's blocks."""

    kept: tuple[int, ...]
    """Blocks of the body, standfirst aside, in page order."""
    standfirst: tuple[int, ...]
    """Blocks of the summary under the headline that readers of the page would count to its text."""
    roles: tuple[str, ...]
    """Role of every block, `body` for those kept."""
    body: tuple[float, ...]
    """Probability of every block to be of the body."""
    confidence: float
    """How sure the cut is: mean certainty over the characters near it, 0.5 to 1; 0 for an empty body."""


def select(outline: Outline, verdicts: Verdicts, model: BlockModel) -> Selection:
    """Keep the blocks that the model gives to the body."""
    probability = over_tables(outline, verdicts.body)
    wanted = probability >= model.threshold
    others = verdicts.roles.copy()
    others[:, model.roles.index("body")] = 0
    roles = [model.roles[role] for role in others.argmax(axis=1)] if len(others) else []
    opening = first_prose(outline, wanted)
    standfirst, kept = [], []
    for index in np.flatnonzero(wanted).tolist():
        leads = index < opening and roles[index] == "standfirst" and verdicts.roles[index].max() > 0.5
        if leads and verdicts.roles[index].argmax() == model.roles.index("standfirst"):
            standfirst.append(index)
        else:
            kept.append(index)
            roles[index] = "body"
    return Selection(
        kept=tuple(kept),
        standfirst=tuple(standfirst),
        roles=tuple(roles),
        body=tuple(float(value) for value in probability),
        confidence=confidence(outline, probability, wanted),
    )


def over_tables(outline: Outline, probability: NDArray[np.float32]) -> NDArray[np.float32]:
    """Judge the cells of a table together: it is data of the article, or none of it is."""
    smoothed = probability.copy()
    for container in outline.containers:
        if container.tag == "tbody" and container.last - container.first > 3:
            cells = slice(container.first, container.last)
            if max(len(block.text) for block in outline.blocks[cells]) < 200:
                smoothed[cells] = probability[cells].mean()
    return smoothed


def first_prose(outline: Outline, wanted: NDArray[np.bool_]) -> int:
    """Index of the second kept paragraph: a standfirst stands before it."""
    found = [index for index in np.flatnonzero(wanted).tolist() if len(outline.blocks[index].text) > 80]
    return found[1] if len(found) > 1 else -1


def confidence(outline: Outline, probability: NDArray[np.float32], wanted: NDArray[np.bool_]) -> float:
    """Mean certainty over the kept characters and those nearly kept."""
    if not wanted.any():
        return 0.0
    certainty = np.abs(probability - 0.5) + 0.5
    sizes: Sequence[int] = [len(block.text) for block in outline.blocks]
    weights = np.array(sizes) * (wanted | (probability > 0.1))
    return float(np.average(certainty, weights=weights))
