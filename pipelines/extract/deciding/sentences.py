"""How much of a text is of one kind, by its sentences."""

from __future__ import annotations

import re

__all__ = ["of_kind"]

# Buttons and items of lists are sentences too.
_STOP = re.compile(r"(?<=[.!?;:])\s+|\n+|(?<=[。！？])")
_LONGEST = 1_000


def of_kind(text: str, kind: re.Pattern[str]) -> tuple[float, int, str]:
    """Give the share of a text that stands in sentences with a match, from 0 to 1, how many these are, and the first match."""
    found = [
        (len(sentence), match.group()) for sentence in _STOP.split(text) if (match := kind.search(sentence[:_LONGEST]))
    ]
    return sum(length for length, _ in found) / max(len(text), 1), len(found), found[0][1] if found else ""
