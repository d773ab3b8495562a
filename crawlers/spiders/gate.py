"""Scrapy middleware that lets no request pass before its host's robots.txt was read and allows it (RFC 9309)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawlers import job
from crawlers.discover.listing import own
from crawlers.frontier import Errand
from crawlers.job import AGENT
from crawlers.memory import Rules
from crawlers.polite.revisit import Mode
from crawlers.polite.robots import Robots
from crawlers.spiders import visits
from pipelines.errors import CopydeskError, Reject
from pipelines.records import Role

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


__all__ = ["RobotsGate"]

# Before everything that waits: whatever a host allows is known first.
_FIRST = 1000


class RobotsGate:
    """Reads each host's robots.txt once a crawl. Redirects pass here again, so their targets are asked for as well."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._job = job.of(crawler)
        self._read: dict[str, asyncio.Task[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsGate:
        """Build as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise `Reject` with the deciding line where robots.txt forbids the URL."""
        if request.meta["errand"].role is Role.ROBOTS:
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._read:
            self._read[origin] = asyncio.ensure_future(self._open(urljoin(origin, "/robots.txt")))
        robots = await asyncio.shield(self._read[origin])
        verdict = robots.allows(request.url, AGENT)
        if not verdict.allowed:
            raise Reject(verdict.line)

    async def _open(self, url: str) -> Robots:
        """Take over what a host's robots.txt asks for: its delay, and its sitemaps where the host is the source's."""
        robots = await self._rules(url)
        self._job.pace(url).slow_to(robots.delay(AGENT) or 0.0)
        for sitemap in robots.sitemaps if own(self._job.source, url) else ():
            visits.propose_place(self._job, sitemap, Role.SITEMAP)
        return robots

    async def _rules(self, url: str) -> Robots:
        """Give the rules of a host: those an earlier crawl read where they are fresh enough, else those it has now."""
        job = self._job
        kept, hours = job.memory.robots.get(url), job.limits.fetch.robots_hours
        if kept is not None and job.mode is not Mode.ALWAYS:
            age = datetime.now(UTC) - datetime.fromisoformat(kept.fetched)
            if age < timedelta(hours=hours):
                return Robots.parse(kept.text.encode(), kept.status, url)
        return await self._fetch(url)

    async def _fetch(self, url: str) -> Robots:
        errand = Errand(url, Role.ROBOTS, 0, None)
        self._job.frontier.add(errand, state="taken")
        request = Request(url, priority=_FIRST, dont_filter=True, meta={"errand": errand, "exchanges": []})
        engine = self._crawler.engine
        if engine is None:
            raise RuntimeError("a middleware runs inside an engine")
        try:
            response = await engine.download_async(request)
        except (CopydeskError, IgnoreRequest, OSError) as error:
            visits.failed(self._job, request.meta, error)
            return Robots.parse(None, None, url)
        visits.answered(self._job, response)
        robots = Robots.parse(response.body, response.status, url)
        if response.status < 500:
            self._job.memory.robots[url] = Rules(datetime.now(UTC).isoformat(), response.status, robots.text)
        return robots
