"""Coverage: which WARC files the tables hold already.

The fates do not tell: of a URL that a crawl and its second try both visited, the later fate alone is kept, so that a file
may be named by none.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from pipelines import layout
from pipelines.records import File
from pipelines.store import tables
from pipelines.store.schema import arrow_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pyarrow as pa

    from pipelines.bucket import Bucket

__all__ = ["covered", "rows"]


def covered(bucket: Bucket, since: date) -> set[str]:
    """Name the files of `since` and the days after it that the tables cover, maybe with some of the days before."""
    listed = tables.scan(bucket, "files").filter(pl.col("day") >= since).select("warc")
    # What was committed before there was a table of files. A crawl over midnight has fates of the day after its file's.
    midnight = datetime.combine(since, datetime.min.time(), UTC)
    named = tables.scan(bucket, "fates").filter(pl.col("at") >= midnight - timedelta(days=1)).select("warc").unique()
    return {*listed.collect()["warc"], *named.collect()["warc"]}


def rows(warcs: Iterable[str]) -> pa.Table:
    """Give the rows that an entry of the journal brings for the files it covers."""
    told = ((key, layout.parse_warc(key)) for key in warcs)
    return arrow_table(File, [File(warc=key, day=name.day if name else None) for key, name in told])
