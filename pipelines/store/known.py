"""The tables as deduplication asks them: one snapshot a batch, taken when the journal had caught up."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from pipelines.records import Article, Duplicate, Record, Sketch, Version
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pipelines.bucket import Bucket

__all__ = ["ALL_TIME", "Tables"]

# Where no window is asked for.
ALL_TIME = datetime.min.replace(tzinfo=UTC)

Row = TypeVar("Row", bound=Record)


class Tables:
    """Look-ups by key; `since` bounds the window that new articles are compared with."""

    def __init__(self, bucket: Bucket, since: datetime) -> None:
        self._bucket = bucket
        self._since = since

    def window(self) -> Iterable[pl.DataFrame]:
        """Give the sketches of articles fetched since the window began."""
        yield self._window.select("article", "source", "digest", "hashes")

    def sketches(self, articles: Collection[str]) -> Sequence[Sketch]:
        """Give the sketches of these articles."""
        return self._sketches("article", articles)

    def families(self, families: Collection[str]) -> Sequence[Sketch]:
        """Give all sketches of these families."""
        return self._sketches("family", families)

    @cached_property
    def _window(self) -> pl.DataFrame:
        """The window's rows, read once: a batch asks for some of them ten times."""
        return tables.scan(self._bucket, "sketches").filter(pl.col("fetched") >= self._since).collect()

    @cached_property
    def _hashes(self) -> dict[str, pl.Series]:
        """Hashes of the window's names, by column."""
        return {column: self._window[column].hash() for column in ("article", "family")}

    def _sketches(self, column: str, wanted: Collection[str]) -> list[Sketch]:
        """Look in the window, and in the table for what is older: Delta passes over files without such rows."""
        if not wanted:
            return []
        named = pl.col(column).is_in(sorted(wanted))
        older = tables.scan(self._bucket, "sketches").filter(pl.col("fetched") < self._since).filter(named).collect()
        # A million names are compared by their hashes first: some ten times as fast as letter by letter.
        hashes = pl.Series(sorted(wanted), dtype=pl.String).hash()
        inside = self._window.filter(self._hashes[column].is_in(hashes.implode())).filter(named)
        return [tables.row_of(Sketch, row) for frame in (older, inside) for row in frame.iter_rows(named=True)]

    def duplicates(self, articles: Collection[str]) -> Sequence[Duplicate]:
        """Give the rows that call these articles copies."""
        return self._rows("duplicates", "article", articles, Duplicate)

    def versions(self, articles: Collection[str]) -> Sequence[Version]:
        """Give all versions of these articles."""
        return self._rows("versions", "article", articles, Version)

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Give these articles by id."""
        return {article.id: article for article in self._rows("articles", "id", ids, Article)}

    def _rows(self, table: str, column: str, wanted: Collection[str], record: type[Row]) -> list[Row]:
        if not wanted:
            return []
        rows = tables.scan(self._bucket, table).filter(pl.col(column).is_in(sorted(wanted)))
        return [tables.row_of(record, row) for row in rows.collect().iter_rows(named=True)]
