"""Scrapy middleware that lets no request pass before its host's robots.txt was read and allows it (RFC 9309)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawlers import job
from crawlers.frontier import Errand
from crawlers.job import AGENT
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
            self._read[origin] = asyncio.ensure_future(self._fetch(urljoin(origin, "/robots.txt")))
        robots = await asyncio.shield(self._read[origin])
        verdict = robots.allows(request.url, AGENT)
        if not verdict.allowed:
            raise Reject(verdict.line)

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
        self._job.pace(url).slow_to(robots.delay(AGENT) or 0.0)
        for sitemap in robots.sitemaps:
            visits.propose_place(self._job, sitemap, Role.SITEMAP)
        return robots
