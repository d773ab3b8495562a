"""What the object that holds a page's body, in the state of its scripts, says of title, authors and time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines.extract.claims.json_ld import strings
from pipelines.extract.dates.dates import parse_moment, plausible
from pipelines.extract.metadata.authors import parted
from pipelines.extract.metadata.titles import fold, offers, site_names
from pipelines.extract.parsing.characters import legible
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.claims.json_ld import Node
    from pipelines.extract.dates.dates import Moment
    from pipelines.extract.metadata.metadata import Metadata

__all__ = ["around", "standfirst", "with_claims"]

# Names that frameworks and content systems give these, the most telling first.
_TITLES = ("headline", "title")
_TIMES = (
    "datePublished", "date_published", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate",
    "published_date", "publicationDate", "publication_date", "publishedTime", "published_time", "firstPublishedAt",
    "first_published_at", "firstPublished", "pubDate", "published", "date",
)  # fmt: skip
_AUTHORS = ("authors", "author", "bylines", "byline", "creator")
_STANDFIRSTS = ("standfirst", "dek", "deck", "subheadline", "subHeadline", "subtitle", "excerpt", "summary")
_NAMES = ("name", "displayName", "display_name", "fullName", "full_name")
# The object with the headline may hold the body through so many others, such as `content` and `rendered`.
_REACH = 3
_MAX_TITLE = 300
# A summary is a sentence or two; a shorter one is a label, and excerpts that break off are the body's own beginning.
_LEAST_STANDFIRST, _MAX_STANDFIRST = 4, 500
_BROKEN_OFF = ("…", "...", "]")
_OPENING = 3_000
_BEGIN = re.compile(r"[{\[]")
# JSON in a script begins at its first brackets, or behind those of a call; streams of frameworks have many values.
_MAX_FAILED, _MAX_VALUES = 20, 2_000
_MAX_VISITED = 200_000


def around(text: str, markup: str, depth: int) -> list[Node]:
    """Give the JSON objects in a script that hold `markup`, the innermost first; strings inside strings are read to `depth`."""
    for value in _values(text):
        holders: list[tuple[object, tuple[Node, ...]]] = [(value, ())]
        for _ in range(_MAX_VISITED):
            if not holders:
                break
            inner, nodes = holders.pop()
            if isinstance(inner, dict):
                holders += [(part, (inner, *nodes[: _REACH - 1])) for part in inner.values()]
            elif isinstance(inner, list):
                holders += [(part, nodes) for part in inner]
            elif inner == markup:
                return list(nodes)
            elif isinstance(inner, str) and depth > 1 and len(inner) > len(markup):
                found = around(inner, markup, depth - 1)
                if found:
                    return [*found, *nodes][:_REACH]
    return []


def _values(text: str) -> Iterator[Any]:
    """Decode the JSON values in a script, whatever stands around them."""
    decoder = json.JSONDecoder(strict=False)
    at, failed = 0, 0
    for _ in range(_MAX_VALUES):
        begin = _BEGIN.search(text, at)
        if begin is None or failed > _MAX_FAILED:
            return
        try:
            value, at = decoder.raw_decode(text, begin.start())
        except (ValueError, RecursionError):
            at, failed = begin.end(), failed + 1
            continue
        yield value


def with_claims(metadata: Metadata, nodes: Sequence[Node], evidence: Evidence, fetched: datetime | None) -> Metadata:
    """Fill in what the page's head does not say by the first object that has a title; `<title>` may be a screen's that loads."""
    if not nodes:
        return metadata
    sites = site_names(evidence)
    node, title = next(
        ((node, title) for node in nodes if (title := _title(node)) and fold(title) not in sites), ({}, "")
    )
    if not title:
        return metadata
    metadata = replace(metadata, title_candidates=tuple(dict.fromkeys((*metadata.title_candidates, title))))
    if all(offer.source == "title" or fold(offer.clean) in sites for offer in offers(evidence)):
        metadata = replace(metadata, title=title)
    if metadata.published is None and (moment := _time(node, fetched)) is not None:
        metadata = replace(
            metadata, published=moment.time, published_precision=moment.precision, published_rule=moment.rule
        )
    if not metadata.authors and not metadata.organisations:
        byline = parted([(name, set()) for name in _authors(node)], evidence)
        metadata = replace(metadata, authors=byline.persons, organisations=byline.organisations)
    return metadata


def standfirst(nodes: Sequence[Node], body: str) -> str | None:
    """Give the summary beside the title in the object that holds the body; None where it only says how the body begins."""
    opening = fold(body[:_OPENING])
    node = next((node for node in nodes if _title(node)), {})
    for key in _STANDFIRSTS:
        text = legible((strings(node.get(key)) or [""])[0])
        whole = len(text) <= _MAX_STANDFIRST and not text.endswith(_BROKEN_OFF)
        if whole and count(text) >= _LEAST_STANDFIRST and fold(text) not in opening:
            return text
    return None


def _title(node: Node) -> str:
    found = (text for key in _TITLES for text in strings(node.get(key))[:1])
    return next((text for text in found if len(text) <= _MAX_TITLE), "")


def _time(node: Node, fetched: datetime | None) -> Moment | None:
    for key in _TIMES:
        value = node.get(key)
        text = str(value) if isinstance(value, int) else (strings(value) or [""])[0]
        moment = parse_moment(text, f"state:{key}")
        if moment is not None and plausible(moment.time, fetched):
            return moment
    return None


def _authors(node: Node) -> list[str]:
    for key in _AUTHORS:
        value = node.get(key)
        people = value[:50] if isinstance(value, list) else [value]
        names = [name for person in people for name in (_name(person) if isinstance(person, dict) else strings(person))]
        if names:
            return names
    return []


def _name(person: Node) -> list[str]:
    return next((found[:1] for key in _NAMES if (found := strings(person.get(key)))), [])
