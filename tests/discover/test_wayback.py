"""The Wayback Machine's CDX API and raw captures, against a loopback server that speaks them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawlers.discover import wayback
from pipelines.records import Channel
from tests.discover.archives import get, page, serving
from tests.discover.source import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
FIRST = "http://www.example.org/2026/03/01/first-of-march-news"
SECOND = "https://www.example.org/2026/03/01/second-story-of-march"
THIRD = "https://blog.example.org/2026/03/01/third-story-of-march"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as url:
        yield url


def ask(server: str, resume: str | None = None) -> wayback.Captures:
    url = wayback.query("example.org", SINCE, UNTIL, resume=resume, server=f"{server}/cdx/search/cdx")
    return wayback.read(get(url)[0], url, SOURCE)


def test_the_pages_of_a_day_are_found_once_each(server: str) -> None:
    listing = ask(server).listing
    assert {candidate.url for candidate in listing.candidates} == {FIRST, SECOND, THIRD}
    assert {candidate.channel for candidate in listing.candidates} == {Channel.ARCHIVE}
    assert all(candidate.published is None for candidate in listing.candidates)
    assert all("/cdx/search/cdx?" in candidate.seen_in for candidate in listing.candidates)


def test_the_bytes_of_the_first_capture_are_fetched_raw(server: str) -> None:
    (capture,) = [one.capture for one in ask(server).listing.candidates if one.url == SECOND]
    assert capture
    assert wayback.captured(capture, server) == datetime(2026, 3, 1, 9, tzinfo=UTC)
    body, headers = get(capture)
    assert body == page("Second")
    assert {name.lower(): values for name, values in wayback.captured_headers(headers).items()} == {
        "content-type": ["text/html"],
        "etag": ['"1"'],
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org.evil.example/web/20260301090000id_/https://www.example.org/a",
        "https://evil.example/web/20260301090000id_/https://www.example.org/a",
        "https://web.archive.org/web/20260301090000/https://www.example.org/a",
        "https://web.archive.org/web/20269901090000id_/https://www.example.org/a",
    ],
)
def test_what_is_no_raw_capture_of_the_archive_is_not_taken_for_one(url: str) -> None:
    assert not wayback.held_by("https://web.archive.org", url)
    assert wayback.held_by("https://web.archive.org/", "https://web.archive.org/web/20260301090000id_/https://a.org/a")
    assert not wayback.held_by(None, url)


def test_a_long_answer_goes_on_with_its_key(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wayback, "ROWS", 2)
    found, resume = [], None
    for _ in range(5):
        captures = ask(server, resume)
        found += [candidate.url for candidate in captures.listing.candidates]
        resume = captures.resume
        if resume is None:
            break
    assert sorted(found) == sorted([FIRST, SECOND, THIRD])


@pytest.mark.parametrize("body", [b"", b"[]"])
def test_nothing_captured_is_no_trouble(body: bytes) -> None:
    captures = wayback.read(body, "https://web.archive.org/", SOURCE)
    assert (captures.listing.candidates, captures.listing.trouble, captures.resume) == ((), None, None)


@pytest.mark.parametrize(
    "body",
    [b"<html>Too many requests</html>", b'{"error": 1}', b"[1, 2]", b'[["a", "b"], ["1", "2"]]', b"[" * 100_000],
)
def test_what_is_no_answer_is_told(body: bytes) -> None:
    captures = wayback.read(body, "https://web.archive.org/", SOURCE)
    assert captures.listing.candidates == ()
    assert "no CDX answer" in (captures.listing.trouble or "")


def test_rows_that_are_broken_are_left_out() -> None:
    rows = (
        b'[["timestamp","original"],["x","https://www.example.org/a-b-c-d"],["20260301000000"],["20260301000000",":"]]'
    )
    assert wayback.read(rows.replace(b'["20260301000000"],', b""), "https://x.org/", SOURCE).listing.candidates == ()
