"""The spider: reads a source's feeds, sitemaps and sections, then visits the articles they name, newest first."""

from __future__ import annotations

import asyncio
import signal
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request, Spider, signals

from crawlers.polite import revisit
from crawlers.spiders import listings, visits
from pipelines import urls
from pipelines.errors import CopydeskError
from pipelines.records import Role

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawlers.frontier import Errand
    from crawlers.job import Job

__all__ = ["NewsSpider"]

# Requests built ahead of the downloader; the rest wait in the frontier, on disk.
_AHEAD = 16
# Seconds between two words on how far the crawl is: often enough for who watches, rare enough for a log.
_TOLD_SECONDS = 5.0


class NewsSpider(Spider):
    """Visits one source; the job in the settings says which and how."""

    name = "news"

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler, job: Job) -> NewsSpider:
        """Build as Scrapy asks and refill its scheduler whenever that runs empty."""
        spider = super().from_crawler(crawler, job=job)
        crawler.signals.connect(spider.refill, signals.scheduler_empty)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Begin with what the source declares and what earlier crawls left to do."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        self._telling = asyncio.ensure_future(self._tell())
        self._declare()
        for request in self._requests():
            yield request

    def refill(self) -> None:
        """Hand the next errands to the engine."""
        engine = self.crawler.engine
        if self.job.stopped or engine is None:
            return
        for request in self._requests():
            engine.crawl(request)

    async def _tell(self) -> None:
        """Log how far the crawl is, until it ends."""
        while True:
            await asyncio.sleep(_TOLD_SECONDS)
            visited, waiting = sum(self.job.outcomes.values()), self.job.frontier.count("waiting")
            self.logger.info("%d visited, %d waiting", visited, waiting)

    def closed(self, reason: str) -> None:  # noqa: ARG002  Scrapy's signature
        """End with the crawl."""
        self._telling.cancel()

    def _stop(self) -> None:
        self.logger.info("stopping")
        self.job.stop()
        self._stopping = asyncio.ensure_future(self.crawler.stop_async())

    def _declare(self) -> None:
        job, source = self.job, self.job.source
        declared = ((Role.FEED, source.feeds), (Role.SITEMAP, source.sitemaps), (Role.SECTION, source.sections))
        for role, places in declared:
            for place in places:
                listings.propose_declared(job, place, role)
        if not any(places for _, places in declared):
            listings.propose_declared(job, source.home, Role.SECTION)
        if (query := job.captures_query()) is not None:
            listings.propose_place(job, query, Role.CAPTURES)
        now = datetime.now(UTC)
        for known in job.memory.all(Role.ARTICLE):
            candidate = known.proposed(source.id)
            if candidate is not None and revisit.due(known, now, job.limits.revisit, job.mode):
                listings.propose(job, candidate)

    def _requests(self) -> Iterator[Request]:
        job = self.job
        if time.monotonic() >= job.ends and job.frontier.count("waiting"):
            host = urls.host(job.source.home)
            job.late.setdefault(host, f"{host} has pages left for which the crawl had no time")
            return
        for errand in job.frontier.take(min(_AHEAD, job.places_left), min(_AHEAD, job.left)):
            if errand.role is Role.ARTICLE:
                job.left -= 1
            else:
                job.places_left -= 1
            yield self._request(errand)

    def _request(self, errand: Errand) -> Request:
        headers = {}
        known = self.job.memory.know(errand.url)
        # A listing must be read whole for a range of days: it may be unmodified and never have been read for them.
        whole = errand.role is not Role.ARTICLE and self.job.bounded
        # An unmodified shell tells nothing of what its scripts would fill it with.
        whole = whole or self.job.source.render
        if known is not None and known.payload is not None and not whole:
            if known.etag:
                headers["If-None-Match"] = known.etag
            if known.last_modified:
                headers["If-Modified-Since"] = known.last_modified
        return Request(
            errand.url,
            headers=headers,
            callback=self.answered,
            errback=self.broke,
            dont_filter=True,
            meta={"errand": errand, "exchanges": []},
        )

    async def answered(self, response: Response) -> None:
        """Close the errand of a response."""
        await visits.answered(self.job, response)

    def broke(self, failure: Failure) -> None:
        """Close the errand of a request that got none, or none that can be used."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        error = failure.value or RuntimeError("a failure without an error")
        if not isinstance(error, CopydeskError):
            self.logger.warning("%s: %r", request.url, error)
        visits.failed(self.job, request.meta, error)
