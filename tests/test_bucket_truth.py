"""A bucket that is not there, or cannot be read, is told: it must never look empty."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured, RetryLater
from pipelines.settings import Settings
from pipelines.store import tables

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.bucket import Bucket

# root may read what its own permissions forbid, unless it gives that up.
PLAIN_USER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.fixture
def closed(tmp_path: Path) -> Bucket:
    """A bucket with a file and tables."""
    made = open_bucket(Settings(bucket=str(tmp_path / "bucket")))
    made.create("raw/warc/source=a/date=2026-01-01/x", b"1")
    tables.create(made)
    return made


def as_plain_user(bucket: Bucket, code: str) -> str:
    """Run `code` on the bucket with no right to override permissions; gives what is said last."""
    prelude = "from pipelines.bucket import open_bucket; from pipelines.settings import Settings; from pipelines.store import tables"
    script = f"{prelude}\nbucket = open_bucket(Settings(bucket={bucket.uri('')!r}))\nprint({code})"
    done = subprocess.run([*PLAIN_USER, sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize("folder", ["", "raw", "raw/warc/source=a"])
def test_a_folder_that_may_not_be_read_is_not_passed_over(closed: Bucket, tmp_path: Path, folder: str) -> None:
    place = tmp_path / "bucket" / folder
    place.chmod(0o000)
    try:
        told = as_plain_user(closed, "list(bucket.list('raw/warc/'))")
    finally:
        place.chmod(0o755)
    assert "Misconfigured" in told
    assert f"{place}" in told
    assert "Permission denied" in told
    assert "right to read" in told


@pytest.mark.parametrize("folder", ["", "tables", "tables/articles", "tables/articles/_delta_log"])
def test_a_table_that_may_not_be_read_is_not_empty(closed: Bucket, tmp_path: Path, folder: str) -> None:
    place = tmp_path / "bucket" / folder
    place.chmod(0o000)
    try:
        told = as_plain_user(closed, "tables.scan(bucket, 'articles').collect().height")
    finally:
        place.chmod(0o755)
    assert "Permission denied" in told
    assert str(tmp_path / "bucket" / "tables") in told


def test_a_table_whose_log_is_damaged_is_told_in_a_line(closed: Bucket) -> None:
    closed.replace(f"{layout.table('articles')}/_delta_log/{0:020}.json", b"junk")
    with pytest.raises(RetryLater, match="articles cannot be read") as told:
        tables.scan(closed, "articles")
    assert "\n" not in str(told.value)


def test_a_table_that_is_not_there_is_empty(bucket: Bucket) -> None:
    assert tables.scan(bucket, "articles").collect().is_empty()


def test_nothing_can_be_written_where_a_file_stands(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    bucket = open_bucket(Settings(bucket=str(file)))
    for act in (lambda: bucket.create("a/b", b""), bucket.require, bucket.made, lambda: list(bucket.list("raw/"))):
        with pytest.raises(Misconfigured, match="Name a folder"):
            act()


@pytest.mark.parametrize("address", ["", "  "])
def test_an_empty_address_is_not_the_current_folder(address: str) -> None:
    with pytest.raises(Misconfigured, match="COPYDESK_BUCKET: it is empty"):
        open_bucket(Settings(bucket=address))


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_bucket(Settings(bucket="~/news")).uri("") == str(tmp_path / "news")
    with pytest.raises(Misconfigured, match="Write the whole path"):
        open_bucket(Settings(bucket="~nobody-of-this-name/news"))


def test_a_directory_is_made_once(directory_settings: Settings) -> None:
    bucket = open_bucket(directory_settings)
    with pytest.raises(Misconfigured, match="there is no bucket at"):
        bucket.require()
    assert [bucket.made(), bucket.made()] == [True, False]
    bucket.require()


def test_a_bucket_that_the_server_does_not_have_is_named(s3_settings: Settings) -> None:
    open_bucket(s3_settings).require()
    absent = open_bucket(s3_settings.model_copy(update={"bucket": "s3://absent-bucket/desk"}))
    calls = (absent.require, absent.made, lambda: list(absent.list("")), lambda: tables.scan(absent, "articles"))
    for act in (*calls, lambda: tables.create(absent)):
        with pytest.raises(Misconfigured, match=f"no bucket s3://absent-bucket at {s3_settings.s3_endpoint}"):
            act()


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ({"s3_endpoint": "127.0.0.1:9"}, "COPYDESK_S3_ENDPOINT: '127.0.0.1:9' is no URL"),
        ({"s3_endpoint": "http://"}, "is no URL"),
        ({"s3_key": None}, "COPYDESK_S3_KEY: it is not set, and COPYDESK_S3_SECRET is"),
        ({"s3_secret": None}, "COPYDESK_S3_SECRET: it is not set, and COPYDESK_S3_KEY is"),
        ({"s3_secret": SecretStr("")}, "COPYDESK_S3_SECRET: it is not set"),
    ],
)
def test_settings_of_s3_that_cannot_work_are_told_before_anything_is_asked(
    s3_settings: Settings, update: dict[str, object], told: str
) -> None:
    with pytest.raises(Misconfigured, match=told):
        open_bucket(s3_settings.model_copy(update=update))
