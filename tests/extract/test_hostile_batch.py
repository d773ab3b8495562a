"""A batch with hostile pages in it: each ends with a reason, the others end as articles."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.read import read_warc
from tests.extract.hostile_pages import over_a_bound
from tests.newsroom.site import content
from tests.newsroom.truth import truths

if TYPE_CHECKING:
    from pipelines.settings import Settings


def archived(url: str, page: bytes) -> bytes:
    """Write a page as one record of a WARC file, as any crawler's archive holds it."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    fields = (
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-11-20T10:00:00Z",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http)}",
    )
    return gzip.compress("\r\n".join(fields).encode() + b"\r\n\r\n" + http + b"\r\n\r\n")


def test_hostile_pages_are_set_aside_with_a_reason_and_their_batch_goes_on(directory_settings: Settings) -> None:
    stories = [url for url, truth in truths().items() if truth.source == "redcobre" and truth.body][:3]
    good = {url: content(url, 1).body for url in stories}
    first, *rest = good.items()
    hostile = {
        f"http://hostile.test/{number}": page
        for number, (page, _) in enumerate(over_a_bound().values())
        if len(page) < 20_000_000
    }
    bucket = open_bucket(directory_settings)
    key = layout.warc("mixed", datetime.now(UTC).date(), "20260101T000000-test", 0)
    bucket.create(key, b"".join(archived(url, page) for url, page in (first, *hostile.items(), *rest)))
    rows = {row.url: row for row in read_warc(bucket, key, None, directory_settings.limits)}
    assert set(rows) == {*hostile, *good}
    for url in good:
        extraction = rows[url].extraction
        assert extraction is not None
        assert extraction.article is not None
    for url in hostile:
        assert rows[url].extraction is None
        assert rows[url].trouble
