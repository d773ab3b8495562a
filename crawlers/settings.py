"""Scrapy's settings for one crawl: what is switched off, what replaces it, and the bounds."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any

from crawlers.job import AGENT

if TYPE_CHECKING:
    from crawlers.job import Job

__all__ = ["scrapy_settings", "user_agent"]


def user_agent(contact: str | None) -> str:
    """Give the User-Agent header: product, version and the address that a publisher can write to."""
    version = metadata.version("copydesk")
    return f"{AGENT}/{version} (+{contact})" if contact else f"{AGENT}/{version}"


def scrapy_settings(job: Job, agent: str, log_level: str) -> dict[str, Any]:
    """Give the settings for `job`."""
    fetch, off = job.limits.fetch, None
    handler = "crawlers.download.Handler"
    return {
        "BOT_NAME": AGENT,
        # Nothing here needs Twisted; asyncio alone starts faster and leaves the signals to the spider.
        "TWISTED_REACTOR_ENABLED": False,
        "USER_AGENT": agent,
        "LOG_LEVEL": log_level,
        # One way out, ours; no scheme but these two.
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "file": off, "data": off, "ftp": off, "s3": off},
        "DOWNLOADER_MIDDLEWARES": _middlewares(render=job.source.render),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": f"{job.source.language},en;q=0.7,*;q=0.5",
            # What every reader of the archive can decode.
            # Not br: a brotli body in a WARC file is more than warcio, and so pywb, can read.
            "Accept-Encoding": "gzip, deflate",
        },
        "CONCURRENT_REQUESTS": max(16, job.source.connections),
        "CONCURRENT_REQUESTS_PER_DOMAIN": job.source.connections,
        # Scrapy starts as many workers for the items of each response, and this spider has none.
        "CONCURRENT_ITEMS": 1,
        # The handler keeps the delays (see crawlers/download.py), the exchange its time and size.
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_MAXSIZE": fetch.text_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": fetch.redirects,
        "RETRY_TIMES": fetch.retries,
        "HTTPERROR_ALLOW_ALL": True,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "STATS_DUMP": False,
    }


def _middlewares(*, render: bool) -> dict[str, int | None]:
    """Give our middlewares in their order, and those of Scrapy that they stand in for as switched off."""
    theirs, off = "scrapy.downloadermiddlewares.", None
    return {
        "crawlers.spiders.gate.Gate": 100,
        # Sees a page after its redirects and further tries.
        "crawlers.spiders.gone.Gone": 200,
        # Sees a page after its redirects, retries and content coding.
        **({"crawlers.spiders.render.Render": 300} if render else {}),
        "crawlers.spiders.patience.Patience": 550,
        theirs + "offsite.OffsiteMiddleware": off,
        theirs + "robotstxt.RobotsTxtMiddleware": off,
        # The handler undoes content codings, as those who read the archive do.
        theirs + "httpcompression.HttpCompressionMiddleware": off,
        theirs + "httpauth.HttpAuthMiddleware": off,
        theirs + "retry.RetryMiddleware": off,
        theirs + "httpproxy.HttpProxyMiddleware": off,
    }
