"""The tables as story detection asks them, and what it brings back to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from pipelines.dedupe.stories.assign import StoryInput, StoryState, StoryUpdate, assign
from pipelines.records import Story
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from pipelines.bucket import Bucket
    from pipelines.records import Article

__all__ = ["correct", "detect", "spans"]

# Characters of a body that story detection reads at most; the tables hold whole bodies.
_LEAD = 2400
# An article dated after it was fetched counts as of then.
_AT = pl.min_horizontal(pl.coalesce("published", "fetched"), "fetched")
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
    around = _around(bucket, new, window_days)
    return assign(new, StoryState(around, _stories(bucket, [each.id for each in (*around, *new)])), readings)


def correct(
    bucket: Bucket, articles: Sequence[Article], left: Collection[str], window_days: int, readings: int
) -> StoryUpdate:
    """Find anew the stories of stored `articles` that read otherwise now, and of those that `left`.

    All articles of these stories are looked at again, for one may have moved to another time.
    """
    given = {article.id: _input(article) for article in articles}
    changed = {name: found for name, found in given.items() if found}
    out = {*left, *(given.keys() - changed.keys())}
    held = _stories(bucket, [*changed, *out])
    fellows = {name for story in held for name in story.articles} - changed.keys() - out
    new = [*changed.values(), *_inputs(bucket, pl.col("id").is_in(sorted(fellows)))]
    around = tuple(each for each in _around(bucket, new, window_days) if each.id not in out) if new else ()
    known = {story.id: story for story in (*_stories(bucket, [each.id for each in (*around, *new)]), *held)}
    parted = {name: _without(story, out) for name, story in known.items()}
    found = assign(new, StoryState(around, tuple(parted.values())), readings)
    settled = {story.id for story in found.stories} | set(found.gone)
    # What was left as it stands without those that went: the table still names them.
    rest = [story for name, story in parted.items() if name not in settled and story != known[name]]
    return StoryUpdate(
        stories=(*found.stories, *(story for story in rest if len(story.articles) > 1)),
        gone=(*found.gone, *(story.id for story in rest if len(story.articles) < 2)),
    )


def _without(story: Story, out: Collection[str]) -> Story:
    return story.model_copy(update={"articles": tuple(name for name in story.articles if name not in out)})


def _around(bucket: Bucket, new: Sequence[StoryInput], window_days: int) -> tuple[StoryInput, ...]:
    """Give the articles that the new ones are set beside."""
    near = spans(sorted(each.published for each in new), timedelta(days=window_days))
    return _inputs(bucket, pl.any_horizontal([_AT.is_between(first, last) for first, last in near]))


def _inputs(bucket: Bucket, which: pl.Expr) -> tuple[StoryInput, ...]:
    rows = tables.scan(bucket, "articles").filter(which & pl.col("language").is_not_null() & _AT.is_not_null())
    rows = rows.with_columns(_AT.alias("published"), pl.col("body").str.slice(0, _LEAD))
    return tuple(StoryInput(**row) for row in rows.select(_COLUMNS).collect().iter_rows(named=True))


def spans(times: Sequence[datetime], reach: timedelta) -> list[tuple[datetime, datetime]]:
    """Give the spans within `reach` of ascending times: one article of long ago does not bring all that came since."""
    spans: list[tuple[datetime, datetime]] = []
    for time in times:
        if spans and time - reach <= spans[-1][1]:
            spans[-1] = (spans[-1][0], time + reach)
        else:
            spans.append((time - reach, time + reach))
    return spans


def _stories(bucket: Bucket, articles: Collection[str]) -> tuple[Story, ...]:
    ids = pl.Series(sorted(set(articles)), dtype=pl.String)
    held = pl.col("articles").list.eval(pl.element().is_in(ids.implode())).list.any()
    rows = tables.scan(bucket, "stories").filter(held).collect()
    return tuple(tables.row_of(Story, row) for row in rows.iter_rows(named=True))


def _input(article: Article) -> StoryInput | None:
    times = [time for time in (article.published or article.fetched, article.fetched) if time is not None]
    if article.language is None or not times:
        return None
    at = min(times)
    return StoryInput(article.id, article.title, article.body[:_LEAD], article.language, article.source, at)
