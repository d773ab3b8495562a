"""The boxes of cards in a row: each holds one headline and stands beside one like it, so what else is in it is of that card alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["Box", "boxes"]

# Containers above a headline that are looked at, and the parts of a card.
LEVELS, MOST_PARTS = 8, 12
# Characters of a class; longer ones hold data.
MOST_NAMES = 300


class Box(NamedTuple):
    """What is around one card of a row."""

    container: int
    """Its index."""
    first: int
    """Index of the first block in it."""
    last: int
    """Index after the last block in it."""
    leads: bool
    """Whether it is the first of its row."""


def boxes(outline: Outline, titles: Sequence[int]) -> dict[int, Box]:
    """Give, by the block of its title, the box of each card that stands in one beside another's; `titles` are those of all cards.

    What stands beside a title in a block with another is of neither.
    """
    times = Counter(titles)
    places = sorted(times)
    around = [widest(outline, places, at) for at in range(len(places))]
    found: dict[int, Box] = {}
    for at, block in enumerate(places):
        container = around[at]
        before, behind = (0 <= near < len(places) and alike(container, around[near]) for near in (at - 1, at + 1))
        if container is None or times[block] > 1 or not (before or behind):
            continue
        if 1 < container.last - container.first <= MOST_PARTS:
            found[block] = Box(container.index, container.first, container.last, leads=not before)
    return found


def widest(outline: Outline, titles: Sequence[int], at: int) -> Container | None:
    """Give the widest container around a title that holds no other; None where it is far above."""
    before = titles[at - 1] if at else -1
    behind = titles[at + 1] if at + 1 < len(titles) else len(outline.blocks)
    container = outline.blocks[titles[at]].container
    for _ in range(LEVELS):
        around = outline.containers[container.parent]
        if around.first <= before or around.last > behind:
            return container
        container = around
    return None


def alike(one: Container | None, other: Container | None) -> bool:
    """Tell whether two containers stand in the same one and are of one tag and, where they have any, one class."""
    if one is None or other is None or (one.parent, one.tag) != (other.parent, other.tag):
        return False
    names, others = (set((box.element.get("class") or "")[:MOST_NAMES].split()) for box in (one, other))
    return not names.isdisjoint(others) or not (names or others)
