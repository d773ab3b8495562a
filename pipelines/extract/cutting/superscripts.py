"""Raised text: exponents, which are part of a number or unit, and the marks of notes, which are no words of the text."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.cutting.permalinks import is_fragment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Piece

__all__ = ["exponent", "is_note_mark", "takes_exponent"]

_EXPONENT = re.compile(r"\s*[-−–+]?\d{1,9}\s*", re.ASCII)
_RAISED = str.maketrans("0123456789-−–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
# A figure, a variable, or a unit that is no word: "in" and "day" may have a note.
_BASE = re.compile(r"(?:\d|(?<![^\W_])(?:[A-Za-z]|[cdkmnµμ]m|ft|yd|mi|mc|kg))$")
_LONGEST_BASE = 4
_NUMBER = r"(?:\d{1,3}|[*†‡]{1,3})"
_MARK = re.compile(rf"[\[(]?\s?{_NUMBER}(?:\s?[,;–-]\s?{_NUMBER}){{0,5}}\s?[\])]?")
# How content systems call the places of notes; their marks may name the page as well.
_PLACE = re.compile(
    r"#(?:_?ft?n|foot-?note|note|cite[_-]note|end-?note|sd(?:foot|end)note)[\w:.-]{0,40}$", re.IGNORECASE
)
# What leads from a note back to its mark.
_BACK = re.compile("[\\s↩↑⤴⏎^\ufe0e\ufe0f]{1,8}")
# How content systems call a mark that their style sheet raises.
_NAMED = re.compile(r"footnote|noteref", re.IGNORECASE)
_MAX_ELEMENTS, _MAX_CHARACTERS = 8, 24
_LONGEST_PLACE = 80


def exponent(text: str) -> str:
    """Raise the digits of a text that is a number: 10⁶ is not 106."""
    return text.translate(_RAISED) if _EXPONENT.fullmatch(text) else text


def takes_exponent(run: Sequence[Piece]) -> bool:
    """Tell whether a number raised behind these pieces is an exponent."""
    tail = "".join([piece.text[-_LONGEST_BASE:] for piece in run[-_LONGEST_BASE:]])
    return _BASE.search(tail[-_LONGEST_BASE:]) is not None


def is_note_mark(element: HtmlElement) -> bool:
    """Tell whether an `<a>` or `<sup>` is a raised number or sign that leads to a note on the page, or the way back from there."""
    if element.tag == "a" and not _leads_to_note(element):
        return False
    inside = list(islice(element.iter(), _MAX_ELEMENTS + 1))
    link = next((inner for inner in inside if inner.tag in {"a", "button"}), None)
    if link is None or len(inside) > _MAX_ELEMENTS or not _leads_to_note(link):
        return False
    text = "".join(element.itertext()).strip()
    if len(text) > _MAX_CHARACTERS:
        return False
    if element.tag == "a" and _BACK.fullmatch(text):
        return True
    names = (link.get("class") or "", link.get("role") or "")
    raised = any(inner.tag == "sup" for inner in inside) or any(map(_NAMED.search, names))
    return raised and _MARK.fullmatch(text) is not None


def _leads_to_note(link: HtmlElement) -> bool:
    """Tell whether a link may lead to a note: to a place on the page, or to one of a note's name; buttons show notes by scripts."""
    return (
        link.tag == "button"
        or is_fragment(link)
        or _PLACE.search((link.get("href") or "")[-_LONGEST_PLACE:]) is not None
    )
