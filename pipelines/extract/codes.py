"""What the characters of a long text are, told for all of them at once by tables of their codes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["bare_length", "letters", "word_starts"]

# Codes of 16 bits; what lies beyond is two of these, the first five bits of which say so.
_CODES = 1 << 16
_FIRST_BITS, _HALF = 0xF800, 0xD800


def bare_length(text: str) -> int:
    """Count the characters of a text without those that `str.split` parts words at, which all have short codes."""
    return len(text) - int(np.count_nonzero(_table(str.isspace)[_codes(text)]))


def letters(text: str) -> str | None:
    """Give the letters and digits of a text, one behind the other; None for one with characters beyond 16 bits."""
    codes = _codes(text)
    if _has_halves(codes):
        return None
    return codes[_table(str.isalnum)[codes]].tobytes().decode("utf-16-le")


def word_starts(text: str) -> int | None:
    """Count the runs of letters and digits in a text; None for one with characters beyond 16 bits."""
    codes = _codes(text)
    if _has_halves(codes):
        return None
    inside = _table(str.isalnum)[codes]
    return int(np.count_nonzero(inside[1:] > inside[:-1]) + np.count_nonzero(inside[:1]))


def _has_halves(codes: NDArray[np.uint16]) -> bool:
    return bool((codes & _FIRST_BITS == _HALF).any())


def _codes(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


@lru_cache(maxsize=2)
def _table(kind: Callable[[str], bool]) -> NDArray[np.bool_]:
    return np.array([kind(chr(code)) for code in range(_CODES)])
