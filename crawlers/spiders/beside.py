"""Fetch what a host or a page needs beside the articles: files for crawlers, scripts, data. Each URL once a crawl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawlers.frontier import Errand
from crawlers.spiders import visits
from pipelines.errors import CopydeskError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawlers.job import Job
    from pipelines.records import Role

__all__ = ["fetch"]


async def fetch(crawler: Crawler, job: Job, url: str, role: Role, priority: int) -> Response | None:
    """Fetch `url` with all that a request passes, and close its errand; None where no answer came or it had its turn."""
    errand, engine = Errand(url, role, 0, None), crawler.engine
    if not job.frontier.add(errand, state="taken"):
        return None
    if engine is None:
        raise RuntimeError("a middleware runs inside an engine")
    request = Request(url, priority=priority, dont_filter=True, meta={"errand": errand, "exchanges": []})
    try:
        response = await engine.download_async(request)
    except (CopydeskError, IgnoreRequest, OSError) as error:
        visits.failed(job, request.meta, error)
        return None
    await visits.answered(job, response)
    return response
