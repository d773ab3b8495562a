from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured, RetryLater
from pipelines.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.bucket import Bucket


def test_an_object_comes_back_whole_and_in_ranges(bucket: Bucket) -> None:
    assert bucket.create("a/b.txt", b"0123456789")
    assert bucket.get("a/b.txt") == b"0123456789"
    assert bucket.get("a/b.txt", 3, 4) == b"3456"
    assert bucket.get("a/b.txt", 8) == b"89"
    assert bucket.get("a/b.txt", 8, 99) == b"89"
    with bucket.open("a/b.txt") as stream:
        assert stream.read(4) + stream.read() == b"0123456789"


def test_a_range_past_the_end_is_empty(bucket: Bucket) -> None:
    bucket.create("ten", b"0123456789")
    assert bucket.get("ten", 10) == b""
    assert bucket.get("ten", 99, 5) == b""
    assert bucket.get("ten", 3, 0) == b""
    bucket.create("nothing", b"")
    assert bucket.get("nothing") == b""
    with pytest.raises(KeyError):
        bucket.get("absent", 99, 5)


def test_create_does_not_overwrite_and_replace_does(bucket: Bucket) -> None:
    assert bucket.create("key", b"first")
    assert not bucket.create("key", b"second")
    assert bucket.get("key") == b"first"
    bucket.replace("key", b"third")
    assert bucket.get("key") == b"third"


def test_of_many_writers_of_one_key_exactly_one_wins(bucket: Bucket) -> None:
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: bucket.create("race", str(n).encode()), range(16)))
    assert won.count(True) == 1
    assert bucket.get("race") == str(won.index(True)).encode()


def test_a_file_is_uploaded_as_it_is(bucket: Bucket, tmp_path: Path) -> None:
    file = tmp_path / "big"
    file.write_bytes(b"x" * 3_000_000)
    bucket.create("big", file)
    assert bucket.get("big") == file.read_bytes()


def test_keys_are_listed_in_order_under_their_prefix(bucket: Bucket) -> None:
    for key in ("b/2", "b/10", "a/1", "b/sub/3", "bc/4"):
        bucket.create(key, b"")
    assert list(bucket.list("b/")) == ["b/10", "b/2", "b/sub/3"]
    assert list(bucket.list("b")) == ["b/10", "b/2", "b/sub/3", "bc/4"]
    assert list(bucket.list("nothing/")) == []


def test_a_missing_key_is_told_and_may_be_deleted(bucket: Bucket) -> None:
    with pytest.raises(KeyError):
        bucket.get("absent")
    bucket.delete("absent")
    bucket.create("there", b"x")
    bucket.delete("there")
    with pytest.raises(KeyError):
        bucket.get("there")


def test_a_key_cannot_leave_the_directory(directory_settings: Settings) -> None:
    with pytest.raises(ValueError, match="out of the bucket"):
        open_bucket(directory_settings).create("../evil", b"")


def test_an_unknown_scheme_and_a_missing_bucket_are_the_operators(s3_settings: Settings) -> None:
    with pytest.raises(Misconfigured, match="unknown scheme"):
        open_bucket(Settings(bucket="gs://x"))
    absent = open_bucket(s3_settings.model_copy(update={"bucket": "s3://absent-bucket"}))
    with pytest.raises(Misconfigured, match="absent-bucket"):
        absent.create("key", b"")


class Down(BaseHTTPRequestHandler):
    """A server whose storage is out: what a load balancer says in its place."""

    def do_GET(self) -> None:
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_server_that_is_out_is_no_fault_of_the_operator_and_no_missing_object(s3_settings: Settings) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Down) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        bucket = open_bucket(s3_settings.model_copy(update={"s3_endpoint": f"http://127.0.0.1:{server.server_port}"}))
        calls: tuple[Callable[[], object], ...] = (
            lambda: bucket.get("key"),
            lambda: list(bucket.list("k")),
            lambda: bucket.create("key", b"x"),
            lambda: bucket.replace("key", b"x"),
        )
        with ThreadPoolExecutor(len(calls)) as pool:  # at once: each is tried five times, with pauses
            answers = [pool.submit(call) for call in calls]
        server.shutdown()
    for answer in answers:
        with pytest.raises(RetryLater, match=r"/desk/k.*503"):
            answer.result()
