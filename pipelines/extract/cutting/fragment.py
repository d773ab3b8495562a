"""Markup in a string of a page, as content systems hand it over: cut into blocks as a page is, and bounded as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.errors import Quarantine
from pipelines.extract.cutting.blocks import Outline, outline
from pipelines.extract.parsing.characters import legible
from pipelines.extract.parsing.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.extract.cutting.blocks import Container

__all__ = ["Fragment", "fragment"]

UTF_8 = "text/html; charset=utf-8"


class Fragment(NamedTuple):
    """The blocks of some markup, and which of them are its text."""

    outline: Outline
    kept: list[int]
    texts: list[str]
    """Those of the kept blocks, without the marks of notes."""


def fragment(
    markup: str, leaves_out: Callable[[Container], bool], holds: Callable[[Container], bool] | None = None
) -> Fragment:
    """Cut some markup, without what stands in a container to leave out, or in none that `holds` text where that is given.

    What is over a bound for pages has no blocks.
    """
    try:
        found = outline(parse(f"<html><body>{legible(markup)}</body></html>".encode(), UTF_8).tree)
    except Quarantine:
        return Fragment(Outline(), [], [])
    # By container: whether it or one around it is left out, and holds text.
    left_out, held = [False], [holds is None]
    for container in found.containers[1:]:
        left_out.append(left_out[container.parent] or leaves_out(container))
        held.append(held[container.parent] or (holds is not None and holds(container)))
    texts = {
        index: block.without_marks().text
        for index, block in enumerate(found.blocks)
        if held[block.container.index] and not left_out[block.container.index]
    }
    kept = [index for index, text in texts.items() if text]
    return Fragment(found, kept, [texts[index] for index in kept])
