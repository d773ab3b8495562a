"""A bucket that an earlier version of the contract wrote gets the new columns when a newer one writes."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake

from pipelines import layout
from pipelines.records import Fate
from pipelines.store import journal, tables
from pipelines.store.known import ALL_TIME, Tables
from pipelines.store.schema import arrow_schema, arrow_table
from pipelines.store.tables import Rows
from tests.store.test_journal import article, fate

if TYPE_CHECKING:
    from pipelines.bucket import Bucket
    from pipelines.records import Record

LACKING = {"articles": "reservations", "fates": "title", "pages": "capture"}
"""What came with versions 1.1 and 1.2."""


def earlier(name: str, rows: list[Record]) -> pa.Table:
    """Rows as the version before the column had them."""
    return arrow_table(tables.TABLES[name].record, rows).drop_columns([LACKING[name]])


@pytest.fixture
def old(bucket: Bucket) -> Bucket:
    """A bucket of an earlier version with one article and one fate."""
    for name, table in tables.TABLES.items():
        schema = arrow_schema(table.record)
        kept = pa.schema([field for field in schema if field.name != LACKING.get(name)])
        uri, options = bucket.uri(layout.table(name)), bucket.delta_options
        DeltaTable.create(
            uri, kept, storage_options=options, configuration={"delta.enableChangeDataFeed": "true"}, name=name
        )
    for name, row in (("articles", article("old")), ("fates", fate("http://a.test/old"))):
        uri = bucket.uri(layout.table(name))
        write_deltalake(uri, earlier(name, [row]), mode="append", storage_options=bucket.delta_options)
    return bucket


def test_a_table_without_the_new_columns_gets_them_and_keeps_its_rows(old: Bucket) -> None:
    told = fate("http://a.test/new").model_copy(update={"title": "A headline"})
    change = Rows(insert=(article("new"),), update=(article("old", "An edited title"),))
    number = journal.catch_up(old) + 1
    assert journal.propose(old, number, ["w"], {"articles": change, "fates": Rows(insert=(told,))})
    titles = dict(tables.scan(old, "fates").select("url", "title").collect().iter_rows())
    assert titles == {"http://a.test/old": None, "http://a.test/new": "A headline"}
    found = Tables(old, ALL_TIME).articles(["old", "new"])
    assert {name: one.title for name, one in found.items()} == {"old": "An edited title", "new": "A title"}
    for name, column in LACKING.items():
        assert column in tables.scan(old, name).collect_schema().names()


def test_a_row_from_before_a_field_was_there_has_its_default(old: Bucket) -> None:
    journal.catch_up(old)
    found = Tables(old, ALL_TIME).articles(["old"])
    assert found["old"].reservations == ()


def test_a_second_catch_up_commits_nothing(old: Bucket) -> None:
    def versions() -> dict[str, int]:
        options = old.delta_options
        return {
            name: DeltaTable(old.uri(layout.table(name)), storage_options=options).version() for name in tables.TABLES
        }

    journal.catch_up(old)
    before = versions()
    journal.catch_up(old)
    assert versions() == before
    assert {before[name] for name in LACKING} == {1, 2}


def test_an_entry_that_an_earlier_version_left_unfinished_is_finished(old: Bucket) -> None:
    out = io.BytesIO()
    pq.write_table(earlier("articles", [article("late")]), out)
    old.create("journal/000000000001/articles-x.parquet", out.getvalue())
    parts: dict[str, dict[str, str]] = {name: {} for name in tables.TABLES} | {
        "articles": {"insert": "journal/000000000001/articles-x.parquet"}
    }
    old.create(layout.journal(1), json.dumps({"number": 1, "warcs": ["w"], "tables": parts}).encode())
    assert journal.catch_up(old) == 1
    assert set(Tables(old, ALL_TIME).articles(["old", "late"])) == {"old", "late"}


def test_a_later_versions_column_is_left_out() -> None:
    row = fate("http://a.test/x").model_dump() | {"added_in_1_9": 1}
    assert tables.row_of(Fate, row) == fate("http://a.test/x")
