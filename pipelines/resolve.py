"""Resolving a batch: what each visit adds to what the tables hold, and how each URL ends.

A pure function of the batch and of the tables' state: it reads tables and writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from pipelines import layout, urls
from pipelines.dedupe import versions
from pipelines.errors import Reject
from pipelines.records import Article, Change, Fate, Outcome, Record, Teaser, Version
from pipelines.store import tables
from pipelines.store.journal import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipelines.bucket import Bucket
    from pipelines.extracted import Extracted
    from pipelines.records import Page

__all__ = ["resolve"]


class _Batch:
    """The state of the articles that a batch touches, as its rows are gone through in the order of their visits."""

    def __init__(self, known: Mapping[str, Article], numbers: Mapping[str, int]) -> None:
        self.known = known
        self.current = dict(known)
        self.numbers = defaultdict(int, numbers)
        self.pages: list[Page] = []
        self.versions: list[Version] = []
        self.teasers: dict[tuple[str, str | None, str], Teaser] = {}
        self.fates: dict[tuple[str, str], Fate] = {}

    def end(self, row: Extracted, outcome: Outcome, reason: str, article: str | None = None, *, retry: bool = False) -> None:
        """Record how a URL ended; of two visits in one crawl (it was killed and resumed) the later one counts."""
        fate = _fate(row, outcome, reason, article, retry=retry)
        self.fates[fate.run, fate.url] = fate

    def meet(self, row: Extracted, article: Article) -> None:
        """Bring what one visit found of an article together with what was known of it."""
        before = self.current.get(article.id)
        if before is not None and before.url != article.url and article.url != article.canonical_url:
            self.end(row, Outcome.DUPLICATE, f"another address of {before.url}", article.id)
            return
        version = versions.compare(before, article, self.numbers[article.id] + 1)
        if version is None:
            self.end(row, Outcome.UNCHANGED, "the page changed, the article did not", article.id)
            return
        self.current[article.id] = article
        if row.extraction is not None:
            for teaser in row.extraction.teasers:
                self.teasers.setdefault((teaser.article, teaser.url, teaser.title), teaser)
        self.numbers[article.id] += 1
        self.versions.append(version)
        if version.change is Change.FIRST:
            self.end(row, Outcome.STORED, "new article", article.id)
        elif version.change is Change.NOISE:
            self.end(row, Outcome.UNCHANGED, "only noise changed", article.id)
        else:
            self.end(row, Outcome.UPDATED, version.change.replace("_", " "), article.id)


def resolve(bucket: Bucket, rows: Iterable[Extracted]) -> dict[str, Rows]:
    """Give the rows that a batch brings to each table."""
    ordered = sorted(rows, key=_moment)
    ids = {row.extraction.article.id for row in ordered if row.extraction and row.extraction.article}
    ids |= {_id_of(row) for row in ordered if row.visit and row.visit.outcome is Outcome.UNCHANGED}
    batch = _Batch(_articles(bucket, ids), _last_numbers(bucket, ids))
    preferred = _preferred(ordered)
    for row in ordered:
        if row.page is not None:
            batch.pages.append(row.page)
        _settle(batch, row, preferred)
    new = [article for name, article in batch.current.items() if name not in batch.known]
    changed = [article for name, article in batch.current.items() if name in batch.known and article is not batch.known[name]]
    return {
        "pages": Rows(insert=batch.pages),
        "articles": Rows(insert=new, update=changed),
        "versions": Rows(insert=batch.versions),
        "teasers": Rows(insert=_unseen(bucket, list(batch.teasers.values()))),
        "fates": Rows(insert=list(batch.fates.values())),
    }


def _settle(batch: _Batch, row: Extracted, preferred: Mapping[tuple[str, str], str]) -> None:
    """Decide how one row ends."""
    visit, extraction = row.visit, row.extraction
    if visit is not None and visit.outcome is not None:
        article = _id_of(row) if visit.outcome is Outcome.UNCHANGED else None
        known = article if article in batch.known else None
        batch.end(row, visit.outcome, visit.reason or visit.outcome, known, retry=visit.retry)
    elif row.trouble is not None:
        batch.end(row, Outcome.QUARANTINED, row.trouble)
    elif extraction is None:
        batch.end(row, Outcome.FAILED, "no response that could be read")
    elif extraction.article is None:
        batch.end(row, Outcome.NOT_AN_ARTICLE, f"{extraction.decision.kind}: {extraction.decision.reason}")
    else:
        article_row = extraction.article
        address = preferred[_run(row), article_row.id]
        if article_row.url == address:
            batch.meet(row, article_row)
        else:
            batch.end(row, Outcome.DUPLICATE, f"another address of {address}", article_row.id)


def _preferred(rows: Sequence[Extracted]) -> dict[tuple[str, str], str]:
    """Of the addresses under which one crawl met one article, choose the canonical one, else the shortest."""
    addresses: dict[tuple[str, str], set[tuple[bool, int, str]]] = defaultdict(set)
    for row in rows:
        if row.extraction is not None and row.extraction.article is not None:
            article = row.extraction.article
            rank = (article.url != article.canonical_url, len(article.url), article.url)
            addresses[_run(row), article.id].add(rank)
    return {key: min(ranks)[2] for key, ranks in addresses.items()}


def _moment(row: Extracted) -> tuple[float, str]:
    at = row.page.fetched.timestamp() if row.page is not None else 0.0
    return at, row.visit.url if row.visit is not None else row.page.url if row.page is not None else ""


def _run(row: Extracted) -> str:
    key = layout.parse_warc(row.warc)
    return key.run if key is not None else row.warc


def _id_of(row: Extracted) -> str:
    try:
        return urls.article_id(row.visit.final_url) if row.visit is not None else ""
    except Reject:
        return ""


def _fate(row: Extracted, outcome: Outcome, reason: str, article: str | None, *, retry: bool) -> Fate:
    visit, page = row.visit, row.page
    candidate = visit.candidate if visit is not None else None
    channel = candidate.channel if candidate else page.channel if visit is None and page else None
    seen_in = candidate.seen_in if candidate else page.seen_in if visit is None and page else None
    return Fate(
        run=_run(row),
        url=visit.url if visit is not None else page.url if page is not None else row.warc,
        source=row.source,
        outcome=outcome,
        reason=reason,
        retry=retry,
        at=row.at,
        warc=row.warc,
        channel=channel,
        seen_in=seen_in,
        status=page.status if page is not None else None,
        article=article,
    )


def _articles(bucket: Bucket, ids: Iterable[str]) -> dict[str, Article]:
    rows = tables.scan(bucket, "articles").filter(pl.col("id").is_in(sorted(ids))).collect()
    return {row["id"]: Article.model_validate(row) for row in rows.iter_rows(named=True)}


def _last_numbers(bucket: Bucket, ids: Iterable[str]) -> dict[str, int]:
    rows = tables.scan(bucket, "versions").filter(pl.col("article").is_in(sorted(ids)))
    return dict(rows.group_by("article").agg(pl.col("number").max()).collect().iter_rows())


def _unseen(bucket: Bucket, teasers: Sequence[Teaser]) -> list[Record]:
    """Keep the teasers that no earlier visit of their article has brought."""
    wanted = sorted({teaser.article for teaser in teasers})
    rows = tables.scan(bucket, "teasers").filter(pl.col("article").is_in(wanted)).select("article", "url", "title")
    seen = set(rows.collect().iter_rows())
    return [teaser for teaser in teasers if (teaser.article, teaser.url, teaser.title) not in seen]
