"""Which WARC files the tables cover."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import polars as pl

from pipelines import layout
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.bucket import Bucket

__all__ = ["covered"]


def covered(bucket: Bucket, keys: Iterable[str]) -> set[str]:
    """Give those of the WARC files that have a fate: every one that was committed has at least one."""
    wanted = {key: name.day for key in keys if (name := layout.parse_warc(key)) is not None}
    since = datetime.combine(min(wanted.values(), default=date.max), datetime.min.time(), UTC)
    # No fate is of a day before its file's, so those of archive days that are gone are not looked through.
    rows = tables.scan(bucket, "fates").filter(pl.col("at") >= since).select("warc").unique()
    return wanted.keys() & set(rows.collect()["warc"])
