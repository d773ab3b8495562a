"""What stands before the lines of lists and quotations: bullets, indents, `>` and numbers, the numbers that readers of the page see (HTML 4.4.5 and 4.4.8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.markdown.nesting import QUOTE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["BULLET", "Lists", "Opening", "is_numbered"]

BULLET = "- "
QUOTED = "> "
INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)", re.ASCII)
# CommonMark has numbers of nine digits and none below zero.
NUMBERS = range(1_000_000_000)
# A list in Markdown goes on with the next item, and counts on from its first number; another mark begins another list.
OTHER = {"-": "*", "*": "-", ".": ")", ")": "."}
# Deeper nesting is layout.
MAX_INDENT = 20


class Opening(NamedTuple):
    """What stands before the lines of a block."""

    first: str
    others: str
    item: bool
    """Whether it begins an item of a list."""
    tight: bool
    """Whether no blank line need be between it and an item before it."""


# What stands in nothing, with no list before it that would go on.
BARE = Opening("", "", item=False, tight=False)


class Written(NamedTuple):
    """A list that goes on in Markdown if another item is written with its mark."""

    place: tuple[int, ...]
    """Of each quotation around it, the column at which it begins and its index; last the column of the marks."""
    parent: int
    """Index of its container."""
    mark: str
    """Its bullet, or what stands behind its last number."""


class Lists:
    """The lists of a page; a class, for what was written of a list says how its next item is written."""

    def __init__(self, outline: Outline) -> None:
        self.containers = outline.containers
        # Column at which the content of an item begins, by its index; counted from the mark of the quotation around it.
        self.content: dict[int, int] = {}
        self.numbers: dict[int, dict[HtmlElement, int]] = {}
        # Last number of a list.
        self.last: dict[int, int] = {}
        # What a list has written as its bullet or behind its number, by its index and whether it was a bullet.
        self.marks: dict[tuple[int, bool], str] = {}
        # The lists that go on, the outermost first.
        self.open: list[Written] = []

    def opening(self, frames: Sequence[Container]) -> Opening:
        """Give what to write before a block in these quotations and items, the outermost first; blocks come in the page's order."""
        if not frames and not self.open:
            return BARE
        first = others = ""
        begins, tight = False, False
        place: tuple[int, ...] = ()
        for items, quote in parted(frames):
            column, mark = self._column(items), ""
            if items and items[-1].index not in self.content:
                begins = True
                mark, tight = self._mark(items[-1], (*place, column))
                self.content[items[-1].index] = column + len(mark)
            first += " " * column + mark
            column += len(mark)
            others += " " * column
            if quote is None:
                self._end((*place, column))
            else:
                first, others, place = first + QUOTED, others + QUOTED, (*place, column, quote.index)
        return Opening(first, others, begins, tight)

    def _end(self, place: tuple[int, ...]) -> Written | None:
        """End the lists that do not go on around a place; give the one whose marks stand right there."""
        ended = None
        while self.open and not goes_on_around(place, self.open[-1].place):
            ended = self.open.pop()
        return ended if ended is not None and ended.place == place else None

    def continued(self, frames: Sequence[Container]) -> str:
        """Give what stands before the lines of a block in these frames, none of which begins with it."""
        return "".join(" " * self._column(items) + QUOTED * (quote is not None) for items, quote in parted(frames))

    def _column(self, items: Sequence[Container]) -> int:
        """Give the column at which something in these items begins; those in which nothing was written only indent."""
        if items and items[-1].index in self.content:
            return self.content[items[-1].index]
        around = (self.content[item.index] for item in reversed(items) if item.index in self.content)
        return min(MAX_INDENT, next(around, 0))

    def _mark(self, item: Container, place: tuple[int, ...]) -> tuple[str, bool]:
        """Write the mark of an item; tell whether no blank line need be before it.

        A number that begins a list inside an item ends no paragraph unless it is 1 (CommonMark 0.31, 5.3).
        """
        number, parent = self._number(item), item.parent
        before = self._end(place)
        known = parent, number is None
        begins = known not in self.marks
        mark = self.marks.get(known, BULLET[0] if number is None else ".")
        another = before is not None and before.parent != parent
        jumps = number is not None and not begins and number != self.last[parent] + 1
        if before is not None and before.mark == mark and (another or jumps):
            mark = OTHER[mark]
        self.marks[known] = mark
        self.open.append(Written(place, parent, mark))
        if number is None:
            return f"{mark} ", not another
        self.last[parent] = number
        return f"{number}{mark} ", not another and not (begins and place[-1] > 0 and number != 1)

    def _number(self, item: Container) -> int | None:
        """Give the number of an item; None where it has a bullet, or a number that Markdown has not."""
        parent = self.containers[item.parent]
        if parent.tag != "ol":
            return None
        if parent.index not in self.numbers:
            self.numbers[parent.index] = ordinals(parent.element)
        number = self.numbers[parent.index].get(item.element)
        return number if number in NUMBERS else None


def goes_on_around(place: tuple[int, ...], written: tuple[int, ...]) -> bool:
    """Tell whether what is written at a place is of an item of a list."""
    last = len(written) - 1
    return len(place) > last and place[:last] == written[:last] and place[last] > written[last]


def parted(frames: Sequence[Container]) -> Iterator[tuple[Sequence[Container], Container | None]]:
    """Give the items of lists up to each quotation, and those in the last one."""
    items: list[Container] = []
    for frame in frames:
        if frame.tag == QUOTE:
            yield items, frame
            items = []
        else:
            items.append(frame)
    yield items, None


def is_numbered(outline: Outline, item: Container) -> bool:
    """Tell whether an item has a number rather than a bullet."""
    return outline.containers[item.parent].tag == "ol"


def ordinals(numbered: HtmlElement) -> dict[HtmlElement, int]:
    """Give the items of an `<ol>` with their numbers."""
    items = list(numbered.iterchildren("li"))
    step = 1 if numbered.get("reversed") is None else -1
    number = integer(numbered.get("start"), 1 if step == 1 else len(items))
    found: dict[HtmlElement, int] = {}
    for item in items:
        number = integer(item.get("value"), number)
        found[item] = number
        number += step
    return found


def integer(stated: str | None, otherwise: int) -> int:
    """Read an integer as HTML does; `otherwise` where there is none, or none of a length that anyone writes."""
    match = INTEGER.match(stated) if stated else None
    return int(match[1]) if match else otherwise
