"""What the system refuses ends a command with one line that names the path and the way on, and an honest exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.settings import Settings
from pipelines.store import tables
from tests.cli.shell import copydesk
from tests.dedupe.batches import commit, met

if TYPE_CHECKING:
    import subprocess

URL = "https://harbour.example/news/outage"
READING = [["articles"], ["report"], ["copies", URL], ["story", URL], ["diff", URL], ["explain", URL], ["extract", URL]]


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """Give what a person reads, on one line; it is no trace."""
    text = done.stderr.decode()
    assert "Traceback" not in text
    assert "Exception ignored" not in text
    return " ".join(text.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bucket with one article."""
    bucket = tmp_path / "bucket"
    commit(
        open_bucket(Settings(bucket=str(bucket))),
        met(URL, "Harbour Cloud outage", "A faulty router took it down.", hour=1),
    )
    return bucket


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_command_that_looks_says_that_there_is_no_bucket_and_makes_none(command: list[str], tmp_path: Path) -> None:
    done = copydesk(tmp_path / "mistyped", *command)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"there is no bucket at {tmp_path}/mistyped" in told(done)
    assert not (tmp_path / "mistyped").exists()


def test_a_command_that_writes_makes_the_bucket_and_says_so(tmp_path: Path) -> None:
    first, again = copydesk(tmp_path / "new", "process"), copydesk(tmp_path / "new", "process")
    assert (first.returncode, again.returncode) == (0, 0)
    assert f"there was no bucket at {tmp_path}/new: it is made" in told(first)
    assert "it is made" not in told(again)


@pytest.mark.parametrize("command", [*READING, ["process"], ["publish"], ["names", "learn"]], ids=" ".join)
def test_a_bucket_that_the_s3_server_does_not_have_ends_every_command_alike(
    command: list[str], s3_server: str, tmp_path: Path
) -> None:
    done = copydesk(
        "s3://absent-bucket/desk",
        *command,
        COPYDESK_STATE=str(tmp_path),
        COPYDESK_S3_ENDPOINT=s3_server,
        COPYDESK_S3_KEY="test",
        COPYDESK_S3_SECRET="test",
    )
    assert done.returncode == 2
    assert told(done).startswith(f"misconfigured COPYDESK_BUCKET: there is no bucket s3://absent-bucket at {s3_server}")


@pytest.mark.parametrize("command", [["articles"], ["process"], ["report"]], ids=" ".join)
def test_a_bucket_that_is_a_file_is_told(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = copydesk(tmp_path / "file", *command)
    assert done.returncode == 2
    assert f"{tmp_path}/file" in told(done)
    assert "Name a folder" in told(done)


@pytest.mark.parametrize(
    ("closed", "mode", "command"),
    [
        ("bucket", 0o000, "articles"),
        ("bucket/tables", 0o000, "articles"),
        ("bucket/raw/warc", 0o000, "process"),
        ("bucket", 0o500, "publish"),
        ("state", 0o500, "import {}"),
    ],
)
def test_a_folder_without_the_rights_is_told_with_its_path(
    closed: str, mode: int, command: str, folder: Path, tmp_path: Path
) -> None:
    (folder / "raw" / "warc").mkdir(parents=True, exist_ok=True)
    (tmp_path / "state").mkdir()
    (tmp_path / closed).chmod(mode)
    try:
        done = copydesk(folder, *command.format(__file__).split(), COPYDESK_STATE=str(tmp_path / "state"))
    finally:
        (tmp_path / closed).chmod(0o755)
    assert done.returncode == 2
    assert f"{tmp_path}/{closed}" in told(done)
    assert "Permission denied" in told(done)
    assert "right to read and write" in told(done)


def test_a_damaged_table_is_told(folder: Path) -> None:
    for parquet in (folder / "tables" / "articles").glob("*.parquet"):
        parquet.unlink()
    done = copydesk(folder, "articles")
    assert done.returncode == 1
    assert f"failed {folder}" in told(done)
    assert ".parquet" in told(done)


@pytest.mark.parametrize("arguments", [["articles", "--json"], ["articles"], ["--version"], ["sources", "--json"]])
def test_output_that_cannot_be_written_is_told(arguments: list[str], folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = copydesk(folder, *arguments, out=full)
    assert done.returncode == 1
    assert told(done) == "failed standard output: No space left on device. Make room there"


def warc(path: Path) -> None:
    """Write an archive of one page."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The harbour office measures the tide."
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        f"WARC-Date: 2026-03-01T10:00:00Z\r\nWARC-Target-URI: {URL}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    path.write_bytes(head.encode() + block + b"\r\n\r\n")


def test_an_import_goes_on_with_the_other_files(tmp_path: Path) -> None:
    (tmp_path / "bucket").mkdir()
    closed, sealed, good = tmp_path / "closed.warc", tmp_path / "sealed.wacz", tmp_path / "good.warc"
    warc(closed)
    closed.chmod(0o000)
    sealed.write_bytes(b"PK\x03\x04 and no end of a ZIP PK\x05\x06" + b"\0" * 18)
    warc(good)
    files = [str(path) for path in (closed, tmp_path, tmp_path / "absent", sealed, good)]
    done = copydesk(tmp_path / "bucket", "import", "--json", *files, COPYDESK_STATE=str(tmp_path / "state"))
    assert done.returncode == 1, done.stderr
    rows = json.loads(done.stdout)
    assert [row["pages"] for row in rows] == [0, 0, 0, 0, 1]
    troubles = [row["trouble"] for row in rows]
    assert "Permission denied" in troubles[0]
    assert "it is a folder" in troubles[1]
    assert "No such file" in troubles[2]
    assert "sealed.wacz" in troubles[3]
    assert "Traceback" not in done.stderr.decode()


def test_an_archive_file_that_is_gone_is_named(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    commit(bucket, met(URL, "Harbour Cloud outage", "A faulty router took it down.", hour=1))
    named = tables.scan(bucket, "pages").select("warc").collect().item()
    assert layout.parse_warc(named)
    done = copydesk(tmp_path, "extract", URL)
    assert done.returncode == 1
    assert f"{named} is gone" in told(done)
