"""Permalinks: the signs behind a heading that link to the heading itself, and are none of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html

    from pipelines.extract.cutting.blocks import Piece

__all__ = ["without_permalinks"]


def without_permalinks(run: list[Piece]) -> list[Piece]:
    """Give the pieces of a heading without the signs (#, ¶, §) that link to the heading itself, whatever it calls its page."""
    said = {piece.link for piece in run if any(map(str.isalnum, piece.text))}
    return [piece for piece in run if piece.link in said or not leads_to_place(piece.link)] if said else run


def leads_to_place(link: html.HtmlElement | None) -> bool:
    """Tell whether a link leads to a place on a page, this one or another."""
    href = link.get("href") if link is not None else None
    return href is not None and "#" in href[:-1]


def is_fragment(link: html.HtmlElement | None) -> bool:
    """Tell whether a link leads to a place on the page itself."""
    href = link.get("href") if link is not None else None
    return href is not None and href[:1] == "#" and len(href) > 1
