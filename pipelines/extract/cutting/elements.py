"""What the elements of HTML are to a text: borders of its blocks, styles of its words, or no part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.cutting.phrasing import asks, is_signature

if TYPE_CHECKING:
    from lxml import html

__all__ = ["ASIDES", "BORDERS", "PASSED_OVER", "SKIPPED", "STYLES", "passed_over"]

SKIPPED = frozenset((
    "script", "style", "noscript", "svg", "template", "iframe", "select", "option", "input", "textarea",
    "head", "object", "canvas", "math", "audio", "video", "map", "datalist", "progress", "meter", "dialog",
))  # fmt: skip
BORDERS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
STRONG = frozenset(("b", "strong"))
EMPHASIS = frozenset(("i", "em", "cite"))
CODE = frozenset(("code", "kbd", "samp", "tt"))
STRUCK = frozenset(("del", "s", "strike"))
# What may be beside the words of a line: text for screen readers, and how characters are read.
ASIDES = frozenset(("span", "rt"))
STYLES = dict.fromkeys(STRONG, "b") | dict.fromkeys(EMPHASIS, "i") | dict.fromkeys(CODE, "c")
STYLES |= dict.fromkeys(STRUCK, "d") | {"kbd": "ck"}
# Borders that most often hold no prose.
PASSED_OVER = frozenset(("button", "nav", "footer"))


def passed_over(element: html.HtmlElement) -> bool:
    """Tell whether a button, navigation or page footer holds no prose of its own.

    libxml2 closes an unclosed `<button>` or `<nav>` at the end of the page: one that holds a headline or paragraphs
    holds the page.
    """
    if element.tag == "button":
        return next(element.iter("p", "h1", "h2", "article"), None) is None and not asks(element)
    if element.tag == "footer" and is_signature(element):
        return False
    return next(element.iter("h1", "article", "main"), None) is None
