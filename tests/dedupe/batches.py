"""Batches as the line commits them: rows of extracted pages, resolved against the tables, written through the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines import limits, urls
from pipelines.extracted import Extracted
from pipelines.records import Article, Channel, Decision, Extraction, Kind, Page, Role, Visit
from pipelines.resolve import resolve
from pipelines.store import journal
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

START = datetime(2026, 3, 2, tzinfo=UTC)
LIMITS = limits.load(ROOT / "config" / "limits.yaml")


def met(
    url: str, title: str, body: str, *, hour: float, seen: float | None = None, asked: str | None = None, **more: object
) -> Extracted:
    """A page published `hour` hours after the start and fetched `seen` hours after it, requested as `asked`."""
    at = START + timedelta(hours=hour + 1 if seen is None else seen)
    source = urls.host(url).removesuffix(".example").removeprefix("www.")
    warc = f"raw/warc/source={source}/date={at:%Y-%m-%d}/run{at:%H%M}-1.warc.gz"
    offset = int(urls.article_id(url)[:6].encode().hex(), 16) % 10**6
    values = {
        "id": urls.article_id(url),
        "url": url,
        "canonical_url": url,
        "source": source,
        "title": title,
        "body": body,
        "markdown": body,
        "word_count": len(body.split()),
        "language": "en",
        "extractor": "test",
        "published": START + timedelta(hours=hour),
        "fetched": at,
        "page": f"{warc}#{offset}",
    }
    article = Article.model_validate(values | more)
    page = Page(
        url=asked or url,
        final_url=url,
        source=source,
        fetched=at,
        status=200,
        content_type="text/html",
        digest="sha1:none",
        warc=warc,
        offset=offset,
        length=1,
        channel=Channel.FEED,
        seen_in=f"https://{source}.example/feed",
    )
    decision = Decision(article=True, kind=Kind.ARTICLE, score=1.0, reason="a test")
    return Extracted(
        warc=warc,
        source=source,
        at=at,
        visit=Visit(url=asked or url, final_url=url, role=Role.ARTICLE),
        page=page,
        extraction=Extraction(decision=decision, article=article),
        trouble=None,
    )


def commit(bucket: Bucket, *rows: Extracted) -> int:
    """Resolve and commit one batch as `stages.commit` does; gives how many times a rival was first."""
    lost = 0
    while True:
        last = journal.catch_up(bucket)
        brought = resolve(bucket, rows, LIMITS)
        if journal.propose(bucket, last + 1, [row.warc for row in rows], brought):
            return lost
        lost += 1
