"""Open connections to checked addresses and keep the idle ones for the next request to the same host."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers import guard
from crawlers.exchange import Bounds, Exchange, Stale, Wire
from pipelines import urls
from pipelines.errors import RetryLater

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from crawlers.resolve import Resolver

__all__ = ["Connections"]

# Servers close idle connections after 5 to 75 seconds; an older one costs a failed try more often than it saves one.
IDLE_SECONDS = 15.0
# A host that accepts no connection within this time is down; the rest of the exchange's time is for its answer.
CONNECT_SECONDS = 10.0


class Connections:
    """Every connection of a crawl. All requests pass `get`, so nothing leaves that the guard has not seen."""

    def __init__(self, resolver: Resolver, bounds: Bounds, ports: Collection[int]) -> None:
        self._resolver, self._bounds, self._ports = resolver, bounds, frozenset(ports)
        self._tls = ssl.create_default_context()
        self._idle: defaultdict[tuple[str, str, int], list[Wire]] = defaultdict(list)
        self._running: set[asyncio.Timeout] = set()
        self._stopped = False

    def check(self, url: str) -> None:
        """Raise `Reject` where the guard forbids `url`; nothing is sent."""
        guard.check_url(url, self._ports, self._resolver.test_hosts)

    async def get(self, url: str, headers: Iterable[tuple[bytes, bytes]]) -> Exchange:
        """Fetch `url`. Raises `Reject` where the guard forbids it, `RetryLater` where no response came."""
        self.check(url)
        parts = urlsplit(url)
        place = (parts.scheme, urls.host(url), parts.port or (443 if parts.scheme == "https" else 80))
        sent = tuple(headers)
        deadline = asyncio.get_running_loop().time() + self._bounds.seconds
        idle = self._reuse(place)
        if idle is not None:
            try:
                return await self._try(idle, place, url, sent, deadline)
            except Stale:
                pass
        return await self._try(await self._open(*place, deadline), place, url, sent, deadline)

    async def _try(
        self,
        wire: Wire,
        place: tuple[str, str, int],
        url: str,
        headers: tuple[tuple[bytes, bytes], ...],
        deadline: float,
    ) -> Exchange:
        try:
            with self._limited(deadline) as limit:
                exchange = await wire.get(url, headers, limit)
        except BaseException:  # failed or cancelled, the wire may hold half an answer; raised again
            wire.close()
            raise
        if wire.reusable():
            wire.idle_since = time.monotonic()
            self._idle[place].append(wire)
        else:
            wire.close()
        return exchange

    @contextmanager
    def _limited(self, deadline: float) -> Iterator[asyncio.Timeout]:
        """Give the time limit of a step, which `stop` ends at once."""
        limit = asyncio.timeout_at(0 if self._stopped else deadline)
        self._running.add(limit)
        try:
            yield limit
        finally:
            self._running.discard(limit)

    def _reuse(self, place: tuple[str, str, int]) -> Wire | None:
        while self._idle[place]:
            wire = self._idle[place].pop()
            if wire.idle_since is not None and time.monotonic() - wire.idle_since < IDLE_SECONDS:
                return wire
            wire.close()
        return None

    async def _open(self, scheme: str, host: str, port: int, deadline: float) -> Wire:
        """Resolve and connect, however many addresses a name has, within the time of the exchange."""
        with self._limited(deadline) as limit:
            try:
                async with limit:
                    return await self._connect(scheme, host, port)
            except TimeoutError as error:
                raise RetryLater(f"no connection to {host} in time") from error

    async def _connect(self, scheme: str, host: str, port: int) -> Wire:
        failure: Exception = RetryLater(f"host {host} has no address")
        for endpoint in await self._resolver.endpoints(host, port):
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    reader, writer = await asyncio.open_connection(
                        endpoint.ip,
                        endpoint.port,
                        ssl=self._tls if scheme == "https" else None,
                        server_hostname=host if scheme == "https" else None,
                    )
            except (OSError, ssl.CertificateError) as error:
                reason = "no connection in time" if isinstance(error, TimeoutError) else str(error)
                failure = RetryLater(f"cannot connect to {host} at {endpoint.ip}: {reason}")
                continue
            return Wire(reader, writer, endpoint.ip, self._bounds)
        raise failure

    def stop(self) -> None:
        """End every running exchange now; each is given as far as it came."""
        self._stopped = True
        for limit in self._running:
            limit.reschedule(0)

    def close(self) -> None:
        """Drop all idle connections."""
        for wires in self._idle.values():
            for wire in wires:
                wire.close()
        self._idle.clear()
