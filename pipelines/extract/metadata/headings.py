"""What a page's largest headings say to a reader: without permalinks, marks of notes, what only screen readers say, and badges."""

from __future__ import annotations

from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from pipelines.extract.cutting.lines import line_of
from pipelines.extract.cutting.permalinks import leads_to_place
from pipelines.extract.cutting.phrasing import is_aside
from pipelines.extract.cutting.superscripts import is_note_mark

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

    from pipelines.extract.claims.evidence import Evidence

__all__ = ["behind", "said", "without_badge"]

# Words of "Premium", "Subscriber only", "Nur für Abonnenten".
_MAX_BADGE = 3
_MOST_BEHIND = 3
_MAX_TEXTS = 12
# How characters are read; and what may be the mark of a note.
_READINGS, _MARKS = frozenset(("rt", "rp")), frozenset(("a", "sup"))


def said(heading: HtmlElement) -> str:
    """Give the text of a heading; all of it where nothing else would be left."""
    return line_of(heading, _is_beside) or line_of(heading)


def without_badge(heading: HtmlElement, text: str, known: Collection[str]) -> str:
    """Give the `text` of a heading without the few words at its end that stand in an element of their own.

    Only where the page's head has the rest as it is: a sub-headline is a part of the headline.
    """
    last = next(heading.iterchildren(reversed=True), None)
    if last is None or (last.tail or "").strip():
        return text
    badge = line_of(last)
    rest = text.removesuffix(badge).rstrip()
    return rest if rest in known and 0 < len(badge.split()) <= _MAX_BADGE else text


def behind(evidence: Evidence) -> list[str]:
    """Give the texts of the first `<h2>` behind the first `<h1>`."""
    found = list(islice(dropwhile(lambda one: one.tag != "h1", evidence.walk("h1", "h2")), _MOST_BEHIND + 1))
    return [said(one) for one in found if one.tag == "h2"]


def _is_beside(element: HtmlElement) -> bool:
    """Tell whether an element in a heading is none of its words; the sign that parts a kicker may be hidden from the eye."""
    if element.tag == "span":
        return is_aside(element) and _says_words(element)
    if element.tag == "a" and leads_to_place(element) and not _says_words(element):
        return True
    return element.tag in _READINGS or (element.tag in _MARKS and is_note_mark(element))


def _says_words(element: HtmlElement) -> bool:
    return any(map(str.isalnum, "".join(islice(element.itertext(), _MAX_TEXTS))))
