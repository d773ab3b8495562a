"""Scrapy middleware for pages of past days that are gone from their site: the Wayback Machine's capture is fetched instead.

A capture is asked for as anything is: under the archive's own robots.txt and pauses. That the page may be fetched at all
was judged before, by the robots.txt of its own site, and what it reserved when it was captured counts as on the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request

from crawlers import job as jobs
from crawlers.discover import wayback
from pipelines.errors import RetryLater

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawlers.frontier import Errand

__all__ = ["Gone"]

_GONE = frozenset({404, 410})


class Gone:
    """Sees a response after its redirects and further tries; `request.meta["gone"]` is why a capture is asked for."""

    def __init__(self, crawler: Crawler) -> None:
        self._job = jobs.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gone:
        """Build as Scrapy asks."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask for the capture of a page that its site no longer has."""
        if response.status not in _GONE:
            return response
        return self._captured(request, f"HTTP {response.status}") or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Ask for the capture of a page whose host is dead; one that asks for quiet, or forbids, is not."""
        if not isinstance(exception, RetryLater) or exception.after or self._job.stopped:
            return None
        return self._captured(request, str(exception))

    def _captured(self, request: Request, why: str) -> Request | None:
        errand: Errand = request.meta["errand"]
        capture = errand.candidate.capture if errand.candidate else None
        if "gone" in request.meta or capture is None or not wayback.held_by(self._job.wayback, capture):
            return None
        passed = [*request.meta.get("redirect_urls", ()), request.url]
        return Request(
            capture,
            callback=request.callback,
            errback=request.errback,
            dont_filter=True,
            meta={
                "errand": errand,
                "exchanges": request.meta.get("exchanges", []),
                "gone": why,
                "redirect_urls": passed,
            },
        )
