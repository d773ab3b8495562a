"""What a source's memory takes from the bucket, and what it leaves there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawlers import cdxj
from crawlers.memory import Memory
from pipelines import layout
from pipelines.bucket import Directory
from pipelines.records import Candidate, Channel, Role

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.example.org/2026/11/a-story-that-stands.html"
TODAY = datetime(2026, 11, 26, tzinfo=UTC).date()


@pytest.fixture
def bucket(tmp_path: Path) -> Directory:
    return Directory(tmp_path)


@pytest.mark.parametrize("days", [0, 1, 3])
def test_an_index_that_another_machine_uploads_days_late_is_found(bucket: Directory, days: int) -> None:
    Memory("example").save(bucket, TODAY, ())
    day = TODAY - timedelta(days)
    told = {"date": f"{day}T23:59:00.000000Z", "status": "200", "digest": "sha1:A", "visit": URL, "role": "article"}
    index = cdxj.line(URL, told["date"], told | {"url": URL})
    bucket.create(layout.cdxj(layout.warc("example", day, "late", 0)), index.encode())
    known = Memory.load(bucket, "example", TODAY).know(URL)
    assert known is not None
    assert known.last == told["date"]


def test_a_suggestion_goes_once_the_memory_that_holds_it_is_written_and_not_before(bucket: Directory) -> None:
    made = Candidate(url=URL, source="example", channel=Channel.TEASER, seen_in="https://www.example.org/")
    bucket.create(layout.suggested("example", "one"), f"{made.model_dump_json(exclude_defaults=True)}\n".encode())
    memory = Memory.load(bucket, "example", TODAY)
    assert list(bucket.list(layout.suggested("example")))
    memory.save(bucket, TODAY, ())
    assert list(bucket.list(layout.suggested("example"))) == []
    assert [known.url for known in Memory.load(bucket, "example", TODAY).all(Role.ARTICLE)] == [URL]
