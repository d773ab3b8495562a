"""The words of a text and how many there are, also in scripts that put no spaces between them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING

from pipelines.extract.codes import word_starts

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["READ", "count", "extent", "words", "words_of"]

# Thai, Lao, Burmese (also of the Shan), Khmer, kana and Chinese characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f"
_UNSPACED_ONE = re.compile(f"[{_UNSPACED}]")
# Marks begin behind the Latin letters; those beyond 16 bits are of scripts that no newspaper is written in.
_FIRST_MARK, _CODES = 0x300, 0x10000
# Joiners of letters in Persian and India's scripts.
_JOINERS = "\u200c\u200d"
_WORD = re.compile(r"[^\W_]+")
# Kana and Chinese characters one by one; any other script by its words.
_UNIT = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+")
_ASCII_UNIT = re.compile(r"\w+", re.ASCII)
# A text shows what it is for at its beginning, in so many characters.
READ = 1000
# Kana, Chinese characters and Korean syllables. The same text has twice as many letters in English; a half is taken off, for
# headings of 40 characters are no paragraphs.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Words of a page; the most seen on 1,400 is 15,000. What follows is described by its form alone.
MOST = 300_000
# A text of more characters is faster told by its codes.
_LONG = 500
# Characters of an unspaced script that say as much as a word of a spaced one.
_CHARACTERS = 3


def count(text: str) -> float:
    """Count the words of `text`; three characters of an unspaced script count for one.

    Marks on letters are parts of words: vowels of India's scripts, points of Hebrew and Arabic, accents that stand alone.
    """
    unspaced = 0
    if not text.isascii() and _special().search(text):
        text, unspaced = _UNSPACED_ONE.subn(" ", text)
        text = _marks().sub("", text)
    found = word_starts(text) if len(text) > _LONG else None
    if found is None:
        found = len(_WORD.findall(text))
    return found + unspaced / _CHARACTERS if unspaced else found


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{_mark_characters()}]+")


@lru_cache(maxsize=1)
def _special() -> re.Pattern[str]:
    """Give what tells texts whose words are not just parted at spaces; few of Latin letters have any."""
    return re.compile(f"[{_UNSPACED}{_mark_characters()}]")


def _mark_characters() -> str:
    codes = map(chr, range(_FIRST_MARK, _CODES))
    return _JOINERS + "".join(one for one in codes if unicodedata.category(one) in ("Mn", "Mc"))


def extent(text: str) -> int:
    """Count the letters in which other scripts would say `text`: two characters of a dense one count for three."""
    return len(text) if text.isascii() else len(text) + len(_DENSE.findall(text)) // 2


def words(text: str) -> list[str]:
    """Give the words within the first `READ` characters, in lower case; of Chinese and Japanese, the characters."""
    if text.isascii():
        return _ASCII_UNIT.findall(text[:READ].lower())
    units = _UNIT.findall(text[:READ].lower())
    # A page of Chinese says a few thousand characters a million times.
    return list(map(intern, units)) if 2 * len(units) > min(len(text), READ) else units


def words_of(texts: Iterable[str]) -> list[list[str]]:
    """Give the words of each text of a page; none of those behind its first `MOST`."""
    found: list[list[str]] = []
    room = MOST
    for text in texts:
        found.append(words(text) if room > 0 else [])
        room -= len(found[-1])
    return found
