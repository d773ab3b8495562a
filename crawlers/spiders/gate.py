"""Scrapy middleware that lets no request pass before its host was heard: robots.txt (RFC 9309), then its reservations."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawlers import job as jobs
from crawlers.discover.listing import own
from crawlers.job import AGENT, OutOfTime, Rules
from crawlers.memory import Kept
from crawlers.polite import rights
from crawlers.polite.revisit import Mode
from crawlers.polite.robots import Robots, passing
from crawlers.spiders import beside, listings, visits
from pipelines import urls
from pipelines.errors import Reject
from pipelines.records import Role

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

__all__ = ["Gate"]

# Before everything that waits: whatever a host asks for is known first.
_FIRST = 1000
# Licences that one robots.txt may name: sites have one, for each section at most.
_LICENCES = 5
# The rules that are missing may be the ones that forbid. What our own limit cut is as RFC 9309 has it.
_BROKEN_OFF = frozenset({"time", "disconnect"})


class Gate:
    """Hears each host once a crawl. Redirects pass here again, so their targets are heard as well."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._job = jobs.of(crawler)
        self._heard: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gate:
        """Build as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise `Reject` with the reason where the guard or robots.txt forbids the URL, or its article is withheld."""
        role = request.meta["errand"].role
        if role in {Role.ROBOTS, Role.WELL_KNOWN}:
            return
        self._job.connections.check(request.url)
        origin = jobs.origin(request.url)
        if origin not in self._heard:
            self._heard[origin] = asyncio.ensure_future(self._hear(origin))
        rules = await asyncio.shield(self._heard[origin])
        verdict = rules.robots.allows(request.url, AGENT)
        if not verdict.allowed:
            raise Reject(verdict.line)
        if role is Role.ARTICLE and "gone" not in request.meta:
            visits.check_rights(self._job, request.url, {}, None)

    async def _hear(self, origin: str) -> Rules:
        """Read what a host asks for; take over its delay, and its sitemaps where the host is the source's."""
        job, url = self._job, urljoin(origin, "/robots.txt")
        kept = await self._file(url, Role.ROBOTS)
        if kept is None and (late := job.late.get(urls.host(url))):
            raise OutOfTime(late, after=1.0)  # nothing was heard, and nothing is known to be wrong
        robots = Robots.parse(kept.text.encode() if kept else None, kept.status if kept else None, url)
        job.pace(url).slow_to(robots.delay(AGENT) or 0.0)
        files: dict[str, bytes] = {}
        if own(job.source, url):
            for sitemap in robots.sitemaps:
                listings.propose_place(job, sitemap, Role.SITEMAP)
            known = [urljoin(origin, path) for path in rights.WELL_KNOWN]
            for file in (*known, *(link for _, link in robots.licences[:_LICENCES])):
                if robots.allows(file, AGENT).allowed and (found := await self._file(file, Role.WELL_KNOWN)):
                    files |= {file: found.text.encode()} if found.status == 200 else {}
        return job.rules.setdefault(origin, Rules(robots, files))

    async def _file(self, url: str, role: Role) -> Kept | None:
        """Give a file as an earlier crawl read it where that is fresh enough, else as it is now; None where none came."""
        job, now = self._job, datetime.now(UTC)
        kept = job.memory.files.get(url)
        if kept is not None and job.mode is not Mode.ALWAYS and kept.fresh(now, job.limits.fetch.robots_hours):
            return kept
        if job.frontier.knows(url):
            return kept  # an earlier try of this run read it, or a redirect or a licence of another host led here
        response = await beside.fetch(self._crawler, job, url, role, _FIRST)
        if response is None or response.meta["exchanges"][-1].truncated in _BROKEN_OFF:
            return None
        body = response.body[: job.limits.fetch.robots_bytes] if 200 <= response.status < 300 else b""
        kept = Kept(now.isoformat(), response.status, body.decode("utf-8", "replace"))
        if not passing(response.status):
            job.memory.files[url] = kept
        return kept
