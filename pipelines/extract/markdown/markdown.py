"""Blocks to plain text, and to Markdown (CommonMark with pipe tables): headings, lists, quotes, tables, code and links kept."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, takewhile
from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.cutting.blocks import HEADINGS, Block
from pipelines.extract.markdown.cells import Grids
from pipelines.extract.markdown.code import Listing, Listings
from pipelines.extract.markdown.code_language import CodeLanguages
from pipelines.extract.markdown.inline import heading, inline
from pipelines.extract.markdown.lists import BULLET, Lists, is_numbered
from pipelines.extract.markdown.nesting import QUOTE, Nesting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["markdown", "plain", "told"]

# A `<base>` gives each of them 2,000 characters of address; the most seen in an article are 399.
MAX_LINKS = 5_000
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


class Told(NamedTuple):
    """What is told of a page."""

    nesting: Nesting
    blocks: list[Block]
    """Without the marks of notes, each listing of code as one."""


def told(outline: Outline, kept: Sequence[int]) -> Told:
    """Give what the kept blocks, by index in page order, tell: to both who render it."""
    nesting = Nesting(outline)
    return Told(nesting, [block for block in Listings(outline, nesting).told(kept) if block.text])


def markdown(outline: Outline, kept: Sequence[int], url: str, *, known: Told | None = None) -> str:
    """Render the kept blocks, given by index in page order; links are made absolute against `url`, its base.

    Pass what is `told` of them, where it is known.
    """
    parts: list[Part] = []
    nesting, every = known or told(outline, kept)
    blocks = bounded(every)
    lists, languages = Lists(outline), CodeLanguages(outline)
    for prosaic, table in Grids(outline, nesting, blocks, url).told(blocks):
        parts += prose(nesting, lists, languages, prosaic, url)
        if table is not None:
            parts.append(framed(lists, nesting.of(table.container).frames, table.text))
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


def plain(outline: Outline, kept: Sequence[int], *, known: Told | None = None) -> str:
    """Give the text of the kept blocks, a blank line between two; the items of bulleted lists begin with a hyphen.

    Numbers of lists are left out: they are no words of the page. Pass what is `told` of the blocks, where it is known.
    """
    parts: list[str] = []
    items: set[int] = set()
    nesting, blocks = known or told(outline, kept)
    for block in blocks:
        item = nesting.of(block.container).item
        bulleted = item is not None and item.index not in items and not is_numbered(outline, item)
        if item is not None:
            items.add(item.index)
        parts.append(f"{BULLET}{block.text}" if bulleted and not BULLETED.match(block.text) else block.text)
    return "\n\n".join(parts)


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
        lines = shown(nesting, languages, block, url)
        yield framed(lists, nesting.of(block.container).frames, lines)


def shown(nesting: Nesting, languages: CodeLanguages, block: Block, url: str) -> str:
    """Render a block without what stands before its lines."""
    if isinstance(block, Listing):
        return fenced(block, languages.of(block.root))
    level = heading_around(nesting.containers, block)
    if level is not None:
        return heading(inline(block, url), level)
    return inline(bold(block) if nesting.of(block.container).term else block, url)


def bold(block: Block) -> Block:
    """Give a block in bold: Markdown has no other mark for a term above its definition."""
    pieces = [piece if piece.style == "n" else piece._replace(style=f"{piece.style}b") for piece in block.pieces]
    return replace(block, pieces=pieces)


def framed(lists: Lists, frames: tuple[Container, ...], lines: str) -> Part:
    """Put before lines what the quotations and items around them ask for."""
    opening = lists.opening(frames)
    return Part(opening.first + lines.replace("\n", f"\n{opening.others}"), frames, opening.item, opening.tight)


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
