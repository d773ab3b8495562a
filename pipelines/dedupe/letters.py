"""Letters: what each Unicode character counts as when two texts are compared, as tables that numpy can look up."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Letter", "read"]

_APOSTROPHES = "'`´ʼʹˈ‘’‛′＇"
_ALONE_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_LOOKED_AT = 0x20000  # every script; above lie rare Han characters and private use
_END = 0x40000


class Letter(IntEnum):
    """What a character is to the words around it."""

    GAP = 0
    WORD = 1
    DIGIT = 2
    ALONE = 3
    """A word by itself, in scripts written without spaces."""
    NOTHING = 4
    """Leaves no trace: apostrophes, accents, soft hyphens, joiners."""
    POINT = 5
    """Nothing between two digits, a gap elsewhere."""
    LIGATURE = 6
    """Stands for several characters; the text needs NFKD first."""


def _look(code: int) -> tuple[int, Letter]:
    """Give the folded form of a character and what it is."""
    character = chr(code)
    if 0xAC00 <= code <= 0xD7A3:  # Hangul syllables would fall apart into letters
        return code, Letter.WORD
    if unicodedata.category(character) in {"Mn", "Me", "Cf"} or character in _APOSTROPHES:
        return code, Letter.NOTHING
    if character in ".,":
        return code, Letter.POINT
    if not character.isalnum():
        return code, Letter.GAP
    bare = [c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)]
    if len(bare) != 1:
        return code, Letter.LIGATURE if bare else Letter.NOTHING
    folded = bare[0].lower()
    folded = folded if len(folded) == 1 else bare[0]
    return ord(folded), Letter.DIGIT if folded.isdecimal() else Letter.WORD


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Folded form and kind of every code point, by the interpreter's Unicode data."""
    folded = np.arange(_END, dtype=np.uint32)
    kinds = np.zeros(_END, dtype=np.uint8)
    for first, last in _ALONE_RANGES:
        kinds[first : last + 1] = Letter.ALONE
    for code in np.flatnonzero(kinds[:_LOOKED_AT] == Letter.GAP).tolist():
        folded[code], kinds[code] = _look(code)
    for first, last in _ALONE_RANGES:
        for code in range(first, min(last + 1, _LOOKED_AT)):
            if not chr(code).isalnum():
                kinds[code] = Letter.NOTHING if unicodedata.category(chr(code)) == "Mn" else Letter.GAP
    return folded, kinds


def read(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Give the folded code points of `text` and the `Letter` of each: no case, accents or compatibility forms."""
    folded, kinds = _tables()
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4"), _END - 1)
    seen = kinds[codes]
    if (seen == Letter.LIGATURE).any():
        codes = np.frombuffer(unicodedata.normalize("NFKD", text).encode("utf-32-le", "replace"), dtype="<u4")
        codes = np.minimum(codes, _END - 1)
        seen = kinds[codes]
    return folded[codes], seen
