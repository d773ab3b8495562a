"""The tables of a page as grids: which row and column each cell stands in, by the table model of HTML (4.9.12).

Cells without text count, and so do `colspan` and `rowspan`; a cell over several columns or rows has its text in the first.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["CELLS", "Place", "Tables", "pipe_table"]

CELLS = frozenset(("td", "th"))
# As HTML has them (4.9.11).
MAX_COLSPAN, MAX_ROWSPAN = 1_000, 65_534
# Slots that the cells of a page take: a page has 400,000 tags at most.
MAX_SLOTS = 1_000_000
# Slots of one table in Markdown, empty ones too: beyond it, most are.
MAX_AREA = 200_000


class Place(NamedTuple):
    """Where a cell begins in its table."""

    row: int
    """Index of the container that is its row."""
    column: int
    foot: bool = False
    """Whether that row is of the foot, which readers see last wherever it is written."""


class Tables:
    """The tables of a page; a class, for most pages ask for none."""

    def __init__(self, outline: Outline) -> None:
        self.containers = outline.containers

    def place(self, cell: Container) -> Place | None:
        """Give the place of a cell; None where the page's spans take more room than a page may."""
        return self._places.get(cell.index)

    def empty(self, table: Container, rows: Iterable[int]) -> Iterator[Container]:
        """Give the cells without text in some rows of a table."""
        known = self._rows.get(table.index, {})
        return (cell for row in rows for cell in known.get(row, ()) if cell.first == cell.last)

    @cached_property
    def _places(self) -> Mapping[int, Place]:
        places: dict[int, Place] = {}
        slots = 0
        for rows in self._rows.values():
            section = -1
            for number, (row, cells) in enumerate(rows.items()):
                if self.containers[row].parent != section:
                    # No cell reaches out of its row group.
                    section, until = self.containers[row].parent, dict[int, int]()
                column = 0
                for cell in cells:
                    while until.get(column, 0) > number:
                        column += 1
                        slots += 1
                    places[cell.index] = Place(row, column, self.containers[section].tag == "tfoot")
                    width = span(cell, "colspan", MAX_COLSPAN) or 1
                    down = span(cell, "rowspan", MAX_ROWSPAN) or MAX_ROWSPAN
                    if down > 1:
                        until |= dict.fromkeys(range(column, column + width), number + down)
                    column += width
                    slots += width
                    if slots > MAX_SLOTS:
                        return places
        return places

    @cached_property
    def _rows(self) -> Mapping[int, Mapping[int, Sequence[Container]]]:
        """Give each table's rows with their cells; what stands around cells without a row is one."""
        tables: defaultdict[int, dict[int, list[Container]]] = defaultdict(dict)
        # Table and row around the content of each container.
        around: list[tuple[int, int]] = []
        for container in self.containers:
            table, row = around[container.parent] if around else (-1, -1)
            if container.tag == "table":
                table, row = container.index, -1
            elif container.tag == "tr" and table >= 0:
                row = container.index
                tables[table][row] = []
            elif container.tag in CELLS and table >= 0:
                tables[table].setdefault(row if row >= 0 else container.parent, []).append(container)
            around.append((table, row))
        return tables


def span(cell: Container, name: str, most: int) -> int:
    """Read how many columns or rows a cell goes over; 1 where it says nothing that is a number."""
    stated = (cell.element.get(name) or "").strip()
    if not (stated.isascii() and stated.isdecimal()):
        return 1
    return min(most, int(stated)) if len(stated) < 10 else most


def pipe_table(cells: Iterable[tuple[Place, str]]) -> str | None:
    """Render cells in the page's order as a table, without empty rows and columns; None where it would be one row or column."""
    rows: dict[int, dict[int, list[str]]] = {}
    head, foot = dict(rows), dict(rows)
    for place, text in cells:
        if text:
            rows.setdefault(place.row, {}).setdefault(place.column, []).append(text)
            (foot if place.foot else head).setdefault(place.row, rows[place.row])
    columns = sorted({column for row in rows.values() for column in row})
    if len(rows) < 2 or max(map(len, rows.values())) < 2 or len(rows) * len(columns) > MAX_AREA:
        return None
    lines = [
        "| " + " | ".join(" ".join(row.get(column, ())) for column in columns) + " |"
        for row in [*head.values(), *foot.values()]
    ]
    lines.insert(1, "|" + " --- |" * len(columns))
    return "\n".join(lines)
