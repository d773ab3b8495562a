"""The containers of a page as arrays: which blocks each holds, which stand around a block, which are alike.

Containers are numbered in page order, so each holds a contiguous range of blocks, and any sum over one is a
difference of two running sums.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["LEVELS", "Layout", "layout"]

# Containers around a block that are looked at, each larger than the one before.
LEVELS = 5
EMPTY = "", None


@dataclass(slots=True)
class Layout:
    """Arrays over containers, except `chain` and `named`."""

    first: NDArray[np.int64]
    """Index of the first block in it."""
    last: NDArray[np.int64]
    """Index after the last block in it."""
    depth: NDArray[np.int64]
    """Number of containers around it."""
    chain: NDArray[np.int64]
    """Levels by blocks: the containers around each block, from the inside out, each with a range of its own."""
    twins: NDArray[np.int64]
    """How many siblings have its tag and class, itself included."""
    rank: NDArray[np.int64]
    """Its place among them, from 1."""
    twins_first: NDArray[np.int64]
    """Index of the first block in the first of them."""
    twins_last: NDArray[np.int64]
    """Index after the last block in the last of them."""
    named: list[tuple[str, str | None]]
    """Its tag and class, null where it has none; of those that hold no block, nothing is said."""


def layout(outline: Outline) -> Layout:
    """Lay out the containers of a page that has blocks."""
    containers = outline.containers
    first = [container.first for container in containers]
    last = [container.last for container in containers]
    parent = [container.parent for container in containers]
    outer, depth = climb(containers, parent)
    named = [
        (container.tag, container.element.get("class")) if container.first < container.last else EMPTY
        for container in containers
    ]
    twins, rank = [1] * len(containers), [1] * len(containers)
    twins_first, twins_last = first.copy(), last.copy()
    for members in alike(containers, outer, named):
        for place, member in enumerate(members, 1):
            twins[member], rank[member] = len(members), place
            twins_first[member], twins_last[member] = first[members[0]], last[members[-1]]
    outwards = np.array([outer[parent[container]] for container in outer], dtype=np.int64)
    chain = [np.array([outer[block.container.index] for block in outline.blocks], dtype=np.int64)]
    for _ in range(1, LEVELS):
        chain.append(outwards[chain[-1]])
    return Layout(
        first=np.array(first, dtype=np.int64),
        last=np.array(last, dtype=np.int64),
        depth=np.array(depth, dtype=np.int64),
        chain=np.stack(chain),
        twins=np.array(twins, dtype=np.int64),
        rank=np.array(rank, dtype=np.int64),
        twins_first=np.array(twins_first, dtype=np.int64),
        twins_last=np.array(twins_last, dtype=np.int64),
        named=named,
    )


def climb(containers: list[Container], parent: list[int]) -> tuple[list[int], list[int]]:
    """For each container give the outermost one that holds the same blocks, and its depth."""
    outer: list[int] = []
    depth: list[int] = []
    for index, container in enumerate(containers):
        above = containers[parent[index]]
        same = index > 0 and above.first == container.first and above.last == container.last
        outer.append(outer[parent[index]] if same else index)
        depth.append(depth[parent[index]] + 1 if index else 0)
    return outer, depth


def alike(containers: list[Container], outer: list[int], named: list[tuple[str, str | None]]) -> list[list[int]]:
    """Group siblings of the same tag and class; groups of one are left out."""
    groups: dict[tuple[int, tuple[str, str | None]], list[int]] = defaultdict(list)
    for index, container in enumerate(containers):
        if outer[index] == index and container.first < container.last:
            groups[outer[container.parent], named[index]].append(index)
    return [members for members in groups.values() if len(members) > 1]
