"""Feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, sound or broken, into candidates.

feedparser knows the dialects, but its cost is quadratic on hostile input and its fallback parser more so. It is
therefore never shown what a site sent: `markup.parse` makes a tree, the entries' few fields that matter are copied into
a small well-formed feed, and feedparser reads that.
"""

from __future__ import annotations

import calendar
import io
import re
from datetime import UTC, datetime
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

import feedparser
from lxml import etree

from crawlers.discover import jsonfeed, markup
from crawlers.discover.listing import Listing, propose, unique
from pipelines import urls
from pipelines.records import Candidate, Channel
from pipelines.times import plausible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedparser import FeedParserDict
    from lxml.etree import _Element

    from pipelines.records import Source

__all__ = ["read"]

# The largest real feeds carry a whole archive with full texts in 8 MB.
MAX_BYTES = 10_485_760
# Feeds carry 10 to 50 entries; archives of a whole site some thousand.
MAX_ENTRIES = 5_000
# Real entries have up to 60 children, most of them tags and pictures that are not copied.
_MAX_FIELDS = 40
# Beyond these an entry is no entry, and the channel's own fields stand before its items.
_MAX_CHILDREN = 500
# Shorter texts are teasers: full texts of news start at about 150 words.
_FULL_TEXT = 900
# Longest text of one entry: the longest real article has 250,000 characters as HTML.
_MAX_TEXT = 400_000
# Longest of the other fields: titles stay under 500, links under 2,048.
_MAX_FIELD = 4_096

_TEXTS = frozenset(("content", "summary", "description", "encoded"))
_HEAD = re.compile(r"title|link|language|id|updated")
_FIELDS = re.compile(
    r"title|link|guid|id|pubdate|published|updated|modified|issued|created|date|encoded|content|description|summary|"
    r"origlink|language"
)
_FOREIGN = re.compile(r"search\.yahoo\.com/mrss|itunes\.com|podcastindex|georss|schemas\.google", re.IGNORECASE)
_PREFIXES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
_ATOM = "{http://www.w3.org/2005/Atom}"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MARKUP = re.compile(r"<[^<>]*>")
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.|&#8230;|&hellip;)\]?|(?:read|continue reading|weiterlesen|lire la suite)[^.]{0,40})$",
    re.IGNORECASE,
)


