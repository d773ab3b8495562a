"""Which WARC files wait to be processed."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines import layout, stages
from pipelines.bucket import Directory
from pipelines.settings import load
from pipelines.store import coverage, journal, tables
from pipelines.store.tables import Rows
from tests.store.test_journal import fate

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

TODAY = datetime.now(UTC).date()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directory:
    monkeypatch.setenv("COPYDESK_BUCKET", str(tmp_path / "bucket"))
    return Directory(tmp_path / "bucket")


def landed(bucket: Bucket, source: str, day: date, run: str = "run", number: int = 0) -> str:
    key = layout.warc(source, day, run, number)
    bucket.create(key, b"x")
    return key


def test_files_are_planned_oldest_first_and_at_most_one_batch_of_them(desk: Directory) -> None:
    most = load().limits.process.files
    files = [landed(desk, f"s{n % 7}", TODAY - timedelta(days=1 + n // 10), f"run{n % 10}") for n in range(most + 5)]
    ages = [layout.parse_warc(key) for key in files]
    expected = [
        key for _, _, key in sorted((age.day, age.run, key) for age, key in zip(ages, files, strict=True) if age)
    ]
    assert stages.uncovered() == expected[:most]
    journal.propose(desk, 1, expected[:most], {})
    assert stages.uncovered() == expected[most:]
    assert stages.commit(expected[:most]) == {}


def test_a_file_that_no_fate_names_is_covered_by_the_batch_that_took_it(desk: Directory) -> None:
    one, other = landed(desk, "a", TODAY), landed(desk, "b", TODAY - timedelta(days=3))
    journal.catch_up(desk)
    journal.propose(desk, 1, [one, other], {})
    assert coverage.covered(desk, TODAY - timedelta(days=3)) == {one, other}
    assert coverage.covered(desk, TODAY) == {one}
    assert stages.uncovered() == []


def test_a_batch_that_was_cut_short_before_its_last_commit_covers_its_files_once_it_is_finished(
    desk: Directory,
) -> None:
    key = landed(desk, "a", TODAY)
    journal.catch_up(desk)
    half = journal.entry(desk, 1, [key], {"fates": Rows(insert=(fate("u"),))})
    desk.create(layout.journal(1), half.model_dump_json().encode())
    tables.apply(desk, "pages", journal.change(desk, half, "pages"), 1)
    assert coverage.covered(desk, TODAY) == set()
    assert stages.uncovered() == []


def test_a_bucket_from_before_there_was_a_table_of_files_goes_on_where_it_stood(desk: Directory) -> None:
    old, new = landed(desk, "a", TODAY), landed(desk, "b", TODAY)
    journal.catch_up(desk)
    told = fate("u").model_copy(update={"warc": old, "at": datetime.now(UTC)})
    journal.propose(desk, 1, [old], {"fates": Rows(insert=(told,))})
    journal.propose(desk, 2, [], {})
    shutil.rmtree(Path(desk.uri(layout.table("files"))))
    assert stages.uncovered() == [new]
    assert journal.propose(desk, journal.catch_up(desk) + 1, [new], {})
    assert {name: tables.version(desk, name) for name in tables.TABLES} == dict.fromkeys(tables.TABLES, 3)
    assert tables.scan(desk, "fates").collect().height == 1
    assert stages.uncovered() == []
