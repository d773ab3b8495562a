"""Short forms that a text introduces in parentheses: `African Infrastructure Investment Managers (AIIM)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Abbreviation", "abbreviations"]

PARENTHESIS = re.compile(r"\((?:the |or |“|\")?([^\W_][\w+&.\-/]{1,11}(?: [A-Z][\w+]{0,11})?)[”\"]?(?=[);,])")
REACH = 140
"""Characters before the parenthesis that can belong to the long form."""


class Abbreviation(NamedTuple):
    """A short form with the long form right before it."""

    short: str
    """The short form."""
    short_start: int
    """Where it stands."""
    start: int
    """First character of the long form."""
    end: int
    """Past its last character."""


def abbreviations(text: str) -> Iterator[Abbreviation]:
    """Short forms defined in `text`, each with its long form, in order (Schwartz & Hearst 2003, PSB 8:451-462).

    A short form that begins the long one ("N+One Datacenters (N+One)") counts, too. Lower-case long forms are found as
    well: they say that the short form is no name.
    """
    for match in PARENTHESIS.finditer(text):
        short = match[1]
        end = match.start()
        while end and text[end - 1] == " ":
            end -= 1
        if not any(map(str.isupper, short)):
            continue
        start = _long_form(text, short, end)
        if start is not None:
            yield Abbreviation(short, match.start(1), start, end)


def _long_form(text: str, short: str, end: int) -> int | None:
    """Where the shortest long form starts whose letters, from the right, spell `short`; None where none does."""
    least = max(0, end - REACH, text.rfind("\n", 0, end) + 1)
    words = min(len(short) + 5, len(short) * 2) + 1
    letters = [letter for letter in short.lower() if letter.isalnum()]
    at = end
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= least and not _spells(text, at, letters[number], first=number == 0):
            at -= 1
        if at < least:
            return None
    long = text[at:end]
    return None if len(long) <= len(short) or long.count(" ") > words or "(" in long else at


def _spells(text: str, at: int, letter: str, *, first: bool) -> bool:
    return text[at].lower() == letter and (not first or at == 0 or not text[at - 1].isalnum())
