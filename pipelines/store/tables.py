"""The Delta tables: what each holds, how to read one, how to bring one commit's changes into one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import polars as pl
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Schema, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from pipelines import layout
from pipelines.errors import RetryLater
from pipelines.records import Article, Duplicate, Fate, File, Page, Record, Sketch, Story, Teaser, Version
from pipelines.store.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipelines.bucket import Bucket

__all__ = [
    "TABLES",
    "Change",
    "Key",
    "Rows",
    "Table",
    "apply",
    "create",
    "insist",
    "row_of",
    "scan",
    "split",
    "version",
]

AnyRecord = TypeVar("AnyRecord", bound=Record)
_Result = TypeVar("_Result")

Key = str | tuple[str | int | None, ...]
"""What names a row: the value of a single key column, or those of all of them."""

# Names the sequence of journal entries in Delta's application transactions: version N holds all entries up to N.
APPLICATION = "copydesk"
# A commit that loses a race is tried again from a fresh table; five writers at once need three tries.
_ATTEMPTS = 8


@dataclass(frozen=True)
class Table:
    """One table of the contract."""

    name: str
    """Folder under `tables/`."""
    record: type[Record]
    """Class of its rows."""
    key: tuple[str, ...]
    """Columns that name a row."""


TABLES = {
    table.name: table
    for table in (
        Table("pages", Page, ("warc", "offset")),
        Table("articles", Article, ("id",)),
        Table("versions", Version, ("article", "number")),
        Table("teasers", Teaser, ("article", "url", "title")),
        Table("duplicates", Duplicate, ("article",)),
        Table("sketches", Sketch, ("article",)),
        Table("stories", Story, ("id",)),
        Table("fates", Fate, ("run", "url")),
        Table("files", File, ("warc",)),
    )
}
"""All tables, in the order of their commits: files come last, so that what is named there is covered entirely."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a batch does to one table."""

    insert: Sequence[Record] = ()
    """New rows."""
    update: Sequence[Record] = ()
    """Rows that replace those of the same key."""
    delete: Sequence[Key] = ()
    """Keys of the rows that go."""


class Change(NamedTuple):
    """`Rows` laid out for Arrow."""

    insert: pa.Table
    """New rows."""
    update: pa.Table
    """Rows that replace those of the same key."""
    delete: Sequence[Key]
    """Keys of the rows that go."""


def open_table(bucket: Bucket, name: str) -> DeltaTable | None:
    """Open a table; None where it does not exist yet.

    Raises `RetryLater` where the bucket does not answer or the table cannot be read, `Misconfigured` where there is no
    bucket or this user may not look into it.
    """
    uri = bucket.uri(layout.table(name))
    try:
        return _opened(bucket, uri)
    except (OSError, DeltaError) as error:
        # A table that may not be looked into is "not found" to delta-rs: a listing tells the truth, or raises it.
        there = next(iter(bucket.list(f"{layout.table(name)}/_delta_log/")), None) is not None
        if isinstance(error, TableNotFoundError):
            return _opened(bucket, uri) if there else None  # another writer made it meanwhile
        raise RetryLater(f"{uri} cannot be read: {_cause(error)}") from error


def _opened(bucket: Bucket, uri: str) -> DeltaTable:
    return DeltaTable(uri, storage_options=bucket.delta_options)


def _cause(error: Exception) -> str:
    """Give on one line what is told as a tree of causes with colours, with a trace of the library's own calls below."""
    told = re.sub(r"\x1b\[\d+m", "", str(error)).replace("↳", " ")
    return " ".join(re.split(r"\n\s*\d+: ", told)[0].split())[:300]


def create(bucket: Bucket) -> None:
    """Create the tables that do not exist yet, and give those of an earlier version of the contract its new columns."""
    found = {name: open_table(bucket, name) for name in TABLES}
    # A table that came with a later version begins with the entry that all others hold.
    begun = min(
        (delta.transaction_version(APPLICATION) or 0 for delta in found.values() if delta is not None), default=0
    )
    for table in TABLES.values():
        delta = found[table.name]
        if delta is not None:
            _widen(bucket, table, delta)
        else:
            DeltaTable.create(
                bucket.uri(layout.table(table.name)),
                arrow_schema(table.record),
                mode="ignore",
                name=table.name,
                description=(table.record.__doc__ or "").strip(),
                storage_options=bucket.delta_options,
                commit_properties=CommitProperties(app_transactions=[Transaction(APPLICATION, begun)])
                if begun
                else None,
                configuration={
                    # Commits stay flat at about 50 ms (measured over 60 on S3); at the default they reach 150 ms.
                    "delta.checkpointInterval": "10",
                    "delta.enableChangeDataFeed": "true",
                },
            )


def _widen(bucket: Bucket, table: Table, delta: DeltaTable) -> None:
    """Add the columns that a table lacks; rows that are there hold null in them."""
    held = {field.name for field in delta.schema().fields}
    lacking = [field.with_nullable(True) for field in arrow_schema(table.record) if field.name not in held]
    if not lacking:
        return
    try:
        delta.alter.add_columns(list(Schema.from_arrow(pa.schema(lacking)).fields))
    except DeltaError as error:
        newest = open_table(bucket, table.name)
        present = {field.name for field in newest.schema().fields} if newest else set()
        if not present.issuperset(field.name for field in lacking):
            names = ", ".join(field.name for field in lacking)
            raise RetryLater(f"table {table.name}: columns {names} could not be added: {error}") from error


