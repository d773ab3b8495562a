"""Lists of plain items, which the model judges one by one: all are of the article, or none is."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.cutting.blocks import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Block, Outline

__all__ = ["with_whole_lists"]

LISTS = frozenset(("ul", "ol", "dl"))
# Characters; a longer item says enough to be judged by itself.
LONGEST_ITEM = 200
# Of the text of a list that is kept.
MOST = 0.5


def with_whole_lists(
    outline: Outline, wanted: NDArray[np.bool_], probability: NDArray[np.float32], roles: Sequence[str]
) -> NDArray[np.bool_]:
    """Keep each list as a whole, of which most of the text is kept, and nothing of one of which less is.

    A list has short items without links, captions aside. One of which a source's rule put out a part stays as it is.
    """
    found = wanted.copy()
    sizes = np.array([len(block.text) for block in outline.blocks])
    for first, last in torn(outline, wanted):
        if probability[first:last].all():
            some = wanted[first:last]
            whole = sizes[first:last][some].sum() >= MOST * sizes[first:last].sum()
            found[first:last] = [whole and (kept or roles[first + at] != "caption") for at, kept in enumerate(some)]
    return found


def torn(outline: Outline, wanted: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of blocks that are a list of plain items, or a row of boxes alike, some of them wanted and some not."""
    kept = running(wanted.tolist())
    boxes = ((box.first, box.last) for box in outline.containers if box.tag in LISTS)
    found = [(first, last) for first, last in boxes if 0 < kept[last] - kept[first] < last - first]
    found += rows(outline.blocks, wanted)
    if not found:
        return
    plain = running([is_plain_item(block) for block in outline.blocks])
    end = 0
    for first, last in sorted(found, key=lambda bounds: (bounds[0], -bounds[1])):
        # Lists in others are of them.
        if first >= end and plain[last] - plain[first] == last - first:
            end = last
            yield first, last


def rows(blocks: Sequence[Block], wanted: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the runs of `<div>`s of one class beside each other, each around one block, some wanted and some not."""
    end = 0
    for border in np.flatnonzero(wanted[1:] != wanted[:-1]).tolist():
        if border < end or (name := row_of(blocks[border])) is None:
            continue
        first, end = border, border + 1
        while first and row_of(blocks[first - 1]) == name:
            first -= 1
        while end < len(blocks) and row_of(blocks[end]) == name:
            end += 1
        if end > border + 1:
            yield first, end


def row_of(block: Block) -> tuple[int, str] | None:
    """Name the row that a block is of: by its `<div>`'s class, and what that stands in; None where it is not alone in one."""
    box = block.container
    name = box.element.get("class") if box.tag == "div" and box.last - box.first == 1 else None
    return (box.parent, name) if name else None


def is_plain_item(block: Block) -> bool:
    """Tell whether a block is short, no heading, and links nothing but a note with its mark."""
    if len(block.text) >= LONGEST_ITEM or block.container.tag in HEADINGS:
        return False
    return all(piece.link is None or "m" in piece.style for piece in block.pieces)


def running(flags: Sequence[bool]) -> list[int]:
    """Count the true ones before each index."""
    return [0, *accumulate(flags)]
