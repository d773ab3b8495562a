"""The sub-headlines of a press release: lines all in bold italics right above its first paragraph, which a model may leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.cutting.blocks import Block, Outline

__all__ = ["sub_headlines"]

# What they may be taken for; so many lines, of so many words each.
MISTAKEN, MOST_LINES = frozenset(("promo", "chrome", "standfirst")), 3
LEAST_WORDS, MOST_WORDS = 4, 60


def sub_headlines(outline: Outline, roles: Sequence[str], first: int) -> tuple[int, ...]:
    """Give the blocks of the sub-headlines right above the `first` block of the body, beside it in one container."""
    around = outline.blocks[first].container.parent
    found: list[int] = []
    for index in range(first - 1, max(first - 1 - MOST_LINES, -1), -1):
        block = outline.blocks[index]
        if roles[index] not in MISTAKEN or block.container.parent != around or not is_emphasised(block):
            break
        found.insert(0, index)
    return tuple(found)


def is_emphasised(block: Block) -> bool:
    """Tell whether a block is a line without links that is bold and italic as a whole."""
    if not LEAST_WORDS <= len(block.text.split()) <= MOST_WORDS:
        return False
    said = (piece for piece in block.pieces if not piece.text.isspace())
    return all(piece.link is None and "b" in piece.style and "i" in piece.style for piece in said)
