"""What a block stands in, as far as Markdown shows it: each container is looked at once, however many blocks stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.markdown_tables import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.extract.blocks import Container, Outline

__all__ = ["Around", "Surroundings"]


class Around(NamedTuple):
    """What stands around the content of a container, itself among it."""

    quotes: int = 0
    """Quotations in quotations."""
    preformatted: bool = False
    item: Container | None = None
    """The innermost item of a list."""
    table: Container | None = None
    """The innermost table."""
    cell: Container | None = None
    """The innermost cell of that table; None in its caption, and between the cells."""


NOTHING = Around()


class Surroundings:
    """What stands around the containers of a page; a class, for what is known of one tells of those inside."""

    def __init__(self, outline: Outline) -> None:
        self.containers = outline.containers
        # The root is nothing to Markdown.
        self.known: dict[int, Around] = {0: NOTHING}

    def of(self, container: Container) -> Around:
        """Give what stands around the content of a container."""
        unknown = []
        while container.index not in self.known:
            unknown.append(container)
            container = self.containers[container.parent]
        around = self.known[container.index]
        for inner in reversed(unknown):
            around = self.known[inner.index] = inside(inner, around)
        return around

    def items(self, container: Container) -> Iterator[Container]:
        """Walk the items of lists around the content of a container, from the inside out."""
        item = self.of(container).item
        while item is not None:
            yield item
            item = self.of(self.containers[item.parent]).item


def inside(container: Container, around: Around) -> Around:
    """Give what stands around the content of a container that stands in `around`."""
    if container.tag == "li":
        return around._replace(item=container)
    if container.tag in CELLS:
        return around._replace(cell=container)
    if container.tag == "table":
        return around._replace(table=container, cell=None)
    if container.tag == "blockquote":
        return around._replace(quotes=around.quotes + 1)
    if container.tag == "pre":
        return around._replace(preformatted=True)
    return around
