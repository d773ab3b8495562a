"""Autodiscovery: the feeds, sitemaps, hub and sections that a home page names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawlers.discover import shape
from crawlers.discover.page import anchors, base, document
from pipelines import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

__all__ = ["USUAL_FEEDS", "USUAL_SITEMAPS", "Found", "read"]

# Where the common systems keep them: worth a look where the page names none.
USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/index.rdf", "/feed.json")
USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/wp-sitemap.xml")
# A home page names a handful of each.
_MOST = 20
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_FEED_PATH = re.compile(r"/(?:rss|feeds?|atom)(?:/|\.xml|\.rdf|\.json)?$|\.(?:rss|atom|rdf)$", re.IGNORECASE)
_NO_ARTICLES = re.compile(r"comments?|podcast|oembed|wp-json|/\?replytocom", re.IGNORECASE)
# What parts a site's name from its motto or the page's name in a title.
_SEPARATOR = re.compile(r"\s+[|·•–—:-]\s+")
_MENU = re.compile(r"\b(?:nav|navigation|menu|header|topics|sections)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a home page names, in its order, each once."""

    feeds: tuple[str, ...] = ()
    """Feeds by `rel=alternate`, then by links that look like feeds."""
    sitemaps: tuple[str, ...] = ()
    """Sitemaps by `rel=sitemap`."""
    sections: tuple[str, ...] = ()
    """Pages of the same site that its menus link and whose URLs look like sections."""
    hub: str | None = None
    """WebSub hub by `rel=hub`; null where none is named."""
    name: str | None = None
    """The site's name by `og:site_name`, else the first part of the title; null where neither is there."""
    language: str | None = None
    """`lang` of the page; null where it does not say."""


def read(body: bytes, url: str, content_type: str | None = None) -> Found:
    """Read the home page at `url`; empty where `body` is no HTML."""
    root = document(body, content_type)
    if root is None:
        return Found()
    links = [
        ((element.get("rel") or "").lower().split(), (element.get("type") or "").lower().strip(), element)
        for element in root.iter("link")
    ]
    here = base(root, url)
    declared = [element for rel, kind, element in links if "alternate" in rel and kind.startswith(_FEED_TYPES)]
    linked = [anchor for anchor in anchors(root) if _FEED_PATH.search(_href(anchor).partition("?")[0])]
    feeds = [link for link in _links(here, declared + linked) if not _NO_ARTICLES.search(link)]
    return Found(
        feeds=tuple(feeds[:_MOST]),
        sitemaps=_links(here, [element for rel, _, element in links if "sitemap" in rel])[:_MOST],
        sections=_sections(root, here)[:_MOST],
        hub=next(iter(_links(here, [element for rel, _, element in links if "hub" in rel])), None),
        name=_name(root),
        language=(root.get("lang") or "").strip()[:35] or None,
    )


def _href(element: HtmlElement) -> str:
    return (element.get("href") or "")[: urls.MAX_LENGTH]


def _links(here: str, elements: Iterable[HtmlElement]) -> tuple[str, ...]:
    found = (urls.absolute(here, _href(element)) for element in elements if _href(element))
    return tuple(dict.fromkeys(link for link in found if link))


def _sections(root: HtmlElement, here: str) -> tuple[str, ...]:
    in_menus = []
    for anchor in anchors(root):
        for depth, element in enumerate(anchor.iterancestors()):
            words = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].replace("_", "-")
            if element.tag in {"nav", "header"} or _MENU.search(words):
                in_menus.append(anchor)
            if depth == 6 or element.tag in {"footer", "nav", "header"}:
                break
    return tuple(link for link in _links(here, in_menus) if urls.same_site(link, here) and _section_like(link))


def _section_like(link: str) -> bool:
    parts = urlsplit(link)
    segments = [segment for segment in parts.path.split("/") if segment]
    if not 1 <= len(segments) <= 3 or parts.query or re.search(r"\d{3}", parts.path):
        return False
    # Categories and tags hold no article themselves, but are what sections are called on many sites.
    listed = (
        segments[1:]
        if segments[0].lower() in {"category", "categories", "tag", "tags", "topic", "topics"}
        else segments
    )
    return bool(listed) and shape.slug_words(parts.path) <= 3 and not shape.never_an_article("/" + "/".join(listed))


def _name(root: HtmlElement) -> str | None:
    for element in root.iter("meta"):
        if element.get("property") == "og:site_name" and (name := " ".join((element.get("content") or "").split())):
            return name[:100]
    title = next(root.iter("title"), None)
    return _SEPARATOR.split(" ".join((title.text or "").split()))[0][:100] or None if title is not None else None


def usual(home: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the feed and sitemap URLs that are worth a look on any site."""
    return tuple(urljoin(home, path) for path in USUAL_FEEDS), tuple(urljoin(home, path) for path in USUAL_SITEMAPS)
