"""The newest articles as published: originals only, headline and summary, never a whole body."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from pipelines.store import tables

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.bucket import Bucket

__all__ = ["Entry", "newest"]


class Entry(NamedTuple):
    """One article in a feed."""

    id: str
    url: str
    title: str
    summary: str
    authors: list[str]
    published: datetime
    updated: datetime
    source: str
    language: str | None
    topics: list[str]


def newest(bucket: Bucket, count: int, topic: str | None = None) -> list[Entry]:
    """Give the newest originals, newest first, of one topic where given.

    An article that does not tell when it was published counts from when it was fetched, and so does one that says later than
    that: no article appears after it was fetched.
    """
    copies = tables.scan(bucket, "duplicates").select(pl.col("article").alias("id"))
    rows = tables.scan(bucket, "articles").join(copies, on="id", how="anti")
    rows = rows.with_columns(
        at=pl.min_horizontal("published", "fetched"), names=pl.col("topics").list.eval(pl.element().struct.field("id"))
    ).filter(pl.col("at").is_not_null())
    if topic is not None:
        rows = rows.filter(pl.col("names").list.contains(topic))
    # Polars' order of equal times is not stable between runs: the id settles it.
    rows = rows.sort("at", "id", descending=[True, False]).head(count)
    return [Entry(**row) for row in _named(rows).collect().iter_rows(named=True)]


def _named(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Name and fill the columns as an `Entry` has them."""
    return rows.select(
        "id",
        pl.col("canonical_url").alias("url"),
        "title",
        pl.coalesce("standfirst", pl.col("summary").list.join(" ")).alias("summary"),
        "authors",
        pl.col("at").alias("published"),
        pl.max_horizontal("at", pl.when(pl.col("modified") <= pl.col("fetched")).then("modified")).alias("updated"),
        "source",
        "language",
        pl.col("names").alias("topics"),
    )
