"""The shape of URLs: what never is an article, which URLs are alike, which days a path names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.discover import shape
from crawlers.discover.listing import resolve
from pipelines import urls


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tag/ai",
        "/author/x/",
        "/a/b.jpg",
        "/news/page/2",
        "/feed/",
        "/about-us",
        "/wp-content/x",
        "/en/privacy-policy",
    ],
)
def test_service_pages_and_files_are_never_articles(path: str) -> None:
    assert shape.never_an_article(path)


@pytest.mark.parametrize(
    "path", ["/2026/03/01/a-b-c", "/news/story.html", "/a-b-c-d/", "/article/3512/", "/archiving-the-web"]
)
def test_what_may_be_an_article_is_left_in(path: str) -> None:
    assert not shape.never_an_article(path)


def test_an_article_may_be_named_in_the_query() -> None:
    assert not shape.never_an_article("/", "p=123")
    assert shape.never_an_article("/", "s=chips")
    assert shape.never_an_article("/news", "page=2")
    assert shape.never_an_article("/a-b-c-d", "replytocom=123456")
    assert not shape.never_an_article("/news_view.html", "idx=8576&page=1")


def test_articles_of_one_site_share_a_signature() -> None:
    one = shape.signature("https://x.org/news/2026/a-new-fab-opens-1234.html")
    assert one == shape.signature("https://x.org/news/2025/why-modems-still-hum-99.html") == "news/number/slug.html"
    assert one != shape.signature("https://x.org/security/")


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("/2026/03/01/x", date(2026, 3, 1), date(2026, 3, 1)),
        ("/sitemap-2026-02.xml", date(2026, 2, 1), date(2026, 2, 28)),
        ("/2025/sitemap-2025-12.xml", date(2025, 12, 1), date(2025, 12, 31)),
        ("/news/20260301.xml", date(2026, 3, 1), date(2026, 3, 1)),
        ("/2026/x", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_dates_in_paths_are_read(path: str, first: date, last: date) -> None:
    assert shape.span(f"https://x.org{path}") == (first, last)


@pytest.mark.parametrize("path", ["/a", "/120260301", "/2026033", "/2026/02/31/x", "/item-19999"])
def test_other_numbers_are_no_dates(path: str) -> None:
    found = shape.span(f"https://x.org{path}")
    assert found is None or found == (date(2026, 2, 1), date(2026, 2, 28))


@given(
    st.from_regex(
        r"https?://[a-z0-9.-]{1,20}(/[A-Za-z0-9._~/-]{0,20})(\?[a-z=&%;]{0,8})?(#[a-z]{0,3})?", fullmatch=True
    )
)
def test_the_short_cut_for_plain_urls_resolves_as_urls_does(url: str) -> None:
    found = resolve("https://www.example.org/", url)
    assert (found.url if found else None) == urls.absolute("https://www.example.org/", url)
