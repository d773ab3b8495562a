from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.records import Article, Fate, Outcome
from pipelines.store import journal, tables
from pipelines.store.tables import Rows
from tests.processes import at_once

if TYPE_CHECKING:
    from pipelines.bucket import Bucket
    from pipelines.settings import Settings

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def article(name: str, title: str = "A title") -> Article:
    url = f"http://a.test/{name}"
    return Article(
        id=name,
        url=url,
        canonical_url=url,
        source="a",
        title=title,
        body="b",
        markdown="b",
        word_count=1,
        extractor="1",
    )


def fate(url: str) -> Fate:
    return Fate(run="r", url=url, source="a", outcome=Outcome.STORED, reason="new", at=NOON, warc="w")


def titles(bucket: Bucket) -> dict[str, str]:
    rows = tables.scan(bucket, "articles").select("id", "title").collect()
    return dict(sorted(rows.iter_rows()))


def test_an_entry_inserts_updates_and_deletes_in_every_table(bucket: Bucket) -> None:
    assert journal.catch_up(bucket) == 0
    assert journal.propose(bucket, 1, ["w1"], {"articles": Rows(insert=(article("a"), article("b")))})
    change = Rows(insert=(article("c"),), update=(article("a", "New"),), delete=("b",))
    assert journal.propose(bucket, 2, ["w2"], {"articles": change, "fates": Rows(insert=(fate("u"),))})
    assert titles(bucket) == {"a": "New", "c": "A title"}
    assert tables.scan(bucket, "fates").collect().height == 1
    assert {name: tables.version(bucket, name) for name in tables.TABLES} == dict.fromkeys(tables.TABLES, 2)


def test_an_entry_that_was_cut_short_is_finished_by_the_next_caller(bucket: Bucket) -> None:
    journal.catch_up(bucket)
    journal.propose(bucket, 1, ["w1"], {"articles": Rows(insert=(article("a"),))})
    other = article("b")
    # A writer that dies after its entry and one of its tables: what a SIGKILL leaves.
    half = journal.entry(bucket, 2, ["w2"], {"articles": Rows(insert=(other,)), "fates": Rows(insert=(fate("u"),))})
    bucket.create(layout.journal(2), half.model_dump_json().encode())
    tables.apply(bucket, "articles", journal.change(bucket, half, "articles"), 2)
    assert journal.head(bucket) == 1
    assert journal.catch_up(bucket) == 2
    assert journal.catch_up(bucket) == 2
    assert titles(bucket) == {"a": "A title", "b": "A title"}
    assert tables.scan(bucket, "articles").collect().height == 2
    assert tables.scan(bucket, "fates").collect().height == 1


def test_a_table_takes_an_entry_once(bucket: Bucket) -> None:
    journal.catch_up(bucket)
    made = journal.entry(bucket, 1, ["w1"], {"articles": Rows(insert=(article("a"),))})
    change = journal.change(bucket, made, "articles")
    assert [tables.apply(bucket, "articles", change, number) for number in (1, 1, 0)] == [True, False, False]
    assert tables.scan(bucket, "articles").collect().height == 1
    assert tables.version(bucket, "articles") == 1
    assert tables.apply(bucket, "articles", change._replace(insert=change.update), 2)
    assert tables.version(bucket, "articles") == 2


def test_a_number_is_given_once(bucket: Bucket) -> None:
    journal.catch_up(bucket)
    assert journal.propose(bucket, 1, ["w1"], {"articles": Rows(insert=(article("a"),))})
    assert not journal.propose(bucket, 1, ["w2"], {"articles": Rows(insert=(article("b"),))})
    assert titles(bucket) == {"a": "A title"}


WRITER = """
import sys
from tests.store.test_journal import article
from pipelines.bucket import open_bucket
from pipelines.settings import load
from pipelines.store import journal
from pipelines.store.tables import Rows
bucket = open_bucket(load())
for n in range(3):
    while not journal.propose(bucket, journal.catch_up(bucket) + 1, [], {
        "articles": Rows(insert=(article(f"{sys.argv[1]}-{n}"),), update=(article("shared", sys.argv[1]),))
    }):
        pass
"""


@pytest.mark.parametrize("settings", ["directory", "s3"], indirect=True)
def test_processes_that_write_at_once_lose_nothing_and_double_nothing(settings: Settings) -> None:
    bucket = open_bucket(settings)
    journal.catch_up(bucket)
    journal.propose(bucket, 1, [], {"articles": Rows(insert=(article("shared"),))})
    writers = at_once(WRITER, settings, "abc")
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    assert sorted(titles(bucket)) == sorted([f"{name}-{n}" for name in "abc" for n in range(3)] + ["shared"])
    assert tables.scan(bucket, "articles").collect().height == 10
    assert journal.head(bucket) == 10
