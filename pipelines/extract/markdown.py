"""Blocks to plain text, and to Markdown (CommonMark with pipe tables): headings, lists, quotes, tables, code and links kept."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.blocks import HEADINGS, Block
from pipelines.extract.code_language import CodeLanguages
from pipelines.extract.markdown_code import Listing, Listings
from pipelines.extract.markdown_inline import heading, inline
from pipelines.extract.markdown_lists import BULLET, Lists, is_numbered
from pipelines.extract.markdown_tables import Tables, pipe_table
from pipelines.extract.nesting import QUOTE, Nesting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.blocks import Container, Outline
    from pipelines.extract.markdown_tables import Place

__all__ = ["markdown", "plain"]

# A `<base>` gives each of them 2,000 characters of address; the most seen in an article are 399.
MAX_LINKS = 5_000
BARE_BAR = re.compile(r"(?<!\\)\|")
# Ends a line in Markdown, as a line feed does.
CARRIAGE_RETURN = re.compile(r"\r\n?")
# Sites that draw their lists by hand.
BULLETED = re.compile("[-–—•·*▪●◦‣]")


class Part(NamedTuple):
    """A part of the text, a blank line before it."""

    text: str
    frames: tuple[Container, ...] = ()
    """The quotations and items that it stands in, the outermost first."""
    item: bool = False
    """Whether it begins an item of a list."""
    tight: bool = False
    """Whether no blank line need be between it and an item before it."""


def markdown(outline: Outline, kept: Sequence[int], url: str) -> str:
    """Render the kept blocks, given by index in page order; links are made absolute against `url`, its base."""
    parts: list[Part] = []
    tables, nesting = Tables(outline), Nesting(outline)
    blocks = bounded(told(outline, nesting, kept))
    lists, languages = Lists(outline), CodeLanguages(outline)
    for table, group in groupby(blocks, key=lambda block: nesting.of(block.container).table):
        inside = list(group)
        outside, rows = table_lines(nesting, tables, inside, url) if table is not None else (inside, None)
        parts += prose(nesting, lists, languages, outside, url)
        parts += [Part(rows)] if rows is not None else []
    pairs = zip([None, *parts], parts, strict=False)
    between = ["" if last is None else gap(lists, last, part) for last, part in pairs]
    return "".join(chain.from_iterable(zip(between, (part.text for part in parts), strict=True)))


def gap(lists: Lists, last: Part, part: Part) -> str:
    """Give what stands between two parts; a blank line in a quotation of both has its marks, or would end it."""
    if last.item and part.tight and quotations(last.frames) == quotations(part.frames):
        return "\n"
    pairs = enumerate(zip(last.frames, part.frames, strict=False), 1)
    shared = takewhile(lambda pair: pair[1][0] is pair[1][1], pairs)
    quoted = max((at for at, (frame, _) in shared if frame.tag == QUOTE), default=0)
    return f"\n{lists.continued(part.frames[:quoted]).rstrip()}\n"


def quotations(frames: Sequence[Container]) -> list[int]:
    """Give the indexes of the quotations."""
    return [frame.index for frame in frames if frame.tag == QUOTE]


def plain(outline: Outline, kept: Sequence[int]) -> str:
    """Give the text of the kept blocks, a blank line between two; the items of bulleted lists begin with a hyphen.

    Numbers of lists are left out: they are no words of the page.
    """
    parts: list[str] = []
    items: set[int] = set()
    nesting = Nesting(outline)
    for block in told(outline, nesting, kept):
        item = nesting.of(block.container).item
        bulleted = item is not None and item.index not in items and not is_numbered(outline, item)
        if item is not None:
            items.add(item.index)
        parts.append(f"{BULLET}{block.text}" if bulleted and not BULLETED.match(block.text) else block.text)
    return "\n\n".join(parts)


def told(outline: Outline, nesting: Nesting, kept: Sequence[int]) -> list[Block]:
    """Give the kept blocks without the marks of notes, each listing of code as one."""
    return [block for block in Listings(outline, nesting).told(kept) if block.text]


def bounded(blocks: list[Block]) -> list[Block]:
    """Give the blocks; without their links where they have more than an article's."""
    if sum(piece.link is not None for block in blocks for piece in block.pieces) <= MAX_LINKS:
        return blocks
    return [replace(block, pieces=[piece._replace(link=None) for piece in block.pieces]) for block in blocks]


def prose(
    nesting: Nesting, lists: Lists, languages: CodeLanguages, blocks: Sequence[Block], url: str
) -> Iterator[Part]:
    """Render blocks outside tables."""
    for block in blocks:
        frames = nesting.of(block.container).frames
        opening = lists.opening(frames)
        if isinstance(block, Listing):
            lines = fenced(block, languages.of(block.root))
        else:
            level = heading_around(nesting.containers, block)
            lines = inline(block, url) if level is None else heading(inline(block, url), level)
        yield Part(indented(lines, opening.first, opening.others), frames, opening.item, opening.tight)


def indented(lines: str, first: str, others: str) -> str:
    """Put something before the first and before the other lines."""
    return first + lines.replace("\n", f"\n{others}")


def heading_around(containers: Sequence[Container], block: Block) -> int | None:
    """Give the level of the heading that a block stands in, at most one container within it."""
    tags = (block.container.tag, containers[block.container.parent].tag)
    return next((HEADINGS[tag] for tag in tags if tag in HEADINGS), None)


def fenced(block: Block, language: str) -> str:
    """Render preformatted text in a language with a fence longer than any run of backticks in it."""
    text = CARRIAGE_RETURN.sub("\n", "".join(piece.text for piece in block.pieces)).strip("\n")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def table_lines(
    nesting: Nesting, tables: Tables, blocks: Sequence[Block], url: str
) -> tuple[Sequence[Block], str | None]:
    """Render the cells of a data table, and give the blocks that are none: its caption, or all where it only lays out the page."""
    cells: list[tuple[Place, str]] = []
    outside: list[Block] = []
    for block in blocks:
        cell = nesting.of(block.container).cell
        if cell is None:
            outside.append(block)
            continue
        place = tables.place(cell)
        if place is None:
            return blocks, None
        cells.append((place, in_cell(block, url)))
    table = pipe_table(cells)
    return (blocks if table is None else outside), table


def in_cell(block: Block, url: str) -> str:
    """Render a paragraph on one line, and escape the bars that are left in code.

    Readers differ in whether two backslashes before a bar escape it: code that holds one already is shown as text.
    """
    if r"\|" in block.text:
        pieces = [piece._replace(style=piece.style.replace("c", "")) for piece in block.pieces]
        block = Block(block.text, pieces, block.container)
    return BARE_BAR.sub(r"\\|", inline(block, url).replace("  \n", " "))
