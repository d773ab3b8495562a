"""Files on their way to the bucket, and what a crash leaves of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from crawlers import cdxj
from crawlers.archive import Archive
from crawlers.exchange import Exchange
from crawlers.memory import Memory
from crawlers.spool import Spool
from pipelines import layout
from pipelines.archive import body_at
from pipelines.bucket import Bucket, Directory
from pipelines.records import Outcome, Role, Visit
from tests.crawlers.archived import entries, visits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 22)
CHUNKED = b"3\r\nabc\r\n0\r\n\r\n"


def exchange(number: int, body: bytes = CHUNKED, payload: bytes = b"abc") -> Exchange:
    """One answer of a server that sends chunks."""
    head = b'HTTP/1.1 200 OK\r\nETag: "x"\r\nTransfer-Encoding: chunked\r\n\r\n'
    at = datetime(2026, 11, 22, 12, 0, number, tzinfo=UTC)
    request, etag = b"GET / HTTP/1.1\r\n\r\n", ((b"ETag", b'"x"'),)
    return Exchange(f"http://news.test/{number}", at, "127.0.0.1", request, head, body, payload, 200, etag, None)


class Desk:
    """A spool with an archive that writes into it."""

    def __init__(self, folder: Path, limit: int = 1 << 30, bucket: Bucket | None = None) -> None:
        self.folder = folder
        self.bucket: Bucket = bucket or Directory(folder / "bucket")
        self.spool = Spool(folder / "spool", self.bucket, "news")
        self.memory = Memory("news")
        self.archive = Archive(self.spool, self.memory, run="run", day=DAY, limit=limit, about={"isPartOf": "run"})

    def write(self, number: int, body: bytes = CHUNKED, payload: bytes = b"abc") -> None:
        made = exchange(number, body, payload)
        self.archive.write(Visit(url=made.url, final_url=made.url, role=Role.ARTICLE), [made])

    def crash(self) -> list[str]:
        """Leave everything as a killed crawl does, and give the keys that the next one recovers."""
        self.spool.close()
        self.spool = Spool(self.folder / "spool", self.bucket, "news")
        try:
            return self.spool.recover()
        finally:
            self.spool.close()

    @property
    def open(self) -> list[Path]:
        return list(self.folder.rglob("*.open"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.spool.close()


def test_a_closed_file_is_in_the_bucket_with_its_index_and_leaves_the_spool(desk: Desk) -> None:
    desk.write(1)
    assert not list(desk.bucket.list("raw/"))
    desk.archive.close()
    (key,) = desk.archive.keys
    assert list(desk.bucket.list("raw/")) == [layout.cdxj(key), key]
    assert not desk.open


def test_files_are_rotated_by_size_under_numbers_of_their_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path, limit=1)
    for number in range(3):
        desk.write(number)
    desk.spool.close()
    assert [key.rpartition("/")[2] for key in desk.archive.keys] == [f"run-{n}.warc.gz" for n in range(3)]


def test_the_index_of_a_recovered_file_is_the_one_it_would_have_had(tmp_path: Path) -> None:
    whole, torn = Desk(tmp_path / "whole"), Desk(tmp_path / "torn")
    for desk in (whole, torn):
        desk.write(1)
        desk.write(2)
        desk.write(1, b"abc")  # the same body in another framing: a revisit
    whole.archive.close()
    recovered = torn.crash()
    whole.spool.close()
    assert recovered == whole.archive.keys

    def index(desk: Desk) -> list[set[str]]:
        lines = desk.bucket.get(layout.cdxj(recovered[0])).decode().splitlines()
        # Record ids are random, and so is the last byte or two of each compressed length.
        return [{word for word in line.split() if not word.strip('",').isdigit()} for line in lines]

    assert index(torn) == index(whole)


@pytest.mark.parametrize("cut", [1, 30, 200, 600])
def test_a_torn_file_keeps_every_url_that_was_finished(tmp_path: Path, cut: int) -> None:
    desk = Desk(tmp_path)
    desk.write(1)
    finished = desk.open[0].stat().st_size
    desk.write(2)
    path = desk.open[0]
    with path.open("r+b") as file:
        file.truncate(max(path.stat().st_size - cut, finished))
    desk.crash()
    assert [visit.url for visit in visits(desk.bucket)] == ["http://news.test/1"]


def test_a_file_with_nothing_finished_is_dropped(desk: Desk) -> None:
    desk.write(1)
    desk.open[0].write_bytes(desk.open[0].read_bytes()[:100])
    assert desk.crash() == []
    assert not list(desk.bucket.list("raw/"))
    assert not desk.open


def test_a_file_that_was_uploaded_before_the_crash_is_not_uploaded_twice(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write(1)
    path = desk.open[0]
    key = f"raw/warc/source=news/date=2026-11-22/{path.name.removesuffix('.open')}"
    desk.bucket.create(key, path)
    assert desk.crash() == [key]
    assert len(entries(desk.bucket, key)) == 4


def test_a_file_never_replaces_another_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write(1)
    taken = "raw/warc/source=news/date=2026-11-22/run-0.warc.gz"
    desk.bucket.create(taken, b"another")
    desk.archive.close()
    desk.spool.close()
    assert desk.bucket.get(taken) == b"another"
    assert desk.archive.keys == [taken.replace("run-0", "run-1")]
    assert not desk.open


def test_two_tries_of_one_crawl_at_once_on_two_machines_keep_both_files(tmp_path: Path) -> None:
    one = Desk(tmp_path)
    other = Desk(tmp_path / "other machine", bucket=one.bucket)
    one.write(1)
    other.write(2)
    one.archive.close()
    (key,) = other.crash()
    assert key.endswith("run-1.warc.gz")
    for number, name in ((1, one.archive.keys[0]), (2, key)):
        (line,) = cdxj.read(one.bucket.get(layout.cdxj(name)).decode())
        assert (line["url"], line["filename"]) == (exchange(number).url, name.rpartition("/")[2])
        assert body_at(one.bucket.get(name, int(line["offset"]), int(line["length"])), 99) == b"abc"
    one.spool.close()


def test_a_visit_without_an_answer_stands_alone(desk: Desk) -> None:
    url = "http://news.test/never"
    desk.archive.write(Visit(url=url, final_url=url, role=Role.FEED, outcome=Outcome.FAILED, reason="no"), [])
    desk.archive.close()
    info, visit = entries(desk.bucket, desk.archive.keys[0])
    assert (info.kind, visit.kind, "WARC-Concurrent-To" in visit.headers) == ("warcinfo", "metadata", False)
    known = desk.memory.know(url)
    assert known is not None
    assert (known.outcome, known.tries, known.visits) == ("failed", 1, 0)
