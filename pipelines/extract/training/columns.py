"""The columns that the trees learn from: which class words get one, and the matrix of all blocks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.cutting.classes import Vocabulary
from pipelines.extract.judging.wording import NAMES as WORDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.training.pages import LabelledPage

__all__ = ["choose_vocabulary", "matrix"]

# Class words of fewer publishers than this are names of one site, not words of the craft.
LEAST_PUBLISHERS = 35
VOCABULARY = 220


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
