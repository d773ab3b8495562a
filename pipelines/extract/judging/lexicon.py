"""The words of `lexicon.yaml`: what a line is for, told by what it says."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KINDS", "kinds"]

_FILE = Path(__file__).with_name("lexicon.yaml")
# A promotion says what it is at its beginning; a paragraph that comes to speak of a newsletter later is none.
READ = 40
READ_UNSPACED = 160
# More words of one kind say no more.
MOST = 4
KINDS = (
    "subscribe", "social", "consent", "lead", "advert", "author", "comment", "credit", "note", "contributor", "origin",
)  # fmt: skip
NONE = (0,) * (len(KINDS) + 1)

# These scripts part no words by spaces, or glue particles to them.
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def kinds(text: str, words: Sequence[str]) -> tuple[int, ...]:
    """Count the words of each of `KINDS` near the beginning of a text, at most `MOST`; last, the kind it begins with.

    `words` are the text's own. The kind it begins with is 1 for the first of `KINDS`; 0 where it begins with none.
    """
    automaton, kind_of = _automaton()
    folded = f" {' '.join(words[:READ])} "
    if not text.isascii() and _UNSPACED.search(text[:READ_UNSPACED]):
        folded = text[:READ_UNSPACED].lower()
    found = automaton.find_matches_as_indexes(folded, overlapping=True)
    if not found:
        return NONE
    counts = [0] * (len(KINDS) + 1)
    for pattern, start, _ in found:
        kind = kind_of[pattern]
        if counts[kind] < MOST:
            counts[kind] += 1
        if start <= 1 and not counts[-1]:
            counts[-1] = kind + 1
    return tuple(counts)


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[int]]:
    declared = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    patterns = {
        str(word) if _UNSPACED.search(str(word)) else f" {word}": KINDS.index(kind)
        for kind, words in declared.items()
        for word in words
    }
    return AhoCorasick(list(patterns)), list(patterns.values())
