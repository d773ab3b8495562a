"""The lines right below a picture that end with its credit: captions, though nothing but their words says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.images.attribution import is_credited
from pipelines.extract.images.sources import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.selecting.body import Selection

__all__ = ["without_credited"]

# Characters; a longer text is a paragraph that names its source.
MAX_CAPTION = 300
# Items and cells have pictures of their own, and quotations who said them.
TEXTS = frozenset((*HEADINGS, "li", "td", "th", "dt", "dd", "blockquote", "pre"))


def without_credited(selection: Selection, outline: Outline) -> Selection:
    """Take out of the body what stands right below a picture and ends with a label and the name of who made or owns it."""
    found = set(credited(selection, outline))
    if not found:
        return selection
    roles = tuple("caption" if index in found else role for index, role in enumerate(selection.roles))
    return replace(selection, kept=tuple(index for index in selection.kept if index not in found), roles=roles)


def credited(selection: Selection, outline: Outline) -> Iterator[int]:
    """Give such blocks of the body; the last is none, for it may say where a text is from."""
    below: dict[int, list[HtmlElement]] = {}
    for element, _, at in outline.images:
        below.setdefault(at, []).append(element)
    for index in selection.kept[:-1]:
        block = outline.blocks[index]
        if (
            index in below
            and len(block.text) <= MAX_CAPTION
            and block.container.tag not in TEXTS
            and is_credited(block.text)
            and any(map(is_shown, below[index]))
        ):
            yield index
