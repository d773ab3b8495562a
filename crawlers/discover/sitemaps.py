"""Sitemaps (sitemaps.org 0.9, Google's news namespace): index, urlset, text, gzip of each, into candidates."""

from __future__ import annotations

import re
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from crawlers.discover import feeds, markup, shape
from crawlers.discover.charset import decode
from crawlers.discover.listing import Listing, own, propose, unique
from pipelines import urls
from pipelines.records import Candidate, Channel
from pipelines.times import when

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from lxml.etree import _Element

    from pipelines.records import Source

__all__ = ["read"]

# sitemaps.org: "no larger than 50MB (52,428,800 bytes)" uncompressed, 50,000 URLs, as many sitemaps in an index.
MAX_BYTES = 52_428_800
MAX_URLS = 50_000
# Entries carry up to 1,000 pictures and translations each, after what is read here.
_MAX_CHILDREN = 50
_PART = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$", re.IGNORECASE)
_LINE = re.compile(r"https?://\S+", re.IGNORECASE)


def read(
    body: bytes,
    url: str,
    source: Source,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    content_type: str | None = None,
) -> Listing:
    """Read the sitemap at `url`. `since` (inclusive) and `until` (exclusive) leave out what is dated outside them.

    A page or branch last modified before `since` is left out, and so is one whose URL or news date covers other days;
    what carries no date stays in.
    """
    body, missing = markup.inflate(body, MAX_BYTES)
    if body.lstrip()[:1] != b"<" and _LINE.match(decode(body[:4096]).lstrip("\ufeff \t\r\n")):
        return _text(decode(body), url, source, _Range(since, until), missing)
    root, trouble = markup.parse(body, content_type)
    trouble = "; ".join(filter(None, (missing, trouble))) or None
    name = markup.local(root) if root is not None else None
    if root is None:
        return Listing(trouble=trouble)
    if name in {"rss", "feed", "rdf"}:
        return feeds.read(body, url, source, content_type)
    within = _Range(since, until)
    if name == "sitemapindex":
        return _index(root, url, source, within, trouble)
    if name == "urlset":
        return _urlset(root, url, source, within, trouble)
    return Listing(trouble=f"its root element is <{name}>, neither urlset nor sitemapindex")


class _Range:
    """The days asked for."""

    def __init__(self, since: datetime | None, until: datetime | None) -> None:
        self.since = since
        self.until = until

    @property
    def bounded(self) -> bool:
        """Whether any day is left out."""
        return self.since is not None or self.until is not None

    def holds(self, url: str, published: datetime | None, modified: datetime | None) -> bool:
        """Tell whether what is known of a page or branch leaves room for something dated inside the range."""
        if self.since and (latest := modified or published) and latest < self.since:
            return False
        if self.until and published and published >= self.until:
            return False
        return (published is not None) or self._by_url(url)

    def _by_url(self, url: str) -> bool:
        days = shape.span(url) if self.bounded else None
        if days is None:
            return True
        # A day of slack on either side: URLs carry the publisher's local day.
        if self.since and (self.since.date() - days[1]).days > 1:
            return False
        return not (self.until and (days[0] - self.until.date()).days > 1)


def _index(root: _Element, url: str, source: Source, within: _Range, trouble: str | None) -> Listing:
    children: dict[str, datetime | None] = {}
    itself = 0
    for entry in _entries(root, "sitemap"):
        fields = _fields(entry)
        child = urls.absolute(url, fields.get("loc", ""))
        if child is None or not _near(child, url, source):
            continue
        if child == urls.absolute(url, url):
            itself += 1
            continue
        modified = when(fields.get("lastmod"))
        if within.holds(child, None, modified):
            children.setdefault(child, modified)
    if itself:
        trouble = "; ".join(filter(None, (trouble, "names itself as its own part")))
    elif not len(root):
        trouble = trouble or "an index without a single sitemap"
    known = {child: modified for child, modified in children.items() if modified}
    return Listing(children=tuple(children), trouble=trouble, lastmod=MappingProxyType(known))


def _near(child: str, url: str, source: Source) -> bool:
    """Tell whether a sitemap may send us to `child`: to the source's hosts and its own, and to no third one."""
    return own(source, urls.host(child)) or urls.same_site(child, url)


def _urlset(root: _Element, url: str, source: Source, within: _Range, trouble: str | None) -> Listing:
    if not len(root):
        trouble = trouble or "a urlset without a single URL"
    elif len(root) > MAX_URLS:
        trouble = trouble or f"names more than {MAX_URLS} URLs; the rest is not read"
    candidates = unique(_page(_fields(entry), url, source, within) for entry in _entries(root, "url"))
    if len(root) and not candidates and not within.bounded and trouble is None:
        first = next((_fields(entry).get("loc", "") for entry in _entries(root, "url")), "")
        trouble = f"no URL of an article of {source.id}, but such as {first[:200]!r}"
    return Listing(candidates=candidates, trouble=trouble)


def _page(fields: dict[str, str], url: str, source: Source, within: _Range) -> Candidate | None:
    published, modified = when(fields.get("publication_date")), when(fields.get("lastmod"))
    link = fields.get("loc", "")
    if not within.holds(link, published, modified):
        return None
    return propose(
        source,
        link,
        base=url,
        channel=Channel.SITEMAP,
        title=fields.get("title"),
        published=published,
        modified=modified,
        language=fields.get("language"),
    )


def _entries(root: _Element, name: str) -> Iterator[_Element]:
    for number, entry in enumerate(root):
        if number >= MAX_URLS:
            return
        if markup.local(entry) == name:
            yield entry


def _fields(entry: _Element) -> dict[str, str]:
    """Take the fields of one entry by local name, those of a `news:news` block with them; the first of each counts."""
    fields: dict[str, str] = {}
    for child in islice(entry, _MAX_CHILDREN):
        name = markup.local(child)
        if name == "news":
            for detail in islice(child.iterdescendants(), _MAX_CHILDREN):
                if detail.text:
                    fields.setdefault(markup.local(detail), detail.text.strip())
        elif child.text and name in {"loc", "lastmod"}:
            fields.setdefault(name, child.text.strip())
    return fields


def _text(text: str, url: str, source: Source, within: _Range, trouble: str | None) -> Listing:
    lines = [line.strip() for line in text.split("\n")]
    links = [line for line in lines if _LINE.fullmatch(line)]
    if len(links) > MAX_URLS:
        trouble = trouble or f"names more than {MAX_URLS} URLs; the rest is not read"
    links = links[:MAX_URLS]
    parts = (urls.absolute(url, link) for link in links if _PART.search(link))
    children = tuple(child for child in parts if child and _near(child, url, source))
    found = (
        propose(source, link, base=url, channel=Channel.SITEMAP) for link in links if within.holds(link, None, None)
    )
    return Listing(candidates=unique(found), children=children, trouble=trouble)
