"""What a block or a picture stands in, as far as an article shows it: each container is looked at once, however many blocks stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.markdown.tables import CELLS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["QUOTE", "Around", "Nesting"]


class Around(NamedTuple):
    """What stands around the content of a container, itself among it."""

    frames: tuple[Container, ...] = ()
    """The quotations and the items of lists, the outermost first."""
    preformatted: Container | None = None
    """The outermost `<pre>`."""
    item: Container | None = None
    """The innermost item of a list."""
    table: Container | None = None
    """The innermost table."""
    cell: Container | None = None
    """The innermost cell of that table; None in its caption, and between the cells."""
    figure: HtmlElement | None = None
    """The innermost figure."""
    term: bool = False
    """Whether it is what a list of definitions defines."""


# Deeper nesting is layout.
MAX_QUOTES, MAX_FRAMES = 6, 50
QUOTE, ITEM, LISTS = "blockquote", "li", frozenset(("ol", "ul"))
# Lists in a row behind an item of the list they are in.
MAX_LISTS = 20
NOTHING = Around()
TELLING = CELLS | {QUOTE, ITEM, "dt", "figure", "pre", "table"}


class Nesting:
    """What stands around the containers of a page; a class, for what is known of one tells of those inside."""

    def __init__(self, outline: Outline) -> None:
        self.containers = outline.containers
        # The root is nothing to an article.
        self.known: dict[int, Around] = {0: NOTHING}

    def of(self, container: Container) -> Around:
        """Give what stands around the content of a container."""
        unknown = []
        while container.index not in self.known:
            unknown.append(container)
            container = self.containers[container.parent]
        around = self.known[container.index]
        for inner in reversed(unknown):
            around = self.known[inner.index] = inside(inner, self._adopted(inner, around))
        return around

    def _adopted(self, container: Container, around: Around) -> Around:
        """Give what stands around a container; a list right in a list is of the item before it, as readers see it."""
        outer = self.containers[container.parent]
        if container.tag not in LISTS or outer.tag not in LISTS:
            return around
        before = container
        for _ in range(MAX_LISTS):
            before = self._before(before)
            if before.tag == ITEM:
                item = self.known.get(before.index) or inside(before, around)
                return around._replace(frames=item.frames)
            if before.tag not in LISTS or before is outer:
                break
        return around

    def _before(self, container: Container) -> Container:
        """Give the container that ends before a container and has the same parent, if there is one, else the parent."""
        before = self.containers[max(0, container.index - 1)]
        while before.index > container.parent and before.parent != container.parent:
            before = self.containers[before.parent]
        return before


def inside(container: Container, around: Around) -> Around:
    """Give what stands around the content of a container that stands in `around`."""
    tag = container.tag
    if tag not in TELLING:
        return around
    cell = None if tag == "table" else around.cell
    return Around(
        frames=(*around.frames, container) if is_frame(container, around.frames) else around.frames,
        preformatted=around.preformatted or (container if tag == "pre" else None),
        item=container if tag == ITEM else around.item,
        table=container if tag == "table" else around.table,
        cell=container if tag in CELLS else cell,
        figure=container.element if tag == "figure" else around.figure,
        term=around.term or tag == "dt",
    )


def is_frame(container: Container, frames: tuple[Container, ...]) -> bool:
    """Tell whether a container in `frames` is one more."""
    if container.tag == QUOTE:
        return sum(frame.tag == QUOTE for frame in frames) < MAX_QUOTES
    return container.tag == ITEM and len(frames) < MAX_FRAMES
