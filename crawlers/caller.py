"""A polite caller for a few pages, without a crawl: the same guard, robots.txt and pauses, and nothing archived.

The survey of a new source uses it; crawls go through Scrapy and the archive.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from crawlers import resolve
from crawlers.connections import Connections
from crawlers.discover import markup
from crawlers.exchange import Bounds
from crawlers.job import AGENT
from crawlers.polite.robots import Robots
from crawlers.settings import user_agent
from pipelines import urls
from pipelines.errors import Misconfigured, Reject, RetryLater

if TYPE_CHECKING:
    from crawlers.exchange import Exchange
    from pipelines.limits import Fetch
    from pipelines.settings import Settings

__all__ = ["Answer", "Caller"]

# Seconds between two requests to one host where robots.txt names none.
PAUSE = 1.0
# A host that asks for more is left to the crawl, which can wait; nobody waits that long before a screen.
_LONGEST_PAUSE = 30.0


class Answer(NamedTuple):
    """What came of a URL."""

    url: str
    """URL of the response, after redirects."""
    status: int
    """HTTP status code."""
    body: bytes
    """Body without transfer and content coding."""
    content_type: str | None
    """Content-Type header; null where there was none."""


@dataclass(slots=True)
class Caller:
    """Asks hosts one request at a time each, and only for what their robots.txt allows."""

    connections: Connections
    """The way to the network."""
    agent: str
    """User-Agent header."""
    limits: Fetch
    """Bounds of one exchange."""
    robots: dict[str, Robots] = field(default_factory=dict)
    """robots.txt of each origin asked so far."""
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, home: str) -> Caller:
        """Build one for an installation. Raises `Misconfigured` where live sites are asked for without a contact."""
        test_hosts, limits = resolve.read_map(settings.resolve), settings.limits.fetch
        if not settings.contact and urls.host(home) not in test_hosts:
            raise Misconfigured(
                "COPYDESK_CONTACT",
                f"{home} is a live site and no contact address is set",
                "Set it to a mail or web address that publishers can write to",
            )
        connections = Connections(resolve.Resolver(test_hosts), Bounds.of(limits), limits.ports)
        return cls(connections, user_agent(settings.contact), limits)

    async def get(self, url: str) -> Answer:
        """Fetch `url` after its redirects. Raises `Reject` where it may not be asked for, `RetryLater` without answer."""
        for _ in range(self.limits.redirects + 1):
            exchange = await self.ask(url)
            location = exchange.header("location") if 300 <= exchange.status < 400 else None
            if location is None:
                return Answer(url, exchange.status, self._plain(exchange), exchange.header("content-type"))
            target = urls.absolute(url, location)
            if target is None:
                raise Reject(f"{url} redirects to {location[:100]!r}, which is no http(s) URL")
            url = target
        raise Reject(f"{url}: more than {self.limits.redirects} redirects")

    async def ask(self, url: str, *headers: tuple[bytes, bytes]) -> Exchange:
        """Have one exchange with `url`, whatever comes; raises as `get` does."""
        await self._allowed(url)
        return await self._exchange(url, *headers)

    async def _allowed(self, url: str) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(f"robots {origin}", asyncio.Lock()):
            if origin not in self.robots:
                self.robots[origin] = await self._read_robots(urljoin(origin, "/robots.txt"))
        verdict = self.robots[origin].allows(url, AGENT)
        if not verdict.allowed:
            raise Reject(verdict.line)

    async def _read_robots(self, url: str) -> Robots:
        try:
            exchange = await self._exchange(url)
        except (Reject, RetryLater):
            return Robots.parse(None, None, url)
        return Robots.parse(self._plain(exchange), exchange.status, url)

    async def _exchange(self, url: str, *headers: tuple[bytes, bytes]) -> Exchange:
        parts = urlsplit(url)
        asked = self.robots.get(f"{parts.scheme}://{parts.netloc}")
        named = asked.delay(AGENT) if asked else None
        pause = PAUSE if named is None else named
        if pause > _LONGEST_PAUSE:
            raise RetryLater(f"host asks for {pause:.0f} s between requests", after=pause)
        async with self._locks.setdefault(parts.netloc, asyncio.Lock()):
            await asyncio.sleep(max(0.0, self._last.get(parts.netloc, -pause) + pause - time.monotonic()))
            try:
                # A part of a file is a part of its own bytes.
                coding = b"identity" if headers else b"gzip"
                usual = [(b"User-Agent", self.agent.encode()), (b"Accept", b"*/*"), (b"Accept-Encoding", coding)]
                return await self.connections.get(url, [*usual, *headers])
            finally:
                self._last[parts.netloc] = time.monotonic()

    def _plain(self, exchange: Exchange) -> bytes:
        """Undo the content coding that was asked for; a file that is gzip itself is its readers' affair."""
        if (exchange.header("content-encoding") or "").strip().lower() not in {"gzip", "x-gzip"}:
            return exchange.payload
        return markup.inflate(exchange.payload, self.limits.text_bytes)[0]
