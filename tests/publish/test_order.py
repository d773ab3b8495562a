"""Which articles are published, in which order, with which times."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

from pipelines.bucket import open_bucket
from pipelines.publish import feeds
from pipelines.publish.newest import newest
from pipelines.records import Article, Copy, Duplicate, Topic
from pipelines.settings import Settings
from pipelines.store import journal
from pipelines.store.tables import Rows
from tests.conftest import ROOT
from tests.store.test_journal import article

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.bucket import Bucket

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def hour(number: float) -> datetime:
    return NOON + timedelta(hours=number)


def told(name: str, **more: object) -> Article:
    return article(name, name).model_copy(update=more)


ARTICLES = (
    told("older", published=hour(1), fetched=hour(9)),
    told("newest", published=hour(5), fetched=hour(6), modified=hour(4)),
    told("edited", published=hour(2), fetched=hour(9), modified=hour(8)),
    told("undated", fetched=hour(4), topics=(Topic(id="chips", score=1),)),
    told("copy", published=hour(7)),
    told("b same time", published=hour(1)),
    told("never", published=None, fetched=None),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(bucket=str(tmp_path / "bucket"), config=ROOT / "config")


@pytest.fixture
def desk(settings: Settings) -> Bucket:
    bucket = open_bucket(settings)
    journal.catch_up(bucket)
    copy = Duplicate(
        article="copy",
        of="older",
        match=Copy.EXACT,
        similarity=1,
        containment=1,
        share=1,
        share_of=1,
        origin_confidence=1,
        reason="a test",
    )
    journal.propose(bucket, 1, [], {"articles": Rows(insert=ARTICLES), "duplicates": Rows(insert=(copy,))})
    return bucket


def test_originals_come_newest_first_and_equal_times_by_their_ids(desk: Bucket) -> None:
    order = ["newest", "undated", "edited", "b same time", "older"]
    assert [entry.title for entry in newest(desk, 9)] == order
    assert [entry.title for entry in newest(desk, 2)] == order[:2]
    assert [entry.title for entry in newest(desk, 9, "chips")] == ["undated"]


def test_an_article_was_updated_when_it_was_modified_but_not_before_it_was_published(desk: Bucket) -> None:
    times = {entry.title: (entry.published, entry.updated) for entry in newest(desk, 9)}
    assert times["edited"] == (hour(2), hour(8))
    assert times["newest"] == (hour(5), hour(5))
    assert times["undated"] == (hour(4), hour(4))
    assert times["older"] == (hour(1), hour(1))


def test_feeds_carry_that_order_and_those_times(desk: Bucket, settings: Settings) -> None:
    feeds.write(desk, settings)
    atom = feedparser.parse(desk.get("feeds/all.atom"))
    items = json.loads(desk.get("feeds/all.json"))["items"]
    order = [entry.title for entry in newest(desk, 9)]
    assert [entry.title for entry in atom.entries] == [item["title"] for item in items] == order
    edited = order.index("edited")
    assert datetime.fromisoformat(atom.entries[edited].published) == hour(2)
    assert datetime.fromisoformat(atom.entries[edited].updated) == hour(8)
    assert datetime.fromisoformat(items[edited]["date_published"]) == hour(2)
    assert datetime.fromisoformat(items[edited]["date_modified"]) == hour(8)
