"""The report of one crawl: what became of every URL, by source, as data, as JSON and as a page."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

from pipelines import layout, up_to
from pipelines.errors import Reject
from pipelines.fates import RULE
from pipelines.publish.page import render
from pipelines.records import Outcome
from pipelines.store import journal, tables

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

__all__ = ["Report", "Row", "missed_as_data", "newest_run", "report", "write"]

# Reasons shown for what did not become an article; the fates table holds them all.
_REASONS = 40
# Batches looked back at where no mark stands: of a bucket from before there was one, the latest crawls are reported.
_WITHOUT_MARK = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One source's line: counts of URLs by outcome; `pages` counts those that were answered."""

    source: str
    urls: int
    pages: int
    stored: int
    updated: int
    unchanged: int
    duplicate: int
    not_an_article: int
    read: int
    refused: int
    failed: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one crawl."""

    run: str
    rows: tuple[Row, ...]
    topics: tuple[tuple[str, int], ...]
    """Topics of the articles it met, by their first topic, most frequent first."""
    reasons: tuple[tuple[str, str, str], ...]
    """URL, outcome and reason of what was refused, failed or quarantined, at most 40."""
    missed: tuple[tuple[str, str, int], ...] = ()
    """Sources whose rule no longer fits their articles, with what it does not meet and on how many pages."""

    @property
    def total(self) -> Row:
        """The sum of all rows."""
        counts = {name: sum(getattr(row, name) for row in self.rows) for name in Row.__slots__[1:]}
        return Row(source="all", **counts)


def newest_run(bucket: Bucket) -> str:
    """Give the id of the crawl with the newest fates; raises `Reject` where there is none."""
    runs = tables.scan(bucket, "fates").group_by("run").agg(pl.col("at").max()).sort("at", "run").collect()
    if runs.is_empty():
        raise Reject("no crawl has been processed yet")
    return str(runs["run"][-1])


def report(bucket: Bucket, run: str) -> Report:
    """Count what became of the URLs of a crawl; raises `Reject` where the tables know none of it."""
    fates = tables.scan(bucket, "fates").filter(pl.col("run") == run).collect()
    if fates.is_empty():
        raise Reject(f"no crawl {run!r} has been processed")
    counts: dict[str, Counter[str]] = {}
    for source, outcome, status in fates.select("source", "outcome", "status").iter_rows():
        count = counts.setdefault(source, Counter())
        count[outcome] += 1
        count["urls"] += 1
        count["pages"] += status is not None
    names = ["urls", "pages", *(str(outcome) for outcome in Outcome)]
    rows = tuple(
        Row(source=source, **{name: count[name] for name in names}) for source, count in sorted(counts.items())
    )
    return Report(run, rows, _topics(bucket, fates), _reasons(fates), _missed(fates))


def write(bucket: Bucket) -> str:
    """Write manifest and page of each crawl that batches not yet published touched; gives the newest crawl's page's key.

    Raises `Reject` where no crawl has been processed.
    """
    newest, head = newest_run(bucket), journal.head(bucket)
    done = up_to.read(bucket, layout.published_up_to(), max(0, head - _WITHOUT_MARK))
    for run in sorted({newest, *(run for number in range(done + 1, head + 1) for run in _touched(bucket, number))}):
        _write(bucket, report(bucket, run))
    return layout.run(newest, "report.html")


def _touched(bucket: Bucket, number: int) -> set[str]:
    """Name the crawls whose fates a batch brought."""
    entry = journal.read(bucket, number)
    if entry is None:
        return set()
    brought = journal.change(bucket, entry, "fates")
    return {*brought.insert["run"].to_pylist(), *brought.update["run"].to_pylist()}


def _write(bucket: Bucket, found: Report) -> None:
    manifest = {"run": found.run, "total": asdict(found.total), "sources": [asdict(row) for row in found.rows]}
    manifest["topics"] = dict(found.topics)
    manifest["missed"] = missed_as_data(found)
    bucket.replace(layout.run(found.run, "manifest.json"), json.dumps(manifest, indent=1).encode())
    bucket.replace(layout.run(found.run, "report.html"), render("report.html.j2", report=found))


def missed_as_data(found: Report) -> list[dict[str, object]]:
    """Give what the rules of sources missed for a program."""
    return [{"source": source, "missed": what, "pages": pages} for source, what, pages in found.missed]


def _topics(bucket: Bucket, fates: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    met = fates["article"].drop_nulls().unique().to_list()
    rows = tables.scan(bucket, "articles").filter(pl.col("id").is_in(met))
    first = rows.select(pl.col("topics").list.first().struct.field("id").alias("topic")).drop_nulls().collect()
    return tuple(sorted(Counter(first["topic"]).items(), key=lambda item: (-item[1], item[0])))


def _reasons(fates: pl.DataFrame) -> tuple[tuple[str, str, str], ...]:
    bad = [str(outcome) for outcome in (Outcome.REFUSED, Outcome.FAILED, Outcome.QUARANTINED)]
    rows = fates.filter(pl.col("outcome").is_in(bad)).sort("outcome", "url").head(_REASONS)
    return tuple(rows.select("url", "outcome", "reason").iter_rows())


def _missed(fates: pl.DataFrame) -> tuple[tuple[str, str, int], ...]:
    told = fates.filter(pl.col("reason").str.contains(RULE, literal=True)).select("source", "reason").iter_rows()
    counts = Counter((source, f"{RULE.removeprefix('; ')}{reason.rpartition(RULE)[2]}") for source, reason in told)
    return tuple((source, what, count) for (source, what), count in sorted(counts.items()))
