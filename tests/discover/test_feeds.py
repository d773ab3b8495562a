"""Feeds: every dialect, sound or broken, gives the same candidates; hostile ones cost no more than their size."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from crawlers.discover import feeds
from tests.discover.source import HOME, SOURCE, source

URL = f"{HOME}feed/"
LONG = "<p>" + "A sentence of the full text. " * 60 + "</p>"

RSS2 = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Example</title><link>{HOME}</link><language>en-GB</language>
<atom:link rel="self" href="{URL}"/><atom:link rel="hub" href="https://hub.example.net/"/>
<item><title>Chips &amp; dip: a &lt;em&gt;new&lt;/em&gt; fab opens</title><link>{HOME}2026/03/new-fab-opens/</link>
<pubDate>Tue, 03 Mar 2026 10:00:00 +0100</pubDate><content:encoded><![CDATA[{LONG}]]></content:encoded></item>
</channel></rss>"""
RSS1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{URL}"><title>Example</title></channel>
<item rdf:about="{HOME}2026/03/new-fab-opens/"><title>Chips &amp; dip: a new fab opens</title>
<link>{HOME}2026/03/new-fab-opens/</link><dc:date>2026-03-03T09:00:00Z</dc:date></item></rdf:RDF>"""
RSS091 = f"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Example</title>
<item><title>Chips &amp; dip: a new fab opens</title><link>{HOME}2026/03/new-fab-opens/</link>
<pubDate>3 Mar 2026 09:00 GMT</pubDate></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{HOME}2026/"><title>Example</title>
<link rel="hub" href="https://hub.example.net/"/><entry><title type="html">Chips &amp;amp; dip: a &lt;b&gt;new&lt;/b&gt; fab opens</title>
<link rel="edit" href="/edit/1"/><link rel="alternate" href="03/new-fab-opens/"/><id>tag:example.org,2026:1</id>
<published>2026-03-03T10:00:00+01:00</published><updated>2026-03-04T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example",
        "feed_url": URL,
        "hubs": [{"type": "WebSub", "url": "https://hub.example.net/"}],
        "items": [
            {
                "id": "1",
                "url": "/2026/03/new-fab-opens/",
                "title": "Chips & dip: a new fab opens",
                "content_html": LONG,
                "date_published": "2026-03-03T10:00:00+01:00",
            }
        ],
    }
)


@pytest.mark.parametrize("body", [RSS2, RSS1, RSS091, ATOM, JSON], ids=["rss2", "rss1", "rss091", "atom", "json"])
def test_every_dialect_gives_the_same_candidate(body: str) -> None:
    listing = feeds.read(body.encode(), URL, SOURCE)
    assert listing.trouble is None
    (candidate,) = listing.candidates
    assert candidate.url == f"{HOME}2026/03/new-fab-opens/"
    assert candidate.title == "Chips & dip: a new fab opens"
    assert candidate.published == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert candidate.seen_in == URL


@pytest.mark.parametrize("body", [RSS2, ATOM, JSON], ids=["rss2", "atom", "json"])
def test_a_full_text_is_kept_as_html(body: str) -> None:
    (candidate,) = feeds.read(body.encode(), URL, SOURCE).candidates
    assert candidate.text is not None
    assert "<p>A sentence of the full text." in candidate.text


def test_a_teaser_is_no_full_text() -> None:
    body = RSS2.replace(LONG, f"<p>{'A sentence. ' * 90} […]</p>")
    (candidate,) = feeds.read(body.encode(), URL, SOURCE).candidates
    assert candidate.text is None


@pytest.mark.parametrize("body", [RSS2, ATOM, JSON], ids=["rss2", "atom", "json"])
def test_the_hub_is_found(body: str) -> None:
    assert feeds.read(body.encode(), URL, SOURCE).hub == "https://hub.example.net/"


def test_the_language_of_the_feed_goes_to_its_entries() -> None:
    (candidate,) = feeds.read(RSS2.encode(), URL, SOURCE).candidates
    assert candidate.language == "en-GB"


def test_atom_tells_modification_from_publication() -> None:
    (candidate,) = feeds.read(ATOM.encode(), URL, SOURCE).candidates
    assert candidate.modified == datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("cut off", RSS2.partition("</item>")[0]),
        ("bare ampersand", RSS2.replace("&amp;", "&")),
        ("HTML entity", RSS2.replace("&amp;", "&amp;&nbsp;").replace("&amp;&nbsp; dip", "&amp;&nbsp;dip")),
        ("undeclared prefix", RSS2.replace('xmlns:content="http://purl.org/rss/1.0/modules/content/"', "")),
        ("control character", RSS2.replace("Chips", "\x0bChips\x00")),
        ("leading junk", "\n\n  Warning: cache is stale in /srv/x.php\n" + RSS2),
        ("unclosed item", RSS2.replace("</item>", "")),
    ],
)
def test_a_broken_feed_is_read_and_its_trouble_told(name: str, body: str) -> None:
    listing = feeds.read(body.encode(), URL, SOURCE)
    assert [candidate.url for candidate in listing.candidates] == [f"{HOME}2026/03/new-fab-opens/"], name
    assert listing.candidates[0].title == "Chips & dip: a new fab opens"


def test_trouble_is_told_beside_the_candidates() -> None:
    listing = feeds.read(RSS2.replace("&amp;", "&").encode(), URL, SOURCE)
    assert "not well-formed" in (listing.trouble or "")


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("iso-8859-1", "iso-8859-1", None),
        ("utf-8", "iso-8859-1", None),
        ("windows-1252", "utf-8", "text/xml; charset=windows-1252"),
        ("utf-16", "utf-16", None),
        ("utf-8-sig", "utf-8", "text/xml; charset=us-ascii"),
    ],
)
def test_the_charset_that_fits_is_taken(encoding: str, declared: str, header: str | None) -> None:
    body = RSS2.replace("Chips", "Café").replace("utf-8", declared).encode(encoding)
    (candidate,) = feeds.read(body, URL, SOURCE, header).candidates
    assert candidate.title == "Café & dip: a new fab opens"


def test_japanese_is_read_in_its_own_encodings() -> None:
    for encoding in ("shift_jis", "euc-jp", "iso-2022-jp"):
        body = RSS2.replace("Chips", "半導体").replace("utf-8", encoding).encode(encoding)
        (candidate,) = feeds.read(body, URL, SOURCE).candidates
        assert candidate.title == "半導体 & dip: a new fab opens"


def test_a_codec_that_is_no_text_encoding_is_not_obeyed() -> None:
    body = RSS2.replace("utf-8", "idna").encode()
    assert len(feeds.read(body, URL, SOURCE).candidates) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "HTML"),
        (b"404 page not found", "no markup"),
        (b"<urlset/>", "<urlset>"),
        (b"<rss><channel/></rss>", "without a single entry"),
        (b'{"error": "gone"}', "no JSON Feed"),
        (b'{"items": [', "not JSON"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, words: str) -> None:
    listing = feeds.read(body, URL, SOURCE)
    assert listing.candidates == ()
    assert words in (listing.trouble or "")


def test_entries_without_dates_are_candidates() -> None:
    body = RSS2.replace("<pubDate>Tue, 03 Mar 2026 10:00:00 +0100</pubDate>", "<pubDate>soon</pubDate>")
    (candidate,) = feeds.read(body.encode(), URL, SOURCE).candidates
    assert candidate.published is None


def test_a_permalink_in_the_guid_stands_in_for_a_missing_link() -> None:
    link = f"{HOME}2026/03/new-fab-opens/"
    body = RSS2.replace(f"<link>{link}</link>", f"<guid>{link}</guid>")
    assert [candidate.url for candidate in feeds.read(body.encode(), URL, SOURCE).candidates] == [link]


def test_a_picture_title_is_not_the_headline() -> None:
    body = RSS2.replace("<pubDate>", "<media:title>A stock photo</media:title><pubDate>").replace(
        "<rss ", '<rss xmlns:media="http://search.yahoo.com/mrss/" '
    )
    (candidate,) = feeds.read(body.encode(), URL, SOURCE).candidates
    assert candidate.title == "Chips & dip: a new fab opens"


def test_links_to_other_sites_are_left_out() -> None:
    body = RSS2.replace(f"<link>{HOME}2026", "<link>https://elsewhere.example.com/2026")
    listing = feeds.read(body.encode(), URL, SOURCE)
    assert listing.candidates == ()
    assert "'https://elsewhere.example.com/2026" in (listing.trouble or "")


def test_a_declared_host_is_the_source_s_own() -> None:
    body = RSS2.replace(f"<link>{HOME}2026", "<link>https://blog.example.com/2026")
    assert len(feeds.read(body.encode(), URL, source(hosts=("blog.example.com",))).candidates) == 1


def test_declared_patterns_decide_what_an_article_is() -> None:
    assert feeds.read(RSS2.encode(), URL, source(articles=("/20[0-9]{2}/",))).candidates
    assert not feeds.read(RSS2.encode(), URL, source(articles=("/story/",))).candidates
    assert not feeds.read(RSS2.encode(), URL, source(not_articles=("/new-fab",))).candidates


def test_a_gzipped_body_is_unpacked() -> None:
    assert len(feeds.read(gzip.compress(RSS2.encode()), URL, SOURCE).candidates) == 1


def test_the_same_bytes_give_the_same_listing() -> None:
    assert feeds.read(RSS2.encode(), URL, SOURCE) == feeds.read(RSS2.encode(), URL, SOURCE)


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{lines}]>{RSS2.partition("?>")[2]}'.replace("Chips", "&l9;").encode()


@pytest.mark.parametrize(
    "body",
    [
        _laughs(),
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
        b"<!DOCTYPE r [<!ENTITY % p '<!ENTITY q \"r\">'> %p;]><rss/>",
    ],
    ids=["billion laughs", "external entity", "parameter entity"],
)
def test_entities_are_refused(body: bytes) -> None:
    listing = feeds.read(body, URL, SOURCE)
    assert listing.candidates == ()
    assert "entities" in (listing.trouble or "")


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "piece",
    [
        "<", "&", "<item>", "<item><title>x</title>", "<a>", "<![CDATA[", "<!--", "<!DOCTYPE ", "&amp;", "&#x41;",
        "<item/>", "</item>", "<item><link>/a/b-c-d/</link></item>", "]]>", "<?x", '<item a="', "\x00",
    ],
)  # fmt: skip
def test_a_hostile_feed_costs_no_more_than_its_size(piece: str) -> None:
    size = 2_000_000
    head = f"<rss><channel><item><link>{HOME}2026/03/a-b-c-d/</link><description>"
    for body in (f"<rss><channel>{piece * (size // len(piece))}", f"{head}{piece * (size // len(piece))}"):
        listing = feeds.read(body.encode(), URL, SOURCE)
        assert len(listing.candidates) <= feeds.MAX_ENTRIES


def test_a_gzip_bomb_is_cut() -> None:
    listing = feeds.read(gzip.compress(b"<rss>" + b" " * 60_000_000), URL, SOURCE)
    assert "unpacks to more than" in (listing.trouble or "")
