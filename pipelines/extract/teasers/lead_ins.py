"""The heading of a teaser that stands in its own block, set off from the headline by its element alone: `<span>Related</span><a>…`."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pipelines.extract.phrases import is_teaser_heading

if TYPE_CHECKING:
    from pipelines.extract.cutting.blocks import Block

__all__ = ["lead_in"]

# More words, or a mark at either end ("[Related:"), are of a sentence with the headline, and no heading over it.
MOST_WORDS = 4


def lead_in(block: Block) -> str | None:
    """Give the heading that a block begins with, before its first link; None where it begins with none."""
    before = [piece.text for piece in takewhile(lambda piece: piece.link is None, block.pieces)]
    if len(before) == len(block.pieces):
        return None
    lead = " ".join("".join(before).split())
    alone = lead[:1].isalnum() and lead[-1:].isalnum() and len(lead.split()) <= MOST_WORDS
    return lead if alone and is_teaser_heading(lead) else None