def row_of(record: type[AnyRecord], row: Mapping[str, Any]) -> AnyRecord:
    """Make a record of a row that may be from before a field was added (it gets its default) or after one (left out)."""
    fields = record.model_fields
    told = {name: value for name, value in row.items() if name in fields}
    return record.model_validate(
        {name: value for name, value in told.items() if value is not None or fields[name].is_required()}
    )


def scan(bucket: Bucket, name: str) -> pl.LazyFrame:
    """Read a table lazily; one that does not exist yet is empty."""
    table = open_table(bucket, name)
    if table is None:
        empty = pl.from_arrow(arrow_schema(TABLES[name].record).empty_table())
        return empty.lazy() if isinstance(empty, pl.DataFrame) else pl.LazyFrame()
    return pl.scan_delta(table, storage_options=bucket.delta_options)


def split(bucket: Bucket, name: str, rows: Sequence[Record], delete: Sequence[Key] = ()) -> Rows:
    """Tell new rows from rows whose key the table holds; of two rows with one key the last counts.

    A batch that only inserts is an append, whose cost does not grow with the table.
    """
    table = TABLES[name]
    latest = {tuple(getattr(row, column) for column in table.key): row for row in rows}
    first = sorted({key[0] for key in latest})
    held = scan(bucket, name).filter(pl.col(table.key[0]).is_in(first)).select(table.key).collect()
    there = set(held.iter_rows())
    return Rows(
        insert=[row for key, row in latest.items() if key not in there],
        update=[row for key, row in latest.items() if key in there],
        delete=delete,
    )


def version(bucket: Bucket, name: str) -> int:
    """Give the number of the last journal entry that a table holds; 0 before the first."""
    table = open_table(bucket, name)
    return 0 if table is None else table.transaction_version(APPLICATION) or 0


def apply(bucket: Bucket, name: str, change: Change, entry: int) -> bool:
    """Bring journal entry `entry` into a table in one commit; tell whether it was not there before.

    The entry's number is written as an application transaction in the same commit, so that a repeated or a concurrent
    call finds it done. Raises `RetryLater` where other writers win too often.
    """
    return insist(f"table {name}: entry {entry}", partial(_apply_once, bucket, TABLES[name], change, entry))


def insist(what: str, commit: Callable[[], _Result]) -> _Result:
    """Do what ends in a commit, which other writers may be faster with, from a fresh table each time.

    Raises `RetryLater` that says `what` lost where they win too often.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(CommitFailedError),
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.05, max=2),
        reraise=True,
    )
    try:
        return retrying(commit)
    except CommitFailedError as error:
        raise RetryLater(f"{what} lost {_ATTEMPTS} races: {error}") from error


def _apply_once(bucket: Bucket, table: Table, change: Change, entry: int) -> bool:
    delta = open_table(bucket, table.name)
    if delta is None:
        raise TableNotFoundError(table.name)
    if (delta.transaction_version(APPLICATION) or 0) >= entry:
        return False
    properties = CommitProperties(
        app_transactions=[Transaction(APPLICATION, entry)], custom_metadata={"copydesk.entry": str(entry)}
    )
    if change.update.num_rows or change.delete:
        _merge(delta, table, change, properties)
    elif change.insert.num_rows:
        write_deltalake(delta, change.insert, mode="append", commit_properties=properties)
    else:
        # Nothing for this table: it still remembers the entry, so that all tables stand at one number.
        delta.create_write_transaction([], "append", delta.schema(), commit_properties=properties)
    return True


def _merge(delta: DeltaTable, table: Table, change: Change, properties: CommitProperties) -> None:
    """Upsert and delete in one commit; a row to delete travels as its key with all else null."""
    rows = pa.concat_tables([change.insert, change.update])
    rows = rows.cast(pa.schema([field.with_nullable(True) for field in rows.schema]))
    rows = rows.append_column("_delete", pa.array([False] * rows.num_rows))
    if change.delete:
        keys = [key if isinstance(key, tuple) else (key,) for key in change.delete]
        kinds = [rows.schema.field(column).type for column in table.key]
        gone = {
            name: pa.array(list(values), kind)
            for name, values, kind in zip(table.key, zip(*keys, strict=True), kinds, strict=True)
        }
        marked = pa.table({**gone, "_delete": pa.array([True] * len(keys))})
        rows = pa.concat_tables([rows, marked], promote_options="default")
    columns = {column: f"s.{column}" for column in change.insert.schema.names}
    (
        delta.merge(
            rows,
            " AND ".join(f"t.{column} = s.{column}" for column in table.key),
            source_alias="s",
            target_alias="t",
            commit_properties=properties,
        )
        .when_matched_delete("s._delete")
        .when_matched_update(columns)
        .when_not_matched_insert(columns, predicate="NOT s._delete")
        .execute()
    )
