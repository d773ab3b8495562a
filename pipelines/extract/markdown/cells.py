"""The data tables of a page: which blocks each has, and what its cells say in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.cutting.blocks import PICTURES, Block, Piece
from pipelines.extract.markdown.code import Listing
from pipelines.extract.markdown.inline import inline, paragraph
from pipelines.extract.markdown.tables import Tables, pipe_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Container, Outline
    from pipelines.extract.markdown.nesting import Nesting
    from pipelines.extract.markdown.tables import Place

__all__ = ["Grid", "Grids"]

# A table in a cell is told as its text up to so many blocks and characters: what holds more lays out the page.
MAX_INNER_BLOCKS, MAX_INNER_TEXT = 12, 300
BARE_BAR = re.compile(r"(?<!\\)\|")
# The text of a picture that stands for "yes" or a grade is no longer, and it is not the twentieth thing in its cell.
MAX_ICON, MAX_IN_CELL = 40, 20


class Grid(NamedTuple):
    """A data table in Markdown."""

    container: Container
    text: str


class Grids:
    """The data tables among some blocks; a class, for what stands in the cells of one is found once."""

    def __init__(self, outline: Outline, nesting: Nesting, blocks: Sequence[Block], url: str) -> None:
        self.containers = outline.containers
        self.nesting = nesting
        self.tables = Tables(outline)
        self.url = url
        self.holders = self._holders(blocks)

    def told(self, blocks: Iterable[Block]) -> Iterator[tuple[Sequence[Block], Grid | None]]:
        """Give the blocks that are in no data table, or in its caption, each time with the table that follows."""
        for holder, group in groupby(blocks, key=self._holder):
            inside = list(group)
            rest, grid = self._grid(holder, inside)
            if grid is not None or holder is None:
                yield rest, grid
                continue
            for table, part in groupby(inside, key=self._table):
                yield self._grid(None if table is holder else table, list(part))

    def _table(self, block: Block) -> Container | None:
        """Give the innermost table around a block."""
        return self.nesting.of(block.container).table

    def _around(self, table: Container) -> Container | None:
        """Give the innermost table around a table."""
        return self.nesting.of(self.containers[table.parent]).table

    def _holder(self, block: Block) -> Container | None:
        """Give the table in whose cells a block is told."""
        table = self._table(block)
        return None if table is None else self.holders[table.index]

    def _holders(self, blocks: Sequence[Block]) -> dict[int, Container]:
        """Give, for each table around a block, the one in whose cells it is told: itself, but for a small one in a table with more to say."""
        found = self._tables_around(blocks)
        if not found:
            return {}
        roomy = self._roomy(found, blocks)
        holders: dict[int, Container] = {}
        for index in sorted(found):
            around = self._around(found[index])
            outer = found[index] if around is None else holders[around.index]
            told = around is not None and (around.index in roomy or outer is not around)
            holders[index] = outer if told else found[index]
        return holders

    def _tables_around(self, blocks: Sequence[Block]) -> dict[int, Container]:
        """Give the tables around blocks, and those around these."""
        found: dict[int, Container] = {}
        for block in blocks:
            table = self._table(block)
            while table is not None and table.index not in found:
                found[table.index] = table
                table = self._around(table)
        return found

    def _roomy(self, found: dict[int, Container], blocks: Sequence[Block]) -> set[int]:
        """Give the indexes of the tables that hold none but small ones, and more blocks of their own than in those."""
        inside = [(table.index, len(block.text)) for block in blocks if (table := self._table(block)) is not None]
        own = Counter(index for index, _ in inside)
        every, text = Counter(own), Counter[int]()
        for index, length in inside:
            text[index] += length
        large: set[int] = set()
        for index in sorted(found, reverse=True):
            around = self._around(found[index])
            if around is not None:
                every[around.index] += every[index]
                text[around.index] += text[index]
                if every[index] > MAX_INNER_BLOCKS or text[index] > MAX_INNER_TEXT:
                    large.add(around.index)
        return {index for index in found if index not in large and 2 * own[index] > every[index]}

    def _grid(self, table: Container | None, blocks: Sequence[Block]) -> tuple[Sequence[Block], Grid | None]:
        """Render the cells of a table and give the blocks that are in none; all where it only lays out the page."""
        if table is None:
            return blocks, None
        cells: list[tuple[Place, str]] = []
        outside: list[Block] = []
        for block in blocks:
            cell = self._cell(block, table)
            place = None if cell is None else self.tables.place(cell)
            if cell is None:
                outside.append(block)
            elif place is None:
                return blocks, None
            else:
                cells.append((place, in_cell(block, self.url)))
        if pipe_table(cells) is None:
            return blocks, None
        told = pipe_table([*cells, *self._icons(table, cells)])
        return (blocks, None) if told is None else (outside, Grid(self.containers[table.parent], told))

    def _cell(self, block: Block, table: Container) -> Container | None:
        """Give the cell of a table around a block, which may stand in a table in it."""
        around = self.nesting.of(block.container)
        while around.table is not None and around.table is not table:
            around = self.nesting.of(self.containers[around.table.parent])
        return around.cell

    def _icons(self, table: Container, cells: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
        """Give what the pictures say in cells without text, in the rows that have cells with text."""
        for cell in self.tables.empty(table, dict.fromkeys(place.row for place, _ in cells)):
            place, text = self.tables.place(cell), alternative(cell.element)
            if text and place is not None:
                yield place, in_line(paragraph(text))


def alternative(cell: HtmlElement) -> str:
    """Give the text in place of the first picture in a cell that has one, if that is no more than an icon's."""
    for element in islice(cell.iter(), MAX_IN_CELL):
        stated = None
        if element.tag in PICTURES:
            stated = element.get("alt")
        elif element.tag == "svg" or element.get("role") == "img":
            stated = element.get("aria-label") or element.findtext("title")
        if stated and (text := " ".join(stated[: 2 * MAX_ICON].split())):
            return text if len(text) <= MAX_ICON else ""
    return ""


def in_cell(block: Block, url: str) -> str:
    """Render a paragraph on one line; a listing as code in it.

    Readers differ in whether two backslashes before a bar escape it: code that holds one already is shown as text.
    """
    if isinstance(block, Listing):
        block = Block(block.text, [Piece(block.text, None, "c")], block.container)
    if r"\|" in block.text:
        pieces = [piece._replace(style=piece.style.replace("c", "")) for piece in block.pieces]
        block = Block(block.text, pieces, block.container)
    return in_line(inline(block, url))


def in_line(lines: str) -> str:
    """Make one line of a paragraph, and escape the bars that are left in code."""
    return BARE_BAR.sub(r"\\|", lines.replace("  \n", " "))
