"""Prove from the archive how politely a source was asked: `python -m crawlers.manners SOURCE --day YYYY-MM-DD`.

Reads `request` records only: what was sent, and when. Ends with 1 where two requests to a host were closer together than
the source's declaration and the archived robots.txt ask for.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawlers import command
from crawlers.job import AGENT
from crawlers.polite.robots import MAX_BYTES, Robots
from pipelines import layout, sources, urls
from pipelines import settings as installation
from pipelines.bucket import open_bucket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.bucket import Bucket

__all__ = ["Manners", "app", "manners"]

# Clocks and schedulers: a pause may end this share early and still be kept.
_TOLERANCE = 0.02

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Manners(NamedTuple):
    """How one host was asked on one day."""

    host: str
    """Its name."""
    requests: int
    """Requests that left for it."""
    asked: float
    """Seconds between two requests that its source or robots.txt asks for, the longer of both."""
    smallest: float | None
    """Smallest gap in seconds that was kept; null for a single request."""

    @property
    def kept(self) -> bool:
        """Whether no gap was shorter than asked."""
        return self.smallest is None or self.smallest >= self.asked * (1 - _TOLERANCE)


def manners(bucket: Bucket, source: str, day: date, delay: float) -> list[Manners]:
    """Judge every host that the crawls of `source` asked on `day`; `delay` is the declared one in seconds."""
    times: dict[str, list[datetime]] = {}
    asked: dict[str, float] = {}
    for one in (day - timedelta(1), day):  # a robots.txt is used for a day after it was read
        for url, moment, rules in _records(bucket, source, one):
            host = urls.host(url)
            if rules is not None:
                asked[host] = max(asked.get(host, delay), Robots.parse(rules, 200, url).delay(AGENT) or 0.0)
            elif one == day:
                times.setdefault(host, []).append(moment)
    found = []
    for host, moments in sorted(times.items()):
        gaps = [(late - early).total_seconds() for early, late in pairwise(sorted(moments))]
        found.append(Manners(host, len(moments), asked.get(host, delay), min(gaps, default=None)))
    return found


def _records(bucket: Bucket, source: str, day: date) -> Iterator[tuple[str, datetime, bytes | None]]:
    """Yield URL and time of each request, and of each good robots.txt with its text."""
    kinds = WarcRecordType.request | WarcRecordType.response
    for key in bucket.list(layout.warc_prefix(source, day)):
        if layout.parse_warc(key):
            with bucket.open(key) as file:
                for record in ArchiveIterator(file, record_types=kinds, parse_http=False):
                    url, rules = record.headers["WARC-Target-URI"], None
                    if record.record_type == WarcRecordType.response:
                        if not url.endswith("/robots.txt"):
                            continue
                        record.parse_http(auto_decode="all")
                        if record.http_headers.status_code != 200:
                            continue
                        rules = record.reader.read(MAX_BYTES + 1)
                    yield url, record.record_date, rules


@app.command()
def main(
    source: Annotated[str, typer.Argument(help="Id of the source.")],
    *,
    day: Annotated[datetime | None, typer.Option(help="Day (UTC) on which the crawls began; today by default.")] = None,
) -> None:
    """Tell how each host of a source was asked, from the archive alone."""
    settings = installation.load()
    declared = sources.load_one(settings.source_folder / f"{source}.yaml")
    bucket, asked = open_bucket(settings), (day or datetime.now(UTC)).date()
    bucket.require()
    found = manners(bucket, source, asked, declared.delay)
    if not found:
        typer.echo(f"the archive holds no request of {source} on {asked}; --day names another day", err=True)
    for one in found:
        smallest = "-" if one.smallest is None else f"{one.smallest:.2f} s"
        word = "kept" if one.kept else "TOO CLOSE"
        typer.echo(f"{one.host}: {one.requests} requests, {one.asked:g} s asked for, smallest gap {smallest}: {word}")
    sys.exit(0 if all(one.kept for one in found) else 1)


if __name__ == "__main__":
    command.run(app)
