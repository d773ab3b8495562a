"""The hostile server does the harm that it promises, and can be switched off in the middle of it."""

from __future__ import annotations

import socket
import time
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest

from tests.newsroom import bombs
from tests.newsroom.hostile import CHAIN, ELSEWHERE, Hostile

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    with Hostile() as served:
        yield served


def raw(server: Hostile, path: str, limit: int = 1 << 17) -> bytes:
    """The first `limit` bytes of what the server sends, head and all."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: hostile.test\r\n\r\n".encode())
        got = bytearray()
        while len(got) < limit and (part := wire.recv(min(65536, limit - len(got)))):
            got += part
        return bytes(got)


def test_the_gzip_bomb_unpacks_to_a_thousand_times_its_size(hostile: Hostile) -> None:
    body = raw(hostile, "/bomb/gzip", 1 << 23).partition(b"\r\n\r\n")[2]
    assert len(zlib.decompressobj(31).decompress(body[:16384])) > 900 * 16384
    assert int.from_bytes(body[-4:], "little") == bombs.BOMB


def test_the_brotli_bomb_is_smaller_still(hostile: Hostile) -> None:
    body = raw(hostile, "/bomb/brotli", 1 << 23).partition(b"\r\n\r\n")[2]
    stream = brotli.Decompressor()
    first = stream.process(body[:8192])
    assert len(first) > 1000 * 8192


@pytest.mark.parametrize(
    ("path", "start"), [("/endless", b"4000\r\nxxxx"), ("/headers/flood", b""), ("/html/long", b"")]
)
def test_large_answers_come_without_an_end_in_sight(hostile: Hostile, path: str, start: bytes) -> None:
    got = raw(hostile, path, 1 << 20)
    assert len(got) == 1 << 20
    assert got.partition(b"\r\n\r\n")[2].startswith(start)


def test_the_redirect_chain_ends_after_ten_thousand(hostile: Hostile) -> None:
    assert b"Location: /chain/1\r\n" in raw(hostile, "/chain/0")
    assert raw(hostile, f"/chain/{CHAIN - 1}").startswith(b"HTTP/1.1 302")
    assert raw(hostile, f"/chain/{CHAIN}").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("name", ELSEWHERE)
def test_redirects_point_where_no_crawler_may_go(hostile: Hostile, name: str) -> None:
    assert f"Location: {ELSEWHERE[name]}\r\n".encode() in raw(hostile, f"/to/{name}")


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/length/less", b"Content-Length: 5\r\n"),
        ("/length/two", b"Content-Length: 26\r\n"),
        ("/chunked/size", b"\r\n\r\nZZ\r\n"),
        ("/location/bytes", b"Location: /caf\xe9/\xff\xfe\x80\r\n"),
        ("/feed/laughs.xml", b"&l9;"),
        ("/sitemap/self.xml", b"<loc>http://hostile.test/sitemap/self.xml</loc>"),
        ("/feed/file.xml", b'SYSTEM "file:///etc/passwd"'),
        ("/loop", b"Location: /loop\r\n"),
    ],
)
def test_answers_are_broken_as_promised(hostile: Hostile, path: str, part: bytes) -> None:
    assert part in raw(hostile, path)


def test_the_large_sitemap_has_as_many_addresses_as_one_may(hostile: Hostile) -> None:
    assert raw(hostile, "/sitemap/large.xml", 1 << 24).count(b"<loc>") == bombs.SITEMAP == 50_000


def test_the_deep_page_has_a_million_open_tags(hostile: Hostile) -> None:
    assert raw(hostile, "/html/deep", 1 << 24).count(b"<div>") == bombs.DEPTH == 1_000_000


def test_the_long_paragraph_has_fifty_megabytes(hostile: Hostile) -> None:
    assert len(raw(hostile, "/html/long", 1 << 27)) > bombs.PARAGRAPH == 50 * 1024 * 1024


def test_every_path_answers_something_or_hangs_up(hostile: Hostile) -> None:
    silent = {"/hang", "/close", "/drip-head"}
    for path in set(hostile.paths) - silent:
        assert raw(hostile, path, 16)
    assert raw(hostile, "/close") == b""


def test_closing_ends_what_would_go_on_for_ever() -> None:
    with Hostile() as server:
        wires = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(3)]
        for wire, path in zip(wires, ("/hang", "/drip", "/endless"), strict=True):
            wire.sendall(f"GET {path} HTTP/1.1\r\nHost: hostile.test\r\n\r\n".encode())
        time.sleep(0.3)
        started = time.monotonic()
    assert time.monotonic() - started < 5
    for wire in wires:
        wire.close()
