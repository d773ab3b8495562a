"""Correction: what brings the tables up to date with pages that were read again, as one entry of the journal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.dedupe import families
from pipelines.dedupe.known import Resolution
from pipelines.fates import LEFT
from pipelines.records import Change, Outcome
from pipelines.reprocess.compare import End, exchanges, fitting, refusal
from pipelines.reprocess.stored import place
from pipelines.resolve import Told, article_in
from pipelines.store import storied, tables
from pipelines.store.known import Tables
from pipelines.store.tables import Rows

if TYPE_CHECKING:
    from pipelines.bucket import Bucket
    from pipelines.extracted import Extracted
    from pipelines.limits import Limits
    from pipelines.records import Article, Fate
    from pipelines.reprocess.compare import Compared
    from pipelines.reprocess.stored import State

__all__ = ["correction"]


def correction(bucket: Bucket, found: Compared, limits: Limits) -> dict[str, Rows]:
    """Give the rows of a correction; empty where the tables hold what today's code reads."""
    articles = {name: after.article for name, (_, after) in found.changed.items() if after.article}
    left = sorted(found.changed.keys() - articles.keys())
    differ = [article for name, article in articles.items() if article != found.changed[name][0].article]
    resolution = _copies(bucket, found, differ, left, limits)
    reported = [
        article for article in differ if _as_reported(article) != _as_reported(found.changed[article.id][0].article)
    ]
    stories = storied.correct(bucket, reported, left, limits.dedupe.story_days, limits.dedupe.story_readings)
    known = {name: state.article for name, state in found.stored.states.items() if state.article}
    ends = Told(known, found.addresses, resolution)
    fates = [fate for row in found.rows if (fate := _fate(row, found, ends))]
    versions = [version for _, after in found.changed.values() for version in after.versions]
    teasers = [teaser for _, after in found.changed.values() for teaser in after.teasers]
    held = {teaser for before, _ in found.changed.values() for teaser in before.teasers}
    told = {version for before, _ in found.changed.values() for version in before.versions}
    numbers = {(version.article, version.number) for version in versions}
    links = {(teaser.article, teaser.url, teaser.title) for teaser in teasers}
    rows = {
        "pages": Rows(update=exchanges(found)),
        "articles": tables.split(bucket, "articles", differ, delete=left),
        "versions": tables.split(
            bucket,
            "versions",
            [version for version in versions if version not in told],
            delete=sorted({(version.article, version.number) for version in told} - numbers),
        ),
        "teasers": tables.split(
            bucket,
            "teasers",
            [teaser for teaser in teasers if teaser not in held],
            delete=sorted({(teaser.article, teaser.url, teaser.title) for teaser in held} - links, key=str),
        ),
        "duplicates": tables.split(bucket, "duplicates", resolution.duplicates, delete=resolution.originals),
        "sketches": tables.split(bucket, "sketches", resolution.sketches, delete=left),
        "stories": tables.split(bucket, "stories", stories.stories, delete=stories.gone),
        "fates": Rows(update=list({(fate.run, fate.url): fate for fate in fates}.values())),
    }
    return rows if any(each.insert or each.update or each.delete for each in rows.values()) else {}


def _copies(bucket: Bucket, found: Compared, differ: list[Article], left: list[str], limits: Limits) -> Resolution:
    """Place anew in their families the articles that differ."""
    concerned = [state.article for name in (*left, *(a.id for a in differ)) for state in found.changed[name]]
    times = [article.fetched for article in concerned if article is not None and article.fetched is not None]
    versions = [version for _, after in found.changed.values() for version in after.versions]
    if not times:
        return Resolution([], [], [], versions)
    known = Tables(bucket, min(times) - timedelta(days=limits.dedupe.window_days))
    return families.correct(differ, left, known)._replace(versions=versions)


def _as_reported(article: Article | None) -> object:
    """Give what stories look at."""
    columns = ("title", "body", "language", "source", "published", "fetched")
    return article and [getattr(article, column) for column in columns]


def _fate(row: Extracted, found: Compared, told: Told) -> Fate | None:
    """Give the fate of a page that ends otherwise now; None where it stays as it is.

    A page that was an article and is one keeps its outcome, unless its visit turns out to have found another change or none.
    """
    end, fate, article = found.ends.get(place(row)), found.stored.fate(row), article_in(row)
    if end in {None, End.FAILS} or fate is None:
        return None
    if article is None:
        return None if end is End.SAME else _refused(row, fate)
    if end is End.BECOMES or _is_another_change(place(row), *found.changed.get(article.id, (None, None))):
        return told.fate(row)
    return fate.model_copy(update={"article": article.id, "reason": fitting(fate, row)}) if end != End.SAME else None


def _refused(row: Extracted, fate: Fate) -> Fate:
    was = fate.article or fate.reason.partition(LEFT)[2]
    outcome = {"outcome": Outcome.NOT_AN_ARTICLE, "article": None, "retry": False}
    return fate.model_copy(update={**outcome, "reason": refusal(row) + (f"{LEFT}{was}" if was else "")})


def _is_another_change(page: str, before: State | None, after: State | None) -> bool:
    """Tell whether a visit to a known article found another change than its version says, or one that is none, or the reverse."""
    if before is None or after is None or before.article is None:
        return False
    was, now = ({version.page: version.change for version in state.versions}.get(page) for state in (before, after))
    return was is not now and Change.FIRST not in {was, now}
