"""Turn a host name into the addresses that a connection may use, each of them checked."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from dataclasses import dataclass, field
from typing import NamedTuple

from crawlers import guard
from pipelines.errors import Misconfigured, RetryLater

__all__ = ["Endpoint", "Resolver", "read_map"]

# A checked answer is used for this many seconds; connections outlive it, new ones ask again.
CACHED_SECONDS = 300.0


class Endpoint(NamedTuple):
    """Where to connect."""

    ip: str
    """Address, never a name: what was checked is what is connected to."""
    port: int
    """TCP port."""


def read_map(pairs: dict[str, str]) -> dict[str, Endpoint]:
    """Read `host: address:port` pairs, as curl's --resolve has them; raises `Misconfigured`."""
    read = {}
    for host, where in pairs.items():
        ip, _, port = where.rpartition(":")
        try:
            read[host.rstrip(".").lower()] = Endpoint(str(ipaddress.ip_address(ip.strip("[]"))), int(port))
        except ValueError as error:
            raise Misconfigured("COPYDESK_RESOLVE", f"{host}={where}: {error}", "Write HOST=ADDRESS:PORT") from error
    return read


@dataclass(slots=True)
class Resolver:
    """Resolves names once for each few minutes, so that a name cannot change between check and connection."""

    test_hosts: dict[str, Endpoint]
    """Hosts with a fixed endpoint; allowed by name, whatever the address."""
    _answers: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)

    async def endpoints(self, host: str, port: int) -> tuple[Endpoint, ...]:
        """Give the endpoints of `host`, in the system resolver's order of preference.

        Raises `Reject` where any address of the answer is not public: a name that mixes both is up to no good.
        Raises `RetryLater` where the name does not resolve.
        """
        name = host.rstrip(".").lower()
        if name in self.test_hosts:
            return (self.test_hosts[name],)
        until, answer = self._answers.get(name, (0.0, ()))
        if time.monotonic() >= until:
            answer = await _look_up(name)
            for ip in answer:
                guard.check_address(ip)
            self._answers[name] = (time.monotonic() + CACHED_SECONDS, answer)
        return tuple(Endpoint(ip, port) for ip in answer)


async def _look_up(name: str) -> tuple[str, ...]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RetryLater(f"host {name} does not resolve: {error}") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
