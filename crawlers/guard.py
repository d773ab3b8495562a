"""Decide which URLs may be asked for and which addresses may be connected to; pure, no network.

A page can name any URL and a DNS server can answer any address, so both are checked: the URL before anything is
resolved, the address before anything is connected to (`crawlers/resolve.py` connects only to what passed here).
"""

from __future__ import annotations

import ipaddress
import re
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
_METADATA = ipaddress.ip_address("168.63.129.16")
# Blocks that IANA's special-purpose registries take out of the public Internet and that Python's own table, which differs
# from release to release, lacks in one of the supported ones: IETF protocol assignments (192.0.0.192 is Oracle's metadata
# service), 6to4 relays, documentation (RFC 9637).
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
# All of IPv6 that was ever given out for public use (RFC 4291, 2.4).
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# What a name server answers on a network that reaches IPv4 through NAT64 (RFC 6052): as good as the address inside.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# The ASCII form of a host name as resolvers take it (RFC 1123, 2.1), with the underscore that some hosts carry.
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NUMBERS = re.compile(r"[0-9a-fx.]+")
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
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
    if not name or ("[" in parts.netloc and ":" not in name):
        raise Reject("URL without a host")
    if port is not None and port not in ports:
        raise Reject(f"port {port} is not among those where news is served")
    if name in test_hosts:
        return
    literal = _literal(name)
    if literal is not None:
        check_address(literal)
    elif not _NAME.fullmatch(name):
        raise Reject(f"host {name[:100]!r} is no host name; one outside ASCII is asked for in its IDNA form")
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
        # `inet_aton` itself reads what stands before a blank and lets the rest go.
        return socket.inet_ntoa(socket.inet_aton(name if _NUMBERS.fullmatch(name) else ""))
    except OSError as error:
        raise Reject(f"host {name!r} ends in a number and is no address") from error


def check_address(text: str) -> None:
    """Raise `Reject` unless the IP address in `text` is a public unicast one, also after unwrapping IPv4 inside IPv6."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError as error:
        raise Reject(f"not an IP address: {text[:100]!r}") from error
    if not _public(address):
        raise Reject(f"address {text} is not public; no request leaves for it")


def _public(address: Address) -> bool:
    """Judge an address; IPv6 that carries an IPv4 address (NAT64, 6to4) is as good as that."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return _public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        carried = address.sixtofour
        if address not in _GLOBAL_UNICAST or (carried is not None and not _public(carried)):
            return False
    if not address.is_global or address.is_multicast or address.is_reserved or address == _METADATA:
        return False
    return not any(address.version == network.version and address in network for network in _SPECIAL)
