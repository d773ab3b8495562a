"""The journal: batches in one total order, each fixed before its commits begin.

An entry is a JSON object under `journal/<number>.json`, written create-once: of two writers that want a number one
wins, the other sees its rival's entry, helps to finish it, and resolves its own batch against the tables as they are
then. The rows of an entry lie beside it as Parquet files, named by their content. Tables take entries in order and
remember the last (`tables.apply`). So a batch is either not begun, or will be completed by whoever comes next:
nothing is lost, nothing comes twice, and every batch was resolved against all that came before it.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from pipelines import layout
from pipelines.store import coverage, tables
from pipelines.store.schema import arrow_schema, arrow_table
from pipelines.store.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.bucket import Bucket
    from pipelines.records import Record

__all__ = ["RIVALS", "Entry", "Part", "catch_up", "change", "entry", "head", "propose", "read"]


# Entries that other writers may slip in before ours; each is one batch, so ten at once would be ten schedulers.
RIVALS = 10


class Part(BaseModel):
    """What an entry does to one table: keys of Parquet files, and keys of rows to delete."""

    insert: str | None = None
    update: str | None = None
    delete: tuple[tables.Key, ...] = ()


class Entry(BaseModel):
    """One batch, fixed: the WARC files it covers, which are the rows of the table of files, and what it does to each other."""

    number: int
    warcs: tuple[str, ...]
    tables: dict[str, Part]
    again: tuple[str, ...] = ()
    """WARC files that were covered before and whose pages were read again: what such an entry brings is no news."""


def head(bucket: Bucket) -> int:
    """Give the number of the last entry that all tables hold; 0 before the first."""
    return min(tables.version(bucket, name) for name in tables.TABLES)


def catch_up(bucket: Bucket) -> int:
    """Finish every entry of the journal that some table does not hold yet; give the number of the last."""
    tables.create(bucket)
    number = head(bucket)
    while (unfinished := read(bucket, number + 1)) is not None:
        _commit(bucket, unfinished)
        number = unfinished.number
    return number


def propose(
    bucket: Bucket, number: int, warcs: Sequence[str], rows: Mapping[str, Rows], *, again: Sequence[str] = ()
) -> bool:
    """Write entry `number` and commit it; False where another writer has taken the number.

    `rows` must have been resolved against the tables after `catch_up` gave `number - 1`. `again` names files that are
    covered already, where the rows come of reading those once more.
    """
    proposed = entry(bucket, number, warcs, rows).model_copy(update={"again": tuple(again)})
    if not bucket.create(layout.journal(number), proposed.model_dump_json(indent=1).encode()):
        return False
    _commit(bucket, proposed)
    return True


def entry(bucket: Bucket, number: int, warcs: Sequence[str], rows: Mapping[str, Rows]) -> Entry:
    """Write the rows of entry `number` and give the entry that names them; it counts once its object stands."""
    parts = {name: _store(bucket, number, name, rows.get(name, Rows())) for name in tables.TABLES if name != "files"}
    return Entry(number=number, warcs=tuple(warcs), tables=parts)


def read(bucket: Bucket, number: int) -> Entry | None:
    """Give entry `number`; None where it does not stand."""
    try:
        return Entry.model_validate_json(bucket.get(layout.journal(number)))
    except KeyError:
        return None


def change(bucket: Bucket, entry: Entry, name: str) -> tables.Change:
    """Load what an entry does to the table `name`."""
    if name == "files":
        return tables.Change(insert=coverage.rows(entry.warcs), update=coverage.rows(()), delete=())
    part = entry.tables[name]
    return tables.Change(_load(bucket, name, part.insert), _load(bucket, name, part.update), part.delete)


def _store(bucket: Bucket, number: int, name: str, rows: Rows) -> Part:
    return Part(
        insert=_parquet(bucket, number, name, rows.insert),
        update=_parquet(bucket, number, name, rows.update),
        delete=tuple(rows.delete),
    )


def _parquet(bucket: Bucket, number: int, name: str, rows: Sequence[Record]) -> str | None:
    if not rows:
        return None
    buffer = io.BytesIO()
    pq.write_table(arrow_table(tables.TABLES[name].record, rows), buffer, compression="zstd")
    body = buffer.getvalue()
    key = layout.journal_rows(number, name, hashlib.sha256(body).hexdigest()[:16])
    bucket.create(key, body)
    return key


def _load(bucket: Bucket, name: str, key: str | None) -> pa.Table:
    schema = arrow_schema(tables.TABLES[name].record)
    if key is None:
        return schema.empty_table()
    rows = pq.ParquetFile(io.BytesIO(bucket.get(key))).read()
    # An entry that an earlier version of the contract left unfinished lacks the columns that came since.
    held = set(rows.schema.names)
    for field in schema:
        if field.name not in held:
            rows = rows.append_column(field.with_nullable(True), pa.nulls(rows.num_rows, field.type))
    wanted = [field if field.name in held else field.with_nullable(True) for field in schema]
    return rows.select(schema.names).cast(pa.schema(wanted))


def _commit(bucket: Bucket, entry: Entry) -> None:
    for name in tables.TABLES:
        tables.apply(bucket, name, change(bucket, entry, name), entry.number)
