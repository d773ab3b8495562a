"""Raised figures that are part of a number, a unit or a variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.blocks import Piece

__all__ = ["exponent", "takes_exponent"]

_EXPONENT = re.compile(r"\s*[-−–+]?\d{1,9}\s*", re.ASCII)
_RAISED = str.maketrans("0123456789-−–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
# A figure, a variable, or a unit that is no word: "in" and "day" may have a note.
_BASE = re.compile(r"(?:\d|(?<![^\W_])(?:[A-Za-z]|[cdkmnµμ]m|ft|yd|mi|mc|kg))$")
_LONGEST_BASE = 4


def exponent(text: str) -> str:
    """Raise the digits of a text that is a number: 10⁶ is not 106."""
    return text.translate(_RAISED) if _EXPONENT.fullmatch(text) else text


def takes_exponent(run: Sequence[Piece]) -> bool:
    """Tell whether a number raised behind these pieces is an exponent."""
    tail = "".join([piece.text[-_LONGEST_BASE:] for piece in run[-_LONGEST_BASE:]])
    return _BASE.search(tail[-_LONGEST_BASE:]) is not None
