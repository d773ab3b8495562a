"""Tables of what a thing costs in which shop, each row with a link that is paid for: they sell, and are no body."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.cutting.blocks import Block, Container, Outline

__all__ = ["offers"]

# Cells and characters of a row that names a shop, a price and a link, and rows of a table. One that compares things has more.
MOST_CELLS, LONGEST_ROW, MOST_ROWS = 4, 100, 15
# Containers in such a table.
MOST_BOXES = 200
PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[$€£¥₹]|kr\b|zł|Kč|USD|EUR|円)")
PAID = "sponsored"


def offers(outline: Outline) -> Iterator[int]:
    """Yield the blocks of tables of offers, and of the heading in the box around one."""
    for table in outline.containers:
        if table.tag == "table" and 0 < table.last - table.first <= MOST_ROWS * MOST_CELLS:
            rows = rows_of(outline, table)
            if rows and all(is_offer(outline.blocks[row.first : row.last]) for row in rows):
                around = outline.containers[table.parent]
                yield from range(table.first - is_headed(outline, around, table), table.last)


def rows_of(outline: Outline, table: Container) -> list[Container]:
    """Give the rows of a small table; those without a text say nothing."""
    rows = []
    for box in islice(outline.containers, table.index + 1, table.index + 1 + MOST_BOXES):
        if box.first >= table.last:
            break
        if box.tag == "tr" and box.last > box.first:
            rows.append(box)
    return rows


def is_offer(row: Sequence[Block]) -> bool:
    """Tell whether a row says little more than a price and where to pay it, by a link that is paid for."""
    text = " ".join([block.text for block in row])
    if len(row) > MOST_CELLS or len(text) > LONGEST_ROW or PRICE.search(text) is None:
        return False
    links = {piece.link for block in row for piece in block.pieces if piece.link is not None}
    return any(PAID in (link.get("rel") or "").lower().split() for link in links)


def is_headed(outline: Outline, around: Container, table: Container) -> bool:
    """Tell whether the box around a table holds it and one heading above it, and nothing else."""
    if around.first != table.first - 1 or around.last != table.last:
        return False
    return outline.blocks[around.first].container.tag in HEADINGS
