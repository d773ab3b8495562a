"""Whatever bytes a site answers, every reader gives a listing: it does not raise, and proposes only what it may."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.discover import autodiscover, commoncrawl, feeds, sections, sitemaps, wayback
from crawlers.polite.rights import reservations
from crawlers.polite.robots import Robots
from tests.discover.source import HOME, SOURCE

PIECES = st.sampled_from(
    [
        b"<?xml version='1.0' encoding='utf-16'?>", b"<rss>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>",
        b"<link>", b"</link>", b"<link href='/a/b-c-d-e'/>", b"<entry xmlns='http://www.w3.org/2005/Atom'>", b"<feed>",
        b"<urlset>", b"<url>", b"<loc>", b"</loc>", b"<lastmod>9999-99-99</lastmod>", b"<sitemapindex>", b"<sitemap>",
        b"<guid isPermaLink='false'>", b"<content type='xhtml'>", b"<content:encoded>", b"<![CDATA[", b"]]>", b"<!--", b"-->",
        b"&amp;", b"&#0;", b"&#xD800;", b"&bogus;", b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b"http://[::1", b"https://www.example.org/a-b-c-d",
        b"javascript:alert(1)", b"//", b"http://127.0.0.1/", b"<a href='", b"'>", b"</a>", b"<h2>", b"<nav>", b"<base href='x:y'>",
        b"<pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate>", b"{", b"}", b"[", b"]", b'"items":', b"\n", b"User-agent: *\n", b"Disallow: /\n",
        b"<!DOCTYPE x [", b"<meta name='robots' content='", b"unavailable_after: 99999", "\u2028\u00e9\U0001f4a5".encode(),
    ]
)  # fmt: skip
SOUP = st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=30).map(b"".join)
TYPES = st.sampled_from(
    [None, "text/html; charset=utf-7", "application/xml; charset=bogus", "text/xml; charset=idna", ";;=", ""]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP, TYPES)
def test_any_bytes_give_a_listing_of_the_source_s_own_urls(body: bytes, content_type: str | None) -> None:
    for listing in (
        feeds.read(body, f"{HOME}feed/", SOURCE, content_type),
        sitemaps.read(body, f"{HOME}sitemap.xml", SOURCE, content_type=content_type),
        sections.read(body, HOME, SOURCE, content_type),
        wayback.read(body, HOME, SOURCE).listing,
    ):
        for candidate in listing.candidates:
            parts = urlsplit(candidate.url)
            assert parts.scheme in {"http", "https"}
            assert (parts.hostname or "").removeprefix("www.") == "example.org"
    autodiscover.read(body, HOME, content_type)
    commoncrawl.read_index(body, SOURCE)


@settings(max_examples=300, deadline=None)
@given(
    SOUP,
    st.dictionaries(
        st.sampled_from(["X-Robots-Tag", "Link", "TDM-Reservation"]), st.lists(st.text(max_size=40), max_size=3)
    ),
)
def test_any_answer_gives_reservations(body: bytes, headers: dict[str, list[str]]) -> None:
    robots = Robots.parse(body, 200, f"{HOME}robots.txt")
    robots.allows(f"{HOME}a/b", "copydesk")
    files = {f"{HOME}.well-known/tdmrep.json": body, f"{HOME}ai.txt": body, f"{HOME}license.xml": body}
    for reservation in reservations(f"{HOME}a/b", headers, body, robots, files):
        assert reservation.evidence
        reservation.model_dump_json()


@pytest.mark.parametrize(
    "item",
    [
        {"url": 1},
        {"url": None, "id": []},
        {"url": "\ud800"},
        {"url": "/a/b-c-d", "title": {"x": 1}, "date_published": 5},
        None,
        [],
    ],
)
def test_a_json_feed_s_items_of_any_type_are_read_or_left_out(item: object) -> None:
    feeds.read(json.dumps({"items": [item]}).encode(), f"{HOME}feed.json", SOURCE)
