"""Coverage: which WARC files the tables hold already."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from pipelines.store import tables

if TYPE_CHECKING:
    from datetime import date

    from pipelines.bucket import Bucket

__all__ = ["covered"]


def covered(bucket: Bucket, since: date) -> set[str]:
    """Name the files of `since` and the days after it that the tables cover, maybe with some of the days before.

    Every file that was committed has at least one fate, and no fate is of a day before its file's.
    """
    midnight = datetime.combine(since, datetime.min.time(), UTC)
    rows = tables.scan(bucket, "fates").filter(pl.col("at") >= midnight).select("warc").unique()
    return set(rows.collect()["warc"])
