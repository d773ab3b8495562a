"""The body in the state from which a page's scripts draw it: markup inside JSON strings, where the page itself is bare."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pipelines.extract.cutting.fragment import Fragment, fragment
from pipelines.extract.fallback.state_claims import around
from pipelines.extract.parsing.entities import unescape
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.claims.json_ld import Node
    from pipelines.extract.cutting.blocks import Container

__all__ = ["State", "state", "stated"]

_SCRIPT = etree.XPath("//script[not(@src)]")
# A JSON string, escapes as they stand; possessive, so that no text makes it go back. One that nothing ends goes to the end of the
# script: each escaped quote in it would begin another that nothing ends.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
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
# Characters of markup that are read per page: of nothing but paragraphs they take 4 s.
_MAX_READ = 2_000_000
_LEAST_PARAGRAPHS = 3
# Of what the page itself calls its body, in which line breaks part paragraphs too.
_LEAST_MARKUP = 2
_PARTING = re.compile(r"<(?:p|br)[\s/>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")
# A string in a string in a script: the state of today's frameworks.
_DEPTH = 3


class State(NamedTuple):
    """The string of a page's state that says most."""

    text: str
    """Its paragraphs, a blank line between them; empty where none holds a body."""
    fragment: Fragment | None
    """Its blocks, where it is markup."""
    nodes: tuple[Node, ...]
    """The objects that hold it, the innermost first."""


def state(tree: HtmlElement) -> State:
    """Find the body in the state from which scripts draw the page."""
    best: tuple[float, str, str, Fragment | None] = (0.0, "", "", None)
    room = _MAX_READ
    for script, markup in _strings(tree):
        if len(markup) > room:
            continue
        room -= len(markup)
        read = fragment(_SLOT.sub(" ", markup), _is_picture, _holds_text)
        words = sum(map(count, read.texts))
        if len(read.kept) >= _LEAST_PARAGRAPHS and words > best[0]:
            best = words, script, markup, read
    _, script, markup, found = best
    if found is None:
        return State("", None, ())
    return State("\n\n".join(found.texts), found, tuple(around(script, markup, _DEPTH)))


def stated(markup: str) -> State:
    """Give a body that the page states as it stands; what has paragraphs of HTML is markup, and all of it may be escaped for HTML."""
    if not _is_markup(markup):
        plain = unescape(_TAG.sub(" ", markup))
        if not _is_markup(plain):
            return State(plain, None, ())
        markup = plain
    found = fragment(_SLOT.sub(" ", markup), _is_picture)
    return State("\n\n".join(found.texts), found, ())


def _is_markup(text: str) -> bool:
    return len(_PARTING.findall(text)) >= _LEAST_MARKUP


def _strings(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Give the strings that hold paragraphs, each with its script."""
    for element in _SCRIPT(tree):
        script = element.text or ""
        if len(script) <= _MAX_SCRIPT and _ESCAPED.search(script):
            for markup in _markups(script, _DEPTH):
                yield script, markup


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


def _holds_text(container: Container) -> bool:
    return container.tag in _TEXTS


def _is_picture(container: Container) -> bool:
    """Tell whether what stands in a container belongs to a picture."""
    return (
        container.tag in ("figure", "figcaption") or _PICTURE.search(container.element.get("class") or "") is not None
    )
