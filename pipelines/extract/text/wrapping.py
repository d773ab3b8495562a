"""Lines that were wrapped at a fixed width, as mail and some feeds do, joined to paragraphs again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["CLOSERS", "ENDS", "QUOTE", "unwrapped"]

CLOSERS = "\"'”’»)]）」』】›"
ENDS = (".", "!", "?", "。", "！", "？", "؟", "।", "։", "።")
# What mail puts before each line that it quotes.
QUOTE = re.compile(r"\s{0,3}(?:> ?)+")
# Mail and feeds wrap at 72 to 80 columns; no wrap leaves a wider line than this, and verses and addresses are narrower.
_WIDEST, _NARROWEST = 100, 36
# Lines of one text fall short of its width by a word at most, and may stick out by a mark or two.
_SHORT, _OUT = 12, 8
# Of the lines with another below them, so many hold as many words as they can; and at most so many end a sentence. Of all runs
# together, half will do where the rest goes on in the midst of a sentence: editors do not fill the lines of an item.
_FULL, _ENDED, _HALF = 0.8, 0.5, 0.5
# Of the lines that begin with a letter that has a case, so many begin in the middle of a sentence: in German, at least.
_LOWER = 0.25
# A text needs so many lines with another below them to show that it was wrapped.
_EVIDENCE = 2
# A line this many times as wide as the wrap was not wrapped. Where lines so wide hold more than the wrapped ones, these are verses,
# unless they are as wide as mail is; where no letter has a case, nothing tells them from headlines, and half as much will do.
_WIDER, _OUTWEIGHED, _MAIL = 1.5, 0.5, 60
# What may not begin a line in Chinese and Japanese drags one or two characters before it along.
_DRAGGED = 4
# Wider lines are not measured on paper.
_MEASURED = 500

# Thai, Lao, kana, Chinese characters and their punctuation: a line breaks between any two, and they are joined without a space.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
# No wrap can part an address.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{20}")


class _Row(NamedTuple):
    """A line as it stands on paper."""

    raw: str
    text: str
    """Without white space around it and without marks of quoting."""
    columns: int
    """Its width, with what stands before the text."""
    address: bool
    """Whether it holds an address: its width says nothing."""


def unwrapped(runs: Sequence[Sequence[str]]) -> list[str]:
    """Join the lines of each run that a wrap has parted; a run that was not wrapped keeps its lines.

    A run is of lines without a blank one, an item or a heading between them. The width is that of the text, and each run is judged by
    it alone: a list of headlines, a signature or an address between wrapped paragraphs changes nothing for them.
    """
    rows = [[_row(line) for line in run] for run in runs]
    width = _width(rows)
    if width is None:
        return [line for run in runs for line in run]
    return [line for run in rows for piece in _pieces(run, width + _OUT) for line in _joined(piece, width)]


def _row(line: str) -> _Row:
    raw = line.rstrip()
    text = raw[match.end() :].strip() if (match := QUOTE.match(raw)) else raw.strip()
    return _Row(line, text or raw.strip(), _columns(raw), _ADDRESS.search(raw) is not None)


def _pieces(run: Sequence[_Row], limit: int) -> Iterator[list[_Row]]:
    """Part a run at the lines that are wider than its wrap can be: headlines, and lines that no one has wrapped."""
    piece: list[_Row] = []
    for row in run:
        if row.columns > limit and not row.address:
            yield from (part for part in (piece, [row]) if part)
            piece = []
        else:
            piece.append(row)
    if piece:
        yield piece


def _width(runs: Sequence[Sequence[_Row]]) -> int | None:
    """Give the width in columns at which most of a text was wrapped; None where none of its runs look like it."""
    pieces = [piece for run in runs if len(run) > 1 for piece in _pieces(run, _WIDEST) if len(piece) > 1]
    found = [(width, piece) for piece in pieces if (width := _own_width(piece)) is not None]
    pairs: Counter[int] = Counter()
    for width, piece in found:
        pairs[width] += len(piece) - 1
    near = {width: sum(pairs[width - short] for short in range(_SHORT + 1)) for width in pairs}
    width = max(near, key=lambda one: (near[one], one), default=0)
    wrapped = [piece for own, piece in found if width - _SHORT <= own <= width]
    together = [pair for piece in wrapped for pair in _pairs(piece)]
    if len(together) < _EVIDENCE or _filled(together, width) < _HALF or _going(together, width) < _FULL:
        return None
    return None if _outweighed(runs, wrapped, width) else width


def _own_width(piece: Sequence[_Row]) -> int | None:
    """Give the width at which a piece looks as if it had been wrapped; None where it does not."""
    pairs = _pairs(piece)
    width = max((above.columns for above, _ in pairs), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    ended = sum(above.text.rstrip(CLOSERS).endswith(ENDS) for above, _ in pairs)
    if ended > _ENDED * len(pairs) or not _lower_enough(pairs) or _filled(pairs, width) < _FULL:
        return None
    return width


def _pairs(piece: Sequence[_Row]) -> list[tuple[_Row, _Row]]:
    """Give the lines with the one below each, but for those that an address has parted."""
    return [(above, row) for above, row in pairwise(piece) if not above.address and not row.text.startswith("http")]


def _lower_enough(pairs: Sequence[tuple[_Row, _Row]]) -> bool:
    cased = [row.text[0] for _, row in pairs if _has_case(row)]
    return sum(map(str.islower, cased)) >= _LOWER * len(cased)


def _filled(pairs: Sequence[tuple[_Row, _Row]], width: int) -> float:
    return sum(_is_full(*pair, width) for pair in pairs) / max(len(pairs), 1)


def _going(pairs: Sequence[tuple[_Row, _Row]], width: int) -> float:
    return sum(_is_full(*pair, width) or _goes_on(*pair) for pair in pairs) / max(len(pairs), 1)


def _outweighed(runs: Sequence[Sequence[_Row]], wrapped: Sequence[Sequence[_Row]], width: int) -> bool:
    """Tell whether wider lines show that the text was not wrapped; its headline may be as wide as it likes."""
    rows = [row for run in runs for row in run][1:]
    wide = sum(row.columns for row in rows if row.columns > _WIDER * width and not row.address)
    narrow = sum(row.columns for piece in wrapped for row in piece)
    beginnings = [_has_case(row) for piece in wrapped for row in piece[1:]]
    if 2 * sum(beginnings) < len(beginnings):
        return wide > _OUTWEIGHED * narrow
    return width < _MAIL and wide > narrow


def _joined(piece: Sequence[_Row], width: int) -> list[str]:
    """Join the lines of a piece of a wrapped text, if it was wrapped itself."""
    pairs = _pairs(piece) + [pair for pair in pairwise(piece) if pair[0].address and _goes_on(*pair)]
    # Whether its lines begin in the midst of sentences is not asked again: in German, four nouns in a row are no rarity.
    if _going(pairs, width) < _FULL:
        return [row.raw for row in piece]
    parts: list[list[_Row]] = []
    for at, row in enumerate(piece):
        above = piece[at - 1]
        if at and (above.address or _is_full(above, row, width) or _goes_on(above, row)):
            parts[-1].append(row)
        else:
            parts.append([row])
    return [_glued(part) for part in parts]


def _goes_on(above: _Row, row: _Row) -> bool:
    """Tell whether a line goes on in the midst of a sentence: words that hold together may have left a gap above it.

    What hangs below the text of an item is the item's.
    """
    hangs = row.raw.startswith("  ") and _indent(row) > _indent(above) and not above.raw.lstrip()[0].isalpha()
    return hangs or (row.text[0].islower() and not above.text.endswith(ENDS))


def _indent(row: _Row) -> int:
    return len(row.raw) - len(row.raw.lstrip())


def _is_full(above: _Row, row: _Row, width: int) -> bool:
    """Tell whether the beginning of `row` had no place left at the end of the line above it."""
    if _UNSPACED.match(row.text):
        return above.columns + _columns(row.text[0]) + _DRAGGED > width
    return above.columns + 1 + _columns(row.text.split(maxsplit=1)[0]) > width


def _has_case(row: _Row) -> bool:
    return row.text[0].lower() != row.text[0].upper()


def _columns(text: str) -> int:
    """Measure a text on paper: Chinese, Japanese and Korean characters take two columns, vowel signs above or below others none."""
    if text.isascii() or len(text) > _MEASURED:
        return len(text)
    return sum((unicodedata.category(one) != "Mn") + (unicodedata.east_asian_width(one) in "WF") for one in text)


def _glued(rows: Sequence[_Row]) -> str:
    if len(rows) == 1:
        return rows[0].raw
    text = [rows[0].raw.rstrip()]
    for row in rows[1:]:
        close = _UNSPACED.match(text[-1][-1:]) and _UNSPACED.match(row.text)
        text.append(row.text if close else f" {row.text}")
    return "".join(text)
