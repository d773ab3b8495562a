"""What readers wrote below a plain text: from the heading over it to one that announces other articles."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.text.lines import Line, Shape
from pipelines.extract.text.stamps import is_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["is_count", "without_comments"]

_NOUN = (
    r"(?:(?:reader )?comments?|replies|responses?|thoughts?|(?:leser)?kommentare?|commentaires?|comentarios?|comentários?|commenti|commento|"
    r"reacties|réactions?|kommentarer|komentarze|komentarzy|комментари(?:и|й|я|ев)|件のコメント|コメント|条评论|則留言|评论|評論|留言|"
    r"개의 댓글|댓글|تعليقات|टिप्पणियाँ)"
)
_CHARACTERS = 250
_COUNTED = re.compile(
    rf"\(?\d{{1,5}}\s?{_NOUN}\)?(?: (?:on|to|zu|sur|su|en|op|em) .{{1,200}})?|{_NOUN}\s?[(（\[:：]?\s?\d{{1,5}}\s?[件条條則개]?[)）\]]?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"{_NOUN}\s?[:：]?", re.IGNORECASE)
# The button below a comment, or what stands before it.
_ANSWER = re.compile(
    r"(?:reply|antworten|répondre|responder|rispondi|beantwoorden|svara|odpowiedz|ответить|返信(?:する)?|回复|回覆|답글)(?: [↓↩])?|"
    r".{1,40} (?:says|said|sagt|schreibt|dit|dice)\s?:",
    re.IGNORECASE,
)
# An article speaks for two paragraphs before its readers do; of a comment stand a line or three between two that have its day or an answer.
_PARAGRAPHS, _SIGNS, _LINES_EACH = 2, 2, 6
# More headings of comments than these are none; below each, all lines are read.
_TRIED = 3


def is_count(line: Line) -> bool:
    """Tell whether a line says how many comments there are, and nothing else."""
    return len(line.text) <= _CHARACTERS and not line.marker and _COUNTED.fullmatch(line.text) is not None


def without_comments(lines: Sequence[Line]) -> list[Line]:
    """Leave out a heading such as "3 comments" with what is signed, dated or answered below it.

    A heading without a number needs an answer or its button below: an article may have a section of comments.
    """
    for at in islice(_headings(lines), _TRIED):
        headings = (to for to in range(at + 1, len(lines)) if lines[to].shape is Shape.HEADING)
        end = next(headings, len(lines))
        if _are_comments(lines[at + 1 : end], counted=is_count(lines[at])):
            return [*lines[:at], *lines[end:]]
    return list(lines)


def _headings(lines: Sequence[Line]) -> Iterator[int]:
    paragraphs = 0
    for at, line in enumerate(lines):
        paragraphs += line.shape is Shape.PROSE
        if paragraphs >= _PARAGRAPHS and (is_count(line) or _BARE.fullmatch(line.text[:_CHARACTERS])):
            yield at


def _are_comments(lines: Sequence[Line], *, counted: bool) -> bool:
    answers = sum(len(line.text) <= _CHARACTERS and _ANSWER.fullmatch(line.text) is not None for line in lines)
    signs = answers + sum(map(is_stamp, lines))
    return signs >= _SIGNS and signs * _LINES_EACH >= len(lines) and (counted or answers > 0)
