"""Scrapy middleware for sources with `render: true`: their pages are shown by a browser before they are judged."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.http import TextResponse

from crawlers import job as jobs
from crawlers.browser import Answer, Browser
from crawlers.spiders import beside
from pipelines import urls
from pipelines.errors import Reject, RetryLater
from pipelines.records import Role

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawlers.exchange import Exchange
    from crawlers.frontier import Errand

__all__ = ["Render"]

_PAGES = (Role.ARTICLE, Role.SECTION)
# A byte order mark says UTF-8 over whatever the page or its header says of the charset that it had.
_MARK = "\ufeff"
_FIRST = 900
# Scripts and data kept for the next page of the crawl: a site's pages share most of them.
_KEPT = 64


class Render:
    """Replaces the body of a page by what its scripts make of it; the archive keeps both, and every part."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._job = job = jobs.of(crawler)
        limits = job.limits
        self._browser = Browser(
            job.chromium,
            crawler.settings["USER_AGENT"],
            seconds=limits.render.seconds,
            parts=limits.render.parts,
            most=limits.fetch.text_bytes,
        )
        self._answers: OrderedDict[str, Answer | None] = OrderedDict()
        crawler.signals.connect(self._close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Render:
        """Build as Scrapy asks."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Show a page that came whole. Raises `RetryLater` where the browser fails or the crawl is stopped."""
        errand: Errand = request.meta["errand"]
        exchanges: list[Exchange] = request.meta["exchanges"]
        if errand.role not in _PAGES or response.status != 200 or not isinstance(response, TextResponse):
            return response
        if exchanges[-1].truncated is not None or "gone" in request.meta:
            return response
        shown = await self._unless_stopped(response)
        body = (_MARK + shown).encode("utf-8", "replace")
        exchanges[-1] = replace(exchanges[-1], rendered=body)
        return response.replace(body=body, encoding="utf-8")

    async def _unless_stopped(self, response: TextResponse) -> str:
        html = response.text.encode("utf-8", "replace")
        showing = asyncio.ensure_future(self._browser.show(response.url, html, self._part))
        stopping = asyncio.ensure_future(self._job.halted())
        try:
            await asyncio.wait({showing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not showing.done():
                raise RetryLater("the crawl was stopped")
            return showing.result()
        finally:
            stopping.cancel()
            showing.cancel()

    async def _part(self, url: str) -> Answer | None:
        """Fetch what a page needs as the crawl fetches anything; each URL once a crawl."""
        if url in self._answers:
            self._answers.move_to_end(url)
            return self._answers[url]
        answer = await self._fetch(url)
        self._answers[url] = answer
        if len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        return answer

    async def _fetch(self, url: str) -> Answer | None:
        try:
            url = urls.normalise(url)
        except Reject:
            return None
        response = await beside.fetch(self._crawler, self._job, url, Role.PART, _FIRST)
        if response is None:
            return None
        kind = (response.headers.get("Content-Type") or b"text/plain").decode("latin-1")
        # Scripts and data of another host of the publisher: what a browser would let the page read, or would not.
        origin = response.headers.get("Access-Control-Allow-Origin")
        headers = {"content-type": kind} | ({"access-control-allow-origin": origin.decode("latin-1")} if origin else {})
        return Answer(response.status, headers, response.body)

    async def _close(self) -> None:
        await self._browser.close()
