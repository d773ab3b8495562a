"""A body's sentences with their place in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import sentencex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Sentence", "sentences"]

TITLES = (
    " Mr.",
    " Ms.",
    " Mrs.",
    " Dr.",
    " Prof.",
    " Sen.",
    " Rep.",
    " Gov.",
    " St.",
    " Hr.",
    " Fr.",
    " Mme.",
    " Sr.",
    " Sra.",
)
"""What never ends a sentence."""
TITLE = 8
"""Characters that hold the longest of them and the space behind."""
PARAGRAPH = re.compile(r"(?:^- )?([^\n]+)", re.MULTILINE)
"""A line, and in front of it the mark of a list's item: no word of its first sentence."""


class Sentence(NamedTuple):
    """A sentence and where it starts in the body, in characters."""

    text: str
    start: int


def sentences(body: str, language: str | None) -> Iterator[Sentence]:
    """Sentences of each line of `body` in order, free of outer white space; `language` null reads it as English."""
    code = (language or "en").partition("-")[0]
    for paragraph in PARAGRAPH.finditer(body):
        yield from _joined(paragraph[1], paragraph.start(1), code)


def _joined(line: str, start: int, code: str) -> Iterator[Sentence]:
    """Sentences of one line; one that begins in lower case, or follows a title, belongs to the one before."""
    begin, end = 0, 0
    for piece in sentencex.segment(code, line):
        if end and not piece[:1].islower() and not line[max(0, end - TITLE) : end].rstrip().endswith(TITLES):
            yield from _trimmed(line, begin, end, start)
            begin = end
        end += len(piece)
    yield from _trimmed(line, begin, end, start)


def _trimmed(line: str, begin: int, end: int, start: int) -> Iterator[Sentence]:
    text = line[begin:end]
    bare = text.strip()
    if bare:
        yield Sentence(bare, start + begin + len(text) - len(text.lstrip()))
