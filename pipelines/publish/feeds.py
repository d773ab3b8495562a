"""Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1, one of all and one a topic."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedgen.feed import FeedGenerator

from pipelines import layout
from pipelines.classify import taxonomy
from pipelines.publish.newest import newest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.bucket import Bucket
    from pipelines.publish.newest import Entry
    from pipelines.settings import Settings

__all__ = ["ALL", "atom", "json_feed", "write"]

ALL = "all"
"""Name of the feed of every topic."""
# What XML 1.0 (2.2, Char) has no way to write; a page's JSON-LD may hold any of it.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# An empty feed must carry a time too (RFC 4287, 4.1.1).
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


def write(bucket: Bucket, settings: Settings) -> int:
    """Write all feeds; gives how many."""
    topics = taxonomy.load(settings.config / "topics.yaml").topics
    names = {ALL: "Technology news", **{topic.id: topic.name for topic in topics}}
    for name, title in names.items():
        entries = newest(bucket, settings.limits.publish.feed_entries, None if name == ALL else name)
        for kind, make in (("atom", atom), ("json", json_feed)):
            key = layout.feed(name, kind)
            address = f"{settings.site_url.rstrip('/')}/{key}" if settings.site_url else None
            bucket.replace(key, make(name, title, entries, address))
    return 2 * len(names)


def atom(name: str, title: str, entries: Sequence[Entry], address: str | None) -> bytes:
    """Give an Atom feed; `address` is where it will stand, null where that is unknown."""
    feed = FeedGenerator()
    feed.id(f"urn:copydesk:feed:{name}")
    feed.title(f"Copydesk: {title}")
    feed.author(name="Copydesk")
    feed.generator("Copydesk")
    feed.updated(max((entry.updated for entry in entries), default=_BEFORE_ALL))
    if address:
        feed.link(href=address, rel="self", type="application/atom+xml")
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(f"urn:copydesk:article:{entry.id}")
        item.title(_xml(entry.title))
        item.link(href=_xml(entry.url), rel="alternate")
        item.published(entry.published)
        item.updated(entry.updated)
        item.summary(_xml(entry.summary))
        for author in _authors(entry):
            item.author(name=author)
        for topic in entry.topics:
            item.category(term=_xml(topic))
    document: bytes = feed.atom_str(pretty=True)
    return document


def json_feed(name: str, title: str, entries: Sequence[Entry], address: str | None) -> bytes:
    """Give a JSON Feed; `address` is where it will stand, null where that is unknown."""
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": f"Copydesk: {title}"}
    if address:
        feed["feed_url"] = address
    feed["description"] = f"The newest articles about {name}." if name != ALL else "The newest articles."
    feed["items"] = [
        {
            "id": f"urn:copydesk:article:{entry.id}",
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [{"name": author} for author in _authors(entry)],
            "tags": list(entry.topics),
            **({"language": entry.language} if entry.language else {}),
        }
        for entry in entries
    ]
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _authors(entry: Entry) -> list[str]:
    """Name the authors, the source where the page names none: Atom asks for one and takes no empty name."""
    return [name for author in entry.authors if (name := _xml(author).strip())] or [entry.source]


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
