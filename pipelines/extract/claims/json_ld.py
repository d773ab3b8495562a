"""JSON-LD of a page, read as publishers write it: graphs, lists, references, broken JSON; bounded in size and depth."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipelines.extract.claims.lenient_json import lenient
from pipelines.extract.parsing.entities import unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

__all__ = ["ARTICLE_TYPES", "Node", "articles", "nodes", "resolve", "strings", "types"]

Node = dict[str, Any]

# A block of more characters is a data dump; the largest of 1,400 pages has 600,000.
_MAX_CHARACTERS = 2_000_000
# Characters of broken scripts that are mended per page: it costs up to 5 µs each, and the longest of 12 real ones has 4,000.
_MAX_BROKEN = 200_000
# Objects looked at per page, and levels of nesting followed: real graphs have 100 and 5.
_MAX_NODES = 2_000
_MAX_DEPTH = 8
# Properties that hold the page's own objects; others hold parts, neighbours and lists of other pages.
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "@list", "@set")

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "BlogPosting",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "AskPublicNewsArticle",
        "ReviewNewsArticle",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "ScholarlyArticle",
        "TechArticle",
        "Report",
        "SocialMediaPosting",
        "DiscussionForumPosting",
        "LiveBlogPosting",
        "Review",
        "CriticReview",
        "Recipe",
        "HowTo",
        "MedicalScholarlyArticle",
        "APIReference",
    ]
)

_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*+;?\s*+$"
)
# A script without any of these has no comment around it.
_MARKS = ("<!", "-->", "]]>")
_TAG = re.compile(r"<[^<>]{0,500}>")
# A byte order mark is left at the start by those who glue files together.
_BLANK = " \t\r\n\ufeff"
_GLUE = " \t\r\n;,"
_MAX_VALUES = 20


def nodes(scripts: Iterable[_Element]) -> list[Node]:
    """Give the objects of the page's `application/ld+json` scripts that describe the page itself, in its order."""
    found: list[Node] = []
    room = _MAX_BROKEN
    for script in scripts:
        text = script.text or ""
        if len(text) > _MAX_CHARACTERS:
            continue
        values, sound = _load(text)
        if not sound and len(text) <= room:
            room -= len(text)
            values = lenient(_bared(text)) or values
        for value in values:
            found.extend(islice(_walk(value, 0), _MAX_NODES - len(found)))
    return found


def _bared(text: str) -> str:
    """Give one script without comments around it."""
    commented = any(mark in text for mark in _MARKS)
    return (_COMMENT.sub("", text) if commented else text).strip(_BLANK)


def _load(text: str) -> tuple[list[Any], bool]:
    """Give the JSON values at the start of a script, one after the other (some sites glue several together), and whether they are all of it."""
    bare = _bared(text)
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(bare) and len(values) < _MAX_VALUES:
        try:
            value, at = decoder.raw_decode(bare, at)
        except (ValueError, RecursionError):
            return values, False
        values.append(value)
        while at < len(bare) and bare[at] in _GLUE:
            at += 1
    return values, True


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _CONTAINERS:
            if key in value:
                yield from _walk(value[key], depth + 1)


def types(node: Node) -> set[str]:
    """Give the types of `node` without their namespace."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return {re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)}


def articles(found: Iterable[Node], urls: Iterable[str]) -> list[Node]:
    """Give the objects that are articles, the one about this page first: it names one of `urls`, or says most."""
    paths = {_path(url) for url in urls}
    candidates = [node for node in found if types(node) & ARTICLE_TYPES]

    def rank(node: Node) -> tuple[bool, bool, int]:
        own = any(_path(url) in paths for url in _urls(node))
        return own, bool(strings(node.get("headline"))), sum(1 for key in _TELLING if node.get(key))

    return sorted(candidates, key=rank, reverse=True)


_TELLING = ("headline", "author", "datePublished", "dateModified", "publisher", "image", "articleBody", "description")


def _urls(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        for inner in value if isinstance(value, list) else [value]:
            target = inner.get("@id") or inner.get("url") if isinstance(inner, dict) else inner
            if isinstance(target, str):
                yield target


def _path(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return f"{parts.path.rstrip('/')}?{parts.query}" if parts.query else parts.path.rstrip("/")


def resolve(value: object, found: Iterable[Node]) -> list[object]:
    """Give `value` as a list, its bare references (`{"@id": ...}`) replaced by the objects they name."""
    by_id: dict[str, Node] | None = None
    resolved: list[object] = []
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, dict) and set(item) <= {"@id", "@type"} and isinstance(item.get("@id"), str):
            by_id = by_id if by_id is not None else _index(found)
            resolved.append(by_id.get(item["@id"], item))
        elif item is not None:
            resolved.append(item)
    return resolved


def _index(found: Iterable[Node]) -> dict[str, Node]:
    """Index the objects by `@id`; of several with one id, the one that says most."""
    index: dict[str, Node] = {}
    for node in found:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(index.get(name, ())):
            index[name] = node
    return index


def strings(value: object) -> list[str]:
    """Give the texts of a property: plain, in a list, or under `@value`; entities and tags resolved, blanks dropped."""
    items = value[:100] if isinstance(value, list) else [value]
    texts = (item.get("@value") if isinstance(item, dict) else item for item in items)
    plain = (_TAG.sub("", unescape(unescape(text))) for text in texts if isinstance(text, str))
    return [" ".join(text.split()) for text in plain if text.strip()]
