"""Scrapy middleware that tries again, after a pause, what failed for the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request

from crawlers import job
from pipelines.errors import RetryLater

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


__all__ = ["Patience"]

# The pause before the first further try, in seconds, tripled before the next: servers that restart need 1 to 10 s.
_PAUSE = 2.0
_TRANSIENT = frozenset({408, 429, 500, 502, 503, 504, 520, 522, 524})


class Patience:
    """Scrapy's own RetryMiddleware asks again at once; a host in trouble needs time more than requests."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._job = job.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        """Build as Scrapy asks."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try a transient status or a body that broke off again."""
        exchange = request.meta["exchanges"][-1]
        if response.status not in _TRANSIENT and exchange.truncated not in {"time", "disconnect"}:
            return response
        return await self._again(request, f"HTTP {response.status}") or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try a broken connection or a silent server again."""
        if not isinstance(exception, RetryLater) or exception.after is not None or self._job.stopped:
            return None
        return await self._again(request, str(exception))

    async def _again(self, request: Request, reason: str) -> Request | None:
        spider = self._crawler.spider
        if spider is None or self._job.stopped:
            return None
        again = get_retry_request(request, spider=spider, reason=reason)
        longest = self._job.limits.fetch.retry_after_seconds
        if again is None or self._job.quiet(request.url) > longest:
            return None
        try:
            await self._job.pause(_PAUSE * 3 ** request.meta.get("retry_times", 0))
        except RetryLater:
            return None
        return again
