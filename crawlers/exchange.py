"""One HTTP/1.1 exchange over one connection, kept byte for byte as it went over the wire, within bounds.

Scrapy's own download handlers parse a response and drop what they parsed: the order and case of headers, the chunks of
a body. An archive needs those bytes, so this talks h11 (sans-I/O) and keeps what was sent and received beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import h11

from pipelines.errors import Reject, RetryLater

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable

    from pipelines.limits import Fetch

__all__ = ["Bounds", "Exchange", "Stale", "Wire"]

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_READ = 1 << 16


class Stale(RetryLater):
    """The server had closed an idle connection; the same request on a new one is the same first try."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one exchange may cost."""

    header_bytes: int
    """Longest head of a response."""
    body_bytes: int
    """Longest body as received; what is longer is cut there."""
    seconds: float
    """From the connection to the last byte."""

    @classmethod
    def of(cls, limits: Fetch) -> Bounds:
        """Take them from the installation's limits."""
        return cls(limits.header_bytes, limits.body_bytes, limits.seconds)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the response that came."""

    url: str
    """URL asked for."""
    started: datetime
    """When the request left, UTC."""
    ip: str
    """Address of the server."""
    request: bytes
    """Request as sent."""
    head: bytes
    """Status line and headers as received, with the blank line."""
    body: bytes
    """What followed the head as received, with its transfer coding."""
    payload: bytes
    """The body without its transfer coding, still with its content coding."""
    status: int
    """HTTP status code."""
    headers: tuple[tuple[bytes, bytes], ...]
    """Header names and values in the order and case received."""
    truncated: str | None
    """`length`, `time` or `disconnect` where the body is not whole."""
    rendered: bytes | None = None
    """What a browser made of the page, UTF-8 with a byte order mark; null where none showed it."""

    @property
    def said(self) -> bytes:
        """What tells whether the page says anything new: as rendered, else the payload."""
        return self.payload if self.rendered is None else self.rendered

    def header(self, name: str) -> str | None:
        """Give the first value of a header, None where it was not sent."""
        wanted = name.lower().encode()
        return next((value.decode("latin-1") for key, value in self.headers if key.lower() == wanted), None)


class Wire:
    """One open connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ip: str, bounds: Bounds) -> None:
        self._reader, self._writer, self._bounds = reader, writer, bounds
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=bounds.header_bytes)
        self.ip = ip
        self.idle_since: float | None = None

    async def get(self, url: str, headers: Iterable[tuple[bytes, bytes]], limit: asyncio.Timeout) -> Exchange:
        """Ask for `url`. Raises `RetryLater` where no response came, `Stale` where the connection was already closed.

        A body that ends too early, breaks its own framing or a bound is given as far as it came, and marked.
        `limit` is entered here; whoever keeps it may reschedule it to end the exchange sooner.
        """
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        started = datetime.now(UTC)
        try:
            event = h11.Request(method=b"GET", target=target.encode(), headers=[(b"Host", _host(url)), *headers])
            sent = (self._http.send(event) or b"") + (self._http.send(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError as error:
            raise Reject(f"no HTTP request can carry this URL: {error}") from error
        state = _Received()
        try:
            self._writer.write(sent)
            async with limit:
                truncated = await self._read(state)
        except (OSError, h11.RemoteProtocolError, EOFError) as error:
            truncated = self._cut(state, error)
        response = state.response
        assert response is not None, "_cut raises where none came"  # noqa: S101  narrows the type
        return Exchange(
            url=url,
            started=started,
            ip=self.ip,
            request=sent,
            head=bytes(state.raw[: state.head]),
            body=bytes(state.raw[state.head :]),
            payload=bytes(state.payload),
            status=response.status_code,
            headers=tuple(response.headers.raw_items()),
            truncated=truncated,
        )

    async def _read(self, state: _Received) -> str | None:
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                data = await self._reader.read(_READ)
                state.raw += data
                self._http.receive_data(data)
            elif isinstance(event, h11.Data):
                state.payload += event.data
                if len(state.raw) - state.head > self._bounds.body_bytes:
                    del state.raw[state.head + self._bounds.body_bytes :]
                    del state.payload[self._bounds.body_bytes :]
                    return "length"
            elif isinstance(event, h11.Response):
                state.response, state.head = event, _head_end(state.raw)
            elif isinstance(event, h11.InformationalResponse):
                del state.raw[: _head_end(state.raw)]
            elif isinstance(event, h11.EndOfMessage):
                excess = len(self._http.trailing_data[0])
                if excess:
                    del state.raw[-excess:]
                return None
            else:
                raise EOFError("the server closed the connection without a response")

    def _cut(self, state: _Received, error: Exception) -> str:
        """Name what cut a response short; where none had begun, say so with an error."""
        if state.response is not None:
            return "time" if isinstance(error, TimeoutError) else "disconnect"
        if isinstance(error, TimeoutError):
            raise RetryLater("no response in time") from error
        if isinstance(error, h11.RemoteProtocolError) and state.raw:
            raise RetryLater(f"the answer is not HTTP/1.1: {error}") from error
        if self.idle_since is not None and not state.raw:
            raise Stale("the server closed the idle connection") from error
        raise RetryLater(f"the connection broke before a response: {error}") from error

    def reusable(self) -> bool:
        """Make the connection ready for another exchange; False where it cannot carry one."""
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        if self._http.trailing_data[0]:
            return False
        self._http.start_next_cycle()
        return not self._reader.at_eof()

    def close(self) -> None:
        """Drop the connection at once, whatever is still on its way."""
        self._writer.transport.abort()


class _Received:
    """What has come so far."""

    __slots__ = ("head", "payload", "raw", "response")

    def __init__(self) -> None:
        self.raw = bytearray()
        self.payload = bytearray()
        self.head = 0
        self.response: h11.Response | None = None


def _host(url: str) -> bytes:
    return urlsplit(url).netloc.encode("idna" if not url.isascii() else "ascii")


def _head_end(raw: bytearray) -> int:
    found = _HEAD_END.search(raw)
    return found.end() if found else len(raw)
