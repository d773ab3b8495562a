"""JSON Feed (jsonfeed.org, 1.0 and 1.1) into candidates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crawlers.discover.charset import decode
from crawlers.discover.listing import Listing, propose, unique
from pipelines import urls
from pipelines.records import Channel
from pipelines.times import when

if TYPE_CHECKING:
    from pipelines.records import Candidate, Source

__all__ = ["read"]

_MAX_ITEMS = 5_000


def read(body: bytes, url: str, source: Source) -> Listing:
    """Read the JSON Feed at `url`, whose size the caller has bounded."""
    try:
        feed = json.loads(decode(body))
    except (ValueError, RecursionError) as error:
        return Listing(trouble=f"not JSON ({error})")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Listing(trouble="JSON without a list of items: no JSON Feed")
    language = _text(feed, "language")
    found = (_candidate(item, url, source, language) for item in items[:_MAX_ITEMS] if isinstance(item, dict))
    return Listing(
        candidates=unique(found),
        hub=_hub(feed, url),
        topic=urls.absolute(url, _text(feed, "feed_url") or url),
        trouble=None if items else "a feed without a single entry",
    )


def _candidate(item: dict[str, object], url: str, source: Source, language: str | None) -> Candidate | None:
    return propose(
        source,
        _text(item, "url") or _text(item, "id") or "",
        base=url,
        channel=Channel.FEED,
        title=_text(item, "title"),
        published=when(_text(item, "date_published")),
        modified=when(_text(item, "date_modified")),
        language=_text(item, "language") or language,
        text=_text(item, "content_html"),
    )


def _hub(feed: dict[str, object], url: str) -> str | None:
    hubs = feed.get("hubs")
    for hub in hubs if isinstance(hubs, list) else ():
        if isinstance(hub, dict) and str(hub.get("type", "")).lower() == "websub" and (link := _text(hub, "url")):
            return urls.absolute(url, link)
    return None


def _text(item: dict[str, object], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and value else None
