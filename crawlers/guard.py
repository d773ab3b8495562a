"""Decide which URLs may be asked for and which addresses may be connected to; pure, no network.

A page can name any URL and a DNS server can answer any address, so both are checked: the URL before anything is
resolved, the address before anything is connected to (`crawlers/resolve.py` connects only to what passed here).
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from pipelines import urls
from pipelines.errors import Reject

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["check_address", "check_url"]

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses that look public and are not: Azure's metadata and DNS service.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
# Prefixes that carry an IPv4 address in their last or middle bits: RFC 6052 (NAT64), RFC 8215 and RFC 3056 (6to4).
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")
# Names that never leave a machine or an office, whatever a resolver says (RFC 6761, RFC 6762, RFC 8375, RFC 9476).
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "onion", "alt", "test", "invalid")


def check_url(url: str, ports: Collection[int], test_hosts: Collection[str] = ()) -> None:
    """Raise `Reject` unless `url` may be asked for; its host may still resolve to an address that may not.

    `ports` are those where news is served. `test_hosts` are allowed by name, with whatever address they are mapped to.
    """
    if len(url) > urls.MAX_LENGTH:
        raise Reject(f"URL of {len(url)} characters; at most {urls.MAX_LENGTH} are followed")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Reject(f"not a URL: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise Reject(f"scheme {parts.scheme!r} is not fetched; only http and https are")
    if parts.username is not None or parts.password is not None:
        raise Reject("URL carries a user name")
    name = (parts.hostname or "").rstrip(".").lower()
    if not name:
        raise Reject("URL without a host")
    if port is not None and port not in ports:
        raise Reject(f"port {port} is not among those where news is served")
    if name in test_hosts:
        return
    literal = _literal(name)
    if literal is not None:
        check_address(literal)
    elif name in _LOCAL_NAMES or name.endswith(tuple(f".{local}" for local in _LOCAL_NAMES)):
        raise Reject(f"host {name!r} is a local name")
    elif "." not in name:
        raise Reject(f"host {name!r} has no domain")


def _literal(name: str) -> str | None:
    """Give the IP address that a host name spells in any notation a C library reads, None for a real name.

    Decimal (2130706433), hexadecimal (0x7f.1), octal (0177.0.0.1) and short (127.1) forms are IPv4 to `inet_aton`.
    """
    if ":" in name:
        return name.partition("%")[0]
    last = name.rpartition(".")[2]
    if not last[:1].isdigit():
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError as error:
        raise Reject(f"host {name!r} ends in a number and is no address") from error


def check_address(text: str) -> None:
    """Raise `Reject` unless the IP address in `text` is a public unicast one, also after unwrapping IPv4 inside IPv6."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError as error:
        raise Reject(f"not an IP address: {text!r}") from error
    for one in (address, *_embedded(address)):
        if not one.is_global or one.is_multicast or one.is_reserved or one.is_unspecified or one in _METADATA:
            raise Reject(f"address {text} is not public; no request leaves for it")


def _embedded(address: Address) -> list[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in (*_NAT64, _COMPATIBLE)):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
