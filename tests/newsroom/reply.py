"""What the server sends back, and what HTTP does to it on the way: validators and content encoding."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, replace
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

__all__ = ["Reply", "conditional", "encoded"]

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reply:
    """One response. `stream` gives a body that is made while it is sent; `length` is its size in bytes then."""

    status: int = 200
    headers: Headers = ()
    body: bytes = b""
    stream: Callable[[], Iterator[bytes]] | None = None
    length: int | None = None
    delay: float = 0.0
    """Seconds before the first byte."""

    def with_headers(self, *more: tuple[str, str]) -> Reply:
        return replace(self, headers=self.headers + more)


def conditional(reply: Reply, asked: Mapping[str, str], changed: datetime) -> Reply:
    """The reply with ETag and Last-Modified; 304 without a body where the client has it already (RFC 9110, 13.2.2)."""
    etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
    marked = reply.with_headers(("ETag", etag), ("Last-Modified", format_datetime(changed, usegmt=True)))
    if known := asked.get("if-none-match"):
        fresh = etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
    elif since := asked.get("if-modified-since"):
        fresh = not_later(changed, since)
    else:
        fresh = False
    return replace(marked, status=304, body=b"") if fresh else marked


def not_later(changed: datetime, since: str) -> bool:
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # a date that is none, or has no zone, is ignored as the RFC asks
        return False


def encoded(reply: Reply, accepted: str, preferred: str) -> Reply:
    """The body compressed as the publisher prefers, where the client accepts it."""
    offered = {part.split(";")[0].strip() for part in accepted.lower().split(",")}
    if not reply.body or preferred == "identity" or preferred not in offered:
        return reply
    body = brotli.compress(reply.body, quality=5) if preferred == "br" else gzip.compress(reply.body, mtime=0)
    weak = tuple((name, f"W/{value}" if name == "ETag" else value) for name, value in reply.headers)  # RFC 9110, 8.8.1
    return replace(reply, body=body, headers=weak).with_headers(
        ("Content-Encoding", preferred), ("Vary", "Accept-Encoding")
    )
