"""Questions that open their answers: the question is a button, which looks like none of the text that the answer is of."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Block, Outline

__all__ = ["with_whole_accordions"]

MARKS = ("?", "？", "؟", "՞")
# Blocks of a page that ask, characters of a question, and blocks of its answer.
MOST_QUESTIONS, LONGEST_QUESTION, MOST_BLOCKS = 300, 300, 20
# Elements around a question that may say that it is one, those in it, and those between it and its answer.
LEVELS, INSIDE, BETWEEN = 3, 12, 30
BUTTONS = frozenset(("summary", "button"))
ROLES = frozenset(("button", "tab"))
# How content systems call a question that opens.
NAMED = re.compile(r"faq|accordion|question|toggle", re.IGNORECASE)
# Of the text of questions and answers, how much is kept where the rest is too; what is less likely to be of the body is a button.
MOST, LEAST = 0.5, 0.15


def with_whole_accordions(
    outline: Outline, wanted: NDArray[np.bool_], probability: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Keep the questions of which most is kept with their answers, and the answers with their questions."""
    found = wanted.copy()
    for first, last in accordions(outline):
        some = wanted[first:last]
        if some.any() and not some.all():
            sizes = np.array([len(block.text) for block in outline.blocks[first:last]])
            if sizes[some].sum() >= MOST * sizes.sum():
                found[first:last] |= probability[first:last] >= LEAST
    return found


def accordions(outline: Outline) -> Iterator[tuple[int, int]]:
    """Yield the ranges of blocks that are questions with their answers; those that follow on each other as one."""
    start = end = -1
    asking = (index for index, block in enumerate(outline.blocks) if block.text.endswith(MARKS))
    for index in islice(asking, MOST_QUESTIONS):
        last = answered(outline, index) if index >= end and is_question(outline.blocks[index]) else None
        if last is None:
            continue
        if index != end:
            if start >= 0:
                yield start, end
            start = index
        end = last
    if start >= 0:
        yield start, end


def is_question(block: Block) -> bool:
    """Tell whether a block that asks is a button, holds one, or is named as what opens."""
    if len(block.text) > LONGEST_QUESTION:
        return False
    if any(inner.tag == "button" for inner in islice(block.container.element.iter(), INSIDE)):
        return True
    element: HtmlElement | None = block.container.element
    for _ in range(LEVELS):
        if element is None or element.tag in {"body", "main", "article"}:
            return False
        if element.tag in BUTTONS or element.get("role") in ROLES or NAMED.search(element.get("class") or ""):
            return True
        element = element.getparent()
    return False


def answered(outline: Outline, index: int) -> int | None:
    """Give the index after the answer to a question: the rest of the box that begins with it, else the box beside it; None without one."""
    box = outline.blocks[index].container
    around = outline.containers[box.parent]
    while around.index != box.index and around.last - around.first == 1:
        box, around = around, outline.containers[around.parent]
    if around.first == index and around.last - index <= MOST_BLOCKS:
        asked = sum(block.text.endswith(MARKS) for block in outline.blocks[index : around.last] if is_question(block))
        if asked == 1:
            return around.last
    following = islice(outline.containers, box.index + 1, box.index + 1 + BETWEEN)
    answer = next((one for one in following if one.parent == around.index and one.last > one.first > index), None)
    if answer is None or answer.first != index + 1 or answer.last - index > MOST_BLOCKS:
        return None
    return answer.last
