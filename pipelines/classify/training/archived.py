"""The articles of the tables, as examples to learn topics from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines.classify.features import BODY_CHARACTERS
from pipelines.classify.topics import evidence
from pipelines.classify.training.retrain import Example
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.bucket import Bucket
    from pipelines.records import Source

__all__ = ["examples"]


def examples(
    bucket: Bucket, sources: Mapping[str, Source], corrected: Mapping[str, tuple[str, ...]], most: int
) -> list[Example]:
    """Read the corrected articles, and the newest of the others; `most` in all.

    Bodies are cut to the part that topics are told by.
    """
    told = pl.col("id").is_in(list(corrected))
    newest = pl.coalesce("published", "fetched")
    rows = (
        tables.scan(bucket, "articles")
        .sort(told, newest, "id", descending=[True, True, False], nulls_last=True)
        .head(most)
        .select(
            "id", "source", "title", pl.col("body").str.slice(0, BODY_CHARACTERS), "section", "tags", "canonical_url"
        )
        .collect()
    )
    found = []
    for row in rows.iter_rows(named=True):
        source = sources.get(row["source"])
        own = source.topics if source else {}
        meant = evidence(row["section"], row["tags"] or (), own, row["canonical_url"])
        found.append(Example(row["id"], row["title"] or "", row["body"], meant, corrected.get(row["id"])))
    return found
