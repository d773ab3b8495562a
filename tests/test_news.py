"""News of past days from Common Crawl: listed, fetched in pieces, imported, deleted, and nothing of it twice."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from crawlers import caller, fetch
from pipelines import settings as installation
from pipelines.bucket import Directory
from pipelines.cli.app import app
from pipelines.errors import Misconfigured, Reject, RetryLater
from tests.discover.archives import serving
from tests.test_bring import warc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = [f"CC-NEWS-2026030{day}{hour}0000-0004{day}.warc.gz" for day, hour in ((1, "02"), (1, "14"), (2, "06"))]
FILE = f"http://archive.test/crawl-data/CC-NEWS/2026/03/{NAMES[0]}"
DAYS = ("--since", "2026-03-01", "--until", "2026-03-02")


class CommonCrawl(BaseHTTPRequestHandler):
    """data.commoncrawl.org: lists by month, files by range, as S3 serves them."""

    files: dict[str, bytes] = {}  # noqa: RUF012  a test fills it
    asked: list[tuple[str, str]] = []  # noqa: RUF012  see above
    cut = 0
    """Answers that break off in the middle, from the first."""
    etag = '"one"'
    beginnings = False
    """Whether only what stands at the beginning of a file is served."""

    def do_GET(self) -> None:
        kind, name = type(self), self.path.rpartition("/")[2]
        kind.asked.append((name, self.headers.get("Range", "")))
        if name == "robots.txt":
            self.answer(200, b"User-agent: *\nCrawl-delay: 0\n")
        elif self.path == "/crawl-data/CC-NEWS/2026/03/warc.paths.gz":
            paths = "".join(f"crawl-data/CC-NEWS/2026/03/{one}\n" for one in NAMES)
            self.answer(200, gzip.compress(paths.encode()))
        elif self.path == "/crawl-data/CC-NEWS/2026/02/warc.paths.gz":
            self.answer(200, gzip.compress(b""))  # whose last file may hold the first hours of March
        elif name in kind.files:
            self.part(kind.files[name])
        else:
            self.answer(404, b"")

    def part(self, whole: bytes) -> None:
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"])
        assert found
        first, last = int(found[1]), min(int(found[2]), len(whole) - 1)
        body, headers = whole[first : last + 1], {"Content-Range": f"bytes {first}-{last}/{len(whole)}"}
        if type(self).beginnings and first:
            self.answer(404, b"")
        elif type(self).cut or type(self).beginnings:
            type(self).cut -= 1
            self.answer(206, body[: len(body) // 2], headers, length=len(body))
            self.close_connection = True
        else:
            self.answer(206, body, headers)

    def answer(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        self.send_response(status)
        sent = {"ETag": type(self).etag, "Content-Length": str(len(body) if length is None else length)}
        for name, value in (sent | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[CommonCrawl]]:
    """An installation with one source, and the archive on loopback."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "wire.yaml").write_text("name: Wire\nhome: https://www.wire.test/\n", encoding="utf-8")
    CommonCrawl.files = dict.fromkeys(NAMES[:1], warc())
    CommonCrawl.asked, CommonCrawl.cut, CommonCrawl.etag = [], 0, '"one"'
    CommonCrawl.beginnings = False
    with serving(CommonCrawl) as url:
        for name, value in {
            "SOURCES": str(tmp_path / "sources"),
            "BUCKET": str(tmp_path / "bucket"),
            "STATE": str(tmp_path / "state"),
            "RESOLVE": json.dumps({"archive.test": url.removeprefix("http://"), "dead.test": "127.0.0.1:9"}),
        }.items():
            monkeypatch.setenv(f"COPYDESK_{name}", value)
        yield CommonCrawl


def fetched(path: Path, most: int = 2**30) -> bytes:
    async def get() -> int:
        asking = caller.Caller.of(installation.load(), FILE)
        try:
            return await fetch.fetch(asking, FILE, path, most, lambda _: None)
        finally:
            asking.connections.close()

    assert asyncio.run(get()) == path.stat().st_size
    return path.read_bytes()


def imported(*options: str) -> tuple[int, list[dict[str, object]]]:
    result = CliRunner().invoke(app, ["import-news", *DAYS, "--server", "http://archive.test", "--json", *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, json.loads(result.stdout[result.stdout.index("[") :])


def test_a_large_file_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_PIECE", 700)
    assert fetched(tmp_path / NAMES[0]) == CommonCrawl.files[NAMES[0]]
    ranges = [asked for name, asked in CommonCrawl.asked if name == NAMES[0]]
    assert ranges[:2] == ["bytes=0-699", "bytes=700-1399"]
    assert sorted(path.name for path in tmp_path.iterdir() if NAMES[0] in path.name) == [NAMES[0]]


def test_a_piece_that_breaks_off_is_gone_on_with(tmp_path: Path) -> None:
    CommonCrawl.cut = 2
    whole = CommonCrawl.files[NAMES[0]]
    assert fetched(tmp_path / NAMES[0]) == whole
    first, second, third = [int(asked[6:].partition("-")[0]) for name, asked in CommonCrawl.asked if name == NAMES[0]]
    assert first == 0 < second < third < len(whole)


def test_a_file_that_was_begun_goes_on_where_it_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path, monkeypatch)
    CommonCrawl.asked.clear()
    assert fetched(tmp_path / NAMES[0]) == CommonCrawl.files[NAMES[0]]
    assert [asked.partition("-")[0] for name, asked in CommonCrawl.asked if name == NAMES[0]] == ["bytes=700"]


def test_one_that_was_begun_and_is_another_file_now_is_fetched_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path, monkeypatch)
    CommonCrawl.etag = '"two"'
    CommonCrawl.files[NAMES[0]] = warc() + b"another"
    assert fetched(tmp_path / NAMES[0]) == CommonCrawl.files[NAMES[0]]


