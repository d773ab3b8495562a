"""Feeds, sitemaps and robots.txt: the places that tell which pages a publisher has."""

from __future__ import annotations

import gzip
import json
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pipelines.records import Kind
from tests.newsroom.articles import Piece, pieces_of

if TYPE_CHECKING:
    from tests.newsroom.publishers import Publisher

__all__ = ["atom", "json_feed", "robots", "rss", "sitemap", "sitemap_index"]

FEED = 12  # entries in a feed, as most sites keep between 10 and 20
TRACKING = "?utm_source=rss&utm_medium=feed&utm_campaign=chipwire"
DEAD = {"chipwire": ("/internet/2026/09/30/no-such-page", "/internet/2026/09/29/withdrawn-by-the-editor")}
WITHHELD = "/embargo/2026/11/30/what-nobody-may-read-yet"


def withheld(site: Publisher) -> tuple[str, ...]:
    return (WITHHELD,) if site.id == "chipwire" else ()


def recent(site: Publisher) -> tuple[Piece, ...]:
    mine = [piece for piece in pieces_of(site.id) if piece.kind is Kind.ARTICLE]
    return tuple(sorted(mine, key=lambda piece: piece.published, reverse=True)[:FEED])


def summary(piece: Piece) -> str:
    return piece.standfirst or piece.body[0]


def robots(site: Publisher) -> str:
    lines = ["User-agent: *", "Disallow: /account/", "Disallow: /embargo/", "Disallow: /search"]
    if site.crawl_delay:
        lines.append(f"Crawl-delay: {site.crawl_delay}")
    if site.reserved:
        lines.append("Content-Signal: search=yes, ai-input=no, ai-train=no")
    if site.sitemap:
        lines += ["", f"Sitemap: {site.url(site.sitemap)}"]
    return "\n".join(lines) + "\n"


def rss(site: Publisher) -> str:
    """RSS 2.0; every third link of Chipwire's carries the tracking that feed services add."""
    items = "".join(
        f"<item><title>{escape(piece.title)}</title>"
        f"<link>{escape(piece.url + (TRACKING if site.id == 'chipwire' and piece.number % 3 == 0 else ''))}</link>"
        f'<guid isPermaLink="false">{piece.publisher}-{piece.number}</guid>'
        f"<pubDate>{format_datetime(piece.published)}</pubDate><description>{escape(summary(piece))}</description></item>"
        for piece in recent(site)
    )
    return (
        f'<?xml version="1.0" encoding="{site.charset}"?><rss version="2.0"><channel><title>{escape(site.name)}</title>'
        f"<link>{site.home}</link><description>{escape(site.name)}</description>{items}</channel></rss>"
    )


def atom(site: Publisher) -> str:
    entries = "".join(
        f"<entry><title>{escape(piece.title)}</title><id>tag:{site.host},2026:{piece.number}</id>"
        f'<link rel="alternate" href="{escape(piece.url)}"/><published>{piece.published.isoformat()}</published>'
        f"<updated>{(piece.modified or piece.published).isoformat()}</updated>"
        f"<summary>{escape(summary(piece))}</summary></entry>"
        for piece in recent(site)
    )
    return (
        f'<?xml version="1.0" encoding="{site.charset}"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(site.name)}</title><id>{site.home}</id><author><name>{escape(site.name)}</name></author>"
        f"<updated>{recent(site)[0].published.isoformat()}</updated>{entries}</feed>"
    )


def json_feed(site: Publisher) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": str(piece.number),
            "url": piece.url,
            "title": piece.title,
            "summary": summary(piece),
            "date_published": piece.published.isoformat(),
            "authors": [{"name": name} for name in piece.authors],
        }
        for piece in recent(site)
    ]
    version = "https://jsonfeed.org/version/1.1"
    feed = {"version": version, "title": site.name, "home_page_url": site.home, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1)


def entry(site: Publisher, piece: Piece, news: bool) -> str:
    stamp = (piece.modified or piece.published).astimezone(UTC).isoformat()
    told = (
        f"<news:news><news:publication><news:name>{escape(site.name)}</news:name>"
        f"<news:language>{piece.language}</news:language></news:publication>"
        f"<news:publication_date>{piece.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(piece.title)}</news:title></news:news>"
    )
    return f"<url><loc>{escape(piece.url)}</loc><lastmod>{stamp}</lastmod>{told if news else ''}</url>"


def sitemap(site: Publisher, path: str) -> bytes:
    """One sitemap: a publisher's whole list, or its share where an index names several. Gzip where the path ends so."""
    parts = site.sitemap_parts or (path,)
    mine = [piece for piece in pieces_of(site.id) if parts[min(piece.number // 16, len(parts) - 1)] == path]
    news = "archive" not in path
    urls = "".join(entry(site, piece, news) for piece in mine)
    if path == parts[-1]:
        urls += "".join(f"<url><loc>{site.url(dead)}</loc></url>" for dead in (*DEAD.get(site.id, ()), *withheld(site)))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )
    return gzip.compress(text.encode(), mtime=0) if path.endswith(".gz") else text.encode()


def sitemap_index(site: Publisher) -> str:
    parts = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in site.sitemap_parts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'
    )
