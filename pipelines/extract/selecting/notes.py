"""Notes below a text: those that marks in the text lead to are the author's, whatever they look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.cutting.blocks import Block, Container, Outline

__all__ = ["is_unseen", "notes"]

# A note has hardly more paragraphs; characters of the name of its place.
MOST_BLOCKS, LONGEST_NAME = 8, 80
# How frameworks call what only screen readers say, such as the heading over a list of notes.
UNSEEN = re.compile(r"\b(?:visually-?hidden|sr-only|show-for-sr|screen-?reader)", re.IGNORECASE)
LONGEST_CLASS = 200
NOTES = "footnote"


def notes(outline: Outline, wanted: Sequence[bool]) -> list[int]:
    """Give the blocks of the notes that marks in the `wanted` blocks lead to, further down."""
    marks: dict[str, int] = {}
    for index, block in enumerate(outline.blocks):
        if wanted[index]:
            for piece in block.pieces:
                if piece.link is not None and "m" in piece.style:
                    _, _, name = (piece.link.get("href") or "")[-LONGEST_NAME:].rpartition("#")
                    marks.setdefault(name, index)
    marks.pop("", None)
    if not marks:
        return []
    boxes = places(outline, marks)
    return [at for name, box in boxes.items() if box.first > marks[name] for at in range(box.first, box.last)]


def places(outline: Outline, names: dict[str, int]) -> dict[str, Container]:
    """Give the smallest box around each named place of the page: it has the name, or a link in it has."""
    found: dict[str, Container] = {}
    named = [(box.element, box) for box in outline.containers]
    named += [
        (piece.link, block.container) for block in outline.blocks for piece in block.pieces if piece.link is not None
    ]
    for element, box in named:
        for name in (element.get("id"), element.get("name")):
            if name in names and 0 < box.last - box.first <= MOST_BLOCKS:
                found.setdefault(name, box)
    return found


def is_unseen(block: Block) -> bool:
    """Tell whether a block is a heading over notes for screen readers alone, or nothing but characters that have no form, as joiners."""
    box, text = block.container, block.text
    if box.tag in HEADINGS and UNSEEN.search((box.element.get("class") or "")[:LONGEST_CLASS]) is not None:
        around = box.element.getparent()
        names = (box.element.get("id"), None if around is None else around.get("class"))
        return any(NOTES in (name or "")[:LONGEST_CLASS].lower() for name in names)
    return not text[:1].isprintable() and not any(map(str.isprintable, text))
