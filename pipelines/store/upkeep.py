"""Upkeep: small files of the tables are put together, and what nobody can need any more is removed.

Safe beside writers and readers, and at any point: a compaction is one commit of the table that changes no row, a writer that
meets it tries again, and what is removed is older than the retention. What is done already is not done again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from pipelines import layout, up_to
from pipelines.errors import RetryLater
from pipelines.store import coverage, journal
from pipelines.store.tables import insist, open_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from deltalake import DeltaTable

    from pipelines.bucket import Bucket

__all__ = ["Tidied", "Work", "tidy_table", "tidy_work"]

# Size from which a file is left as it is; readers take such a one in a second.
_LARGE_BYTES = 100 * 2**20


class Tidied(NamedTuple):
    """What was done, or in a dry run would be, with a table."""

    compacted: int
    """Files that were put together."""
    into: int
    """Files that they became; the same as `compacted` in a dry run, which does not know."""
    removed: int
    """Files of superseded rows that were removed."""


class Work(NamedTuple):
    """What was removed, or in a dry run would be, of the line's own objects."""

    extracted: int
    """Intermediates of WARC files that the tables cover."""
    journal: int
    """Rows of the journal's entries that all tables hold."""


def tidy_table(bucket: Bucket, name: str, retention: timedelta, *, dry_run: bool = False) -> Tidied:
    """Compact a table and remove the files of rows that were superseded longer than `retention` ago.

    Raises `RetryLater` where writers win too often.
    """
    table = open_table(bucket, name)
    if table is None:
        return Tidied(0, 0, 0)
    sizes = pl.DataFrame(table.get_add_actions(flatten=True))["size_bytes"]
    compacted = into = int((sizes < _LARGE_BYTES).sum())
    if compacted < 2:
        compacted = into = 0
    elif not dry_run:
        compacted, into = _compact(bucket, name)
    return Tidied(compacted, into, _vacuum(bucket, name, retention, dry_run=dry_run))


def _compact(bucket: Bucket, name: str) -> tuple[int, int]:
    """Put small files together; application transactions stay with the table, since the commit says nothing of them."""

    def once() -> tuple[int, int]:
        done = _opened(bucket, name).optimize.compact(target_size=_LARGE_BYTES, max_concurrent_tasks=1)
        return done["numFilesRemoved"], done["numFilesAdded"]

    return insist(f"table {name}: its compaction", once)


def _vacuum(bucket: Bucket, name: str, retention: timedelta, *, dry_run: bool) -> int:
    """Remove what no version since `retention` ago names; files that are newer than that may be on their way into one."""
    table, hours = _opened(bucket, name), int(retention / timedelta(hours=1))
    folder = f"{layout.table(name)}/"
    # Vacuum names again what it removed before, and each time writes two commits.
    named = table.vacuum(hours, dry_run=True, enforce_retention_duration=False, full=True)
    gone = {f"{folder}{path}" for path in named}.intersection(bucket.list(folder))
    if gone and not dry_run:
        table.vacuum(hours, dry_run=False, enforce_retention_duration=False, full=True)
    return len(gone)


def _opened(bucket: Bucket, name: str) -> DeltaTable:
    table = open_table(bucket, name)
    if table is None:
        raise RetryLater(f"table {name} is gone")
    return table


def tidy_work(bucket: Bucket, retention: timedelta, *, dry_run: bool = False) -> Work:
    """Remove intermediates and rows of the journal that are in the tables, of crawls older than `retention`.

    Entries of the journal themselves stay: their numbers must not be given again.
    """
    before = (datetime.now(UTC) - retention).date()
    found = Work(0, 0)
    for kind, keys in (("extracted", _extracted(bucket, before)), ("journal", _journal(bucket, before))):
        for key in keys:
            if not dry_run:
                bucket.delete(key)
            found = found._replace(**{kind: getattr(found, kind) + 1})
    return found


def _extracted(bucket: Bucket, before: date) -> Iterator[str]:
    made = {key: warc for key in bucket.list(layout.EXTRACTED) if (warc := layout.warc_of_extracted(key)) is not None}
    old = {key: warc for key, warc in made.items() if _is_older(warc, before)}
    covered = coverage.covered(bucket, layout.first_day(old.values()))
    yield from (key for key, warc in old.items() if warc in covered)


def _journal(bucket: Bucket, before: date) -> Iterator[str]:
    """Yield the rows of entries that every table holds, whose teasers were handed over and that were published."""
    marks = (layout.suggested_up_to(), layout.published_up_to())
    last = min(journal.head(bucket), *(up_to.read(bucket, mark, 0) for mark in marks))
    rows = {key: number for key in bucket.list(layout.JOURNAL) if (number := layout.entry_of_rows(key)) is not None}
    old = set()
    for number in {number for number in rows.values() if number <= last}:
        entry = journal.read(bucket, number)
        read = (*entry.warcs, *entry.again) if entry is not None else ()
        if read and all(_is_older(warc, before) for warc in read):
            old.add(number)
    yield from (key for key, number in rows.items() if number in old)


def _is_older(warc: str, before: date) -> bool:
    name = layout.parse_warc(warc)
    return name is not None and name.day < before
