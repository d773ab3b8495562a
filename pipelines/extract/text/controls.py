"""Buttons, fields and notices of the page that were copied with a plain text, and lines in which its site speaks of itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.extract.phrases import groups, is_advertisement
from pipelines.extract.selecting.colophon import is_colophon
from pipelines.extract.selecting.house_lines import is_house_line
from pipelines.extract.text.lines import Line, Shape, is_network

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["controls", "is_control"]

_GROUPS = frozenset(("controls", "placeholders", "interruptions", "advertisements", "pagers", "steps"))
_BAR = re.compile(r"\s*[|·•]\s*")
_CHARACTERS = 300
_OTHER = re.compile(
    r"(?:image|photo|bild|foto|slide|画像)\s?\d{1,3}\s?(?:of|von|de|di|van|/)\s?\d{1,3}|"
    r"listen to this (?:article|story)\W{1,3}\d{1,3} min(?:ute)?s?\W?|"
    r"(?:a post|beitrag|une publication) (?:shared by|geteilt von|partagée par) .{1,80}\(@[\w.]{1,40}\).{0,40}|"
    r"by (?:signing up|subscribing|submitting)\b.{0,40}\byou (?:agree|consent|accept)\b.{0,160}|"
    r"(?:click to (?:share|e-?mail|print)|haz clic para|cliquez pour|klick(?:e|en sie)?,? um|clique para|fai clic).{1,60}\(.{5,50}\)|"
    r".{2,80} is a reader-supported publication\b.{0,200}|"
    r"thanks for reading\b.{0,80}\b(?:subscribe|feel free to share)\b.{0,120}",
    re.IGNORECASE,
)
# A heading or a row of a table has few words, too.
_FEW_WORDS = 3


def controls(lines: Sequence[Line]) -> set[int]:
    """Give the lines that are none of an article; one of few words is only where another stands beside it, or the article ends."""
    told = {at for at, line in enumerate(lines) if _is_unmarked(line) and is_control(line)}
    networks = {at for at, line in enumerate(lines) if not line.marker and is_network(line.text)}
    around = {at for at, line in enumerate(lines) if line.shape in (Shape.PROMOTION, Shape.HEADING)}
    around |= told | networks | {len(lines)}
    found = {at for at in told if not _may_be_heading(lines[at])}
    for at in sorted((told | networks) - found):
        heads = at + 1 < len(lines) and lines[at + 1].shape is Shape.PROSE and at + 1 not in around
        if at - 1 in found or (at + 1 in around and not heads) or (at - 1 in around and at in networks):
            found.add(at)
    return found


def _may_be_heading(line: Line) -> bool:
    phrase = not _GROUPS.isdisjoint(groups(line.text)) and not is_advertisement(line.text)
    return phrase and line.words <= _FEW_WORDS


def is_control(line: Line) -> bool:
    """Tell whether a line alone is a button, a row of them, a notice of the page, or a word of the site on itself."""
    return len(line.text) <= _CHARACTERS and _is_control(line.text)


@lru_cache(maxsize=4096)
def _is_control(text: str) -> bool:
    """Tell the same of its text; several steps ask it of each line."""
    if not _GROUPS.isdisjoint(groups(text)):
        return True
    entries = _BAR.split(text)
    if len(entries) > 1 and all("controls" in groups(entry) or is_network(entry) for entry in entries):
        return True
    return _OTHER.fullmatch(text) is not None or is_house_line(text) or is_colophon(text)


def _is_unmarked(line: Line) -> bool:
    return line.marker in ("", ">", "→", "›", "»", "▶", "►") and line.shape not in (Shape.HEADING, Shape.PROMOTION)
