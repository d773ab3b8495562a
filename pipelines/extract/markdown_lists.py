"""Bullets, numbers and indents of list items: the numbers that readers of the page see (HTML 4.4.5 and 4.4.8)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from pipelines.extract.blocks import Container, Outline

__all__ = ["BULLET", "Lists", "Opening", "is_numbered"]

BULLET = "- "
INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)", re.ASCII)
# CommonMark has numbers of nine digits and none below zero.
NUMBERS = range(1_000_000_000)
# A list in Markdown counts on from its first number; another delimiter begins another list.
OTHER_STOP = {".": ")", ")": "."}
# Deeper nesting is layout.
MAX_INDENT = 20
# Items of lists that one stands in; those further out say nothing of its indent.
MAX_AROUND = 50


class Opening(NamedTuple):
    """What stands before the lines of a block in a list."""

    first: str
    others: str
    tight: bool
    """Whether no blank line need be between it and an item before it."""


class Lists:
    """The lists of a page; a class, for what was written of a list says how its next item is written."""

    def __init__(self, outline: Outline) -> None:
        self.containers = outline.containers
        # Column at which the content of an item begins, by its index.
        self.content: dict[int, int] = {}
        self.numbers: dict[int, dict[HtmlElement, int]] = {}
        # Last number of a list and what stood behind it.
        self.last: dict[int, tuple[int, str]] = {}

    def opening(self, items: Iterable[Container]) -> Opening:
        """Give what to write before a block in these items, the innermost first; blocks come in the page's order."""
        item, *around = islice(items, MAX_AROUND)
        if item.index in self.content:
            indent = " " * self.content[item.index]
            return Opening(indent, indent, tight=False)
        column = min(MAX_INDENT, next((self.content[at.index] for at in around if at.index in self.content), 0))
        number = self._number(item)
        mark, tight = (BULLET, True) if number is None else self._numbered(item.parent, number, nested=column > 0)
        self.content[item.index] = column + len(mark)
        return Opening(" " * column + mark, " " * (column + len(mark)), tight)

    def _numbered(self, parent: int, number: int, *, nested: bool) -> tuple[str, bool]:
        """Write a number; one that begins a list inside an item ends no paragraph unless it is 1 (CommonMark 0.31, 5.3)."""
        begins = parent not in self.last
        before, stop = self.last.get(parent, (number - 1, "."))
        if number != before + 1:
            stop = OTHER_STOP[stop]
        self.last[parent] = number, stop
        return f"{number}{stop} ", not (begins and nested and number != 1)

    def _number(self, item: Container) -> int | None:
        """Give the number of an item; None where it has a bullet, or a number that Markdown has not."""
        parent = self.containers[item.parent]
        if parent.tag != "ol":
            return None
        if parent.index not in self.numbers:
            self.numbers[parent.index] = ordinals(parent.element)
        number = self.numbers[parent.index].get(item.element)
        return number if number in NUMBERS else None


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
