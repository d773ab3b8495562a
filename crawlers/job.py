"""One crawl of one source: what it was told, what it knows, and the parts that its spider and middlewares share."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from crawlers import warc
from crawlers.archive import unwritable
from crawlers.discover import wayback
from crawlers.frontier import Frontier
from crawlers.polite import revisit
from crawlers.polite.pace import Pace
from crawlers.polite.robots import Robots
from crawlers.traps import Traps
from pipelines import urls
from pipelines.errors import RetryLater

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawlers.archive import Archive
    from crawlers.connections import Connections
    from crawlers.memory import Memory
    from crawlers.polite.revisit import Mode
    from pipelines.errors import Misconfigured
    from pipelines.limits import Limits
    from pipelines.records import Source

__all__ = ["AGENT", "Job", "OutOfTime", "Rules", "of", "origin"]

AGENT = "copydesk"
"""Product token: the name by which robots.txt speaks to this crawler."""


class OutOfTime(RetryLater):
    """The turn of a URL would come after the crawl's end, or after a longer pause than a crawl sleeps through."""


class Rules(NamedTuple):
    """What an origin asks of crawlers."""

    robots: Robots
    """Its robots.txt."""
    files: dict[str, bytes]
    """Its well-known files and licences by URL; those that do not exist are missing."""


