"""Code as one listing, however many blocks its lines are: `<pre>`, and the tables that highlighters make of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS, Block, Piece
from pipelines.extract.markdown.code_lines import classes, code, only_numbers
from pipelines.extract.markdown.tables import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Container, Outline
    from pipelines.extract.markdown.nesting import Nesting

__all__ = ["Listing", "Listings"]

# What no highlighter writes: a `<pre>` that nobody closed holds the rest of the page.
PROSE = frozenset(HEADINGS) | {"article", "aside", "blockquote", "footer", "form", "main", "nav", "p", "section"}
# Of a listing, so much must be kept for all to be shown.
LEAST_KEPT = 0.5
# Cells of code: GitHub, Crayon, highlightjs-line-numbers.
CODE_CELLS = frozenset(("blob-code", "crayon-code", "hljs-ln-code"))
# SyntaxHighlighter's.
GUTTER, CODE = "gutter", "code"
LEAST_ROWS = 2


@dataclass(slots=True, eq=False)
class Listing(Block):
    """Code, or a part of it."""

    root: Container
    """The outermost element that is code."""


class Listings:
    """The code of a page; a class, for each listing is read once, however many blocks stand in it."""

    def __init__(self, outline: Outline, nesting: Nesting) -> None:
        self.outline = outline
        self.nesting = nesting
        self.tables: dict[int, bool] = {}

    def told(self, kept: Sequence[int]) -> Iterator[Block]:
        """Give the kept blocks without the marks of notes, those of one listing as one."""
        roots = {index: self.root(self.outline.blocks[index].container) for index in kept}
        whole = self._whole(roots)
        for index in kept:
            block, root = self.outline.blocks[index].without_marks(), roots[index]
            if root is None:
                yield block
            elif root.index not in whole:
                yield Listing(block.text, block.pieces, block.container, root)
            elif (listing := whole[root.index]) is not None:
                yield listing
                whole[root.index] = None

    def root(self, container: Container) -> Container | None:
        """Give the outermost element around the content of a container that is code."""
        around = self.nesting.of(container)
        pre, table = around.preformatted, around.table
        if table is None or (pre is not None and pre.index < table.index):
            return pre
        if table.index not in self.tables:
            self.tables[table.index] = is_code_table(table.element)
        return table if self.tables[table.index] else pre

    def _whole(self, roots: dict[int, Container | None]) -> dict[int, Listing | None]:
        """Read the listings of which enough is kept, by the index of their root; those of one block that is code alone are not read."""
        sizes: dict[int, int] = {}
        found = {root.index: root for root in roots.values() if root is not None}
        for index, root in roots.items():
            if root is not None:
                sizes[root.index] = sizes.get(root.index, 0) + len(self.outline.blocks[index].text)
        whole: dict[int, Listing | None] = {}
        for root in found.values():
            blocks = self.outline.blocks[root.first : root.last]
            if sizes[root.index] < LEAST_KEPT * sum(len(block.text) for block in blocks) or self._holds_prose(root):
                continue
            read = code(root.element)
            if len(blocks) > 1 or read.less:
                stands = root if root.tag == "pre" else self.outline.containers[root.parent]
                text = " ".join(read.text.split())
                whole[root.index] = Listing(text, [Piece(read.text, None, "")], stands, root) if text else None
        return whole

    def _holds_prose(self, root: Container) -> bool:
        """Tell whether an element holds what is no code; its containers follow it."""
        containers = self.outline.containers
        at = root.index + 1
        while at < len(containers) and containers[at].first < root.last:
            if containers[at].tag in PROSE:
                return True
            at += 1
        return False


def is_code_table(table: HtmlElement) -> bool:
    """Tell whether a table is a listing: a highlighter's by its classes, or one with a line of code in each row."""
    lines = 0
    for row in rows(table):
        cells = [cell for cell in row if cell.tag in CELLS]
        if not cells:
            continue
        *others, last = cells
        named = classes(last)
        if not CODE_CELLS.isdisjoint(named) or (CODE in named and any(GUTTER in classes(cell) for cell in others)):
            return True
        if not (is_line(last) and all(map(only_numbers, others))):
            return False
        lines += 1
    return lines >= LEAST_ROWS


def rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Give the rows of a table, those of tables in it aside."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from child.iterchildren("tr")


def is_line(cell: HtmlElement) -> bool:
    """Tell whether a cell holds one line of preformatted text and nothing else."""
    if len(cell) != 1 or cell[0].tag != "pre" or (cell.text or "").strip() or (cell[0].tail or "").strip():
        return False
    return "\n" not in cell[0].text_content().strip("\n")
