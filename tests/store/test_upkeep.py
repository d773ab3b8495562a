"""Upkeep changes no row, forgets no batch, and may run beside anything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from deltalake import DeltaTable

from pipelines import extracted, layout, up_to
from pipelines.bucket import open_bucket
from pipelines.records import Fate, Outcome
from pipelines.store import journal, tables
from pipelines.store.tables import Rows
from pipelines.store.upkeep import Tidied, Work, tidy_table, tidy_work
from tests.processes import at_once
from tests.store.test_journal import article, titles

if TYPE_CHECKING:
    from pipelines.bucket import Bucket
    from pipelines.settings import Settings

WEEK, NOW = timedelta(days=7), timedelta(0)
OLD, NEW = date(2026, 1, 2), datetime.now(UTC).date()


def opened(bucket: Bucket, version: int | None = None) -> DeltaTable:
    return DeltaTable(bucket.uri("tables/articles"), version=version, storage_options=bucket.delta_options)


def batches(bucket: Bucket, first: int, last: int) -> None:
    """Commit batches, each of which adds an article, and every fifth changes one that was there."""
    for number in range(first, last + 1):
        assert journal.catch_up(bucket) == number - 1
        update = (article("1", f"said by {number}"),) if number % 5 == 0 else ()
        assert journal.propose(bucket, number, [], {"articles": Rows(insert=(article(str(number)),), update=update)})


def test_rows_and_coverage_stay_and_files_become_few(bucket: Bucket) -> None:
    batches(bucket, 1, 12)
    before, files = titles(bucket), len(opened(bucket).file_uris())
    assert files >= 8
    done = tidy_table(bucket, "articles", NOW)
    assert (done.compacted, done.into) == (files, 1)
    # What was superseded and its change data, and the small files themselves.
    assert done.removed > files
    assert titles(bucket) == before
    assert len(data(bucket)) == len(opened(bucket).file_uris()) == 1
    # Exactly once still: the table knows its last entry, also behind a checkpoint.
    assert tables.version(bucket, "articles") == 12
    opened(bucket).create_checkpoint()
    entry = journal.read(bucket, 12)
    assert entry is not None
    assert not tables.apply(bucket, "articles", journal.change(bucket, entry, "articles"), 12)
    batches(bucket, 13, 15)
    assert titles(bucket) == {**before, "1": "said by 15", **dict.fromkeys(("13", "14", "15"), "A title")}


def data(bucket: Bucket) -> list[str]:
    return [key for key in bucket.list("tables/articles/") if "_delta_log" not in key]


def test_what_is_done_is_not_done_again(bucket: Bucket) -> None:
    batches(bucket, 1, 3)
    tidy_table(bucket, "articles", NOW)
    version = opened(bucket).version()
    assert tidy_table(bucket, "articles", NOW) == Tidied(0, 0, 0)
    assert opened(bucket).version() == version
    assert tidy_table(bucket, "pages", NOW) == Tidied(0, 0, 0)


def test_a_dry_run_tells_and_does_nothing(bucket: Bucket) -> None:
    batches(bucket, 1, 6)
    version, keys = opened(bucket).version(), list(bucket.list(""))
    told = tidy_table(bucket, "articles", NOW, dry_run=True)
    assert told.compacted == told.into == len(opened(bucket).file_uris())
    assert told.removed > 0
    assert (opened(bucket).version(), list(bucket.list(""))) == (version, keys)


def test_time_travel_reaches_as_far_as_the_retention(bucket: Bucket) -> None:
    batches(bucket, 1, 5)
    # The table's making is its version 0; entry 3 is its version 3.
    assert tidy_table(bucket, "articles", WEEK).removed == 0
    assert sorted(opened(bucket, version=3).to_pyarrow_table()["id"].to_pylist()) == ["1", "2", "3"]


WRITER = """
import sys
from tests.store.test_journal import article
from pipelines.bucket import open_bucket
from pipelines.settings import load
from pipelines.store import journal
from pipelines.store.tables import Rows
bucket = open_bucket(load())
for n in range(5):
    update = (article("shared", f"{sys.argv[1]}-{n}"),) if n % 3 == 2 else ()
    while not journal.propose(bucket, journal.catch_up(bucket) + 1, [], {
        "articles": Rows(insert=(article(f"{sys.argv[1]}-{n}"),), update=update)
    }):
        pass
"""


@pytest.mark.long
@pytest.mark.parametrize("settings", ["directory", "s3"], indirect=True)
def test_nothing_is_lost_where_batches_come_meanwhile(settings: Settings) -> None:
    bucket = open_bucket(settings)
    journal.catch_up(bucket)
    journal.propose(bucket, 1, [], {"articles": Rows(insert=(article("shared"),))})
    writers = at_once(WRITER, settings, "ab")
    met = 0
    while any(writer.poll() is None for writer in writers):
        met += tidy_table(bucket, "articles", WEEK).compacted > 0
    assert [writer.returncode for writer in writers] == [0, 0]
    assert met > 0
    assert sorted(titles(bucket)) == sorted([f"{name}-{n}" for name in "ab" for n in range(5)] + ["shared"])
    assert tables.scan(bucket, "articles").collect().height == 11
    assert journal.head(bucket) == tables.version(bucket, "articles") == 11


def committed(bucket: Bucket, day: date, name: str) -> str:
    """Commit a batch of one WARC file, with its intermediate."""
    warc = layout.warc("a", day, name, 0)
    extracted.write(bucket, warc, "edition", [])
    at = datetime.combine(day, datetime.min.time(), UTC)
    fate = Fate(run=name, url=name, source="a", outcome=Outcome.STORED, reason="new", at=at, warc=warc)
    number = journal.catch_up(bucket) + 1
    assert journal.propose(bucket, number, [warc], {"fates": Rows(insert=(fate,))})
    return warc


def test_what_a_batch_was_made_of_goes_once_it_is_old_and_in_the_tables(bucket: Bucket) -> None:
    old, new = committed(bucket, OLD, "old"), committed(bucket, NEW, "new")
    waiting = layout.warc("a", OLD, "waiting", 0)
    extracted.write(bucket, waiting, "edition", [])
    # The teasers of a batch are taken from its rows: not before they were handed over.
    assert tidy_work(bucket, WEEK, dry_run=True) == Work(extracted=1, journal=0)
    for mark in (layout.suggested_up_to(), layout.published_up_to()):
        assert tidy_work(bucket, WEEK, dry_run=True) == Work(extracted=1, journal=0)
        up_to.write(bucket, mark, 2)
    assert tidy_work(bucket, WEEK, dry_run=True) == Work(extracted=1, journal=1)
    assert extracted.stands(bucket, old, "edition")
    assert tidy_work(bucket, WEEK) == Work(extracted=1, journal=1)
    assert tidy_work(bucket, WEEK) == Work(0, 0)
    assert not extracted.stands(bucket, old, "edition")
    assert extracted.stands(bucket, new, "edition")
    assert extracted.stands(bucket, waiting, "edition")
    # The entries keep their numbers.
    assert [journal.read(bucket, number) is not None for number in (1, 2, 3)] == [True, True, False]
    assert journal.catch_up(bucket) == 2
    committed(bucket, NEW, "newer")


@pytest.mark.parametrize("key", ["work/extracted/e/source=a/x", "journal/000000000001.json", "work/suggested.json"])
def test_other_keys_are_no_intermediates_and_no_rows(key: str) -> None:
    assert layout.warc_of_extracted(key) is None
    assert layout.entry_of_rows(key) is None
