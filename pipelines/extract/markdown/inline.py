"""The pieces of a block to a paragraph of CommonMark: links, bold, italic, code and line breaks kept.

Only absolute http(s) links are kept, and all that has a meaning in Markdown or HTML is escaped: the text of a page
cannot become markup of ours, nor our marks its text.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from pipelines import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Block, Piece

__all__ = ["heading", "inline", "paragraph"]

# Where a character reference would begin (CommonMark 0.31, 2.5).
REFERENCE = r"&(?=#\d{1,7};|#[xX][\da-fA-F]{1,6};|[a-zA-Z][a-zA-Z\d]{1,31};)"
SPECIAL = re.compile(rf"[\\`*_\[\]<>|~]|{REFERENCE}", re.ASCII)
UNFINISHED = re.compile(r"&(?=#?\w*$)")
# At the start of a line these would make a heading, a list, a quote, a rule or the border of a table.
LINE_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|:?-+:?\s*$|-{3,}|\d{1,9}(?=[.)](?:\s|$))")
# Hashes at the end of a heading are no part of it.
CLOSING = re.compile(r"(?<= )#+$")
SPACES = re.compile(" {2,}")
BREAKS = re.compile(r"\n\s+")
# What an address may hold that ends a link, or begins something else.
UNSAFE = {ord(character): f"%{ord(character):02X}" for character in "() <>`\\|"}
AMPERSAND = re.compile(REFERENCE, re.ASCII)
LINK, TARGET = attrgetter("link"), itemgetter(0)


def paragraph(text: str) -> str:
    """Render text without markup."""
    return escape_start(escaped(text))


def heading(paragraph: str, level: int) -> str:
    """Make a heading of a rendered paragraph."""
    return f"{'#' * level} " + CLOSING.sub(backslashed, paragraph.replace("  \n", " "))


def escaped(text: str, after: str = " ") -> str:
    """Escape what has a meaning in Markdown or HTML, together with the character that follows too."""
    shown = SPECIAL.sub(backslashed, text)
    return UNFINISHED.sub(backslashed, shown) if after.isalnum() or after in "#;" else shown


def backslashed(found: re.Match[str]) -> str:
    """Put a backslash before what was found: `re` takes a template apart at each call, found or not."""
    return f"\\{found[0]}"


def escape_start(line: str) -> str:
    """Escape what stands at the start of a line; a number keeps its digits."""
    match = LINE_START.match(line)
    if match is None:
        return line
    mark, rest = match.group(), line[match.end() :]
    return f"{mark}\\{rest}" if mark.isdigit() else f"\\{mark}{rest}"


def inline(block: Block, url: str) -> str:
    """Render the pieces of a block as one paragraph; links are made absolute against `url`."""
    if all(piece.link is None and not piece.style for piece in block.pieces):
        return paragraph(block.text)
    runs = [(target(link, url), list(run)) for link, run in groupby(block.pieces, key=LINK)]
    parts: list[str] = []
    for address, group in groupby(runs, key=TARGET):
        part = styled([piece for _, run in group for piece in run])
        if address:
            part = linked(part, address)
            if parts and parts[-1].endswith("!") and part.startswith("["):
                parts[-1] = parts[-1][:-1] + r"\!"
        if part:
            parts.append(part)
    # The parts hold no white space but single spaces and line breaks.
    text = BREAKS.sub("\n", SPACES.sub(" ", "".join(parts))).strip()
    return "  \n".join([escape_start(line) for line in text.split("\n") if line.strip()])


def target(link: HtmlElement | None, url: str) -> str | None:
    """Give the address a link leads to; None for scripts, mail and the like."""
    return urls.place(url, link.get("href") or "") if link is not None else None


def styled(pieces: Sequence[Piece]) -> str:
    """Render pieces under one link, or under none: at their ends stands a bracket, a line's end or white space."""
    runs = [
        (mark, "".join([piece.text for _, piece in run])) for (mark, _), run in groupby(enumerate(pieces), key=part)
    ]
    parts = []
    for at, (mark, raw) in enumerate(runs):
        text = " ".join(raw.split())
        if mark == "\n":
            parts.append(raw)
        elif not text:
            parts.append(" " if raw else "")
        else:
            before = beside(runs[at - 1], -1) if at and not raw[0].isspace() else " "
            after = beside(runs[at + 1], 0) if at + 1 < len(runs) and not raw[-1].isspace() else " "
            shown = VERBATIM[mark](text) if mark in VERBATIM else emphasised(text, telling(runs, at), before, after)
            if at and mark == runs[at - 1][0] == before == "`":
                # Marks of code side by side would be one mark.
                parts.append(" ")
            parts.append(f"{' ' * raw[0].isspace()}{shown}{' ' * raw[-1].isspace()}")
    return "".join(parts)


