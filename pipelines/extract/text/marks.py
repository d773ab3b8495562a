"""The lines of a plain text's body to text and to Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipelines.extract.markdown.inline import heading, paragraph
from pipelines.extract.text.lines import Line, Shape, sentences

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

__all__ = ["markdown", "plain"]

# A heading of several sentences is short.
_SENTENCES_WORDS = 8
# So many short lines right above it, and a line is one of theirs.
_ROWS = 2
_ITEM = re.compile(r"[-*+•◦▪●■✓]|\d{1,2}[.)]")
# "HOST: What kind of hum?", with a name of few words.
_SPOKEN = re.compile(r"([^\W\d_][^:：]{0,40})[:：](?=\s|(?<=：)\S)")
# An address, or a picture as Markdown writes it.
_NO_WORDS = re.compile(r"!\[[^\[\]]{0,500}\]\(\S{1,3000}\)|<?(?:https?://|www\.)\S+")


def plain(line: Line) -> str:
    """Give a line with its marker, but for the hashes of a heading."""
    return f"{line.marker} {line.text}" if line.marker and line.marker != "#" else line.text


def markdown(body: Sequence[Line]) -> str:
    """Render a body: a short line above a paragraph is a heading, where it is none of what somebody says."""
    speakers = _speakers(body)
    return "\n\n".join(_rendered(line, heads=_heads(body, at, speakers)) for at, line in enumerate(body))


def _rendered(line: Line, *, heads: bool) -> str:
    if line.marker == "#" or heads:
        return heading(paragraph(line.text), 2)
    if line.marker == ">":
        return f"> {paragraph(line.text)}"
    if line.marker:
        return f"{line.marker if line.marker[0].isdigit() else '-'} {paragraph(line.text)}"
    return paragraph(line.text)


def _heads(body: Sequence[Line], at: int, speakers: Container[str]) -> bool:
    """Tell whether a line without a marker stands above a paragraph or a list as its heading, and is no row of a table or a verse."""
    line = body[at]
    # A year or the number of a chapter heads a section, a telephone number none.
    short = line.shape in (Shape.TITLE, Shape.WEAK_HEADING) or (line.shape is Shape.NUMBER and line.text.isdigit())
    below = body[at + 1] if at + 1 < len(body) else None
    above_text = below is not None and (
        _ITEM.fullmatch(below.marker) or (below.shape is Shape.PROSE and not below.marker)
    )
    rows = body[max(at - _ROWS, 0) : at]
    row = len(rows) == _ROWS and all(other.shape is Shape.TITLE and not other.marker for other in rows)
    if not short or line.marker or not above_text or row or _NO_WORDS.fullmatch(line.text):
        return False
    if line.words > _SENTENCES_WORDS and len(sentences(line.text)) > 1:
        return False
    return _speaker(line) not in speakers


def _speakers(body: Sequence[Line]) -> set[str]:
    """Give the names before what is said in a transcript: those in capitals, and those of more than one line."""
    counted = Counter(name for line in body if (name := _speaker(line)) is not None)
    return {name for name, lines in counted.items() if lines > 1 or name.isupper()}


def _speaker(line: Line) -> str | None:
    match = None if line.marker else _SPOKEN.match(line.text)
    return match[1].strip() if match else None