def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetch the first piece, then be stopped."""

    class Stopped(Exception):
        pass

    def stop(_: str) -> None:
        raise Stopped

    monkeypatch.setattr(fetch, "_PIECE", 700)
    asking = caller.Caller.of(installation.load(), FILE)
    with pytest.raises(Stopped):
        asyncio.run(fetch.fetch(asking, FILE, tmp_path / NAMES[0], 2**30, stop))
    asking.connections.close()
    assert (tmp_path / f"{NAMES[0]}.part").stat().st_size == 700
    monkeypatch.setattr(fetch, "_PIECE", 2**20)


def test_one_that_is_too_long_or_not_there_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(Reject, match="download_bytes"):
        fetched(tmp_path / NAMES[0], most=1000)
    CommonCrawl.files.clear()
    with pytest.raises(Reject, match="HTTP 404"):
        fetched(tmp_path / NAMES[0])


def test_the_articles_of_declared_sources_are_imported_and_the_download_is_deleted(tmp_path: Path) -> None:
    CommonCrawl.files[NAMES[1]] = gzip.compress(b"no archive at all")
    code, told = imported()
    assert code == 1, "one file is damaged"
    good, bad = told
    assert (good["pages"], good["refused"], good["trouble"]) == (2, 1, None)
    assert good["left_out"]["host of no source"] == 2  # type: ignore[index]  # JSON
    assert good["file"] == FILE
    assert NAMES[1] in str(bad["trouble"])
    assert {key.split("/")[2] for key in Directory(tmp_path / "bucket").list("raw/")} == {"source=wire"}
    assert [path.name for path in (tmp_path / "state" / "news").iterdir()] == ["lock"]


def test_what_was_imported_is_not_fetched_again_unless_asked_for(tmp_path: Path) -> None:
    CommonCrawl.files[NAMES[1]] = warc()
    (tmp_path / "state" / "news").mkdir(parents=True)
    (tmp_path / "state" / "news" / "CC-NEWS-20190101000000-00001.warc.gz.part").write_bytes(b"of a killed command")
    assert len(imported()[1]) == 2
    before = {path: path.read_bytes() for path in (tmp_path / "bucket" / "raw").rglob("*.gz")}
    CommonCrawl.asked.clear()
    assert imported() == (0, [])
    assert not [name for name, asked in CommonCrawl.asked if asked]
    assert [one["pages"] for one in imported("--again")[1]] == [2, 2]
    assert {path: path.read_bytes() for path in (tmp_path / "bucket" / "raw").rglob("*.gz")} == before
    assert [path.name for path in (tmp_path / "state" / "news").iterdir()] == ["lock"]


def test_a_list_that_cannot_be_had_is_told() -> None:
    with pytest.raises(RetryLater, match="list of files"):
        imported("--server", "http://dead.test")
    with pytest.raises(Misconfigured, match="COPYDESK_CONTACT"):
        imported("--server", "http://live.example")


def lying(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "state" / "news").iterdir())


def test_of_files_that_fail_half_way_one_lies_on_the_disk(tmp_path: Path) -> None:
    CommonCrawl.files = dict.fromkeys(NAMES[:2], warc())
    CommonCrawl.beginnings = True
    code, told = imported()
    assert (code, [bool(one["trouble"]) for one in told]) == (1, [True, True])
    assert lying(tmp_path) == [f"{NAMES[1]}.note", f"{NAMES[1]}.part", "lock"]
    CommonCrawl.beginnings, CommonCrawl.cut = False, 0
    CommonCrawl.asked.clear()
    assert imported()[0] == 0
    asked = [name for name, ranged in CommonCrawl.asked if ranged]
    assert asked == [NAMES[1], NAMES[0]], "what was begun goes on before the next begins"
    assert CommonCrawl.asked[[name for name, _ in CommonCrawl.asked].index(NAMES[1])][1] != "bytes=0-16777215"
    assert lying(tmp_path) == ["lock"]


def test_a_past_month_without_a_list_of_files_is_trouble_and_one_to_come_is_nothing_to_do() -> None:
    with pytest.raises(RetryLater, match=r"list of files: .*2026/01/warc.paths.gz: HTTP 404"):
        imported("--since", "2026-01-05", "--until", "2026-01-06")
    later = datetime.now(UTC) + timedelta(days=62)
    days = ("--since", f"{later:%Y-%m-10}", "--until", f"{later:%Y-%m-11}")
    assert imported(*days) == (0, [])


def test_days_that_end_before_they_begin_are_misconfigured() -> None:
    for last in ("2026-03-01", "2026-02-28"):
        with pytest.raises(Misconfigured, match="is not after --since 2026-03-01"):
            imported("--until", last)
    assert CommonCrawl.asked == []


def test_a_file_that_was_imported_does_not_stay_on_the_disk(tmp_path: Path) -> None:
    assert imported()[0] == 1, "the second file of the day is not there"
    for name in NAMES[:2]:  # as a command that was killed in `--again` leaves them
        (tmp_path / "state" / "news" / name).write_bytes(warc())
    assert imported()[0] == 0
    assert lying(tmp_path) == ["lock"]
