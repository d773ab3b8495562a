"""Resolving a batch: what its visits add to what the tables hold, and how each URL ends.

A function of the batch and of the tables' state: it reads tables and writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from pipelines import fates, urls
from pipelines.dedupe import families
from pipelines.errors import Reject
from pipelines.records import Change, Outcome, Record
from pipelines.store import storied, tables
from pipelines.store.known import Tables
from pipelines.store.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipelines.bucket import Bucket
    from pipelines.dedupe.known import Resolution
    from pipelines.extracted import Extracted
    from pipelines.limits import Limits
    from pipelines.records import Article, Fate

__all__ = ["Told", "addresses_of", "article_in", "resolve"]


def resolve(bucket: Bucket, rows: Iterable[Extracted], limits: Limits) -> dict[str, Rows]:
    """Give the rows that a batch brings to each table."""
    ordered = sorted(rows, key=lambda row: (row.at, row.url))
    if not ordered:
        return {}
    known = Tables(bucket, ordered[0].at - timedelta(days=limits.dedupe.window_days))
    stored = known.articles({name for row in ordered if (name := _article_of(row))})
    addresses = addresses_of(ordered, stored)
    visits = [row for row in ordered if (article := article_in(row)) and addresses[article.id] == article.url]
    resolution = families.resolve([article for row in visits if (article := article_in(row))], known)
    latest = {article.id: article for row in visits if (article := article_in(row))}
    latest = {name: article for name, article in latest.items() if _is_newer(article, stored.get(name))}
    brought: dict[str, Sequence[Record]] = {
        "articles": list(latest.values()),
        "versions": resolution.versions,
        "sketches": resolution.sketches,
    }
    teasers = [teaser for row in visits if row.extraction for teaser in row.extraction.teasers]
    found = storied.detect(bucket, list(latest.values()), limits.dedupe.story_days, limits.dedupe.story_readings)
    told = Told(stored, addresses, resolution)
    return {
        # A file is covered once, so that none of its pages is there.
        "pages": Rows(insert=[row.page for row in ordered if row.page is not None]),
        "fates": _ends(bucket, map(told.fate, ordered)),
        # A teaser stays as it was first seen: later visits see the same link in another place.
        "teasers": Rows(insert=tables.split(bucket, "teasers", teasers).insert),
        **{name: tables.split(bucket, name, found) for name, found in brought.items()},
        "duplicates": tables.split(bucket, "duplicates", resolution.duplicates, delete=resolution.originals),
        "stories": tables.split(bucket, "stories", found.stories, delete=found.gone),
    }


def _ends(bucket: Bucket, fates: Iterable[Fate]) -> Rows:
    """Keep one fate a URL and run, the latest: a crawl that is tried again visits some of its URLs again."""
    latest = {(fate.run, fate.url): fate for fate in sorted(fates, key=lambda fate: fate.at)}
    runs = pl.col("run").is_in(sorted({run for run, _ in latest}))
    held = tables.scan(bucket, "fates").filter(runs).select("run", "url", "at").collect()
    decided = {(run, url): at for run, url, at in held.iter_rows()}
    return Rows(
        insert=[fate for key, fate in latest.items() if key not in decided],
        update=[fate for key, fate in latest.items() if key in decided and fate.at >= decided[key]],
    )


class Told:
    """How each URL ends, told from what deduplication found."""

    def __init__(self, stored: Mapping[str, Article], addresses: Mapping[str, str], resolution: Resolution) -> None:
        self._stored = stored
        self._addresses = addresses
        self._changes = {version.page: version.change for version in resolution.versions}
        self._copies = {duplicate.article: duplicate for duplicate in resolution.duplicates}

    def fate(self, row: Extracted) -> Fate:
        """Give the one fate of a row."""
        visit, extraction, article = row.visit, row.extraction, article_in(row)
        if visit is not None and visit.outcome is not None:
            name = _article_of(row)
            known = name if name in self._stored and visit.outcome is Outcome.UNCHANGED else None
            return fates.fate(row, visit.outcome, visit.reason or str(visit.outcome), known, retry=visit.retry)
        if row.trouble is not None:
            return fates.fate(row, Outcome.QUARANTINED, row.trouble)
        if extraction is None:
            return fates.fate(row, Outcome.FAILED, "no response that could be read", retry=True)
        if article is None:
            return fates.fate(row, Outcome.NOT_AN_ARTICLE, f"{extraction.decision.kind}: {extraction.decision.reason}")
        if article.url != self._addresses[article.id]:
            return fates.fate(row, Outcome.DUPLICATE, f"another address of {self._addresses[article.id]}", article.id)
        return fates.fate(row, *self._met(article), article.id)

    def _met(self, article: Article) -> tuple[Outcome, str]:
        """Tell how a visit to an article ends."""
        change = self._changes.get(article.page or "")
        if change is None:
            return Outcome.UNCHANGED, "the page changed, the article did not"
        if change is Change.NOISE:
            return Outcome.UNCHANGED, "only noise changed: times, counters, advertisements"
        if article.id in self._stored:
            return Outcome.UPDATED, change.replace("_", " ")
        copy = self._copies.get(article.id)
        if copy is not None:
            return Outcome.DUPLICATE, f"{copy.match} copy of article {copy.of}: {copy.reason}"
        return Outcome.STORED, "new article"


def article_in(row: Extracted) -> Article | None:
    """Give the article that a page holds; None where it holds none."""
    return row.extraction.article if row.extraction is not None else None


def _article_of(row: Extracted) -> str | None:
    """Give the id of the article that a row is about, as far as its address tells."""
    if article := article_in(row):
        return article.id
    if row.visit is None or row.visit.outcome is not Outcome.UNCHANGED:
        return None
    try:
        return urls.article_id(row.visit.final_url)
    except Reject:
        return None


def _is_newer(article: Article, stored: Article | None) -> bool:
    """Whether a visit says something else than the stored one, and later."""
    if stored is None or stored.fetched is None or article.fetched is None:
        return True
    same = (article.title, article.body, article.modified) == (stored.title, stored.body, stored.modified)
    return article.fetched > stored.fetched and not same


def addresses_of(rows: Sequence[Extracted], stored: Mapping[str, Article]) -> dict[str, str]:
    """Of the addresses under which an article was met, choose the canonical one, else the stored, else the shortest."""
    ranks: dict[str, set[tuple[bool, bool, int, str]]] = defaultdict(set)
    for article in [*filter(None, map(article_in, rows)), *stored.values()]:
        kept = article.id in stored and stored[article.id].url == article.url
        ranks[article.id].add((article.url != article.canonical_url, not kept, len(article.url), article.url))
    return {name: min(found)[-1] for name, found in ranks.items()}
