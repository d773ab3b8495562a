"""Transfer and content codings of a body (RFC 9110, 8.4; RFC 9112, 7.1), undone within a limit: in a crawl and of an archive."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import brotli

from pipelines.errors import Quarantine

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["decode"]


def decode(body: bytes, codings: Sequence[str], limit: int) -> bytes:
    """Undo `codings` (in the order they were applied, such as `["gzip", "chunked"]`) on `body`.

    A body that is cut short gives what it holds, as in a browser; one that was never coded passes as it is.
    Raises `Quarantine` for a coding nobody declared a standard for, and for more than `limit` bytes of text.
    """
    for coding in reversed([coding.strip().lower() for coding in codings]):
        if coding in {"", "identity"}:
            continue
        if coding == "chunked":
            body = _unchunk(body)
        elif coding in {"gzip", "x-gzip"}:
            body = _inflate(body, 31, limit)
        elif coding == "deflate":
            # Half of the world sends raw deflate under this name; RFC 9110, 8.4.1.2 tells of it.
            body = _inflate(body, 15 if body[:1] == b"\x78" else -15, limit)
        elif coding == "br":
            body = _unbrotli(body, limit)
        else:
            raise Quarantine(f"body in unknown coding {coding[:40]!r}")
    return body


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    stream = zlib.decompressobj(window)
    try:
        text = stream.decompress(body, limit + 1)
    except zlib.error:
        # Read byte blocks until the damage: what came before it is the page that a browser would show.
        return _inflate_until_damage(body, window, limit) or body
    if len(text) > limit:
        raise Quarantine(f"body of {len(body)} bytes decompresses to more than {limit}")
    return text


def _inflate_until_damage(body: bytes, window: int, limit: int) -> bytes:
    stream = zlib.decompressobj(window)
    text = bytearray()
    for start in range(0, len(body), 512):
        try:
            text += stream.decompress(body[start : start + 512], limit + 1 - len(text))
        except zlib.error:
            break
        if len(text) > limit:
            raise Quarantine(f"body of {len(body)} bytes decompresses to more than {limit}")
    return bytes(text)


def _unbrotli(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    text = bytearray()
    data = body
    try:
        while len(text) <= limit:
            text += stream.process(data, output_buffer_limit=limit + 1 - len(text))
            data = b""
            if stream.is_finished() or stream.can_accept_more_data():
                break
    except brotli.error:
        return bytes(text) or body
    if len(text) > limit:
        raise Quarantine(f"body of {len(body)} bytes decompresses to more than {limit}")
    return bytes(text)


def _unchunk(body: bytes) -> bytes:
    """Join the chunks; an archive that stores the body already joined is left as it is."""
    text = bytearray()
    position = 0
    while position < len(body):
        end = body.find(b"\r\n", position, position + 1024)
        try:
            size = int(body[position:end].split(b";", 1)[0].strip() or b"x", 16)
        except ValueError:
            return bytes(text) if text else body
        if end < 0 or size < 0:
            return bytes(text) if text else body
        if size == 0:
            return bytes(text)
        text += body[end + 2 : end + 2 + size]
        position = end + 2 + size + 2
    return bytes(text)
