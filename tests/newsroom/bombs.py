"""Bodies that are small on the wire and large in memory, or large everywhere. Sizes are bytes."""

from __future__ import annotations

import gzip
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BOMB",
    "DEPTH",
    "PARAGRAPH",
    "SITEMAP",
    "XMLNS",
    "brotli_bomb",
    "deep_html",
    "gzip_bomb",
    "large_sitemap",
    "laughs",
    "long_paragraph",
    "outside",
    "self_sitemap",
    "twice_packed",
]

BOMB = 1 << 30  # unpacked; 1 MB packed
BLOCK = 1 << 24
DEPTH = 1_000_000  # open tags
PARAGRAPH = 50 * 1024 * 1024
SITEMAP = 50_000  # URLs, the most that sitemaps.org allows
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


@cache
def gzip_bomb() -> bytes:
    """One gzip member that unpacks to spaces.

    A block packed up to a full flush depends on nothing before it, so one is packed and then repeated.
    """
    block = b" " * BLOCK
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(BOMB // BLOCK):
        checksum = zlib.crc32(block, checksum)
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    return head + packed * (BOMB // BLOCK) + packer.flush() + struct.pack("<II", checksum, BOMB & 0xFFFFFFFF)


@cache
def twice_packed() -> bytes:
    """The gzip bomb packed again: a few kilobytes."""
    return gzip.compress(gzip_bomb(), mtime=0)


@cache
def brotli_bomb() -> bytes:
    """The same for brotli."""
    packer = brotli.Compressor(quality=1)
    block = b" " * BLOCK
    return b"".join(bytes(packer.process(block)) for _ in range(BOMB // BLOCK)) + bytes(packer.finish())


def deep_html() -> Iterator[bytes]:
    """A page of nested elements without an end."""
    yield b"<!doctype html><title>Deep</title><body>"
    for _ in range(DEPTH // 1000):
        yield b"<div>" * 1000
    yield b"<p>At the bottom.</p>"


def long_paragraph() -> Iterator[bytes]:
    """A page whose only paragraph has `PARAGRAPH` bytes."""
    yield b"<!doctype html><title>Long</title><body><article><p>"
    for _ in range(PARAGRAPH // 1024):
        yield (b"word " * 205)[:1024]
    yield b"</p></article>"


def laughs(root: str, inside: str) -> bytes:
    """XML whose ten entities unfold to 10^9 words (the "billion laughs"), in `{}` of `inside`."""
    entities = ['<!ENTITY l0 "ha">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))]
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{"".join(entities)}]>{inside.replace("{}", "&l9;")}'.encode()


def outside(address: str) -> bytes:
    """A feed whose title is an external entity at `address`."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY out SYSTEM "{address}">]>'
        "<rss version='2.0'><channel><title>&out;</title><item><title>&out;</title><link>/</link></item></channel></rss>"
    ).encode()


def large_sitemap(host: str) -> Iterator[bytes]:
    """`SITEMAP` addresses, none of which exists."""
    yield f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{XMLNS}">'.encode()
    for start in range(0, SITEMAP, 1000):
        yield "".join(f"<url><loc>http://{host}/n/{n}</loc></url>" for n in range(start, start + 1000)).encode()
    yield b"</urlset>"


def self_sitemap(host: str, path: str) -> bytes:
    """A sitemap index that names itself, twice."""
    loc = f"<sitemap><loc>http://{host}{path}</loc></sitemap>"
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="{XMLNS}">{loc * 2}</sitemapindex>'.encode()
