"""What the containers around a block, their siblings and its place in the page say about its role.

All figures are sums over ranges of blocks: containers are numbered in page order, so each holds a contiguous range.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.signals import NAMES as SIGNALS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.extract.blocks import Container, Outline

__all__ = ["NAMES", "places"]

# Containers with a range of their own, looked at from the block outwards.
LEVELS = 5
# Prose: this many characters, little of it linked.
PROSE_CHARS = 80
PROSE_LINK_SHARE = 0.4
# The main container holds this share of the page's prose in as little as possible.
MAIN_SHARE = 0.7

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

Matrix = "NDArray[np.float32]"
COLUMN = {name: index for index, name in enumerate(SIGNALS)}


def places(outline: Outline, own: NDArray[np.float32]) -> NDArray[np.float32]:
    """One row a block, columns as in `NAMES`; `own` are the blocks' signals."""
    if not outline.blocks:
        return np.zeros((0, len(NAMES)), np.float32)
    sums = running_sums(outline, own)
    ranges = np.array([(c.first, c.last) for c in outline.containers], dtype=np.int64).reshape(-1, 2)
    outer = outermost(outline.containers)
    twins = twin_figures(outline.containers, outer, ranges, sums)
    page = sums[-1]
    node = np.array([outer[block.container.index] for block in outline.blocks], dtype=np.int64)
    parents = np.array([outer[outline.containers[c].parent] for c in outer], dtype=np.int64)
    columns: list[NDArray[np.float32]] = []
    chain = [node]
    for level in range(LEVELS):
        columns.append(level_figures(chain[level], ranges, sums, twins, page))
        chain.append(parents[chain[level]])
    columns.append(page_figures(outline, own, ranges, sums, chain))
    return np.concatenate(columns, axis=1).astype(np.float32)


def running_sums(outline: Outline, own: NDArray[np.float32]) -> NDArray[np.float64]:
    """Add up the blocks before each index, columns as in `SUMS`."""
    count = len(outline.blocks)
    figures = np.zeros((count, len(SUMS)))
    chars = np.array([len(block.text) for block in outline.blocks], dtype=np.float64)
    linked = own[:, COLUMN["link_share"]]
    figures[:, 0] = 1
    figures[:, 1] = chars
    figures[:, 2] = chars * linked
    figures[:, 3] = chars * ((chars >= PROSE_CHARS) & (linked < PROSE_LINK_SHARE))
    figures[:, 4] = (own[:, COLUMN["tag"]] >= 1) & (own[:, COLUMN["tag"]] <= 4)
    for _, _, block in outline.images:
        if block < count:
            figures[block, 5] += 1
    figures[:, 6] = own[:, COLUMN["date"]]
    return np.concatenate([np.zeros((1, len(SUMS))), np.cumsum(figures, axis=0)])


def outermost(containers: list[Container]) -> list[int]:
    """For each container the outermost one that holds the same blocks."""
    outer: list[int] = []
    for container in containers:
        parent = containers[container.parent]
        same = parent is not container and (parent.first, parent.last) == (container.first, container.last)
        outer.append(outer[container.parent] if same else container.index)
    return outer


def twin_figures(
    containers: list[Container], outer: list[int], ranges: NDArray[np.int64], sums: NDArray[np.float64]
) -> NDArray[np.float64]:
    """For each container its siblings of the same tag and class: how many, their mean text, its rank among them."""
    groups: dict[tuple[int, str, str | None], list[int]] = defaultdict(list)
    for container in containers:
        if outer[container.index] == container.index and container.first < container.last:
            groups[outer[container.parent], container.tag, container.element.get("class")].append(container.index)
    figures = np.zeros((len(containers), 4))
    figures[:, 0] = 1
    for members in groups.values():
        first, last = ranges[members[0], 0], ranges[members[-1], 1]
        chars, linked = sums[last, 1:3] - sums[first, 1:3]
        size = len(members)
        share = linked / max(chars, 1.0)
        for rank, member in enumerate(members):
            figures[member] = size, chars / size, share, (rank + 1) / size
    return figures


