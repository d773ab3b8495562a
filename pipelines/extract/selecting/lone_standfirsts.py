"""A standfirst with no text below it: of a short news item, the one paragraph that it has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extract.metadata.access import PAY
from pipelines.extract.words import count

if TYPE_CHECKING:
    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.selecting.body import Selection

__all__ = ["with_lone_standfirst"]

# Fewer words are a caption, and no article is read from them (`page_type.py`).
LEAST_WORDS = 15
# So sure is a body that was judged to be its own summary.
CONFIDENCE = 0.4
# Where a wall asks for a subscription in the place of the text, it says so at the beginning of a block.
ASKING_CHARACTERS = 400


def with_lone_standfirst(selection: Selection, outline: Outline) -> Selection:
    """Give the selection of a declared article whose body is its standfirst, where it has no other and nothing asks for a subscription."""
    leading = [index for index, role in enumerate(selection.roles) if role == "standfirst"]
    if selection.kept or len(leading) != 1 or count(outline.blocks[leading[0]].text) < LEAST_WORDS:
        return selection
    others = (block.text for index, block in enumerate(outline.blocks) if index != leading[0])
    if any(PAY.search(text[:ASKING_CHARACTERS]) for text in others):
        return selection
    roles = (*selection.roles[: leading[0]], "body", *selection.roles[leading[0] + 1 :])
    return replace(selection, kept=(leading[0],), standfirst=(), summary=(), roles=roles, confidence=CONFIDENCE)
