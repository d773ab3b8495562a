"""Common Crawl's file lists, index and byte ranges, against a loopback server that speaks them."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.discover import commoncrawl
from tests.discover.archives import get, page, serving
from tests.discover.source import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

SINCE, UNTIL = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as url:
        yield url


def test_the_news_files_of_a_day_are_found(server: str) -> None:
    ((listed, _),) = commoncrawl.news_lists(SINCE, UNTIL, server=server)
    files = commoncrawl.news_files(get(listed)[0], SINCE, UNTIL, server=server)
    # The last file of the day before runs into the day; the first of the day after does not.
    assert [file.begun.strftime("%d %H") for file in files] == [
        "01 22",
        "02 02",
        "02 06",
        "02 10",
        "02 14",
        "02 18",
        "02 22",
    ]
    assert files[0].url.startswith(f"{server}/crawl-data/CC-NEWS/2026/03/CC-NEWS-20260301220000-")


def test_a_range_over_the_turn_of_the_year_needs_two_lists() -> None:
    lists = commoncrawl.news_lists(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))
    assert [url[-24:] for url, _ in lists] == ["NEWS/2025/12/warc.paths.gz"[-24:], "NEWS/2026/01/warc.paths.gz"[-24:]]


def test_other_lines_of_a_list_are_left_out() -> None:
    lines = b"crawl-data/CC-NEWS/2026/03/../../etc/passwd\nhttps://elsewhere.example.com/x.warc.gz\ncrawl-data/CC-NEWS/2026/03/CC-NEWS-20269999000000-00001.warc.gz\n"
    assert commoncrawl.news_files(gzip.compress(lines), SINCE, UNTIL) == ()


def test_one_record_is_fetched_by_its_range(server: str) -> None:
    url = commoncrawl.index_query("CC-MAIN-2026-10", "www.example.org", SINCE, UNTIL, server=server)
    (record,) = commoncrawl.read_index(get(url)[0], SOURCE, server=server)
    assert record.captured == datetime(2026, 3, 2, 8, tzinfo=UTC)
    body, _ = get(record.file, {"Range": record.range})
    (stored,) = list(ArchiveIterator(io.BytesIO(body)))
    assert stored.rec_headers.get_header("WARC-Target-URI") == record.url


def test_the_body_of_that_record_is_the_page(server: str) -> None:
    url = commoncrawl.index_query("CC-MAIN-2026-10", "www.example.org", SINCE, UNTIL, server=server)
    (record,) = commoncrawl.read_index(get(url)[0], SOURCE, server=server)
    for stored in ArchiveIterator(io.BytesIO(get(record.file, {"Range": record.range})[0])):
        assert stored.content_stream().read() == page("After")


@pytest.mark.parametrize(
    "line",
    [
        b"<html>",
        b"null",
        b'{"url": "https://www.example.org/"}',
        b'{"url":"https://elsewhere.example.com/","filename":"crawl-data/a.warc.gz","offset":"1","length":"2","timestamp":"20260301000000"}',
        b'{"url":"https://www.example.org/a","filename":"/etc/passwd","offset":"1","length":"2","timestamp":"20260301000000"}',
        b'{"url":"https://www.example.org/a","filename":"crawl-data/a.warc.gz","offset":"-1","length":"2","timestamp":"20260301000000"}',
    ],
)
def test_rows_that_are_broken_or_of_other_sites_are_left_out(line: bytes) -> None:
    assert commoncrawl.read_index(line, SOURCE) == ()