def part(numbered: tuple[int, Piece]) -> tuple[str, int]:
    """Give the mark around a piece, and a number that it shares with the pieces in the same marks; each key and each formula has its own."""
    at, piece = numbered
    return mark_of(piece), at if "k" in piece.style or "f" in piece.style else -1


def mark_of(piece: Piece) -> str:
    """Give the mark around a piece, whatever the elements that ask for it; a line break is its own."""
    if piece.style == "n":
        return "\n"
    if "f" in piece.style:
        return "$"
    if "c" in piece.style:
        return "`"
    # Marks within those of what is struck out would touch those of what stands beside it.
    return "~~" if "d" in piece.style else "**" * ("b" in piece.style) + "*" * ("i" in piece.style)


def telling(runs: Sequence[tuple[str, str]], at: int) -> str:
    """Give the mark of a run; none between bold and italic for what is both, where no one can tell whose the marks are.

    `*a****b*****c**` is no emphasis by the ninth rule of CommonMark 0.31, 6.2.
    """
    around = {mark for mark, _ in runs[max(0, at - 1) : at + 2]}
    return "" if around == {"*", "**", "***"} and runs[at][0] == "***" else runs[at][0]


def beside(run: tuple[str, str], end: int) -> str:
    """Give the first (0) or last (-1) character of a run, its own mark aside."""
    mark, raw = run
    return mark if mark in VERBATIM and not raw[end].isspace() else raw[end]


def code(text: str) -> str:
    """Render code between more backticks than stand in it."""
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def formula(text: str) -> str:
    """Render TeX as GitHub reads it between dollars and backticks, which is code to those who know no formulas."""
    return f"${code(text)}$"


# How text is rendered in which no sign is one of Markdown, by its mark.
VERBATIM = {"`": code, "$": formula}


def emphasised(text: str, mark: str, before: str, after: str) -> str:
    """Put marks around text that stands between two characters.

    A mark between a letter and punctuation opens or closes only towards the letter (CommonMark 0.31, 6.2): there, punctuation
    is left outside.
    """
    if not mark:
        return escaped(text, after)
    start, end = 0, len(text)
    if not parts_words(before):
        start = next((at for at in range(end) if not parts_words(text[at])), end)
    if not parts_words(after):
        end = next((at for at in range(end, start, -1) if not parts_words(text[at - 1])), start)
    if start == end:
        return escaped(text, after)
    return f"{escaped(text[:start])}{mark}{escaped(text[start:end])}{mark}{escaped(text[end:], after)}"


def parts_words(character: str) -> bool:
    """Tell whether a character is white space or punctuation to CommonMark."""
    return character.isspace() or unicodedata.category(character)[0] in "PS"


def linked(styled: str, address: str) -> str:
    """Make a link of one line, its address without what would end it."""
    text = " ".join(styled.split())
    if not text:
        return styled
    safe = AMPERSAND.sub("&amp;", address.translate(UNSAFE))
    return f"{' ' * styled[0].isspace()}[{text}]({safe}){' ' * styled[-1].isspace()}"