def read(body: bytes, url: str, source: Source, content_type: str | None = None) -> Listing:
    """Read the feed at `url`. A full text that an entry carries is kept as HTML; its date as UTC."""
    body, missing = markup.inflate(body, MAX_BYTES)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return jsonfeed.read(body, url, source)
    root, trouble = markup.parse(body, content_type)
    if root is None:
        return Listing(trouble=_both(missing, trouble))
    entries = list(_entries(root))
    if markup.local(root) not in {"rss", "feed", "rdf", "channel"} and not entries:
        return Listing(trouble=_both(missing, trouble, f"its root element is <{markup.local(root)}>, not a feed's"))
    atom = markup.local(root) == "feed"
    if not entries:
        trouble = _both(trouble, "a feed without a single entry")
    parsed = feedparser.parse(
        io.BytesIO(_rewritten(root, entries[:MAX_ENTRIES], atom=atom)),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if len(entries) > MAX_ENTRIES:
        trouble = _both(trouble, f"{len(entries)} entries; the first {MAX_ENTRIES} are read")
    candidates = unique(_candidate(entry, parsed.feed, url, source, atom=atom) for entry in parsed.entries)
    if parsed.entries and not candidates:
        trouble = _both(
            trouble, f"no link to an article of {source.id}, but such as {_link(parsed.entries[0])[:200]!r}"
        )
    links = {link.get("rel"): link.get("href") for link in parsed.feed.get("links", ())}
    return Listing(
        candidates=candidates,
        hub=urls.absolute(url, links.get("hub") or "") if links.get("hub") else None,
        topic=urls.absolute(url, links.get("self") or "") if links.get("self") else None,
        trouble=_both(missing, trouble),
    )


def _both(*troubles: str | None) -> str | None:
    return "; ".join(filter(None, troubles)) or None


def _entries(root: _Element) -> Iterator[_Element]:
    return root.iter("{*}item", "{*}entry")


def _rewritten(root: _Element, entries: list[_Element], *, atom: bool) -> bytes:
    """Copy what matters into a well-formed feed of the same dialect whose size follows the input's, entry by entry."""
    out = etree.Element(f"{_ATOM}feed" if atom else "rss", nsmap={None: _ATOM[1:-1]} if atom else None)
    if not atom:
        out.set("version", "2.0")
    channel = out if atom else etree.SubElement(out, "channel")
    top = next(root.iter("{*}channel", "{*}feed"), root)
    for element in (root, top):
        if base := element.get(_XML_BASE):
            channel.set(_XML_BASE, base)
    _copy(top, channel, _HEAD, atom=atom)
    for entry in entries:
        copied = etree.SubElement(channel, f"{_ATOM}entry" if atom else "item")
        if base := entry.get(_XML_BASE):
            copied.set(_XML_BASE, base)
        _copy(entry, copied, _FIELDS, atom=atom)
    return etree.tostring(out, encoding="utf-8")


def _copy(element: _Element, into: _Element, wanted: re.Pattern[str], *, atom: bool) -> None:
    copied = 0
    for child in islice(element, _MAX_CHILDREN):
        name = markup.local(child)
        if not wanted.fullmatch(name) or copied == _MAX_FIELDS:
            continue
        tag = _tag(child, name, atom=atom)
        if tag is None:
            continue
        field = etree.SubElement(into, tag)
        for key in ("rel", "href", "type", "isPermaLink", "mode", _XML_BASE):
            if (value := child.get(key)) is not None:
                field.set(key, value)
        text = _inner(child, name)
        # CDATA reaches feedparser in one piece, escaped text in one piece for each escape.
        field.text = etree.CDATA(text) if "]]>" not in text else text
        if len(child) and name in _TEXTS:
            # XHTML content is handed on as the HTML text it amounts to.
            field.set("type", "html")
        copied += 1


def _tag(child: _Element, name: str, *, atom: bool) -> str | None:
    """Give the name under which a field is copied; None for fields of vocabularies that reuse names (`media:title`)."""
    space, _, written = str(child.tag).rpartition("}")
    prefix = written.partition(":")[0] if ":" in written else ""
    space = space.lstrip("{") or _PREFIXES.get(prefix.lower(), "")
    if _FOREIGN.search(space) or (prefix and not space):
        return None
    if space in _PREFIXES.values():
        return f"{{{space}}}{written.rpartition(':')[2]}"
    return f"{_ATOM}{written}" if atom else {"pubdate": "pubDate"}.get(name, name)


def _inner(element: _Element, name: str) -> str:
    if name not in _TEXTS:
        return "".join(islice(element.itertext(), 100))[:_MAX_FIELD]
    inside = [element.text or ""]
    inside += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(inside)[:_MAX_TEXT]


def _link(entry: FeedParserDict) -> str:
    return entry.get("feedburner_origlink") or entry.get("link") or entry.get("id") or ""


def _candidate(
    entry: FeedParserDict, feed: FeedParserDict, url: str, source: Source, *, atom: bool
) -> Candidate | None:
    title = entry.get("title") or ""
    if entry.get("title_detail", {}).get("type") != "text/plain":
        # Many publishers escape their headlines twice.
        title = unescape(_MARKUP.sub("", title))
    published = _time(entry.get("published_parsed") or entry.get("created_parsed"))
    # Asked for when absent, feedparser would answer with the publication time and a warning.
    modified = _time(entry["updated_parsed"]) if "updated_parsed" in entry else None
    if published is None and not atom:
        # RSS has no modification time: `dc:date` alone is the publication's.
        published, modified = modified, None
    return propose(
        source,
        _link(entry),
        base=url,
        channel=Channel.FEED,
        title=title,
        published=published,
        modified=modified,
        language=entry.get("language") or feed.get("language") or None,
        text=_full_text(entry),
    )


def _full_text(entry: FeedParserDict) -> str | None:
    texts = [part.get("value") or "" for part in entry.get("content", ())] + [entry.get("summary") or ""]
    longest = max(texts, key=len)[:_MAX_TEXT]
    plain = _MARKUP.sub("", longest).strip()
    return longest if len(plain) >= _FULL_TEXT and not _CUT.search(plain[-80:]) else None


def _time(parsed: object) -> datetime | None:
    if not isinstance(parsed, tuple):
        return None
    try:
        return plausible(datetime.fromtimestamp(calendar.timegm(parsed), UTC))
    except (ValueError, OverflowError, OSError):
        return None
