"""The text of an element as one line: inline elements join it as they stand, block-level elements and `<br>` part its words."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.extract.cutting.elements import BORDERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

__all__ = ["line_of"]

# Enough for any headline or caption; more is a container that merely bears the name.
_MAX_TEXT = 600
_MAX_TAGS = 2_000
# White space is folded away: so many times as much text is read.
_PADDING = 10
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))
_PARTING = BORDERS | {"br", "nav", "footer", "option"}
# Between these and the text beside them no word ends unless a space says so; nor do elements end one that raise a letter.
_LETTERS = frozenset(("a", "b", "strong", "i", "em", "u", "font"))
_RAISED = frozenset(("sub", "sup", "wbr"))
# What words end and begin with, beside letters and digits; an apostrophe may be within one.
_ENDS, _BEGINS = ".!?:;,…)]”»", "([“„«©@#"
# What stands between two numbers in the counter of a gallery.
_BETWEEN_NUMBERS = frozenset(("of", "von", "de", "sur", "di", "van", "av", "af", "z", "из", "от"))
# Scripts without spaces, from Thai to Burmese and from kana to Chinese characters, with their punctuation and full-width marks.
_UNSPACED = (("\u0e00", "\u109f"), ("\u1780", "\u17ff"), ("\u3000", "\u9fff"), ("\uff00", "\uffef"))


def line_of(element: HtmlElement, skip: Callable[[HtmlElement], bool] | None = None) -> str:
    """Give the visible text of `element`, spaces collapsed, without the elements that `skip` tells; cut at a bound.

    Style sheets part words too, as a label from its headline: two elements side by side hold words of their own, and so
    does a `<span>` between a small letter and a capital.
    """
    pieces: list[str] = []
    crossed: list[str] = []
    length, closed, beside = 0, False, False
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, 2 * _MAX_TAGS):
        opens, text = event == "start", node.tail if node is not element else None
        crossed.append(str(node.tag))
        beside, closed = beside or (opens and closed), closed or not opens
        if opens and node is not element and (node.tag in _UNSEEN or (skip is not None and skip(node))):
            walk.skip_subtree()
            continue
        text = node.text if opens else text
        if not text:
            continue
        if pieces and _parts(pieces[-1], text, crossed, beside=beside):
            pieces.append(" ")
        pieces.append(text)
        crossed, closed, beside = [], False, False
        length += len(text)
        if length > _PADDING * _MAX_TEXT:
            break
    return " ".join("".join(pieces).split())[:_MAX_TEXT]


def _parts(before: str, after: str, crossed: list[str], *, beside: bool) -> bool:
    """Tell whether words part where one text ends and the next begins behind the tags `crossed`."""
    if not _PARTING.isdisjoint(crossed):
        return True
    last, first = before[-1], after[0]
    if not _RAISED.isdisjoint(crossed) or _is_unspaced(last) or _is_unspaced(first):
        return False
    if not (last.isalnum() or last in _ENDS) or not (first.isalnum() or first in _BEGINS):
        return False
    if beside:
        # A letter may be set apart for its looks.
        return not (last.isalpha() and len(before) == 1 and (first.islower() or len(after) == 1))
    return _LETTERS.isdisjoint(crossed) and not last.isupper() and _are_words(before, after)


def _are_words(before: str, after: str) -> bool:
    """Tell whether two texts with a `<span>` between them are words of their own, and no letters of one or of an ordinal."""
    if before[-1].isdecimal() or after[0].isdecimal():
        return after[0] in _BEGINS or (after if before[-1].isdecimal() else before) in _BETWEEN_NUMBERS
    return after[0] in _BEGINS or after[0].isupper()


def _is_unspaced(character: str) -> bool:
    return any(first <= character <= last for first, last in _UNSPACED)
