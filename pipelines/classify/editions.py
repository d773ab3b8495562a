"""How a known product's name goes on: version and edition, as in `Pixel 9a` or `Claude 3.5 Sonnet`."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.classify.words import words as listed

__all__ = ["Edition", "edition"]

_EDITIONS = "|".join(sorted(listed("editions"), key=len, reverse=True))
_NUMBER = r"[vVSAMX]?\d{1,3}(?:\.\d{1,3}){0,3}[a-zA-Z]{0,2}"
_EDITION = re.compile(rf"(?: (?:{_NUMBER}|{_EDITIONS})(?![\w%$€-]|[.,]\d))+")
_COUNTED = re.compile(
    r" (?:thousand|million|billion|percent|per|years?|months?|weeks?|days?|hours?|minutes?|times|users|units|people"
    r"|dollars|euros|GB|TB|MB|inch(?:es)?|models?|devices|phones|of|to|and \d)\b"
)
"""Behind a number it says that things are counted or a date is given: no version."""
_LAST_NUMBER = re.compile(r" \d{1,3}$")
_VERSION = re.compile(r" (?:v\d[\d.]*|\d+\.[\d.]+)")


class Edition(NamedTuple):
    """Where a product's name ends, and whether it is a product of its own."""

    end: int
    """Past the last character of version and edition."""
    own: bool
    """Whether it is one, such as a phone of a series; a release of a program ("v1.33") is the program."""


def edition(text: str, end: int) -> Edition:
    """Read the version and edition behind a product's name that ends at `end`."""
    match = _EDITION.match(text, end)
    if match is None:
        return Edition(end, own=False)
    past, tail = match.end(), match.group()
    if _LAST_NUMBER.search(tail) and _COUNTED.match(text, past):
        past = match.start() + tail.rindex(" ")
    return Edition(past, own=past > end and _VERSION.fullmatch(text, end, past) is None)
