"""What a page says of itself, collected in one walk over its elements: metas, links, JSON-LD, headlines, bylines, times."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml import etree

from pipelines import urls
from pipelines.extract.claims import json_ld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.claims.json_ld import Node
    from pipelines.extract.parsing.parse import Document

__all__ = ["Evidence", "text_of", "texts_of"]

# BCP 47: language, optional script, optional region; private and extended tags carry nothing for us.
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.].*)?", re.IGNORECASE)
# Elements that hold claims.
_CLAIMING = ("base", "title", "meta", "link", "script", "h1", "time", "figure")
_PROPERTY = etree.XPath("//*[@itemprop]")
_AUTHOR_TAGS = frozenset(
    ["a", "span", "div", "p", "address", "li", "ul", "section", "cite", "strong", "header", "em", "b", "h2", "h3", "h4"]
)
_AUTHOR_NAMES = frozenset(("class", "rel", "itemprop", "data-testid"))
_AFTER = etree.XPath("following::text()[normalize-space()][position() <= 40]", smart_strings=False)
_BEFORE = etree.XPath("preceding::text()[normalize-space()][position() <= 12]", smart_strings=False)
# Enough for any headline or byline; more is a container that merely bears the name.
_MAX_TEXT = 600
# Elements of one kind that are asked; the most seen on 1,400 pages is 2,000.
_MAX_CLAIMS = 4_000
# Elements whose text nobody sees; and how far into an element its text is looked for, in tags.
_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_MAX_TAGS = 2_000


def text_of(element: HtmlElement) -> str:
    """Give the visible text of `element`, spaces collapsed, cut at a bound far beyond a headline or byline."""
    words: list[str] = []
    length = 0
    for text in texts_of(element):
        for word in text.split():
            words.append(word)
            length += len(word) + 1
        if length > _MAX_TEXT:
            break
    return " ".join(words)[:_MAX_TEXT]


def texts_of(element: HtmlElement) -> Iterator[str]:
    """Yield the visible texts of `element`, one after the other: who has read enough pays for no more."""
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), 2 * _MAX_TAGS):
        if event == "start":
            if node.text and node.tag not in _UNSEEN:
                yield node.text
        elif node.tail and node is not element:
            yield node.tail


def _names_author(element: HtmlElement) -> bool:
    for attribute, value in element.items():
        if attribute in _AUTHOR_NAMES:
            name = value.lower()
            if "author" in name or "byline" in name:
                return True
        elif attribute == "href" and "/author" in value and element.tag == "a":
            return True
    return False


class Evidence:
    """The claims of one page, each read at most once and only when asked for.

    A class for its lazily read state: most pages answer from their head, and the body need not be searched.
    """

    def __init__(self, document: Document, url: str) -> None:
        self.tree = document.tree
        self.markup = document.text
        self.url = url

    def walk(self, *tags: str) -> Iterator[HtmlElement]:
        """Walk the page's elements of these tags (`*` for all), in its order; those beside the root too.

        Not the tree's own walk, which ends where a page closes its `<html>` at once and goes on beside it. Nor is a list kept
        of all that it meets: so many objects alive would call the garbage collector on every page.
        """
        before = list(self.tree.itersiblings(preceding=True))
        roots = (*reversed(before), self.tree, *self.tree.itersiblings())
        return chain.from_iterable(root.iter(*tags) for root in roots)

    @cached_property
    def elements(self) -> dict[str, list[HtmlElement]]:
        """The page's elements that hold claims by tag, in its order."""
        found: dict[str, list[HtmlElement]] = {tag: [] for tag in _CLAIMING}
        for element in self.walk(*_CLAIMING):
            found[str(element.tag)].append(element)
        return found

    @cached_property
    def base(self) -> str:
        """Address that the page's relative links are resolved against; what is of the same site is told by `url`."""
        return urls.base(
            self.url, next((href for one in self.elements["base"] if (href := one.get("href")) is not None), None)
        )

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents by lower-case `property`, `name`, `itemprop` or `http-equiv`, in the page's order, blanks dropped."""
        found: dict[str, list[str]] = {}
        for meta in self.elements["meta"]:
            content = " ".join((meta.get("content") or "").split())
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if content and (name := meta.get(attribute)):
                    found.setdefault(name.strip().lower(), []).append(content)
        return found

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """Targets of `<link>` by each word of their `rel`."""
        found: dict[str, list[str]] = {}
        for link in self.elements["link"]:
            for rel in (link.get("rel") or "").lower().split():
                if target := (link.get("href") or "").strip():
                    found.setdefault(rel, []).append(target)
        return found

    @cached_property
    def nodes(self) -> list[Node]:
        """JSON-LD objects that describe the page."""
        return json_ld.nodes(
            script for script in self.elements["script"] if "ld+json" in (script.get("type") or "").lower()
        )

    @cached_property
    def types(self) -> frozenset[str]:
        """Types of the JSON-LD objects that describe the page, without their namespace."""
        return frozenset(name for node in self.nodes for name in json_ld.types(node))

    @cached_property
    def articles(self) -> list[Node]:
        """JSON-LD articles, the one about this page first."""
        own = [self.url, *self.links.get("canonical", [])[:1], *self.metas.get("og:url", [])[:1]]
        return json_ld.articles(self.nodes, own)

    @cached_property
    def article(self) -> Node:
        """The JSON-LD article about this page; empty where there is none."""
        return self.articles[0] if self.articles else {}

    @cached_property
    def language(self) -> str | None:
        """BCP 47 tag as the page declares it; null where it declares none."""
        claims = [
            self.tree.get("lang"),
            self.tree.get("xml:lang"),
            *json_ld.strings(self.article.get("inLanguage"))[:1],
        ]
        claims += [self.meta("og:locale"), self.meta("content-language"), self.meta("language", "dc.language")]
        for claim in claims:
            match = _LANGUAGE.fullmatch(claim.strip()) if claim else None
            if match:
                language, script, region = match.groups()
                parts = (language.lower(), script and script.title(), region and region.upper())
                return "-".join(part for part in parts if part)
        return None

    @cached_property
    def title(self) -> str | None:
        """Text of `<title>`; null where there is none."""
        return next((text for element in self.elements["title"][:3] if (text := text_of(element))), None)

    @cached_property
    def headings(self) -> list[HtmlElement]:
        """The `<h1>` elements."""
        return self.elements["h1"]

    @cached_property
    def times(self) -> list[HtmlElement]:
        """The `<time>` elements."""
        return self.elements["time"][:_MAX_CLAIMS]

    @cached_property
    def properties(self) -> list[HtmlElement]:
        """The elements with microdata."""
        return list(_PROPERTY(self.tree)[:_MAX_CLAIMS])

    @cached_property
    def bylines(self) -> list[HtmlElement]:
        """Elements whose names say author or byline, outermost first."""
        return list(islice(filter(_names_author, self.walk(*_AUTHOR_TAGS)), _MAX_CLAIMS))

    @cached_property
    def behind(self) -> list[str]:
        """Texts after the first `<h1>`, spaces collapsed."""
        return [" ".join(text.split()) for heading in self.headings[:1] for text in _AFTER(heading)]

    @cached_property
    def near(self) -> list[str]:
        """Texts after the first `<h1>`, then those before it, nearest first, spaces collapsed."""
        before = (text for heading in self.headings[:1] for text in reversed(_BEFORE(heading)))
        return [*self.behind, *(" ".join(text.split()) for text in before)]

    def meta(self, *names: str) -> str | None:
        """Give the first content of the first of `names` that the page has."""
        return next((found[0] for name in names if (found := self.metas.get(name))), None)
