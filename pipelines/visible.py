"""Text of pages made fit to be shown: a terminal obeys control and direction characters, and no file takes half a pair."""

from __future__ import annotations

import re

__all__ = ["escaped", "visible"]

# C0 and C1 controls but tab and newline, marks that turn the direction of writing, separators of lines, lone surrogates.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Drop from `text` what a terminal would obey or a file refuse."""
    return _INVISIBLE.sub("", text)


def escaped(json_text: str) -> str:
    """Write the same characters of a JSON document as escapes: programs read what they read before."""
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json_text)
