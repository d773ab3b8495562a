"""Blocks to plain text, and to Markdown (CommonMark with pipe tables): headings, lists, quotes, tables, code and links kept.

Only absolute http(s) links are kept, and all that has a meaning in Markdown or HTML is escaped: the text of a page
cannot become markup of ours.
"""

from __future__ import annotations

import re
from itertools import chain, groupby, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from pipelines import urls
from pipelines.extract.blocks import HEADINGS
from pipelines.extract.markdown_tables import CELLS, Tables, pipe_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.blocks import Block, Container, Outline, Piece
    from pipelines.extract.markdown_tables import Place

__all__ = ["inline", "markdown", "plain"]

SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
# At the start of a line these would make a heading, a list, a quote or a rule.
LINE_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{3,}|\d{1,9}(?=[.)](?:\s|$))")
SPACES = re.compile(" {2,}")
BREAKS = re.compile(r"\n\s+")
LINK, STYLE = attrgetter("link"), attrgetter("style")
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
            yield "block", f"{prefix}{'#' * level} {line.replace(chr(10), ' ')}"
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


def inline(block: Block, url: str) -> str:
    """Render the pieces of a block as one paragraph."""
    if all(piece.link is None and not piece.style for piece in block.pieces):
        return escape_start(escaped(block.text))
    parts: list[str] = []
    for link, run in groupby(block.pieces, key=LINK):
        styled = "".join([styled_text(list(group), style) for style, group in groupby(run, key=STYLE)])
        target = urls.absolute(url, link.get("href") or "") if link is not None else None
        parts.append(linked(styled, target) if target else styled)
    # The parts hold no white space but single spaces and line breaks.
    text = BREAKS.sub("\n", SPACES.sub(" ", "".join(parts))).strip()
    return "  \n".join([escape_start(line) for line in text.split("\n") if line.strip()])


def escape_start(line: str) -> str:
    """Escape what stands at the start of a line; a number keeps its digits."""
    match = LINE_START.match(line)
    if match is None:
        return line
    mark, rest = match.group(), line[match.end() :]
    return f"{mark}\\{rest}" if mark.isdigit() else f"\\{mark}{rest}"


def styled_text(pieces: Sequence[Piece], style: str) -> str:
    """Escape text of one style and put its marks inside the white space around it."""
    if style == "n":
        return "\n" * len(pieces)
    raw = "".join([piece.text for piece in pieces])
    text = " ".join(raw.split())
    if not text:
        return " " if raw else ""
    before, after = " " * raw[0].isspace(), " " * raw[-1].isspace()
    if "c" in style:
        ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{before}{ticks}{pad}{text}{pad}{ticks}{after}"
    mark = "**" * ("b" in style) + "*" * ("i" in style)
    return f"{before}{mark}{escaped(text)}{mark}{after}"


def escaped(text: str) -> str:
    """Escape what has a meaning in Markdown or HTML."""
    return SPECIAL.sub(r"\\\1", text)


def linked(styled: str, target: str) -> str:
    """Make a link of one line; an address with brackets or spaces is escaped."""
    text = " ".join(styled.split())
    if not text:
        return styled
    safe = target.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    return f"{' ' * styled[0].isspace()}[{text}]({safe}){' ' * styled[-1].isspace()}"


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
