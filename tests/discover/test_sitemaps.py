"""Sitemaps: index, urlset, news, text and gzip; dated ranges; bombs, loops and the largest file that is allowed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawlers.discover import sitemaps
from tests.discover.source import HOME, SOURCE, source

URL = f"{HOME}sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*entries: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NS} {NEWS}>{"".join(entries)}</urlset>'.encode()


def page(path: str, lastmod: str | None = None, more: str = "") -> str:
    modified = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{HOME}{path}</loc>{modified}{more}</url>"


def index(*entries: tuple[str, str | None]) -> bytes:
    parts = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{modified}</lastmod>' if modified else ''}</sitemap>"
        for loc, modified in entries
    )
    return f"<sitemapindex {NS}>{parts}</sitemapindex>".encode()


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def test_a_urlset_gives_its_pages_in_order() -> None:
    body = urlset(page("news/one-two-three", "2026-03-01T10:00:00+02:00"), page("news/four-five-six"))
    listing = sitemaps.read(body, URL, SOURCE)
    assert [candidate.url for candidate in listing.candidates] == [
        f"{HOME}news/one-two-three",
        f"{HOME}news/four-five-six",
    ]
    assert listing.candidates[0].modified == at(2026, 3, 1, 8)
    assert listing.trouble is None


def test_the_news_namespace_gives_title_date_and_language() -> None:
    news = (
        "<news:news><news:publication><news:name>Example</news:name><news:language>de</news:language></news:publication>"
        "<news:publication_date>2026-03-01</news:publication_date><news:title>Ein &amp; Titel</news:title></news:news>"
    )
    (candidate,) = sitemaps.read(urlset(page("news/one-two-three", None, news)), URL, SOURCE).candidates
    assert (candidate.title, candidate.language) == ("Ein & Titel", "de")
    assert candidate.published == at(2026, 3, 1)


def test_an_index_gives_its_parts_with_their_watermarks() -> None:
    parts = ((f"{HOME}a.xml", "2026-03-01"), (f"{HOME}b.xml.gz", None))
    listing = sitemaps.read(index(*parts), URL, SOURCE)
    assert listing.children == (f"{HOME}a.xml", f"{HOME}b.xml.gz")
    assert dict(listing.lastmod) == {f"{HOME}a.xml": at(2026, 3, 1)}


def test_a_branch_unchanged_since_is_not_walked() -> None:
    parts = ((f"{HOME}old.xml", "2026-02-01"), (f"{HOME}new.xml", "2026-03-02"), (f"{HOME}undated.xml", None))
    listing = sitemaps.read(index(*parts), URL, SOURCE, since=at(2026, 3, 1))
    assert listing.children == (f"{HOME}new.xml", f"{HOME}undated.xml")


def test_a_branch_whose_url_names_other_days_is_not_walked() -> None:
    names = ("post-2025-12.xml", "post-2026-02.xml", "2026/03/sitemap.xml", "sitemap-20260301.xml", "2027/all.xml")
    body = index(*((f"{HOME}{name}", None) for name in names))
    listing = sitemaps.read(body, URL, SOURCE, since=at(2026, 3, 1), until=at(2026, 3, 3))
    assert listing.children == (
        f"{HOME}post-2026-02.xml",
        f"{HOME}2026/03/sitemap.xml",
        f"{HOME}sitemap-20260301.xml",
    )


def test_pages_outside_the_days_asked_for_are_left_out() -> None:
    body = urlset(
        page("2026/03/01/long-ago-it-was", "2026-03-01T08:00:00Z"),
        page("2026/03/05/on-the-day-asked", "2026-03-05T08:00:00Z"),
        page("2026/03/09/after-the-day-asked", "2026-03-09T08:00:00Z"),
        page("story/a-page-without-date"),
    )
    listing = sitemaps.read(body, URL, SOURCE, since=at(2026, 3, 5), until=at(2026, 3, 6))
    assert [candidate.url.removeprefix(HOME) for candidate in listing.candidates] == [
        "2026/03/05/on-the-day-asked",
        "story/a-page-without-date",
    ]


def test_a_text_sitemap_is_read() -> None:
    body = f"\ufeff{HOME}news/one-two-three\r\n{HOME}news/four-five-six\r\n\r\nnot a url\r\n".encode()
    assert len(sitemaps.read(body, f"{HOME}sitemap.txt", SOURCE).candidates) == 2


def test_a_gzipped_sitemap_is_read() -> None:
    body = gzip.compress(urlset(page("news/one-two-three")))
    assert len(sitemaps.read(body, f"{URL}.gz", SOURCE).candidates) == 1


def test_a_gzip_that_ends_early_is_read_as_far_as_it_goes() -> None:
    body = gzip.compress(urlset(*(page(f"news/article-number-is-{n}") for n in range(2000))))
    listing = sitemaps.read(body[: len(body) // 2], f"{URL}.gz", SOURCE)
    assert 0 < len(listing.candidates) < 2000
    assert "ends early" in (listing.trouble or "")


def test_a_feed_in_place_of_a_sitemap_is_read() -> None:
    body = f"<rss><channel><item><link>{HOME}news/one-two-three</link></item></channel></rss>".encode()
    assert len(sitemaps.read(body, URL, SOURCE).candidates) == 1


def test_a_sitemap_that_contains_itself_is_not_walked_again() -> None:
    listing = sitemaps.read(index((URL, None), (f"{HOME}a.xml", None)), URL, SOURCE)
    assert listing.children == (f"{HOME}a.xml",)
    assert "itself" in (listing.trouble or "")


def test_an_index_does_not_lead_to_other_sites() -> None:
    listing = sitemaps.read(index(("https://elsewhere.example.com/s.xml", None)), URL, SOURCE)
    assert listing.children == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (urlset(), "without a single URL"),
        (index(), "without a single sitemap"),
        (b"", "empty"),
        (b"<!doctype html><title>404</title>", "HTML"),
        (b"<opml/>", "<opml>"),
    ],
)
def test_a_dead_sitemap_is_told(body: bytes, words: str) -> None:
    listing = sitemaps.read(body, URL, SOURCE)
    assert (listing.candidates, listing.children) == ((), ())
    assert words in (listing.trouble or "")


def test_tag_author_and_picture_pages_are_no_candidates() -> None:
    body = urlset(
        *(page(path) for path in ("", "tag/chips", "author/jane-doe", "category/ai/page/2", "img/a.jpg", "about"))
    )
    assert sitemaps.read(body, URL, SOURCE).candidates == ()


def test_a_sitemap_of_50000_urls_is_read_whole() -> None:
    body = urlset(*(page(f"2026/03/01/article-number-is-{n}", "2026-03-01T10:00:00Z") for n in range(50_000)))
    listing = sitemaps.read(body, URL, SOURCE)
    assert len(listing.candidates) == 50_000
    assert listing.trouble is None


def test_more_urls_than_the_protocol_allows_are_cut_and_told() -> None:
    body = urlset(*(page(f"a/b-c-d-{n}") for n in range(sitemaps.MAX_URLS + 10)))
    listing = sitemaps.read(body, URL, source(articles=("/a/",)))
    assert len(listing.candidates) == sitemaps.MAX_URLS
    assert "more than" in (listing.trouble or "")


def test_a_gzip_bomb_is_cut() -> None:
    body = gzip.compress(b"<urlset>" + b" " * 100_000_000)
    listing = sitemaps.read(body, f"{URL}.gz", SOURCE)
    assert "more than" in (listing.trouble or "")


def test_a_flood_of_tags_is_refused_before_a_tree_is_built() -> None:
    listing = sitemaps.read(b"<urlset>" + b"<a/>" * 4_000_000 + b"</urlset>", URL, SOURCE)
    assert "tags; refused" in (listing.trouble or "")


def test_entities_are_refused() -> None:
    body = b'<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    listing = sitemaps.read(body, URL, SOURCE)
    assert "entities" in (listing.trouble or "")


@pytest.mark.timeout(120)
@pytest.mark.parametrize("piece", ["<url>", "<loc>", "<", "&", "<url><loc>", "<sitemap>", "https://", "https://x/ \n"])
def test_a_hostile_sitemap_costs_no_more_than_its_size(piece: str) -> None:
    for body in (f"<urlset>{piece * (4_000_000 // len(piece))}", piece * (4_000_000 // len(piece))):
        assert sitemaps.read(body.encode(), URL, SOURCE).candidates == ()
