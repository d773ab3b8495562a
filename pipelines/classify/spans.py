"""Capitalised spans of a text: the places where names can stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipelines.classify.words import first_names
from pipelines.classify.words import words as listed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DEMONYMS", "LEGAL", "Span", "spans"]

LEGAL = listed("legal")
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĻŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚА-ЯЁІЇЄ"
ATTACHED = "backed|based|led|owned|style|funded|focused|powered|made|only|like|related|driven|run|born|controlled|sized|compatible"
"""What a hyphen joins to a name without being part of it: "Acme-backed"."""
REST = rf"\w*(?:[&+./]\w+|-(?!(?:{ATTACHED})\b)\w+|['’](?!s\b)\w+)*\+*"
LATER = rf"(?:[{UPPER}]{REST}|(?:i|e|x|mac|watch|tv|vis|lulu)[A-Z]\w+|\d{{1,4}}[A-Za-z]{{0,3}}\b(?![.,]\d))"
DOT = r"(?:(?:(?<=[\s.(][A-Z])|(?<=[DMSJ]r)|(?<=M[rs]s)|(?<=Ms)|(?<=Prof)|(?<=St)|(?<=Sen)|(?<=Bros))\.)?"
JOINT = (
    rf"{DOT} (?:(?:of(?: the)?|for(?: the)?|de(?: las?| los| l)?|du|des|d[iao]|dos|del|della|la|le|v[ao]n(?: de[rn]?| het| ’t)?|der|den"
    r"|und|[ye]|et|&|bin|al) )?"
)
SPAN = re.compile(rf"[{UPPER}](?<![\w@#][{UPPER}]){REST}(?:{JOINT}{LATER}){{0,9}}")

BREAKS = listed("breaks")

STOPS = BREAKS | {word.upper() for word in BREAKS if word.upper().title() == word}
"""The same with those in capitals, as whole headlines in capitals have them."""

OFFICES = listed("offices")
SURNAMES = listed("surnames")
DEMONYMS = listed("demonyms")


class Span(NamedTuple):
    """A run of capitalised words."""

    start: int
    """First character."""
    end: int
    """Past the last character."""
    words: tuple[str, ...]
    """Its words, joints included."""
    opens: bool
    """Whether it opens a sentence, where any word is capitalised."""
    title: str
    """The title or other breaking word right before it; empty where none."""


def spans(text: str) -> Iterator[Span]:
    """Find the runs of capitalised words, cut at titles, articles and names of months, in order; linear in the text's length."""
    for match in SPAN.finditer(text):
        run, start = match.group(), match.start()
        if " " in run:
            words = run.split(" ")
            if STOPS.isdisjoint(words) and not words[-1].islower() and "-" not in run:
                yield Span(start, match.end(), tuple(words), _opens(text, start), "")
            else:
                yield from _cut(words, start, _opens(text, start))
        elif run not in BREAKS:
            yield Span(start, match.end(), (run,), _opens(text, start), "")


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or line begins at `start`."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return False
    before = text[max(0, start - 3) : start].rstrip(" \"“„'‘(«-•*")
    return not before or before[-1] in ".!?:\n"


def _cut(run: list[str], start: int, opens: bool) -> Iterator[Span]:
    """Give the parts of a run between breaking words."""
    words: list[str] = []
    begin, at, title = 0, 0, ""
    for word in run:
        if words and word in SURNAMES and words[-1] in first_names():
            words.append(word)
        elif word in STOPS or ("-" in word and word.rpartition("-")[2] in OFFICES):
            yield from _span(words, start + begin, opens, title)
            words, title = [], word
            opens = False
        else:
            if not words:
                begin = at
            words.append(word)
        at += len(word) + 1
    yield from _span(words, start + begin, opens, title)


def _span(words: list[str], start: int, opens: bool, title: str) -> Iterator[Span]:
    """Give the run without joints at its ends; a title counts only where it touches the name."""
    first, last = 0, len(words)
    while first < last and (words[first] == "&" or words[first].islower()):
        start += len(words[first]) + 1
        first += 1
    while last > first and (words[last - 1] == "&" or words[last - 1].islower()):
        last -= 1
    if first < last:
        run = tuple(words[first:last])
        yield Span(start, start + len(" ".join(run)), run, opens, "" if first else title)
