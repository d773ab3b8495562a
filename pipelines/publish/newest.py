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
    authors: tuple[str, ...]
    published: datetime
    updated: datetime
    source: str
    language: str | None
    topics: tuple[str, ...]


def newest(bucket: Bucket, count: int, topic: str | None = None) -> list[Entry]:
    """Give the newest originals, newest first, of one topic where given.

    An article that does not tell when it was published counts from when it was fetched.
    """
    copies = tables.scan(bucket, "duplicates").select(pl.col("article").alias("id"))
    rows = tables.scan(bucket, "articles").join(copies, on="id", how="anti")
    rows = rows.with_columns(
        at=pl.coalesce("published", "fetched"), names=pl.col("topics").list.eval(pl.element().struct.field("id"))
    ).filter(pl.col("at").is_not_null())
    if topic is not None:
        rows = rows.filter(pl.col("names").list.contains(topic))
    # Polars' order of equal times is not stable between runs: the id settles it.
    rows = rows.sort("at", "id", descending=[True, False]).head(count)
    columns = ["id", "canonical_url", "title", "standfirst", "summary", "authors", "at", "modified", "source"]
    return [_entry(row) for row in rows.select(*columns, "language", "names").collect().iter_rows(named=True)]


def _entry(row: dict[str, object]) -> Entry:
    summary, authors, names, at, modified = (row[key] for key in ("summary", "authors", "names", "at", "modified"))
    return Entry(
        id=str(row["id"]),
        url=str(row["canonical_url"]),
        title=str(row["title"]),
        summary=str(row["standfirst"] or " ".join(summary)),
        authors=tuple(authors),
        published=at,
        updated=max(at, modified) if modified else at,
        source=str(row["source"]),
        language=row["language"],
        topics=tuple(names),
    )
