"""What stands in the archive is what went over the wire, in true WARC 1.1."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import socketserver
import threading
import zlib
from contextlib import contextmanager
from itertools import takewhile
from types import SimpleNamespace
from typing import TYPE_CHECKING

import brotli
import pytest
from fastwarc.warc import ArchiveIterator
from warcio.checker import Checker

from crawlers import run
from crawlers.polite.revisit import Mode
from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.records import Visit
from pipelines.settings import Settings
from tests.crawlers.archived import Entry, entries
from tests.crawlers.scripted import declared, limited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.bucket import Bucket

TEXT = b"<!doctype html><h1>A story</h1>" + b"<p>Some words of it.</p>" * 200
PACKED = gzip.compress(TEXT, mtime=0)
STORIES = ("plain", "chunked", "packed", "moved", "endless", "cut")


def feed(*names: str) -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>http://wire.test/2026/{name}-story</link></item>" for name in names
    )
    return whole(
        f"<rss version='2.0'><channel><title>N</title>{items}</channel></rss>".encode(), b"Content-Type: text/xml"
    )


def whole(body: bytes, *lines: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 200 Very  Well", *lines, b"Content-Length: %d" % len(body), b"", body))


CHUNKS = b"%x;note=1\r\n%s\r\n5\r\n12345\r\n0\r\nX-Trailer: t\r\n\r\n" % (len(TEXT), TEXT)
WIRE = {
    "/feed": feed(*STORIES),
    "/brotli": feed("brotli"),
    "/2026/plain-story": whole(
        TEXT, b"x-B: 2", b"X-a:  1 ", b"Set-Cookie: a=1", b"Content-Type: text/html", b"Set-Cookie: b=2"
    ),
    "/2026/chunked-story": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n" + CHUNKS,
    "/2026/packed-story": whole(PACKED, b"Content-Encoding: gzip", b"Content-Type: text/html"),
    "/2026/brotli-story": whole(brotli.compress(TEXT), b"Content-Encoding: br", b"Content-Type: text/html"),
    "/2026/moved-story": b"HTTP/1.1 301 Moved\r\nLocation: /2026/moved-here\r\nContent-Length: 2\r\n\r\nno",
    "/2026/moved-here": whole(b"<h1>Moved here</h1>", b"Content-Type: text/html"),
    "/2026/endless-story": whole(b"x" * 300_000, b"Content-Type: text/html"),
    "/2026/cut-story": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nhalf",
}


class Wire(socketserver.StreamRequestHandler):
    """Sends exactly the bytes of `WIRE`, and keeps those that it was sent."""

    requests: list[bytes]

    def handle(self) -> None:
        # At the end of a connection `readline` gives nothing, again and again.
        while head := b"".join(takewhile(b"\r\n".__ne__, iter(self.rfile.readline, b""))):
            self.requests.append(head + b"\r\n")
            path = head.split(b" ", 2)[1].decode()
            self.wfile.write(WIRE.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
            self.wfile.flush()
            if path == "/2026/cut-story":
                return


@contextmanager
def serving() -> Iterator[tuple[dict[str, str], list[bytes]]]:
    asked: list[bytes] = []
    handler = type("Handler", (Wire,), {"requests": asked})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield {"wire.test": f"127.0.0.1:{server.server_address[1]}"}, asked
        finally:
            server.shutdown()


class Archived:
    """What two crawls of the wire left: all records, by type and URL, and what the server was sent."""

    def __init__(self, folder: Path, start: str = "feed") -> None:
        settings = Settings(bucket=str(folder / "bucket"), state=folder / "state", sources=folder / "sources")
        settings = limited(settings, body_bytes=100_000, retries=0)
        with serving() as (resolve, self.asked):
            place = {"home": "http://wire.test/", "feeds": [f"http://wire.test/{start}"]}
            settings = declared(settings, resolve, "wire", **place)
            for name in ("first", "again"):
                run.crawl(settings, "wire", run=name, mode=Mode.ALWAYS, log_level="ERROR")
        self.bucket: Bucket = open_bucket(settings)
        self.keys = [key for key in self.bucket.list("raw/warc/") if key.endswith(".warc.gz")]
        self.all = {key: entries(self.bucket, key) for key in self.keys}

    def of(self, kind: str, name: str, run: str = "first") -> list[Entry]:
        found = (entry for key in self.keys if f"/{run}-" in key for entry in self.all[key])
        url = f"http://wire.test/2026/{name}"
        return [entry for entry in found if (entry.kind, entry.headers.get("WARC-Target-URI")) == (kind, url)]


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Archived:
    return Archived(tmp_path_factory.mktemp("wire"))


def digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


@pytest.mark.parametrize("name", ["plain", "chunked", "packed"])
def test_a_response_is_kept_byte_for_byte(archived: Archived, name: str) -> None:
    (entry,) = archived.of("response", f"{name}-story")
    assert entry.block == WIRE[f"/2026/{name}-story"]
    assert entry.headers["WARC-Block-Digest"] == digest(entry.block)
    assert entry.headers["WARC-Payload-Digest"] == digest(entry.block.partition(b"\r\n\r\n")[2])
    assert entry.headers["WARC-IP-Address"] == "127.0.0.1"
    assert entry.headers["Content-Type"] == "application/http; msgtype=response"


def test_a_brotli_body_that_nobody_asked_for_is_kept_and_read_all_the_same(tmp_path: Path) -> None:
    """In an archive of its own: warcio, which checks the others, cannot read it (docs/decisions/002)."""
    archived = Archived(tmp_path, "brotli")
    (entry,) = archived.of("response", "brotli-story")
    assert entry.block == WIRE["/2026/brotli-story"]
    (note,) = archived.of("metadata", "brotli-story")
    assert Visit.model_validate_json(note.block).outcome is None
    (request,) = archived.of("request", "brotli-story")
    assert b"Accept-Encoding: gzip, deflate\r\n" in request.block


def test_a_request_is_kept_as_it_was_sent(archived: Archived) -> None:
    (entry,) = archived.of("request", "plain-story")
    assert entry.block in archived.asked
    assert entry.block.startswith(b"GET /2026/plain-story HTTP/1.1\r\nHost: wire.test\r\n")
    (answer,) = archived.of("response", "plain-story")
    assert entry.headers["WARC-Concurrent-To"] == answer.headers["WARC-Record-ID"]


def test_every_request_that_the_server_saw_is_in_the_archive(archived: Archived) -> None:
    kept = [entry.block for found in archived.all.values() for entry in found if entry.kind == "request"]
    assert sorted(kept) == sorted(archived.asked)


def test_a_redirect_is_kept_with_its_target_and_one_visit_judges_both(archived: Archived) -> None:
    (moved,) = archived.of("response", "moved-story")
    (here,) = archived.of("response", "moved-here")
    (note,) = archived.of("metadata", "moved-story")
    assert (moved.block, here.block) == (WIRE["/2026/moved-story"], WIRE["/2026/moved-here"])
    assert note.headers["WARC-Concurrent-To"] == here.headers["WARC-Record-ID"]
    assert Visit.model_validate_json(note.block).final_url == "http://wire.test/2026/moved-here"


@pytest.mark.parametrize(("name", "why"), [("endless", "length"), ("cut", "disconnect")])
def test_what_a_limit_or_the_server_cut_says_so(archived: Archived, name: str, why: str) -> None:
    (entry,) = archived.of("response", f"{name}-story")
    assert entry.headers["WARC-Truncated"] == why
    assert WIRE[f"/2026/{name}-story"].startswith(entry.block)
    assert "WARC-Truncated" not in archived.of("response", "plain-story")[0].headers


def test_a_body_seen_before_becomes_a_revisit_of_the_first(archived: Archived) -> None:
    (entry,) = archived.of("revisit", "plain-story", "again")
    (first,) = archived.of("response", "plain-story")
    assert entry.headers["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert entry.headers["WARC-Refers-To-Date"] == first.headers["WARC-Date"]
    assert entry.headers["WARC-Refers-To-Target-URI"] == first.headers["WARC-Target-URI"]
    assert entry.headers["WARC-Payload-Digest"] == first.headers["WARC-Payload-Digest"]
    assert entry.block == WIRE["/2026/plain-story"].partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert archived.of("response", "plain-story", "again") == []


def test_files_are_warc_1_1_with_one_gzip_member_a_record(archived: Archived) -> None:
    for key in archived.keys:
        data, members = archived.bucket.get(key), 0
        while data:
            member = zlib.decompressobj(31)
            assert member.decompress(data).startswith(b"WARC/1.1\r\n")
            data, members = member.unused_data, members + 1
        assert members == len(archived.all[key])
        assert archived.all[key][0].headers["WARC-Filename"] == key.rpartition("/")[2]


def test_the_dates_have_fractions_of_a_second_and_follow_the_exchange(archived: Archived) -> None:
    for name in STORIES:
        (request,) = archived.of("request", f"{name}-story")
        response = archived.of("response", f"{name}-story")[0]
        assert request.headers["WARC-Date"] == response.headers["WARC-Date"]
        assert len(request.headers["WARC-Date"]) == len("2026-11-22T12:00:00.000000Z")


def test_warcio_and_fastwarc_verify_every_digest(archived: Archived) -> None:
    paths = [archived.bucket.uri(key) for key in archived.keys]
    assert Checker(SimpleNamespace(inputs=paths, verbose=False)).process_all() == 0
    for key in archived.keys:
        with archived.bucket.open(key) as file:
            for record in ArchiveIterator(file, parse_http=False):
                assert record.verify_block_digest() or "WARC-Block-Digest" not in record.headers


def test_the_index_leads_to_each_response(archived: Archived) -> None:
    for key in archived.keys:
        lines = archived.bucket.get(layout.cdxj(key)).decode().splitlines()
        assert lines == sorted(lines)
        answers = [entry for entry in archived.all[key] if entry.kind in {"response", "revisit"}]
        assert len(lines) == len(answers)
        for line in lines:
            told = json.loads(line.split(" ", 2)[2])
            record = gzip.decompress(archived.bucket.get(key, int(told["offset"]), int(told["length"])))
            assert f"WARC-Target-URI: {told['url']}\r\n".encode() in record
