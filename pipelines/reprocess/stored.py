"""What the tables hold of the pages that are read again, and of the articles that these pages were and are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import polars as pl

from pipelines import layout
from pipelines.fates import ended
from pipelines.records import Article, Fate, Page, Record, Teaser, Version
from pipelines.resolve import article_in
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pipelines.bucket import Bucket
    from pipelines.extracted import Extracted

__all__ = ["State", "Stored", "Visited", "load", "place", "run_of"]

Row = TypeVar("Row", bound=Record)
Part = TypeVar("Part", Version, Teaser)


class Visited(NamedTuple):
    """A visit to an article, by its fate."""

    run: str
    url: str
    warc: str


class State(NamedTuple):
    """One article as the tables hold it, or would."""

    article: Article | None
    """Its row; null where it is none."""
    versions: tuple[Version, ...]
    """Its versions, in order."""
    teasers: tuple[Teaser, ...]
    """Its teasers."""

    @property
    def pages(self) -> set[str]:
        """The pages that its rows were read from."""
        own = {self.article.page} if self.article is not None and self.article.page else set()
        return own | {version.page for version in self.versions}


@dataclass(frozen=True)
class Stored:
    """Rows of the tables."""

    states: Mapping[str, State]
    """By article."""
    fates: Mapping[tuple[str, str, str], Fate]
    """By run, URL and WARC file. A visit whose URL its run visited again has none."""
    pages: Mapping[str, Page]
    """By place in the archive."""
    visits: Mapping[str, Collection[Visited]]
    """By article."""

    def fate(self, row: Extracted) -> Fate | None:
        """Give the fate of a visit; None where a later one of the same crawl has it."""
        fate = self.fates.get((run_of(row.warc), row.url, row.warc))
        return fate if fate is not None and fate.at == ended(row) else None

    def files(self, article: str) -> set[str]:
        """Name the WARC files that hold visits to an article."""
        state = self.states.get(article)
        held = {page.partition("#")[0] for page in state.pages} if state else set()
        return held | {visit.warc for visit in self.visits.get(article, ())}


def place(row: Extracted) -> str:
    """Give the place of a row's page in the archive, as articles and versions name it; empty where there is no page."""
    return f"{row.page.warc}#{row.page.offset}" if row.page is not None else ""


def run_of(warc: str) -> str:
    """Give the id of the crawl that made a WARC file, as fates name it."""
    name = layout.parse_warc(warc)
    return name.run if name is not None else warc


def load(bucket: Bucket, rows: Sequence[Extracted]) -> Stored:
    """Read what the tables hold of these rows and of their articles."""
    warcs = {row.warc for row in rows}
    fates = _rows(bucket, "fates", "warc", warcs, Fate)
    read = {(run_of(row.warc), row.url, row.warc) for row in rows}
    own = {key: fate for fate in fates if (key := (fate.run, fate.url, fate.warc)) in read}
    now = {article.id for row in rows if (article := article_in(row))}
    ids = now | {fate.article for fate in own.values() if fate.article}
    versions = _grouped(_rows(bucket, "versions", "article", ids, Version))
    teasers = _grouped(_rows(bucket, "teasers", "article", ids, Teaser))
    articles = {article.id: article for article in _rows(bucket, "articles", "id", ids, Article)}
    states = {
        name: State(
            articles.get(name),
            tuple(sorted(versions.get(name, ()), key=lambda version: version.number)),
            tuple(teasers.get(name, ())),
        )
        for name in ids
    }
    pages = _rows(bucket, "pages", "warc", warcs, Page)
    return Stored(states, own, {f"{page.warc}#{page.offset}": page for page in pages}, _visits(bucket, ids))


def _visits(bucket: Bucket, ids: Collection[str]) -> dict[str, list[Visited]]:
    found = tables.scan(bucket, "fates").filter(pl.col("article").is_in(sorted(ids)))
    visits: dict[str, list[Visited]] = {}
    for article, run, url, warc in found.select("article", "run", "url", "warc").collect().iter_rows():
        visits.setdefault(article, []).append(Visited(run, url, warc))
    return visits


def _grouped(rows: Iterable[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for row in rows:
        found.setdefault(row.article, []).append(row)
    return found


def _rows(bucket: Bucket, table: str, column: str, wanted: Collection[str], record: type[Row]) -> list[Row]:
    if not wanted:
        return []
    rows = tables.scan(bucket, table).filter(pl.col(column).is_in(sorted(wanted)))
    return [tables.row_of(record, row) for row in rows.collect().iter_rows(named=True)]
