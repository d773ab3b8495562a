"""Autodiscovery: what a home page names, and nothing that only looks like it."""

from __future__ import annotations

import pytest

from crawlers.discover import autodiscover
from tests.discover.source import HOME

PAGE = f"""<!doctype html><html lang="de-DE"><head><title>Beispiel - Nachrichten</title>
<meta property="og:site_name" content="Beispiel">
<link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="alternate" type="application/rss+xml; charset=utf-8" title="Kommentare" href="/comments/feed/">
<link rel="alternate" type="application/atom+xml" href="atom.xml"><link rel="alternate" hreflang="en" href="/en/">
<link rel="alternate" type="application/feed+json" href="https://feeds.example.net/b.json">
<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed"><link rel="hub" href="https://hub.example.net/">
<link rel="sitemap" type="application/xml" href="/sitemap-index.xml"></head><body>
<header><nav><ul><li><a href="/">Start</a></li><li><a href="/netzwelt/">Netzwelt</a></li>
<li><a href="/category/ki/">KI</a></li><li><a href="/2026/03/01/ein-langer-artikel-im-menue">Neu</a></li>
<li><a href="https://shop.example.com/">Shop</a></li><li><a href="/impressum">Impressum</a></li></ul></nav></header>
<main><a href="/wissen/">Wissen</a></main><footer><a href="{HOME}rss/">RSS</a></footer></body></html>"""


def test_feeds_are_found_by_declaration_then_by_link() -> None:
    found = autodiscover.read(PAGE.encode(), HOME)
    assert found.feeds == (f"{HOME}feed/", f"{HOME}atom.xml", "https://feeds.example.net/b.json", f"{HOME}rss/")


def test_sitemap_hub_name_and_language_are_found() -> None:
    found = autodiscover.read(PAGE.encode(), HOME)
    assert found.sitemaps == (f"{HOME}sitemap-index.xml",)
    assert (found.hub, found.name, found.language) == ("https://hub.example.net/", "Beispiel", "de-DE")


def test_sections_are_the_menu_s_short_paths_on_the_site() -> None:
    assert autodiscover.read(PAGE.encode(), HOME).sections == (f"{HOME}netzwelt/", f"{HOME}category/ki/")


def test_the_title_stands_in_for_a_missing_site_name() -> None:
    page = PAGE.replace('<meta property="og:site_name" content="Beispiel">', "")
    assert autodiscover.read(page.encode(), HOME).name == "Beispiel"


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 50, b"<rss/>"])
def test_what_is_no_home_page_names_nothing(body: bytes) -> None:
    found = autodiscover.read(body, HOME)
    assert (found.feeds, found.sitemaps, found.sections, found.hub) == ((), (), (), None)
