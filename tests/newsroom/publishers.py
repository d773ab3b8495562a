"""The invented publishers, read from `publishers.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from pipelines.records import Precision, Record, Source

__all__ = ["HERE", "Publisher", "publisher", "publishers"]

HERE = Path(__file__).parent


class Words(Record):
    """What a publisher's template says around its articles, in its own language."""

    lead: str
    """Label of a teaser between two paragraphs."""
    aside: str
    """Heading of the teasers beside the text."""
    by: str
    """Word before the authors."""
    both: str
    """Word between two authors."""
    newsletter: str
    cookie: str
    accept: str
    share: str
    comments: str
    footer: str
    about: str
    """End of the sentence that introduces an author."""


class Publisher(Record):
    """One site: its places, its habits and its traps."""

    id: str
    host: str
    name: str
    language: str
    country: str | None = None
    kind: str = "general"
    zone: str
    """IANA name of the time zone that its dates are in."""
    path: str
    """Pattern of an article's path."""
    charset: str = "utf-8"
    """The charset its pages are in."""
    declared: str | None = None
    """The charset its Content-Type wrongly names; null where it names the right one."""
    encoding: str = "identity"
    """Content encoding it prefers."""
    validators: bool = True
    """Whether it sends ETag and Last-Modified."""
    precision: Precision = Precision.MINUTE
    """How exactly its pages say when they were published."""
    crawl_delay: float | None = None
    rss: str | None = None
    atom: str | None = None
    json_feed: str | None = None
    sitemap: str | None = None
    sitemap_parts: tuple[str, ...] = ()
    """Sitemaps that the index names; without any, `sitemap` lists the articles itself."""
    listing: bool = True
    """Whether its source declares section pages as places of discovery."""
    reserved: bool = False
    """Whether every page of it is withheld from collectors, each in another way."""
    authors: tuple[str, ...]
    desk: str | None = None
    images: bool
    shapes: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    words: Words

    @property
    def home(self) -> str:
        return f"http://{self.host}/"

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    @property
    def feeds(self) -> tuple[str, ...]:
        return tuple(path for path in (self.rss, self.atom, self.json_feed) if path)

    def source(self, sections: tuple[str, ...]) -> Source:
        """Its declaration, as an operator would write it. The delay is nil so that a demonstration is quick."""
        return Source(
            id=f"demo-{self.id}",
            name=self.name,
            home=self.home,
            country=self.country,
            language=self.language,
            kind=self.kind,
            feeds=tuple(self.url(path) for path in self.feeds),
            sitemaps=(self.url(self.sitemap),) if self.sitemap else (),
            sections=tuple(self.url(path) for path in sections) if self.listing else (),
            delay=0,
        )


@cache
def publishers() -> tuple[Publisher, ...]:
    rows = yaml.safe_load((HERE / "publishers.yaml").read_text(encoding="utf-8"))
    return tuple(Publisher.model_validate(row) for row in rows)


def publisher(id_: str) -> Publisher:
    return next(each for each in publishers() if each.id == id_)
