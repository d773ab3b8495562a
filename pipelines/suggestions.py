"""Suggestions: of the teasers that batches brought, those that name articles of their own site which no crawl has met.

Batches are taken from the journal in its order. A mark names the last one that was handed over, so that a task which is
killed half-way hands its batch over again, and whoever receives it knows what it has.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from pipelines import backlog, layout, up_to, urls
from pipelines.records import Candidate, Channel, TeaserKind
from pipelines.store import journal, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipelines.bucket import Bucket
    from pipelines.hosts import Hosts

__all__ = ["mark", "of_batch", "pending"]

# Batches looked back at where no mark stands: a bucket from before there was one is not walked from its beginning.
_WITHOUT_MARK = 10


def pending(bucket: Bucket) -> range:
    """Give the numbers of the batches whose teasers were not handed over yet."""
    head = journal.head(bucket)
    done = up_to.read(bucket, layout.suggested_up_to(), max(0, head - _WITHOUT_MARK))
    return range(done + 1, head + 1)


def mark(bucket: Bucket, number: int) -> None:
    """Note that the teasers of all batches up to `number` were handed over."""
    up_to.write(bucket, layout.suggested_up_to(), number)


def of_batch(bucket: Bucket, number: int, hosts: Hosts) -> dict[str, list[Candidate]]:
    """Give the candidates of journal entry `number` by source, those of the newest articles first, then the backlog.

    A source whose backlog has nothing left that is new is given with no candidate.
    """
    found = _named(bucket, number, hosts)
    kept = list(backlog.due(bucket, {candidate.source for candidate in found.values()}))
    found |= {one.url: one for one in kept if one.url not in found and hosts.owner(one.url) == one.source}
    met = _met(bucket, found.keys())
    by_source: dict[str, list[Candidate]] = {candidate.source: [] for candidate in kept}
    for candidate in found.values():
        if candidate.url not in met:
            by_source.setdefault(candidate.source, []).append(candidate)
    return by_source


def _named(bucket: Bucket, number: int, hosts: Hosts) -> dict[str, Candidate]:
    """Give what the teasers of an entry name, by URL.

    Sponsored teasers and the site's own promotion lead to no news, and one that leads to another site is none of ours.
    Pages that were read again are old ones: to make their teasers known asks nothing of a publisher.
    """
    entry = journal.read(bucket, number)
    if entry is None or entry.again:
        return {}
    brought = pl.DataFrame(journal.change(bucket, entry, "teasers").insert)
    editorial = pl.col("kind") == TeaserKind.EDITORIAL.value
    shown = brought.filter(editorial & pl.col("url").is_not_null()).select("article", "url", "title", "position")
    pages = tables.scan(bucket, "articles").filter(pl.col("id").is_in(shown["article"].unique().to_list()))
    pages = pages.select(pl.col("id").alias("article"), "source", pl.col("url").alias("page"), "published")
    rows = shown.join(pages.collect(), on="article").sort(
        "published", "article", "position", descending=[True, False, False], nulls_last=True
    )
    found: dict[str, Candidate] = {}
    for source, page, link, title in rows.select("source", "page", "url", "title").iter_rows():
        url = urls.absolute(page, link)
        if url is not None and hosts.owner(url) == source:
            made = Candidate(url=url, source=source, channel=Channel.TEASER, seen_in=page, title=title)
            found.setdefault(url, made)
    return found


def _met(bucket: Bucket, wanted: Collection[str]) -> set[str]:
    """Tell which of the URLs a crawl has touched, come to by a redirect, or stored an article of in another dress."""
    ids: dict[str, list[str]] = defaultdict(list)
    for url in wanted:
        ids[urls.article_id(url)].append(url)
    found = set(_held(bucket, "fates", "url", wanted))
    found.update(_held(bucket, "pages", "final_url", wanted))
    found.update(url for name in _held(bucket, "articles", "id", ids) for url in ids[name])
    return found


def _held(bucket: Bucket, table: str, column: str, wanted: Collection[str]) -> Iterator[str]:
    if not wanted:
        return
    rows = tables.scan(bucket, table).filter(pl.col(column).is_in(sorted(wanted))).select(pl.col(column).unique())
    yield from rows.collect()[column]
