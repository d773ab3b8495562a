"""Other people's archives through the line: each format, damaged ones, the same one again."""

from __future__ import annotations

import gc
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import warnings
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.memory import Memory
from pipelines import archive, cdxj, layout, settings, stages
from pipelines.bring import Brought, bring
from pipelines.bucket import Directory
from pipelines.errors import Quarantine, Reject
from pipelines.records import Channel, Outcome, Source
from pipelines.store import tables
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = {"wire": Source(id="wire", name="Wire", home="https://www.wire.test/", hosts=("wire-media.test",))}
PROSE = "The operator opened a second hall on Tuesday and has signed for the power that its racks will draw. "
LIMITS = settings.Settings(config=ROOT / "config").limits


def page(title: str, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{title} {part}. {PROSE * 2}</p>" for part in range(6))
    return f"<!doctype html><title>{title}</title>{head}<article><h1>{title}</h1>{paragraphs}</article>".encode()


def warc(*, compressed: bool = True) -> bytes:
    """Write a small archive as another crawler would: pages, a picture, a dead link, a page of nobody we know."""
    # warcio leaves its buffers open: what is collected here bothers no other test.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        content = written(compressed=compressed)
        gc.collect()
    return content


def written(*, compressed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("theirs.warc.gz", {"software": "another crawler"}))
    html = [("Content-Type", "text/html; charset=utf-8")]
    packed = [*html, ("Content-Encoding", "gzip")]
    for url, status, headers, body in (
        ("https://www.wire.test/a-second-hall", "200 OK", html, page("A second hall")),
        ("https://blog.wire.test/more-power", "200 OK", packed, gzip.compress(page("More power"))),
        ("https://wire-media.test/a-new-roof", "200 OK", html, page("A new roof")),
        ("https://other.test/elsewhere", "200 OK", html, page("Elsewhere")),
        (
            "https://www.wire.test/reserved",
            "200 OK",
            html,
            page("Reserved", '<meta name="robots" content="noarchive">'),
        ),
        ("https://www.wire.test/picture.png", "200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
        ("https://www.wire.test/gone", "404 Not Found", html, page("Gone")),
    ):
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": "2019-05-01T10:00:00Z"},
        )
        writer.write_request_response_pair(
            writer.create_warc_record(url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", [])), record
        )
    return out.getvalue()


def arc() -> bytes:
    """Write one page in the format before WARC."""
    version = b"1 0 Somebody\nURL IP-address Archive-date Content-type Archive-length\n\n"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("An old page")
    return (
        b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain %d\n" % len(version)
        + version
        + b"\nhttp://www.wire.test/old 127.0.0.1 20050101000000 text/html %d\n" % len(block)
        + block
        + b"\n"
    )


def wacz() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("archive/data.warc.gz", warc())
        file.writestr("pages/pages.jsonl", "{}")
    return out.getvalue()


def brought(tmp_path: Path, content: bytes, name: str = "theirs.warc.gz") -> Brought:
    (tmp_path / name).write_bytes(content)
    return bring(tmp_path / name, Directory(tmp_path / "bucket"), SOURCES, LIMITS, tmp_path / "spool")


@pytest.mark.parametrize(
    "content",
    [warc(), warc(compressed=False), gzip.compress(warc(compressed=False)), wacz()],
    ids=["gzip a record", "plain", "gzip a file", "wacz"],
)
def test_the_pages_of_an_archive_go_to_the_sources_of_their_hosts(tmp_path: Path, content: bytes) -> None:
    told = brought(tmp_path, content)
    assert (told.pages, told.refused, told.trouble) == (4, 1, None)
    assert told.left_out["not HTML"] == told.left_out["status other than 200"] == 1
    assert sorted(key.split("/")[2] for key in told.warc) == ["source=import", "source=wire"]
    assert (
        Checker(
            type("Asked", (), {"inputs": [str(tmp_path / "bucket" / k) for k in told.warc], "verbose": False})()
        ).process_all()
        == 0
    )
    key = next(key for key in told.warc if "source=wire" in key)
    with Directory(tmp_path / "bucket").open(key) as stream:
        found = list(archive.read(stream, key, source="wire", limit=2**20))
    pages = {one.page.url: one for one in found if one.page}
    assert sorted(pages) == [
        "https://blog.wire.test/more-power",
        "https://wire-media.test/a-new-roof",
        "https://www.wire.test/a-second-hall",
    ]
    assert pages["https://blog.wire.test/more-power"].body == page("More power")
    assert {(one.page.channel, one.page.fetched.year) for one in pages.values() if one.page} == {(Channel.IMPORT, 2019)}
    (refused,) = [one.visit for one in found if one.visit and one.visit.outcome]
    assert refused.outcome is Outcome.REFUSED
    assert '<meta name="robots" content="noarchive">' in (refused.reason or "")


def test_arc_files_are_read_too(tmp_path: Path) -> None:
    for content in (arc(), gzip.compress(arc())):
        assert brought(tmp_path, content).pages == 1


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    content = warc()
    first = brought(tmp_path, content)
    before = {path: path.read_bytes() for path in (tmp_path / "bucket").rglob("*.warc.gz")}
    again = brought(tmp_path, content, "renamed.warc.gz")
    assert again.warc == first.warc
    assert {path: path.read_bytes() for path in (tmp_path / "bucket").rglob("*.warc.gz")} == before


def test_of_a_file_that_ends_inside_a_record_the_whole_ones_are_taken(tmp_path: Path) -> None:
    whole = warc(compressed=False)
    told = brought(tmp_path, whole[: whole.index(b"Elsewhere")])
    assert told.pages == 3
    assert "ends inside a record" in (told.trouble or "")


def test_an_index_beside_the_file_names_what_can_be_replayed(tmp_path: Path) -> None:
    content, bucket = warc(), Directory(tmp_path / "bucket")
    key = next(key for key in brought(tmp_path, content).warc if "source=wire" in key)
    text = bucket.get(layout.cdxj(key)).decode()
    lines = text.splitlines()
    assert lines == sorted(lines)
    assert lines[0].startswith("test,wire)/a-second-hall 20190501100000 {")
    entries = {entry["url"]: entry for entry in cdxj.read(text)}
    assert sorted(entries) == [  # not the reserved one, which has a visit and no response
        "https://blog.wire.test/more-power",
        "https://wire-media.test/a-new-roof",
        "https://www.wire.test/a-second-hall",
    ]
    for url, title in (
        ("https://blog.wire.test/more-power", "More power"),
        ("https://wire-media.test/a-new-roof", "A new roof"),
    ):
        entry = entries[url]
        assert entry["filename"] == key.rpartition("/")[2]
        record = bucket.get(key, int(entry["offset"]), int(entry["length"]))
        assert archive.body_at(record, 2**20) == page(title)
        assert gzip.decompress(record).startswith(b"WARC/1.1\r\n")
    # Brought again by a version that indexes: the index is that of the file which is there.
    bucket.delete(layout.cdxj(key))
    brought(tmp_path, content)
    assert bucket.get(layout.cdxj(key)).decode() == text


def test_a_crawl_does_not_take_what_was_imported_for_visited(tmp_path: Path) -> None:
    brought(tmp_path, warc())
    memory = Memory.load(Directory(tmp_path / "bucket"), "wire", datetime.now(UTC).date())
    assert memory.know("https://www.wire.test/a-second-hall") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>no archive</html>", gzip.compress(b"nor this" * 99), b"PK\x05\x06" + bytes(18)],
    ids=["empty", "html", "gzip", "zip"],
)
def test_what_is_no_archive_is_told_by_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Quarantine, match=r"theirs\.warc\.gz"):
        brought(tmp_path, content)
    assert not (tmp_path / "bucket").exists()


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(Reject, match="nowhere"):
        bring(tmp_path / "nowhere", Directory(tmp_path / "bucket"), SOURCES, LIMITS, tmp_path / "spool")


