"""The captions that are text of the body: those of tables, code and quotations in a figure, which no picture takes with it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.images.sources import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.cutting.blocks import Outline

__all__ = ["legends"]

TEXTS = frozenset(("table", "pre", "blockquote"))
FILMS = (
    "video", "audio", "iframe", "object", "embed", "canvas", "amp-video", "amp-audio", "amp-iframe", "amp-youtube", "amp-vimeo",
)  # fmt: skip
# Each is searched for films, and may stand in others.
MAX_FIGURES = 500
NONE = -1


def legends(outline: Outline, wanted: Sequence[bool], roles: Sequence[str]) -> list[int]:
    """Give the captions whose figure holds a table, code or quotation of the `wanted` blocks, and no picture or film."""
    captions = [at for at, role in enumerate(roles) if role == "caption" and not wanted[at]]
    if not captions:
        return []
    figures, texts = innermost(outline, {"figure"}), innermost(outline, TEXTS)
    within = (block.container.index for block, kept in zip(outline.blocks, wanted, strict=True) if kept)
    told = {figures[at] for at in within if texts[at] > figures[at] != NONE}
    about = {at: figures[outline.blocks[at].container.index] for at in captions}
    candidates = dict.fromkeys(figure for figure in about.values() if figure in told)
    pictured = set(with_pictures(outline, figures)) if candidates else set()
    plain = {
        figure
        for figure in islice(candidates, MAX_FIGURES)
        if figure not in pictured and next(outline.containers[figure].element.iter(*FILMS), None) is None
    }
    return [at for at, figure in about.items() if figure in plain]


def innermost(outline: Outline, tags: frozenset[str] | set[str]) -> list[int]:
    """Give for each container the index of the innermost of some tags around its content; `NONE` where there is none."""
    found: list[int] = []
    for container in outline.containers:
        outer = found[container.parent] if container.index else NONE
        found.append(container.index if container.tag in tags else outer)
    return found


def with_pictures(outline: Outline, figures: Sequence[int]) -> Iterator[int]:
    """Yield the figures around pictures, each once."""
    seen = {NONE}
    for element, container, _ in outline.images:
        figure = figures[container]
        if figure in seen or not is_shown(element):
            continue
        while figure not in seen:
            seen.add(figure)
            yield figure
            figure = figures[outline.containers[figure].parent]
