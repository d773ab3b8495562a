"""The body in the state from which a page's scripts draw it: markup inside JSON strings, where the page itself is bare."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree, html

from pipelines.extract.blocks import HEADINGS
from pipelines.extract.characters import legible
from pipelines.extract.state_claims import around
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.json_ld import Node

__all__ = ["State", "state"]

_SCRIPT = etree.XPath("//script[not(@src)]")
# A JSON string, escapes as they stand; possessive, so that no text makes it go back.
_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
# The same in whatever way a string inside a string escapes it.
_ESCAPED = re.compile(r"(?:<|\\u003[cC])p(?:[\s>]|\\)")
_TEXTS = frozenset(("p", "h2", "h3", "h4", "li", "blockquote", "pre"))
_PICTURE = re.compile(r"caption|credit|ima?ge?[-_]", re.IGNORECASE)
# What content systems leave in their markup for advertisements: `$$ARTICLEAD$$`, `[[ad:2]]`.
_SLOT = re.compile(r"\$\$\w{1,30}\$\$|\[\[[\w:/ -]{1,40}\]\]")
# Shorter strings hold no body; longer scripts and more of them no article.
_LEAST_STRING = 500
_MAX_SCRIPT = 2_000_000
_MAX_STRINGS = 200
_LEAST_PARAGRAPHS = 3
# A string in a string in a script: the state of today's frameworks.
_DEPTH = 3


class State(NamedTuple):
    """The string of a page's state that says most."""

    text: str
    """Its paragraphs, a blank line between them; empty where none holds a body."""
    headings: dict[str, int]
    """Levels of those that are headings."""
    nodes: tuple[Node, ...]
    """The objects that hold it, the innermost first."""


def state(tree: HtmlElement) -> State:
    """Find the body in the state from which scripts draw the page."""
    best: tuple[float, str, str, list[tuple[str, str]]] = (0.0, "", "", [])
    scripts = [script.text or "" for script in _SCRIPT(tree)]
    for text in scripts:
        if len(text) <= _MAX_SCRIPT and _ESCAPED.search(text):
            for markup in _markups(text, _DEPTH):
                lines = _lines(markup)
                words = sum(count(line) for _, line in lines)
                if len(lines) >= _LEAST_PARAGRAPHS and words > best[0]:
                    best = words, text, markup, lines
    _, script, markup, lines = best
    if not lines:
        return State("", {}, ())
    headings = {line: HEADINGS[tag] for tag, line in lines if tag in HEADINGS}
    return State("\n\n".join(line for _, line in lines), headings, tuple(around(script, markup, _DEPTH)))


def _markups(text: str, depth: int) -> Iterator[str]:
    """Give the strings in a script that hold paragraphs, those inside other strings too."""
    looked = 0
    for match in _STRING.finditer(text):
        literal = match.group()
        if len(literal) < _LEAST_STRING or not _ESCAPED.search(literal):
            continue
        looked += 1
        if looked > _MAX_STRINGS:
            return
        try:
            value = json.loads(literal, strict=False)
        except ValueError:
            continue
        inner = list(_markups(value, depth - 1)) if depth > 1 and '"' in value and _ESCAPED.search(value) else []
        if inner:
            yield from inner
        elif len(_PARAGRAPH.findall(value)) >= _LEAST_PARAGRAPHS:
            yield value


def _lines(markup: str) -> list[tuple[str, str]]:
    """Give the paragraphs, headings and list items in some markup, each with its tag."""
    try:
        root = html.fragment_fromstring(_SLOT.sub(" ", legible(markup)), create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    found = []
    pictures, innermost = 0, None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            pictures += _is_picture(element)
            innermost = element if element.tag in _TEXTS else innermost
            continue
        if element is innermost:
            text = " ".join("".join(element.itertext()).split())
            if text and not pictures:
                found.append((str(element.tag), text))
            innermost = None
        pictures -= _is_picture(element)
    return found


def _is_picture(element: HtmlElement) -> bool:
    """Tell whether what stands in an element belongs to a picture."""
    return element.tag in ("figure", "figcaption") or _PICTURE.search(element.get("class") or "") is not None
