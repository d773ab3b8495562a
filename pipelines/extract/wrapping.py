"""Lines that were wrapped at a fixed width, as mail and some feeds do, joined to paragraphs again."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CLOSERS", "ENDS", "unwrapped"]

CLOSERS = "\"'”’»)]）」』】›"
ENDS = (".", "!", "?", "。", "！", "？", "؟", "।", "։", "።")
# Mail and feeds wrap at 72 to 80 columns; a text with a wider line than this is not wrapped.
_WIDEST = 100
# The width of the wrap is that of all but the widest lines: a headline above may stick out.
_WIDTH = 0.95
# Of the lines with another below them, so many hold as many words as they can; and at most so many end a sentence.
_FULL, _ENDED = 0.8, 0.5
# Of the lines that begin with a letter that has a case, so many begin in the middle of a sentence: in German, at least.
_LOWER = 0.25
# What may not begin a line in Chinese and Japanese drags one or two characters before it along.
_DRAGGED = 4

# Thai, Lao, kana, Chinese characters and their punctuation: a line breaks between any two, and they are joined without a space.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def unwrapped(runs: Sequence[Sequence[str]]) -> list[str]:
    """Join the lines of each run that its wrap has parted; a text that was not wrapped keeps its lines.

    A run is of lines without a blank one, an item or a heading between them.
    """
    width = _wrap([[line.strip() for line in run] for run in runs])
    joined: list[list[str]] = []
    for run in runs:
        for at, line in enumerate(run):
            if width is not None and at and _goes_on(run[at - 1].strip(), line.strip(), width):
                joined[-1].append(line)
            else:
                joined.append([line])
    return [_glued(parts) for parts in joined]


def _wrap(runs: Sequence[Sequence[str]]) -> int | None:
    """Give the width in columns at which a text was wrapped; None where its lines do not look like it."""
    if not any(len(run) >= 3 for run in runs) or any(len(line) > _WIDEST for run in runs for line in run):
        return None
    pairs = [pair for run in runs for pair in pairwise(run)]
    widths = sorted(_columns(above) for above, _ in pairs)
    width = widths[int(_WIDTH * (len(widths) - 1) + 0.5)]
    ended = sum(above.rstrip(CLOSERS).endswith(ENDS) for above, _ in pairs)
    cased = [line[0] for _, line in pairs if line[0].lower() != line[0].upper()]
    if width > _WIDEST or ended > _ENDED * len(pairs) or sum(map(str.islower, cased)) < _LOWER * len(cased):
        return None
    return width if sum(_is_full(*pair, width) for pair in pairs) >= _FULL * len(pairs) else None


def _goes_on(above: str, line: str, width: int) -> bool:
    """Tell whether a line of a wrapped text goes on with the one above: words that hold together may have left a gap there."""
    return _is_full(above, line, width) or (line[0].islower() and not above.endswith(ENDS))


def _is_full(above: str, line: str, width: int) -> bool:
    """Tell whether the beginning of `line` had no place left at the end of the line above it."""
    if _UNSPACED.match(line):
        return _columns(above) + _columns(line[0]) + _DRAGGED > width
    return _columns(above) + 1 + _columns(line.split(maxsplit=1)[0]) > width


def _columns(text: str) -> int:
    """Measure a text on paper: Chinese, Japanese and Korean characters take two columns."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def _glued(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    text = [parts[0].rstrip()]
    for part in map(str.strip, parts[1:]):
        close = _UNSPACED.match(text[-1][-1:]) and _UNSPACED.match(part)
        text.append(part if close else f" {part}")
    return "".join(text)
