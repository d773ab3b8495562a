"""Elements that stand within a line of text although most of their kind do not, and text that is for no reader's eyes.

A button or an element of a page's own making (`<relative-time>`) is a part of the sentence where it stands in a paragraph or
heading; an accordion's question is text though it is a button.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["asks", "is_aside", "is_phrase", "is_signature"]

# What a paragraph and a heading hold is phrasing content (HTML, 4.4.1 and 4.3.6).
_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt"))
# Parts of a page, wherever the parser leaves them.
_PARTS = frozenset(("nav", "footer"))
# Words in an element of a line; one that holds more elements than this is a widget.
_MAX_ELEMENTS = 12
# Characters of an accordion's question.
_MAX_QUESTION = 300
_QUESTION_MARKS = ("?", "？", "؟", "՞")
# Class names of text that only screen readers say, in the frameworks that pages are made with, and of a wiki's "[edit]".
_ASIDES = frozenset((
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader-text", "show-for-sr", "u-visually-hidden",
    "mw-editsection",
))  # fmt: skip
# A sentence may be hidden in such a way that a script shows it.
_MAX_ASIDE = 80
# Pages mark the list of their notes with this.
_NOTES = "footnote"


def is_phrase(element: HtmlElement, holder: str) -> bool:
    """Tell whether a button or an element of a page's own making, right in a `holder`, is a part of a line of text.

    A button is one between the words of a paragraph, where it explains one or is the mark of a note, and where it is all
    of a heading; elsewhere it does something with the text.
    """
    if (
        holder not in _LINES
        or element.tag in _PARTS
        or next(islice(element.iterdescendants(), _MAX_ELEMENTS, None), None) is not None
    ):
        return False
    if element.tag != "button":
        return True
    beside = _beside(element)
    return all(beside) if holder == "p" else not any(beside)


def _beside(element: HtmlElement) -> tuple[bool, bool]:
    """Tell whether text stands right before an element and right behind it; what is raised stands in some."""
    before, around = element.getprevious(), element.getparent()
    if around is None or around.tag == "sup":
        return True, True
    return _says(before.tail if before is not None else around.text), _says(element.tail)


def _says(text: str | None) -> bool:
    return text is not None and text != "" and not text.isspace()


def asks(button: HtmlElement) -> bool:
    """Tell whether a button is the question of an accordion."""
    if button.get("aria-expanded") is None and button.get("aria-controls") is None:
        return False
    text = "".join(islice(button.itertext(), _MAX_ELEMENTS)).strip()
    return len(text) <= _MAX_QUESTION and text.endswith(_QUESTION_MARKS)


def is_aside(element: HtmlElement) -> bool:
    """Tell whether an inline element is of few words that are not for the eye, or a ruby's reading that stands in no parentheses."""
    if element.tag != "span":
        beside = (element.getprevious(), element.getnext())
        return all(one is None or one.tag != "rp" for one in beside)
    names = element.get("class")
    if not names or _ASIDES.isdisjoint(names.split()):
        return False
    return len("".join(islice(element.itertext(), _MAX_ELEMENTS))) <= _MAX_ASIDE


def is_signature(footer: HtmlElement) -> bool:
    """Tell whether a footer is a quotation's, which names who is quoted, or holds an article's notes."""
    around = footer.getparent()
    return (around is not None and around.tag == "blockquote") or _NOTES in (footer.get("class") or "").lower()
