"""JSON as publishers break it, read in one pass that mends what it meets, in time linear in the text.

Mended are comments, commas too many or too few, brackets that are missing or stand too early, quotes inside a text, quotes of
another shape, and escapes, words and blanks that JSON does not know. Not left to a library: json-repair takes seconds for 5,000
characters made to delay it, chompjs gives up at inner quotes and missing commas.
"""

from __future__ import annotations

import re
from typing import Any

from pipelines.extract.parsing.entities import unescape

__all__ = ["lenient"]

# Objects in objects: deeper ones are an attack.
_MAX_DEPTH = 64

_OPENING = re.compile(r"[{\[]")
# JSON whose own quotes are written as entities.
_ENTITIES = re.compile(r"[\s\ufeff]*+[\[{][\[{\s]{0,20}&(?:quot|#34|#x22);", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[\s\ufeff;]++|//[^\n]*+|/\*(?:[^*]|\*(?!/)){0,1000}+\*/)++")
_BARE = re.compile(r"[^\s,{}\[\]\"]++")
_NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300}(?:[eE][+-]?\d{1,2})?|[eE][+-]?\d{1,2})?")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LITERALS = {"true": True, "false": False}

# The same as between two tokens, bounded, for it is looked for behind every quote.
_GAP = r"(?:[\s\ufeff;]{1,200}|//[^\n]{0,200}+(?:\n|\Z)|/\*(?:[^*]|\*(?!/)){0,100}+\*/){0,8}+"
_COMMAS = rf"(?:{_GAP},){{1,8}}+{_GAP}"
_QUOTED = r"""(?:"[^"\n]{1,100}"|'[^'\n]{1,100}'|[“”][^“”\n]{1,100}[“”])"""
_BARE_KEY = r"[A-Za-z_$@][\w$@-]{0,60}"
_KEY = re.compile(rf"(?P<quoted>{_QUOTED}){_GAP}:|(?P<bare>{_BARE_KEY}){_GAP}:")
_VALUE = r"""[\[{"'“”\dtfn-]"""
# A quote ends a text where the rest can follow it: in an object a bracket or the next key, even without a comma; in a list a
# bracket or a comma and the next value. Any other quote belongs to the text.
_AHEAD = {
    dict: rf"{_GAP}(?:[}}\]]|\Z|{_QUOTED}{_GAP}:)|{_COMMAS}(?:[}}\]]|\Z|{_QUOTED}{_GAP}:|{_BARE_KEY}{_GAP}:{_GAP}{_VALUE})",
    list: rf"{_GAP}(?:[}}\]]|\Z)|{_COMMAS}(?:[}}\]]|\Z|{_VALUE})|\s{{0,200}}\n\s{{0,200}}[\"'“”{{]",
}
_TEXT = {
    (quote, kind): re.compile(rf"(?:[^\\{closing}]++|\\.|[{closing}](?!{ahead}))*+[{closing}]", re.DOTALL)
    for quote, closing in {'"': '"', "'": "'", "“": "“”", "”": "“”"}.items()
    for kind, ahead in _AHEAD.items()
}
_TO_NEXT_QUOTE = re.compile(r'(?:[^\\"]++|\\.)*+"', re.DOTALL)

Container = dict[str, Any] | list[Any]


def lenient(text: str) -> list[Any]:
    """Give the objects and lists in `text` with all that can be read of them; a text that does not end is left out."""
    reader = _Reader(unescape(text) if _ENTITIES.match(text) else text)
    reader.read()
    return reader.values


class _Reader:
    """Where in the text the reading stands, and which objects and lists are open there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: list[Any] = []
        opening = _OPENING.search(text)
        self.at = opening.start() if opening else len(text)
        self.open: list[Container] = []
        self.keys: list[str | None] = []
        self.unending: set[tuple[str, type]] = set()

    def read(self) -> None:
        """Read to the end of the text or to the depth of an attack."""
        while len(self.open) < _MAX_DEPTH:
            if between := _BETWEEN.match(self.text, self.at):
                self.at = between.end()
            if self.at >= len(self.text):
                return
            self._token(self.text[self.at])

    def _token(self, mark: str) -> None:
        if mark in "{[":
            self._begin({} if mark == "{" else [])
        elif mark in "}]":
            self._end(dict if mark == "}" else list)
        elif mark == ",":
            self._put(None)
            self.at += 1
        elif self._awaits_key() and (key := _KEY.match(self.text, self.at)):
            self._name(key["bare"] or _unescaped(key["quoted"][1:-1]))
            self.at = key.end()
        elif mark in "\"'“”":
            self._text(mark)
        else:
            self._word()

    def _awaits_key(self) -> bool:
        return not self.open or (isinstance(self.open[-1], dict) and self.keys[-1] is None)

    def _name(self, key: str) -> None:
        """Take the name of the next value; behind an object that was closed too early, it goes on."""
        if not self.open and self.values and isinstance(self.values[-1], dict):
            self.open, self.keys = [self.values[-1]], [None]
        if self.open:
            self.keys[-1] = key

    def _begin(self, container: Container) -> None:
        if self.open:
            self._put(container)
        else:
            self.values.append(container)
        self.open.append(container)
        self.keys.append(None)
        self.at += 1

    def _end(self, kind: type) -> None:
        """Close the innermost container of this kind and those left open in it; where none is open, the bracket is one too many."""
        while any(isinstance(container, kind) for container in self.open):
            self.keys.pop()
            if isinstance(self.open.pop(), kind):
                break
        self.at += 1

    def _put(self, value: object) -> None:
        """Put a value where one is awaited; null, where there is none, only to a name."""
        if self.open and isinstance(holder := self.open[-1], dict):
            if (key := self.keys[-1]) is not None:
                holder[key] = value
            self.keys[-1] = None
        elif self.open and isinstance(holder, list) and value is not None:
            holder.append(value)

    def _text(self, quote: str) -> None:
        kind = (quote, type(self.open[-1]) if self.open else dict)
        match = None if kind in self.unending else _TEXT[kind].match(self.text, self.at + 1)
        if match is None:
            # No quote of this shape ends a text from here on: it is not looked for again.
            self.unending.add(kind)
            match = _TO_NEXT_QUOTE.match(self.text, self.at + 1)
        if match is not None:
            self._put(_unescaped(match[0][:-1]))
        self.at = match.end() if match is not None else len(self.text)

    def _word(self) -> None:
        """Read a number or a word; one that JSON does not know, such as `undefined`, says nothing."""
        match = _BARE.match(self.text, self.at)
        word = match[0] if match else self.text[self.at]
        number = _NUMBER.fullmatch(word)
        self._put((float if number[1] else int)(word) if number else _LITERALS.get(word.lower()))
        self.at += len(word)


def _unescaped(text: str) -> str:
    r"""Resolve escapes, those that JSON does not know to the character itself (`\'`)."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else _ESCAPED.get(m[1], m[1]), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