def test_the_command_imports_what_it_can_and_processing_ends_with_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "wire.yaml").write_text("name: Wire\nhome: https://www.wire.test/\n")
    # A page may take as long as a busy machine needs: time decides no test.
    shutil.copytree(ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("sources"))
    limits = (ROOT / "config" / "limits.yaml").read_text(encoding="utf-8")
    (tmp_path / "config" / "limits.yaml").write_text(limits.replace("seconds: 10 ", "seconds: 250 "), encoding="utf-8")
    for name, value in {"CONFIG": "config", "BUCKET": "bucket", "STATE": "state", "SOURCES": "sources"}.items():
        monkeypatch.setenv(f"COPYDESK_{name}", str(tmp_path / value))
    (tmp_path / "good.warc.gz").write_bytes(warc())
    (tmp_path / "bad.warc.gz").write_bytes(b"no archive")
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "import", "bad.warc.gz", "good.warc.gz"]
    done = subprocess.run(
        [*command, "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    bad, good = json.loads(done.stdout)
    assert "bad.warc.gz" in bad["trouble"]
    assert (good["pages"], good["trouble"]) == (4, None)
    keys = stages.uncovered()
    assert sorted(keys) == sorted(good["warc"])
    for key in keys:
        stages.extract(key)
    stages.commit(keys)
    assert stages.uncovered() == []
    rows = tables.scan(settings_bucket(tmp_path), "fates").collect()
    assert rows.filter(pl.col("outcome") == "refused").height == 1
    assert set(rows["run"]) == {good["run"]}
    assert rows["at"].min() > datetime.now(UTC) - timedelta(days=2)  # type: ignore[operator]  # polars cannot know
    stored = tables.scan(settings_bucket(tmp_path), "articles").collect()
    assert set(stored["source"]) == {"wire", "import"}


def settings_bucket(tmp_path: Path) -> Directory:
    return Directory(tmp_path / "bucket")
