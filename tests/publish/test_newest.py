"""Which articles the feeds begin with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines.bucket import Directory
from pipelines.publish.newest import newest
from pipelines.records import Article
from pipelines.store import journal
from pipelines.store.tables import Rows

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def article(name: str, published: datetime | None, fetched: datetime, modified: datetime | None = None) -> Article:
    url = f"http://a.test/{name}"
    return Article(
        id=name, url=url, canonical_url=url, source="a", title=name, body="b", markdown="b", word_count=1,
        extractor="1", published=published, fetched=fetched, modified=modified,
    )  # fmt: skip


def test_the_newest_come_first_and_no_date_of_the_future_leads(tmp_path: Path) -> None:
    bucket = Directory(tmp_path)
    journal.catch_up(bucket)
    articles = (
        article("old", NOON - 2 * HOUR, NOON),
        article("ahead", NOON + 36 * HOUR, NOON - HOUR, modified=NOON + 40 * HOUR),
        article("new", NOON - HOUR / 2, NOON, modified=NOON - HOUR / 4),
        article("undated", None, NOON),
    )
    journal.propose(bucket, 1, ["w"], {"articles": Rows(insert=articles)})
    found = newest(bucket, 9)
    assert [entry.id for entry in found] == ["undated", "new", "ahead", "old"]
    told = {entry.id: (entry.published, entry.updated) for entry in found}
    assert told["ahead"] == (NOON - HOUR, NOON - HOUR)
    assert told["new"] == (NOON - HOUR / 2, NOON - HOUR / 4)
    assert told["old"] == (NOON - 2 * HOUR, NOON - 2 * HOUR)
    assert [entry.id for entry in newest(bucket, 1)] == ["undated"]