@dataclass(slots=True)
class Job:
    """Everything that one crawl works with."""

    run: str
    """Id of the crawl."""
    source: Source
    """What is crawled."""
    limits: Limits
    """The numbers in `config/limits.yaml`."""
    mode: Mode
    """How known URLs are treated."""
    pages: int
    """Most article pages to ask for."""
    since: datetime | None
    """Articles dated before are left out; null for no bound."""
    until: datetime | None
    """Articles dated at or after are left out; null for no bound."""
    memory: Memory
    """What earlier crawls found."""
    archive: Archive
    """Where every exchange goes."""
    connections: Connections
    """The way to the network."""
    chromium: Path = Path("/usr/bin/chromium")
    """The browser for sources whose pages need one."""
    wayback: str | None = None
    """Server of the Wayback Machine that a crawl of past days asks; null for none."""
    frontier: Frontier = field(default_factory=Frontier)
    """The URLs of this crawl."""
    ends: float = math.inf
    """When it is over, in seconds of the monotonic clock."""
    late: dict[str, str] = field(default_factory=dict)
    """Hosts for which it had no time, and why."""
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    """When it began."""
    troubles: list[str] = field(default_factory=list)
    """What went wrong with the source as a whole, in words."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """Visits by outcome; `fetched` is one whose outcome extraction decides."""
    asked: int = 0
    """Feeds, sitemaps and sections that were asked for."""
    read: int = 0
    """Those of them that were read or had not changed."""
    resting: int = 0
    """Declared ones that are not due and were read at their latest visit."""
    backing_off: datetime | None = None
    """When the first of the declared ones is due again that wait because of a trouble; null where none does."""
    believed: bool = field(init=False)
    """Whether it is worth a visit that a listing says of a known page that it changed."""
    traps: Traps = field(init=False)
    """Judges proposed URLs."""
    broken: Misconfigured | RetryLater | None = None
    """Why the archive cannot be written; null where it can."""
    left: int = 0
    """Article pages that may still be asked for."""
    places_left: int = 0
    """Feeds, sitemaps and sections that may still be asked for."""
    rules: dict[str, Rules] = field(default_factory=dict)
    """What each origin asks for, once it was read."""
    _paces: dict[str, Pace] = field(default_factory=dict)
    _lines: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.traps = Traps(self.limits.fetch)
        window = self.began - timedelta(days=self.limits.revisit.window_days)
        idle = self.memory.idle_claims(window.strftime("%Y-%m-%dT%H:%M:%S"), revisit.IDLE_CLAIMS)
        self.believed = revisit.believed(*idle)
        self.left = self.pages
        self.places_left = self.limits.fetch.places

    def pace(self, url: str) -> Pace:
        """Give the rhythm of a URL's host."""
        host = urls.host(url)
        if host not in self._paces:
            self._paces[host] = self._remembered(url)
            until = self.memory.quiet.get(host)
            if until is not None:
                left = (datetime.fromisoformat(until) - datetime.now(UTC)).total_seconds()
                self._paces[host].hush(min(left, self.limits.fetch.quiet_hours * 3600), time.monotonic())
        return self._paces[host]

    def _remembered(self, url: str) -> Pace:
        """Give a host's rhythm as earlier crawls learned it: the delay that it asks for, and when it was asked last."""
        pace, last = Pace(self.source.delay, self.limits.fetch.slowest_seconds), self.memory.asked.get(urls.host(url))
        rules = urljoin(origin(url), "/robots.txt")
        if (kept := self.memory.files.get(rules)) is not None:
            pace.slow_to(Robots.parse(kept.text.encode(), kept.status, rules).delay(AGENT) or 0.0)
        ago = (datetime.now(UTC) - datetime.fromisoformat(last)).total_seconds() if last else -1.0
        if ago >= 0:  # else it was never asked, or by a clock that was wrong
            pace.asked_ago(ago, time.monotonic())
        return pace

    def line(self, url: str) -> asyncio.Semaphore:
        """Give what a request holds while it is on its way, so that its host has no more connections than declared."""
        return self._lines.setdefault(urls.host(url), asyncio.Semaphore(self.source.connections))

    async def turn(self, url: str) -> None:
        """Wait until the host of `url` may be asked.

        Raises `RetryLater` where it is to be left alone, or on a stop, `OutOfTime` where its turn comes too late.
        """
        pace, fetch = self.pace(url), self.limits.fetch
        while True:
            now = time.monotonic()
            if pace.quiet(now) > fetch.retry_after_seconds:
                raise RetryLater(f"host asks not to be visited for {pace.quiet(now):.0f} s", after=pace.quiet(now))
            if pace.failures >= fetch.failures:
                raise RetryLater(f"host failed {pace.failures} times in a row and is left alone", after=0.0)
            self._require_time(urls.host(url), pace, now)
            await self.pause(pace.turn(now))
            if not pace.quiet(time.monotonic()):
                self.memory.asked[urls.host(url)] = warc.now()
                return  # else an answer over another connection asked for quiet meanwhile

    def _require_time(self, host: str, pace: Pace, now: float) -> None:
        wait, longest = pace.wait(now), self.limits.fetch.pause_seconds
        if wait > longest and pace.floor > longest:
            again = datetime.now(UTC) + timedelta(seconds=wait)
            why = f"asks for {pace.floor:g} s between requests and is asked again from {again:%Y-%m-%d %H:%M} UTC on"
        elif now + wait > self.ends:
            why = "has pages left for which the crawl had no time"
        else:
            return
        self.late[host] = f"{host} {why}"
        raise OutOfTime(self.late[host], after=max(wait, 1.0))

    def quiet(self, url: str) -> float:
        """Give the seconds for which the host of `url` is not to be asked."""
        return self.pace(url).quiet(time.monotonic())

    def remember_quiet(self) -> None:
        """Note the hosts that asked not to be visited beyond this crawl, so that the next one obeys as well.

        When a host was asked last is forgotten where no delay reaches from there.
        """
        now = datetime.now(UTC)
        longest = self.limits.fetch.quiet_hours * 3600
        latest = now + timedelta(seconds=longest)
        # One beyond the longest was noted by a clock that was wrong.
        kept = {
            host: until for host, until in self.memory.quiet.items() if now < datetime.fromisoformat(until) <= latest
        }
        asked = {host: pace.quiet(time.monotonic()) for host, pace in self._paces.items()}
        fresh = {
            host: (now + timedelta(seconds=min(left, longest))).isoformat() for host, left in asked.items() if left > 0
        }
        self.memory.quiet = kept | fresh
        oldest = now - timedelta(seconds=longest)
        self.memory.asked = {
            host: last for host, last in self.memory.asked.items() if oldest < datetime.fromisoformat(last) <= now
        }

    async def pause(self, seconds: float) -> None:
        """Sleep. Raises `RetryLater` at once when the crawl is stopped."""
        if not self.stopped:
            try:
                await asyncio.wait_for(self._stopped.wait(), seconds) if seconds > 0 else await asyncio.sleep(0)
            except TimeoutError:
                return
        if self.stopped:
            raise RetryLater("the crawl was stopped")

    def captures_query(self, resume: str | None = None) -> str | None:
        """Give the URL that lists what the Wayback Machine holds of the crawl's days; null where none is to be asked."""
        if not self.wayback or self.since is None:
            return None
        host = urls.host(self.source.home).removeprefix("www.")
        server = f"{self.wayback.rstrip('/')}/cdx/search/cdx"
        return wayback.query(host, self.since, self.until or self.began, resume=resume, server=server)

    async def halted(self) -> None:
        """Return once the crawl is asked to end."""
        await self._stopped.wait()

    @property
    def bounded(self) -> bool:
        """Whether the crawl takes the articles of a range of days only."""
        return self.since is not None or self.until is not None

    @property
    def stopped(self) -> bool:
        """Whether the crawl was asked to end."""
        return self._stopped.is_set()

    def fail(self, error: OSError) -> None:
        """End the crawl because its archive cannot be written, most often for a full disk."""
        self.broken = unwritable(error)
        self.stop()

    def stop(self) -> None:
        """End the crawl: no further request leaves, running ones end now."""
        self._stopped.set()
        self.connections.stop()


def origin(url: str) -> str:
    """Give scheme, host and port of a URL, however it is written: what one robots.txt speaks for."""
    parts, name = urlsplit(url), urls.host(url)
    host = f"[{name}]" if ":" in name else name
    usual = parts.port is None or parts.port == {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}")


def of(crawler: Crawler) -> Job:
    """Give the job of the crawl that a Scrapy component belongs to."""
    job = getattr(crawler.spider, "job", None)
    if not isinstance(job, Job):
        raise TypeError("this component works for the spider of a job (crawlers/spiders/news.py) only")
    return job
