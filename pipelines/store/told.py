"""What the tables tell a person of one article: its family of copies, its versions, its story."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from pipelines.dedupe import show
from pipelines.dedupe import versions as chains
from pipelines.errors import Reject
from pipelines.records import Story, Version
from pipelines.store import tables
from pipelines.store.known import ALL_TIME, Tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipelines.bucket import Bucket
    from pipelines.records import Duplicate

__all__ = ["Carrier", "Entry", "History", "Told", "copies", "history", "story", "story_of"]


class Carrier(NamedTuple):
    """One article of a family of copies."""

    article: str
    """Id of the article."""
    source: str
    """Id of its source."""
    appeared: datetime
    """When it was published; when it was fetched where that is unknown."""
    url: str
    """Canonical URL; empty where the article is not stored any more."""
    title: str
    """Headline; empty with `url`."""
    copy: Duplicate | None
    """What makes it a copy; null for the origin."""


class Entry(NamedTuple):
    """An article as a story lists it."""

    id: str
    """Id of the article."""
    source: str
    """Id of its source."""
    published: datetime | None
    """Publication time; when it was fetched where that is unknown."""
    title: str
    """Headline."""
    url: str
    """Canonical URL."""


class Told(NamedTuple):
    """A story with its articles."""

    story: Story
    """The row of the table."""
    articles: list[Entry]
    """Its articles, in the story's order."""
    split_into: list[str]
    """Ids of the stories that were cut from it."""


class History(NamedTuple):
    """The versions of one article, in order."""

    versions: list[Version]

    def version(self, number: int) -> Version:
        """Give a version by its number. Raises `Reject` where there is none such."""
        found = next((each for each in self.versions if each.number == number), None)
        if found is None:
            numbers = f"1 to {len(self.versions)}" if self.versions else "none"
            raise Reject(f"there is no version {number} of it; known: {numbers}")
        return found

    def between(self, one: int, other: int) -> show.Edit:
        """Set any two versions beside each other. Raises `Reject` where one is not there."""
        before, after = self.version(one), self.version(other)
        title = after.title if after.title != before.title else None
        change = chains.change(before, after)
        return show.Edit(after.number, after.seen, change, title, chains.diff(before.body, after.body))

    def edits(self, *, noise: bool = False) -> Sequence[show.Edit]:
        """Give the changes in order, without those that are noise unless asked for."""
        return show.edits(self.versions, noise=noise)


def copies(bucket: Bucket, article: str) -> list[Carrier]:
    """Give the family of an article, origin first, then by time; the article alone where it has no copies."""
    members = show.copies(article, Tables(bucket, ALL_TIME))
    stored = _entries(bucket, [member.article for member in members])
    return [
        Carrier(m.article, m.source, m.appeared, entry.url if entry else "", entry.title if entry else "", m.copy)
        for m in members
        for entry in [stored.get(m.article)]
    ]


def history(bucket: Bucket, article: str) -> History:
    """Give the versions of an article."""
    return History(sorted(Tables(bucket, ALL_TIME).versions({article}), key=lambda version: version.number))


def story(bucket: Bucket, name: str) -> Told | None:
    """Give a story by its id, or the one that it was merged into; None where the tables hold neither."""
    return _story(bucket, pl.col("id") == name) or _story(bucket, pl.col("merged_from").list.contains(name))


def story_of(bucket: Bucket, article: str) -> Told | None:
    """Give the story that an article belongs to; None where it belongs to none."""
    return _story(bucket, pl.col("articles").list.contains(article))


def _story(bucket: Bucket, which: pl.Expr) -> Told | None:
    rows = tables.scan(bucket, "stories")
    found = rows.filter(which).sort("first", "id").head(1).collect().to_dicts()
    if not found:
        return None
    head = Story.model_validate(found[0])
    cut = rows.filter(pl.col("split_from") == head.id).select("id").collect()["id"].sort().to_list()
    entries = _entries(bucket, head.articles)
    return Told(head, [entries[name] for name in head.articles if name in entries], cut)


def _entries(bucket: Bucket, ids: Sequence[str]) -> dict[str, Entry]:
    rows = tables.scan(bucket, "articles").filter(pl.col("id").is_in(list(ids)))
    shown = rows.select(
        "id",
        "source",
        pl.coalesce("published", "fetched").alias("published"),
        "title",
        pl.col("canonical_url").alias("url"),
    )
    return {row["id"]: Entry(**row) for row in shown.collect().iter_rows(named=True)}
