"""Labels of all pages to what the models learn: target and weight of every block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.extract.training.labels import words
from pipelines.extract.training.pages import READ_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.training.pages import LabelledPage

__all__ = ["Targets", "targets"]

# A read page counts as so many weakly labelled ones: its small blocks are right too.
READ_WEIGHT = 4.0
# Weight of a block put among those of another page, by the root of its words, and for its role. Ten times as much, and models
# doubt the text itself.
MOVED_WEIGHT, MOVED_ROLE_WEIGHT = 0.05, 0.2
# A block that stands in the truth by half is cut otherwise there than here: it teaches nothing.
UNCLEAR = (0.15, 0.7)
# A page whose blocks hold less of its truth than this was rendered by a script or labelled from another version.
LEAST_COVER = 0.8
# What speaks to the reader in sentences, body or not, and the fewest words that do.
PROSE = ("body", "standfirst", "teaser", "inline_teaser", "promo", "bio", "comments")
LEAST_PROSE = 8
# Weight of one page, shared among its blocks; the figure only sets the scale of the model's regularisation.
PAGE_WEIGHT = 30.0


@dataclass(slots=True)
class Targets:
    """Aligned with the rows of the feature matrix."""

    body: NDArray[np.float64]
    """1 for a block of the body, else 0."""
    weight: NDArray[np.float64]
    """Weight for the body model; 0 leaves the block out."""
    role: NDArray[np.int64]
    """Index into `READ_ROLES`."""
    role_weight: NDArray[np.float64]
    """Weight for the role model; 0 leaves the block out."""
    read: NDArray[np.bool_]
    """Blocks of pages labelled by reading."""
    prose: NDArray[np.bool_]
    """Read blocks that say something, of the body or what is taken for it: from them the wording is learnt."""


def targets(pages: Sequence[LabelledPage]) -> Targets:
    """Make the targets of all blocks of all pages."""
    parts = [page_targets(page) for page in pages]
    return Targets(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def page_targets(page: LabelledPage) -> tuple[NDArray[Any], ...]:
    """Make the columns of `Targets` for one page."""
    sizes = np.array([len(words(text)) for text in page.texts], dtype=float)
    weight = np.sqrt(1 + sizes)
    if page.moved and page.roles is not None:
        roles = page.roles.astype(np.int64)
        body = (roles == READ_ROLES.index("body")).astype(float)
        role_weight, read = np.full(len(roles), MOVED_ROLE_WEIGHT), np.ones(len(roles), dtype=bool)
        # No prose: words that are taken elsewhere are not said again there, and tables of wording count them once.
        return body, MOVED_WEIGHT * weight, roles, role_weight, read, ~read
    weight *= PAGE_WEIGHT / weight.sum()
    if page.roles is not None:
        roles = page.roles.astype(np.int64)
        in_truth = page.share >= 0.5
        # The sets disagree on whether a standfirst belongs to the body: each page's own truth decides.
        body = (roles == READ_ROLES.index("body")) | ((roles == READ_ROLES.index("standfirst")) & in_truth)
        sure = roles >= 0
        # Where reader and set disagree, two views can be held of the block: of the body it teaches nothing.
        agreed = sure & (body == in_truth)
        prose = agreed & (sizes >= LEAST_PROSE) & np.isin(roles, [READ_ROLES.index(role) for role in PROSE])
        return body.astype(float), READ_WEIGHT * weight * agreed, np.maximum(roles, 0), sure.astype(float), sure, prose
    body = (page.share >= 0.5) & ~page.unwanted
    unclear = (page.share > UNCLEAR[0]) & (page.share < UNCLEAR[1])
    total = len(words(page.truth["body"]))
    covered = sizes[page.share >= 0.5].sum()
    weight = np.where(unclear | (covered < LEAST_COVER * total), 0.0, weight)
    nothing = np.zeros(len(sizes))
    unread = nothing.astype(bool)
    return body.astype(float), weight, nothing.astype(np.int64), nothing, unread, unread
