"""Names become checked addresses."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import Any

import pytest

from crawlers.connections import Connections
from crawlers.exchange import Bounds
from crawlers.resolve import Endpoint, Resolver, read_map
from pipelines.errors import Misconfigured, Reject, RetryLater


def test_a_mapped_host_has_the_mapped_endpoint_alone() -> None:
    resolver = Resolver(read_map({"News.test.": "127.0.0.1:4711", "six.test": "[::1]:80"}))
    assert asyncio.run(resolver.endpoints("news.test", 80)) == (Endpoint("127.0.0.1", 4711),)
    assert asyncio.run(resolver.endpoints("six.test.", 443)) == (Endpoint("::1", 80),)


@pytest.mark.parametrize("where", ["localhost:80", "127.0.0.1", "127.0.0.1:http", ""])
def test_a_map_without_address_and_port_names_the_setting(where: str) -> None:
    with pytest.raises(Misconfigured, match="COPYDESK_RESOLVE"):
        read_map({"news.test": where})


def test_a_name_that_resolves_to_loopback_is_rejected() -> None:
    with pytest.raises(Reject, match="not public"):
        asyncio.run(Resolver({}).endpoints("localhost", 80))


def test_a_name_that_does_not_resolve_is_tried_later() -> None:
    with pytest.raises(RetryLater, match="does not resolve"):
        asyncio.run(Resolver({}).endpoints("no-such-host.invalid", 80))


def test_one_private_address_among_public_ones_rejects_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, 1, 6, "", (ip, 0)) for ip in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(Reject, match=r"10\.0\.0\.1"):
        asyncio.run(Resolver({}).endpoints("mixed.example", 80))


def test_a_name_that_changes_its_answer_keeps_the_checked_one(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def answer(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, 1, 6, "", (next(answers), 0))]

    async def twice(resolver: Resolver) -> list[tuple[Endpoint, ...]]:
        return [await resolver.endpoints("rebinding.example", 80) for _ in range(2)]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert asyncio.run(twice(Resolver({}))) == [(Endpoint("93.184.216.34", 80),)] * 2


def test_a_name_that_turns_private_later_is_rejected_then(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.216.34", "169.254.169.254"])

    def answer(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, 1, 6, "", (next(answers), 0))]

    async def twice(resolver: Resolver) -> None:
        assert await resolver.endpoints("rebinding.example", 80) == (Endpoint("93.184.216.34", 80),)
        await resolver.endpoints("rebinding.example", 80)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr("crawlers.resolve.CACHED_SECONDS", -1.0)
    with pytest.raises(Reject, match=r"169\.254"):
        asyncio.run(twice(Resolver({})))


@pytest.mark.parametrize("ip", ["::ffff:10.0.0.1", "64:ff9b::a00:1", "fe80::1%lo", "192.0.0.192", "2002:a00:1::"])
def test_a_private_address_in_the_answer_is_seen_in_any_dress(ip: str) -> None:
    """The system's resolver answers an address with itself."""
    with pytest.raises(Reject, match="not public"):
        asyncio.run(Resolver({}).endpoints(ip, 80))


def test_a_name_server_that_does_not_answer_ends_with_the_exchange_s_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    ways = Connections(Resolver({}), Bounds(4096, 10_000, seconds=0.1), (80,))
    with pytest.raises(RetryLater, match=r"no connection to silent\.example in time"):
        asyncio.run(ways.get("http://silent.example/", ()))
