"""The tables as story detection asks them, and what it brings back to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from pipelines.dedupe.stories.assign import StoryInput, StoryState, assign
from pipelines.records import Story
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipelines.bucket import Bucket
    from pipelines.dedupe.stories.assign import StoryUpdate
    from pipelines.records import Article

__all__ = ["detect", "spans"]

# Characters of a body that story detection reads at most; the tables hold whole bodies.
_LEAD = 2400
_COLUMNS = ("id", "title", "body", "language", "source", "published")


def detect(bucket: Bucket, articles: Sequence[Article], window_days: int, readings: int) -> StoryUpdate:
    """Find the stories that new or changed articles found, join, merge or split.

    They are set beside the articles published up to `window_days` before or after any of them; `readings` articles at most
    are read for their meaning. An article whose language or time is unknown belongs to no story. One dated after it was
    fetched counts as of then.
    """
    new = [given for article in articles if (given := _input(article))]
    if not new:
        return assign([], StoryState())
    at = pl.min_horizontal(pl.coalesce("published", "fetched"), "fetched")
    around_new = spans(sorted(each.published for each in new), timedelta(days=window_days))
    near = pl.any_horizontal([at.is_between(first, last) for first, last in around_new])
    rows = tables.scan(bucket, "articles").filter(near & pl.col("language").is_not_null())
    rows = rows.with_columns(at.alias("published"), pl.col("body").str.slice(0, _LEAD))
    around = tuple(StoryInput(**row) for row in rows.select(_COLUMNS).collect().iter_rows(named=True))
    return assign(new, StoryState(around, _stories(bucket, [*around, *new])), readings)


def spans(times: Sequence[datetime], reach: timedelta) -> list[tuple[datetime, datetime]]:
    """Give the spans within `reach` of ascending times: one article of long ago does not bring all that came since."""
    spans: list[tuple[datetime, datetime]] = []
    for time in times:
        if spans and time - reach <= spans[-1][1]:
            spans[-1] = (spans[-1][0], time + reach)
        else:
            spans.append((time - reach, time + reach))
    return spans


def _stories(bucket: Bucket, articles: Sequence[StoryInput]) -> tuple[Story, ...]:
    ids = pl.Series(sorted({article.id for article in articles}), dtype=pl.String)
    held = pl.col("articles").list.eval(pl.element().is_in(ids.implode())).list.any()
    rows = tables.scan(bucket, "stories").filter(held).collect()
    return tuple(tables.row_of(Story, row) for row in rows.iter_rows(named=True))


def _input(article: Article) -> StoryInput | None:
    times = [time for time in (article.published or article.fetched, article.fetched) if time is not None]
    if article.language is None or not times:
        return None
    at = min(times)
    return StoryInput(article.id, article.title, article.body[:_LEAD], article.language, article.source, at)
