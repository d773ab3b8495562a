"""Scrapy's download handler for http and https: waits for the host's turn, fetches, keeps every byte in `meta`."""

from __future__ import annotations

import ipaddress
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from crawlers import job
from crawlers.polite.pace import retry_after
from pipelines import coding
from pipelines.errors import RetryLater

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawlers.exchange import Exchange

__all__ = ["Handler"]

# Some servers name a charset here, or what they never applied: such a body is taken as it is.
_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "br"})


class Handler(BaseDownloadHandler):
    """The one way from Scrapy to the network. `request.meta["exchanges"]` gets each exchange in its order.

    Delays and connections are kept here and not by the downloader's slots. robots.txt and Retry-After name delays while
    the crawl runs, each for one host, and a stop must not wait for them; and without Twisted's reactor Scrapy 2.19 counts
    a transfer only when its task first runs, so that a burst of requests passes a slot's limit.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._job = job.of(crawler)

    async def download_request(self, request: Request) -> Response:
        """Fetch. Raises `Reject` where the guard forbids it and `RetryLater` where no response came."""
        async with self._job.line(request.url):
            await self._job.turn(request.url)
            return await self._fetch(request)

    async def _fetch(self, request: Request) -> Response:
        pace, began = self._job.pace(request.url), time.monotonic()
        headers = [(name, value) for name, values in request.headers.items() for value in values]
        try:
            exchange = await self._job.connections.get(request.url, headers)
        except RetryLater:
            pace.failed()
            raise
        now = time.monotonic()
        taken = min((datetime.now(UTC) - exchange.started).total_seconds(), now - began)
        request.meta["download_latency"] = taken
        request.meta.setdefault("exchanges", []).append(exchange)
        wait = retry_after(exchange.header("retry-after"), datetime.now(UTC))
        pace.answered(exchange.status, taken, now, wait)
        answered = Headers()
        for name, value in exchange.headers:
            answered.appendlist(name, value)
        body = self._plain(exchange)
        kind = responsetypes.from_args(headers=answered, url=request.url, body=body)
        return kind(
            url=request.url,
            status=exchange.status,
            headers=answered,
            body=body,
            ip_address=ipaddress.ip_address(exchange.ip),
            protocol="HTTP/1.1",
        )

    def _plain(self, exchange: Exchange) -> bytes:
        """Undo the content coding as whoever reads the archive does; raises `Quarantine` for a bomb."""
        named = b",".join(value for name, value in exchange.headers if name.lower() == b"content-encoding")
        codings = named.decode("latin-1").lower().split(",")
        if not {one.strip() for one in codings} <= _CODINGS:
            return exchange.payload
        return coding.decode(exchange.payload, codings, self._job.limits.fetch.text_bytes)

    async def close(self) -> None:
        """Drop idle connections."""
        self._job.connections.close()
