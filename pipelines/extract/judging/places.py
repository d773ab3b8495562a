"""What the containers around a block, their siblings and its place in the page say about its role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.cutting.layout import LEVELS, Layout
from pipelines.extract.judging.signals import NAMES as SIGNALS
from pipelines.extract.words import extent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Outline

__all__ = ["NAMES", "following", "main_container", "places", "previous"]

# Prose: this many letters, little of it linked.
PROSE_CHARS = 80
PROSE_LINK_SHARE = 0.4
# The main container holds this share of the page's prose in as little as possible.
MAIN_SHARE = 0.7
# Distance in blocks to what is not on the page.
FAR = 500

LEVEL = [
    "blocks",
    "chars",
    "link_share",
    "prose_share",
    "page_prose",
    "headings",
    "images",
    "place",
    "prose_before",
    "prose_after",
    "twins",
    "twin_chars",
    "twin_links",
    "twin_place",
    "dates",
]
NAMES = (
    *(f"{name}_{level}" for level in range(LEVELS) for name in LEVEL),
    *[
        "page_blocks",
        "page_prose_chars",
        "page_link_share",
        "index",
        "prose_done",
        "main_inside",
        "main_place",
        "main_depth",
        "main_blocks",
        "prose_siblings",
        "heading_gap",
        "heading_teaser",
        "heading_level",
        "heading_near_1",
        "heading_near_2",
        "heading_near_3",
        "since_title",
        "title_seen",
        "prose_gap_before",
        "prose_gap_after",
        "depth",
        "run_length",
    ],
)
SUMS = ("one", "chars", "linked", "prose", "heading", "images", "date")

COLUMN = {name: index for index, name in enumerate(SIGNALS)}


def places(outline: Outline, where: Layout, own: NDArray[np.float32]) -> NDArray[np.float32]:
    """Describe each block by a row of columns as in `NAMES`; `own` are the blocks' signals."""
    sums = running_sums(outline, own)
    return np.concatenate([*level_figures(where, sums), page_figures(own, where, sums)], axis=1)


def running_sums(outline: Outline, own: NDArray[np.float32]) -> NDArray[np.float64]:
    """Add up the blocks before each index, columns as in `SUMS`."""
    count = len(outline.blocks)
    figures = np.zeros((count, len(SUMS)))
    chars = np.array([len(block.text) for block in outline.blocks], dtype=np.float64)
    linked = own[:, COLUMN["link_share"]]
    figures[:, 0] = 1
    figures[:, 1] = chars
    figures[:, 2] = chars * linked
    extents = np.array([extent(block.text) for block in outline.blocks])
    figures[:, 3] = chars * ((extents >= PROSE_CHARS) & (linked < PROSE_LINK_SHARE))
    figures[:, 4] = (own[:, COLUMN["tag"]] >= 1) & (own[:, COLUMN["tag"]] <= 4)
    for element, _, block in outline.images:
        # The model has seen no other pictures.
        if element.tag != "img":
            continue
        if block < count:
            figures[block, 5] += 1
    figures[:, 6] = own[:, COLUMN["date"]]
    return np.concatenate([np.zeros((1, len(SUMS))), np.cumsum(figures, axis=0)])


def level_figures(where: Layout, sums: NDArray[np.float64]) -> NDArray[np.float32]:
    """Give the columns of `LEVEL` for the containers around each block, levels by blocks by columns."""
    node = where.chain
    index = np.arange(node.shape[1])
    first, last = where.first[node], where.last[node]
    inside = sums[last] - sums[first]
    blocks = np.maximum(inside[..., 0], 1)
    chars = np.maximum(inside[..., 1], 1)
    before = sums[index, 3] - sums[first, 3]
    after = sums[last, 3] - sums[np.minimum(index + 1, last), 3]
    prose = np.maximum(inside[..., 3], 1)
    twins = where.twins[node]
    alike = sums[where.twins_last[node], 1:3] - sums[where.twins_first[node], 1:3]
    columns = (
        np.log1p(blocks),
        np.log1p(chars),
        inside[..., 2] / chars,
        inside[..., 3] / chars,
        inside[..., 3] / max(sums[-1, 3], 1),
        inside[..., 4] / blocks,
        inside[..., 5] / blocks,
        (index - first) / blocks,
        before / prose,
        after / prose,
        np.log1p(twins),
        np.log1p(alike[..., 0] / twins),
        alike[..., 1] / np.maximum(alike[..., 0], 1),
        where.rank[node] / twins,
        inside[..., 6] / blocks,
    )
    return np.stack(columns, axis=2).astype(np.float32)


def page_figures(own: NDArray[np.float32], where: Layout, sums: NDArray[np.float64]) -> NDArray[np.float32]:
    """Give the columns about the page as a whole, its main container and the heading above each block."""
    count = len(own)
    index = np.arange(count)
    page = sums[-1]
    chain, depth = where.chain, where.depth
    main = main_container(where, sums[:, 3])
    first, last = where.first[main], where.last[main]
    direct = np.zeros(len(where.first))
    prose = sums[1:, 3] - sums[:-1, 3]
    np.add.at(direct, chain[1], prose)
    heading = previous(sums[1:, 4] > sums[:-1, 4])
    title = previous(own[:, COLUMN["title_share"]] > 0.5, inclusive=True)
    after_heading = np.maximum(heading, 0)
    prose_before, prose_after = previous(prose > 0), following(prose > 0)
    columns = (
        np.full(count, np.log1p(count)),
        np.full(count, np.log1p(page[3])),
        np.full(count, page[2] / max(page[1], 1)),
        index / count,
        sums[:-1, 3] / max(page[3], 1),
        (index >= first) & (index < last),
        np.clip((index - first) / max(last - first, 1), -1, 2),
        depth[chain[0]] - depth[main],
        np.full(count, np.log1p(last - first)),
        direct[chain[1]] / max(page[3], 1),
        np.log1p(index - heading),
        np.where(heading >= 0, own[after_heading, COLUMN["teaser_heading"]], 0),
        np.where(heading >= 0, own[after_heading, COLUMN["tag"]], 0),
        *(heading >= where.first[chain[level]] for level in (1, 2, 3)),
        np.log1p(np.where(title >= 0, index - title, FAR)),
        title >= 0,
        np.log1p(np.where(prose_before >= 0, index - prose_before, FAR)),
        np.log1p(np.where(prose_after < count, prose_after - index, FAR)),
        depth[chain[0]],
        np.log1p(prose_after - prose_before),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def main_container(where: Layout, mass: NDArray[np.float64]) -> int:
    """Give the container with the fewest blocks among those that hold most of the mass, given as running sums."""
    inside = mass[where.last] - mass[where.first]
    size = np.where(inside >= MAIN_SHARE * mass[-1], where.last - where.first, np.iinfo(np.int64).max)
    return int(len(size) - 1 - np.argmin(size[::-1]))


def previous(mask: NDArray[np.bool_], *, inclusive: bool = False) -> NDArray[np.int64]:
    """Index of the last true element before (or at) each position, -1 where there is none."""
    seen = np.maximum.accumulate(np.where(mask, np.arange(len(mask)), -1))
    return seen if inclusive else np.concatenate([[-1], seen[:-1]])


def following(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Index of the first true element after each position, the length where there is none."""
    return len(mask) - 1 - previous(mask[::-1])[::-1]
