"""A listing: what one feed, sitemap, section or page names, and the one gate through which its links become candidates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pydantic import ValidationError

from crawlers.discover import shape
from pipelines import urls
from pipelines.records import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from pipelines.records import Channel, Source

__all__ = ["Link", "Listing", "admits", "own", "propose", "resolve", "unique"]

# Longest headline kept as a hint; real ones stay under 300 characters.
MAX_TITLE = 500
# What `urls.normalise` would leave as it is: most links of a sitemap with 50,000, told twenty times as fast.
_PLAIN = re.compile(r"(?!.*/\.)https?://([a-z0-9]+(?:[.-][a-z0-9]+)*)(/[A-Za-z0-9._~/-]*)")


@dataclass(frozen=True, slots=True)
class Listing:
    """What one resource names. `trouble` does not empty the rest: it says why the rest may be incomplete."""

    candidates: tuple[Candidate, ...] = ()
    """Articles, in the resource's order, each URL once."""
    children: tuple[str, ...] = ()
    """Further resources of the same kind to read: the sitemaps that an index names."""
    hub: str | None = None
    """WebSub hub that pushes this feed; null where it names none."""
    trouble: str | None = None
    """What is wrong with the resource, in words for the operator; null where nothing is."""
    lastmod: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    """Last modification of a child, by its URL, for those that state one: the watermark under which it is not walked."""
    topic: str | None = None
    """The feed's own URL by its word (`rel=self`), which a hub wants to be asked for; null where it names none."""


class Link(NamedTuple):
    """A normalised URL with the parts that are asked about again and again."""

    url: str
    host: str
    path: str
    query: str


def resolve(base: str, link: str) -> Link | None:
    """Resolve `link` as found on `base` and normalise it; None where it leads to no http(s) page."""
    if (plain := _PLAIN.fullmatch(link)) and len(link) <= urls.MAX_LENGTH:
        return Link(link, plain[1], plain[2], "")
    url = urls.absolute(base, link)
    if url is None:
        return None
    parts = urlsplit(url)
    return Link(url, parts.hostname or "", parts.path, parts.query)


def own(source: Source, host: str) -> bool:
    """Tell whether `host` is one of `source`: its home's, a subdomain of that, or a declared one."""
    home = _home(source.home)
    return host == home or host.endswith(f".{home}") or host in source.hosts


def admits(source: Source, link: Link) -> bool:
    """Tell whether the declared patterns of `source` and the plain shape of `link` leave room for an article there."""
    if any(_pattern(expression).search(link.path) for expression in source.not_articles):
        return False
    if source.articles:
        return not shape.lists(link.query) and any(
            _pattern(expression).search(link.path) for expression in source.articles
        )
    return not shape.never_an_article(link.path, link.query)


@lru_cache(maxsize=8192)
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@lru_cache(maxsize=4096)
def _home(url: str) -> str:
    return urls.host(url).removeprefix("www.")


def propose(
    source: Source,
    link: str,
    *,
    base: str,
    channel: Channel,
    title: str | None = None,
    published: datetime | None = None,
    modified: datetime | None = None,
    language: str | None = None,
    text: str | None = None,
) -> Candidate | None:
    """Make a candidate of `link` as found on `base`; None where it leads elsewhere or plainly to no article."""
    found = resolve(base, link)
    if found is None or not own(source, found.host) or not admits(source, found):
        return None
    try:
        return Candidate(
            url=found.url,
            source=source.id,
            channel=channel,
            seen_in=base,
            title=_headline(title),
            published=published,
            modified=modified,
            language=language,
            text=text,
        )
    except ValidationError:
        # Only hints can be refused here (text that is no Unicode); the URL itself is sound.
        return Candidate(url=found.url, source=source.id, channel=channel, seen_in=base)


def unique(candidates: Iterable[Candidate | None]) -> tuple[Candidate, ...]:
    """Keep the first candidate of each URL, in order; None is skipped."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate is not None:
            found.setdefault(candidate.url, candidate)
    return tuple(found.values())


def _headline(title: str | None) -> str | None:
    words = " ".join((title or "").split())
    return words[:MAX_TITLE] or None
