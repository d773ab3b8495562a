"""The topic model's way round: taught by the archive, put into the bucket, used by the next batch."""

from __future__ import annotations

import gc
import io
import json
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines import stages
from pipelines.bring import bring
from pipelines.bucket import open_bucket
from pipelines.classify import topics
from pipelines.records import Source
from pipelines.settings import load
from pipelines.store import tables
from tests.dedupe.batches import commit, met

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.bucket import Bucket

WORDS = ("brindlewax", "quenfold", "apistrel", "larkcomb", "ostravane")
"""A jargon that the shipped model cannot know."""
ARTICLES = 300
LATE = "https://www.hive.example/2026/11/a-late-quenfold"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """The empty bucket, in a directory, of an installation with one source."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "hive.yaml").write_text("id: hive\nname: Hive\nhome: https://www.hive.example/\n")
    environment = {
        "COPYDESK_BUCKET": str(tmp_path / "bucket"),
        "COPYDESK_STATE": str(tmp_path / "state"),
        "COPYDESK_SOURCES": str(tmp_path / "sources"),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return open_bucket(load())


def text(number: int) -> tuple[str, str]:
    first, second = WORDS[number % 5], WORDS[number // 5 % 5]
    return f"The {first} and the {second}, part {number}", f"A {second} was shown beside a {first} in hall {number}. "


def archived(bucket: Bucket, labels: Path) -> None:
    """Put articles into the tables, and what a person says of each into a file."""
    rows = [
        met(f"https://www.hive.example/{number}", *text(number), hour=number / 60, topics=(), topics_version="old")
        for number in range(ARTICLES)
    ]
    commit(bucket, *rows)
    labels.write_text("".join(f"https://www.hive.example/{number}\tscience\n" for number in range(ARTICLES)))


def train(labels: Path) -> dict[str, Any]:
    """Run the command as an operator does."""
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        "topics",
        "train",
        "--labels",
        str(labels),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def landed(folder: Path) -> Path:
    """Write an archive of one more page, as another crawler would."""
    title, body = text(7)
    page = f"<!doctype html><title>{title}</title><article><h1>{title}</h1>{f'<p>{body * 4}</p>' * 5}</article>"
    path = folder / "theirs.warc.gz"
    # warcio leaves its buffers open: what is collected here bothers no other test.
    with warnings.catch_warnings(), path.open("wb") as file:
        warnings.simplefilter("ignore", ResourceWarning)
        writer = WARCWriter(file, gzip=True)
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(LATE, "response", payload=io.BytesIO(page.encode()), http_headers=http)
        )
        del writer
        gc.collect()
    return path


def process(bucket: Bucket, archive: Path, spool: Path) -> None:
    """Bring an archive in and take it through the line, as the `process` DAG does."""
    source = Source(id="hive", name="Hive", home="https://www.hive.example/")
    keys = bring(archive, bucket, {"hive": source}, load().limits, spool).warc
    for key in keys:
        assert stages.extract(key)["articles"] == 1
    stages.commit(keys)


@pytest.mark.long
def test_a_better_model_goes_into_the_bucket_and_the_next_batch_is_filed_by_it(bucket: Bucket, tmp_path: Path) -> None:
    labels = tmp_path / "labels.tsv"
    archived(bucket, labels)
    told = train(labels)
    version = told["versions"]["after"]
    assert told["decision"] == f"replaced, kept as models/{version}.npz"
    assert version != topics.shipped().version
    assert {"models/topics.npz", f"models/{version}.npz"} <= set(bucket.list("models/"))

    process(bucket, landed(tmp_path), tmp_path / "spool")
    rows = {row["canonical_url"]: row for row in tables.scan(bucket, "articles").collect().iter_rows(named=True)}
    assert rows[LATE]["topics_version"] == version
    assert rows[LATE]["topics"][0]["id"] == "science"
    # What was filed before keeps the version that filed it.
    assert {row["topics_version"] for url, row in rows.items() if url != LATE} == {"old"}
