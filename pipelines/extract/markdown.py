"""Blocks to plain text, and to Markdown (CommonMark with pipe tables): headings, lists, quotes, tables, code and links kept."""

from __future__ import annotations

import re
from itertools import chain, groupby, takewhile
from typing import TYPE_CHECKING

from pipelines.extract.blocks import HEADINGS
from pipelines.extract.markdown_inline import heading, inline
from pipelines.extract.markdown_tables import CELLS, Tables, pipe_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.blocks import Block, Container, Outline
    from pipelines.extract.markdown_tables import Place

__all__ = ["markdown", "plain"]

BARE_BAR = re.compile(r"(?<!\\)\|")
BULLET = "- "
# Sites that draw their lists by hand.
BULLETED = re.compile("[-–—•·*▪●◦‣]")
# Deeper nesting is layout.
MAX_NESTING = 6


def markdown(outline: Outline, kept: Sequence[int], url: str) -> str:
    """Render the kept blocks, given by index in page order; links are made absolute against `url`."""
    parts: list[tuple[str, str]] = []
    blocks = [outline.blocks[index] for index in kept]
    tables = Tables(outline)
    for table, group in groupby(blocks, key=lambda block: table_around(outline, block)):
        inside = list(group)
        rendered = table_lines(outline, tables, inside, url) if table is not None else None
        parts += prose(outline, inside, url) if rendered is None else rendered
    text = ""
    for number, (kind, part) in enumerate(parts):
        tight = number and kind == "item" and parts[number - 1][0] == "item"
        text += ("\n" if tight else "\n\n" if number else "") + part
    return text


def plain(outline: Outline, kept: Sequence[int]) -> str:
    """Give the text of the kept blocks, a blank line between two; the items of bulleted lists begin with a hyphen.

    Numbers of lists are left out: they are no words of the page.
    """
    parts: list[str] = []
    items: set[int] = set()
    for index in kept:
        block = outline.blocks[index]
        item = next((container for container in containers(outline, block) if container.tag == "li"), None)
        bulleted = item is not None and item.index not in items and marker(outline, item) == BULLET
        if item is not None:
            items.add(item.index)
        parts.append(f"{BULLET}{block.text}" if bulleted and not BULLETED.match(block.text) else block.text)
    return "\n\n".join(parts)


def prose(outline: Outline, blocks: Sequence[Block], url: str) -> Iterator[tuple[str, str]]:
    """Render blocks outside tables, each with its kind: `item` of a list or `block`."""
    items: set[int] = set()
    for block in blocks:
        around = list(containers(outline, block))
        tags = [container.tag for container in around]
        prefix = "> " * min(MAX_NESTING, tags.count("blockquote"))
        if "pre" in tags:
            yield "block", prefix + fenced(block).replace("\n", "\n" + prefix)
            continue
        line = inline(block, url)
        if not line:
            continue
        level = next((HEADINGS[tag] for tag in tags[:2] if tag in HEADINGS), None)
        if level is not None:
            yield "block", prefix + heading(line, level)
            continue
        item = next((container for container in around if container.tag == "li"), None)
        if item is None:
            yield "block", prefix + line.replace("\n", "\n" + prefix)
            continue
        depth = min(MAX_NESTING, tags.count("ul") + tags.count("ol")) - 1
        indent = prefix + "  " * max(0, depth)
        first = item.index not in items
        items.add(item.index)
        mark = marker(outline, item) if first else "  "
        yield "item", f"{indent}{mark}{line}".replace("\n", f"\n{indent}  ")


def containers(outline: Outline, block: Block) -> Iterator[Container]:
    """Walk the containers around a block, from the inside out, without the root."""
    container = block.container
    while container.index:
        yield container
        container = outline.containers[container.parent]


def marker(outline: Outline, item: Container) -> str:
    """Give the bullet or number of a list item."""
    parent = outline.containers[item.parent]
    if parent.tag != "ol":
        return BULLET
    before = item.element.itersiblings("li", preceding=True)
    return f"{sum(1 for _ in before) + 1}. "


def fenced(block: Block) -> str:
    """Render preformatted text with a fence longer than any run of backticks in it."""
    text = "".join(piece.text for piece in block.pieces).strip("\n")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def table_around(outline: Outline, block: Block) -> int | None:
    """Give the index of the innermost table around a block."""
    return next((container.index for container in containers(outline, block) if container.tag == "table"), None)


def cell_around(outline: Outline, block: Block) -> Container | None:
    """Give the cell of its innermost table that a block stands in; None for a caption, and for text between the cells."""
    inner = takewhile(lambda container: container.tag != "table", containers(outline, block))
    return next((container for container in inner if container.tag in CELLS), None)


def table_lines(
    outline: Outline, tables: Tables, blocks: Sequence[Block], url: str
) -> Iterator[tuple[str, str]] | None:
    """Render a data table below its caption; None for one that only lays out the page."""
    cells: list[tuple[Place, str]] = []
    outside: list[Block] = []
    for block in blocks:
        cell = cell_around(outline, block)
        if cell is None:
            outside.append(block)
            continue
        place = tables.place(cell)
        if place is None:
            return None
        cells.append((place, in_cell(inline(block, url))))
    table = pipe_table(cells)
    return chain(prose(outline, outside, url), [("table", table)]) if table is not None else None


def in_cell(line: str) -> str:
    """Bring a paragraph onto one line, and escape the bars that are left in code."""
    return BARE_BAR.sub(r"\\|", line.replace("  \n", " "))