def level_figures(
    node: NDArray[np.int64],
    ranges: NDArray[np.int64],
    sums: NDArray[np.float64],
    twins: NDArray[np.float64],
    page: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Columns of `LEVEL` for the containers `node`, one a block."""
    index = np.arange(len(node))
    first, last = ranges[node, 0], ranges[node, 1]
    inside = sums[last] - sums[first]
    blocks = np.maximum(inside[:, 0], 1)
    chars = np.maximum(inside[:, 1], 1)
    before = sums[index, 3] - sums[first, 3]
    after = sums[last, 3] - sums[np.minimum(index + 1, last), 3]
    prose = np.maximum(inside[:, 3], 1)
    own = twins[node]
    columns = (
        np.log1p(blocks),
        np.log1p(chars),
        inside[:, 2] / chars,
        inside[:, 3] / chars,
        inside[:, 3] / max(page[3], 1),
        inside[:, 4] / blocks,
        inside[:, 5] / blocks,
        (index - first) / blocks,
        before / prose,
        after / prose,
        np.log1p(own[:, 0]),
        np.log1p(own[:, 1]),
        own[:, 2],
        own[:, 3],
        inside[:, 6] / blocks,
    )
    return np.stack(columns, axis=1).astype(np.float32)


def page_figures(
    outline: Outline,
    own: NDArray[np.float32],
    ranges: NDArray[np.int64],
    sums: NDArray[np.float64],
    chain: list[NDArray[np.int64]],
) -> NDArray[np.float32]:
    """Columns about the page as a whole, its main container and the heading above each block."""
    count = len(outline.blocks)
    index = np.arange(count)
    page = sums[-1]
    main = main_container(ranges, sums)
    first, last = ranges[main]
    inside = (index >= first) & (index < last)
    direct = np.zeros(len(outline.containers))
    prose = sums[1:, 3] - sums[:-1, 3]
    np.add.at(direct, chain[1], prose)
    depth = depths(outline.containers)
    heading = previous(sums[1:, 4] > sums[:-1, 4])
    title = previous(own[:, COLUMN["title_share"]] > 0.5, inclusive=True)
    after_heading = np.maximum(heading, 0)
    prose_before, prose_after = previous(prose > 0), following(prose > 0)
    columns = (
        np.full(count, np.log1p(count)),
        np.full(count, np.log1p(page[3])),
        np.full(count, page[2] / max(page[1], 1)),
        index / max(count, 1),
        sums[:-1, 3] / max(page[3], 1),
        inside,
        np.clip((index - first) / max(last - first, 1), -1, 2),
        depth[chain[0]] - depth[main],
        np.full(count, np.log1p(last - first)),
        direct[chain[1]] / max(page[3], 1),
        np.log1p(index - heading),
        np.where(heading >= 0, own[after_heading, COLUMN["teaser_heading"]], 0),
        np.where(heading >= 0, own[after_heading, COLUMN["tag"]], 0),
        *(heading >= ranges[chain[level], 0] for level in (1, 2, 3)),
        np.log1p(np.where(title >= 0, index - title, 500)),
        title >= 0,
        np.log1p(np.where(prose_before >= 0, index - prose_before, 500)),
        np.log1p(np.where(prose_after < count, prose_after - index, 500)),
        depth[chain[0]],
        np.log1p(prose_after - prose_before),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def main_container(ranges: NDArray[np.int64], sums: NDArray[np.float64]) -> int:
    """Index of the container with the fewest blocks among those that hold most of the page's prose."""
    prose = sums[ranges[:, 1], 3] - sums[ranges[:, 0], 3]
    size = np.where(prose >= MAIN_SHARE * sums[-1, 3], ranges[:, 1] - ranges[:, 0], np.iinfo(np.int64).max)
    return int(len(size) - 1 - np.argmin(size[::-1]))


def depths(containers: list[Container]) -> NDArray[np.float32]:
    """Count the containers around each container."""
    found = np.zeros(len(containers), np.float32)
    for container in containers[1:]:
        found[container.index] = found[container.parent] + 1
    return found


def previous(mask: NDArray[np.bool_], *, inclusive: bool = False) -> NDArray[np.int64]:
    """Index of the last true element before (or at) each position, -1 where there is none."""
    seen = np.maximum.accumulate(np.where(mask, np.arange(len(mask)), -1))
    return seen if inclusive else np.concatenate([[-1], seen[:-1]])


def following(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Index of the first true element after each position, the length where there is none."""
    return len(mask) - 1 - previous(mask[::-1])[::-1]
