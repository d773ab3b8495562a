"""Formulas: what `<math>` and pictures of formulas say, in TeX where the page has it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Formula", "formula", "is_drawn", "pictured"]

# Longer ones are data; the most seen in articles is 600 characters.
_MAX_FORMULA = 2_000
_MAX_ELEMENTS, _MAX_ANNOTATIONS = 2_000, 3
# MathML marks TeX so (MathML Core, 3.2; KaTeX and MathJax write it).
_TEX = "application/x-tex"
_NOT_SHOWN = frozenset(("annotation", "annotation-xml"))
# What KaTeX draws for the eye beside the MathML that says it.
_DRAWN = frozenset(("katex-html",))
# Pictures whose alternative text is the formula, as WordPress makes them; Wikipedia's stand beside their MathML.
_PICTURED = frozenset(("latex",))


class Formula(NamedTuple):
    """What a formula says."""

    text: str
    is_tex: bool
    """Whether it is TeX; else the characters of MathML from left to right."""


def formula(math: HtmlElement) -> Formula | None:
    """Give what a `<math>` says; None where that is nothing, or no formula's length."""
    annotations = (one for one in islice(math.iter("annotation"), _MAX_ANNOTATIONS) if one.get("encoding") == _TEX)
    tex = next((text for one in annotations if (text := one.text)), math.get("alttext") or "").strip()
    if tex:
        return _bounded(tex, is_tex=True)
    said = [
        text
        for element in islice(math.iter(), _MAX_ELEMENTS)
        if element.tag not in _NOT_SHOWN and (text := element.text) and not text.isspace()
    ]
    return _bounded("".join("".join(said).split()), is_tex=False)


def pictured(image: HtmlElement) -> Formula | None:
    """Give the formula that a picture shows; None where it shows none."""
    names, stated = image.get("class"), image.get("alt")
    if not names or not stated or _PICTURED.isdisjoint(names.split()):
        return None
    return _bounded(stated.strip(), is_tex=True)


def is_drawn(element: HtmlElement) -> bool:
    """Tell whether an element draws for the eye what the `<math>` beside it says."""
    names = element.get("class")
    return names is not None and not _DRAWN.isdisjoint(names.split())


def _bounded(text: str, *, is_tex: bool) -> Formula | None:
    return Formula(text, is_tex) if 0 < len(text) <= _MAX_FORMULA else None
