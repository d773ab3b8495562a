"""One exchange with servers that say exactly these bytes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, cast

import pytest

from crawlers.connections import Connections
from crawlers.exchange import Bounds, Exchange
from crawlers.resolve import Endpoint, Resolver
from pipelines.errors import Reject, RetryLater

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def serving(answers: tuple[bytes, ...], *, hold: bool, bounds: Bounds) -> AsyncIterator[Connections]:
    """A server that answers each request on a connection with the next of `answers`, and the way to it."""
    running: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.add(cast("asyncio.Task[None]", asyncio.current_task()))
        try:
            for answer in answers:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(answer)
                await writer.drain()
            if hold:
                await asyncio.sleep(60)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    endpoint = Endpoint("127.0.0.1", server.sockets[0].getsockname()[1])
    ways = Connections(Resolver({"news.test": endpoint}), bounds, (80,))
    try:
        yield ways
    finally:
        ways.close()
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


BOUNDS = Bounds(header_bytes=4096, body_bytes=10_000, seconds=0.5)


def fetched(*answers: bytes, path: str = "/", times: int = 1, hold: bool = False, **headers: str) -> list[Exchange]:
    """Fetch from a server that answers each request on a connection with the next of `answers`."""

    async def run() -> list[Exchange]:
        sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        async with serving(answers, hold=hold, bounds=BOUNDS) as ways:
            return [await ways.get(f"http://news.test{path}", sent) for _ in range(times)]

    return asyncio.run(run())


def test_request_and_response_are_kept_as_they_went_over_the_wire() -> None:
    head = (
        b"HTTP/1.1 200 Very  Well\r\nX-b: 2\r\nx-A:  1 \r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 5\r\n\r\n"
    )
    (exchange,) = fetched(head + b"hello", path="/a?b=c", Accept="text/html")
    assert exchange.request == b"GET /a?b=c HTTP/1.1\r\nHost: news.test\r\nAccept: text/html\r\n\r\n"
    assert exchange.head == head
    assert exchange.body == exchange.payload == b"hello"
    assert (exchange.status, exchange.ip, exchange.truncated) == (200, "127.0.0.1", None)


def test_chunks_stay_in_the_body_and_leave_the_payload() -> None:
    body = b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n"
    (exchange,) = fetched(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    assert (exchange.body, exchange.payload, exchange.truncated) == (body, b"abcde", None)


def test_an_interim_response_is_not_the_response() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    (exchange,) = fetched(early + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    assert (exchange.head[:15], exchange.body) == (b"HTTP/1.1 200 OK", b"ok")


def test_a_body_without_length_ends_with_the_connection() -> None:
    (exchange,) = fetched(b"HTTP/1.0 200 OK\r\n\r\nall of it")
    assert (exchange.body, exchange.truncated) == (b"all of it", None)


def test_one_connection_carries_many_exchanges() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    assert [exchange.body for exchange in fetched(answer, answer, times=2)] == [b"ok", b"ok"]


def test_a_connection_that_the_server_closed_meanwhile_costs_no_try() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    assert [exchange.body for exchange in fetched(answer, times=3)] == [b"ok"] * 3


def test_bytes_after_the_body_are_no_part_of_it_and_end_the_connection() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    assert [exchange.body for exchange in fetched(answer, times=2)] == [b"ok", b"ok"]


@pytest.mark.parametrize(
    ("answer", "hold", "truncated", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", False, "disconnect", b"half"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", True, "time", b"half"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nnot-a-size\r\n", True, "disconnect", None),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 50_000, False, "length", b"x" * 10_000),
    ],
    ids=["closed", "silent", "broken-chunks", "endless"],
)
def test_a_body_that_is_not_whole_is_kept_and_marked(
    answer: bytes, hold: bool, truncated: str, body: bytes | None
) -> None:
    (exchange,) = fetched(answer, hold=hold)
    assert exchange.truncated == truncated
    assert body is None or exchange.body == body


@pytest.mark.parametrize(
    ("answer", "hold"),
    [
        (b"", False),
        (b"", True),
        (b"<html>no head</html>\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Le", False),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000, True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", True),
    ],
    ids=["closed", "silent", "no-head", "half-a-head", "endless-head", "two-lengths"],
)
def test_where_no_response_came_the_reason_is_told(answer: bytes, hold: bool) -> None:
    with pytest.raises(RetryLater, match=r"\w+ \w+"):
        fetched(answer, hold=hold)


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb"])
def test_a_header_cannot_carry_a_second_one(value: str) -> None:
    with pytest.raises(Reject):
        fetched(b"", If_None_Match=value)


def test_a_stop_ends_a_running_exchange_at_once() -> None:
    async def run() -> Exchange:
        half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
        async with serving((half,), hold=True, bounds=Bounds(4096, 10_000, seconds=60)) as ways:
            asyncio.get_running_loop().call_later(0.2, ways.stop)
            return await ways.get("http://news.test/", ())

    exchange = asyncio.run(run())
    assert (exchange.body, exchange.truncated) == (b"half", "time")
