"""Common Crawl: the WARC files of its news crawl for a range of days, and single records of its monthly crawls.

CC-NEWS has no index: its files are listed by month (`crawl-data/CC-NEWS/YYYY/MM/warc.paths.gz`), each named after the
time it was begun, and are imported whole. The monthly crawls have a CDXJ index server; their records are fetched by
byte range.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from crawlers.discover import markup
from crawlers.discover.listing import own
from pipelines import urls

if TYPE_CHECKING:
    from pipelines.records import Source

__all__ = ["Record", "WarcFile", "index_query", "news_files", "news_lists", "read_index"]

DATA = "https://data.commoncrawl.org"
INDEX = "https://index.commoncrawl.org"
# A month of news has about 500 files of 1 GiB; their list stays under 100 KB.
_MAX_LIST = 10_485_760
_NEWS_FILE = re.compile(r"crawl-data/CC-NEWS/\d{4}/\d{2}/CC-NEWS-(\d{14})-\d{5}\.warc\.gz")
_ANY_FILE = re.compile(r"crawl-data/[A-Za-z0-9./_-]+\.warc\.gz")
# Longest time that a news file was seen to be written to.
_LONGEST_FILE = timedelta(hours=6)


class WarcFile(NamedTuple):
    """A WARC file of the news crawl."""

    url: str
    """Where it is fetched."""
    begun: datetime
    """Time of its first record."""


class Record(NamedTuple):
    """One capture of a monthly crawl."""

    url: str
    """URL as captured."""
    file: str
    """URL of its WARC file."""
    range: str
    """Value of the `Range` header that fetches the record alone."""
    captured: datetime
    """Time of the capture."""


def news_lists(since: datetime, until: datetime, *, server: str = DATA) -> tuple[tuple[str, datetime], ...]:
    """Give the URLs of the file lists, one a month, that cover `since` (inclusive) to `until` (exclusive).

    With each goes the end of its month: until then there may be no such list.
    """
    # The first file of a month may hold the last hours of the month before and the other way round.
    day, last = since.astimezone(UTC) - _LONGEST_FILE, until.astimezone(UTC)
    months: list[tuple[str, datetime]] = []
    while day < last:
        following = (day.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)).replace(day=1)
        months.append((f"{server}/crawl-data/CC-NEWS/{day:%Y/%m}/warc.paths.gz", following))
        day = following
    return tuple(months)


def news_files(body: bytes, since: datetime, until: datetime, *, server: str = DATA) -> tuple[WarcFile, ...]:
    """Read a file list; keep the files that may hold captures of the range, in order of time."""
    text, _ = markup.inflate(body, _MAX_LIST)
    begun: list[WarcFile] = []
    for line in text.decode("ascii", "replace").splitlines():
        if found := _NEWS_FILE.fullmatch(line.strip()):
            try:
                time = datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            except ValueError:
                continue
            begun.append(WarcFile(f"{server}/{found[0]}", time))
    begun.sort(key=lambda file: file.begun)
    # A file ends where the next one begins.
    ends = [following.begun for _, following in pairwise(begun)] + [file.begun + _LONGEST_FILE for file in begun[-1:]]
    return tuple(file for file, end in zip(begun, ends, strict=True) if file.begun < until and end > since)


def index_query(crawl: str, host: str, since: datetime, until: datetime, *, page: int = 0, server: str = INDEX) -> str:
    """Give the URL that lists HTML captures answered 200 of `host` in the monthly crawl `crawl` (`CC-MAIN-2026-10`)."""
    last = datetime.fromtimestamp(until.timestamp() - 1, UTC)
    parameters = [
        ("url", f"*.{host.removeprefix('www.')}"),
        ("output", "json"),
        ("from", since.astimezone(UTC).strftime("%Y%m%d%H%M%S")),
        ("to", last.strftime("%Y%m%d%H%M%S")),
        ("filter", "=status:200"),
        ("filter", "=mime-detected:text/html"),
        ("page", str(page)),
    ]
    return f"{server}/{crawl}-index?{urlencode(parameters)}"


def read_index(body: bytes, source: Source, *, server: str = DATA) -> tuple[Record, ...]:
    """Read the index server's lines of JSON; rows that are broken or belong to other sites are left out."""
    found = (_record(line, source, server) for line in body[:_MAX_LIST].decode("utf-8", "replace").split("\n"))
    return tuple(record for record in found if record is not None)


def _record(line: str, source: Source, server: str) -> Record | None:
    try:
        row = json.loads(line)
        offset, length = int(row["offset"]), int(row["length"])
        captured = datetime.strptime(row["timestamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        url, file = row["url"], row["filename"]
        fits = _ANY_FILE.fullmatch(file) and own(source, urls.host(url))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not fits or offset < 0 or length <= 0:
        return None
    return Record(url, f"{server}/{file}", f"bytes={offset}-{offset + length - 1}", captured)
