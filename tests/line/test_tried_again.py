"""Crawls as they happen: tried again under the same name, cut off from the net, several in one batch."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest

from crawlers import warc
from crawlers.exchange import Exchange
from pipelines import layout, stages
from pipelines.bucket import Bucket, open_bucket
from pipelines.publish.report import newest_run
from pipelines.records import Candidate, Channel, Outcome, Role, Visit
from pipelines.settings import load
from pipelines.store import tables

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://wire.test/2026/11/26/a-plant-for-chips"
PAGE = "<html lang=en><head><title>A plant for chips</title><meta property=og:type content=article></head><body><article>{}".format(
    "<h1>A plant for chips</h1>"
    + "".join(
        f"<p>{n} The company said on Monday that it would build a plant for chips in the north, and that work starts soon.</p>"
        for n in range(12)
    )
).encode()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "wire.yaml").write_text("name: Wire\nhome: http://wire.test/\n")
    for name in ("bucket", "state", "sources"):
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", str(tmp_path / name))
    return open_bucket(load())


def answered(status: int, body: bytes) -> Exchange:
    head = b"HTTP/1.1 %d X\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
    kind = ((b"Content-Type", b"text/html"),)
    asked = b"GET / HTTP/1.1\r\n\r\n"
    return Exchange(URL, datetime.now(UTC), "127.0.0.1", asked, head, body, body, status, kind, None)


def crawled(desk: Bucket, run: str, number: int, *answers: Exchange, outcome: Outcome | None = None) -> str:
    """File one visit as a crawl does; gives the key of its file."""
    found = Candidate(url=URL, source="wire", channel=Channel.FEED, seen_in="http://wire.test/feed")
    failed = outcome is Outcome.FAILED
    visit = Visit(url=URL, final_url=URL, role=Role.ARTICLE, candidate=found, outcome=outcome, retry=failed)
    key = layout.warc("wire", datetime.now(UTC).date(), run, number)
    records, _ = warc.group(visit, answers, None)
    desk.create(key, warc.warcinfo(key, {}) + records)
    return key


def processed(keys: list[str]) -> dict[str, int]:
    for key in keys:
        stages.extract(key)
    return stages.commit(keys)


@pytest.mark.parametrize("batches", [[[0, 1]], [[0], [1]], [[1], [0]]], ids=["together", "in order", "late"])
@pytest.mark.parametrize("first", [(answered(503, b"busy"),), ()], ids=["busy", "unreachable"])
def test_a_crawl_that_is_tried_again_has_one_fate_a_url_and_all_its_files_are_covered(
    desk: Bucket, batches: list[list[int]], first: tuple[Exchange, ...]
) -> None:
    keys = [
        crawled(desk, "20261126T170000-scheduled", 0, *first, outcome=Outcome.FAILED),
        crawled(desk, "20261126T170000-scheduled", 1, answered(200, PAGE)),
    ]
    assert stages.uncovered() == keys
    told = [processed([keys[number] for number in batch]) for batch in batches]
    assert stages.uncovered() == []
    assert stages.commit(keys) == {}
    fates = tables.scan(desk, "fates").select("outcome", "warc").collect()
    assert fates.rows() == [("stored", keys[1])]
    assert sum(counts.get("stored", 0) for counts in told) == 1
    pages = tables.scan(desk, "pages").select("warc", "offset").collect()
    assert pages.height == pages.unique().height == 1 + len(first)


def test_a_crawl_that_nobody_answered_is_dated_by_when_it_was_tried_and_is_the_newest(desk: Bucket) -> None:
    crawled(desk, "good", 0, answered(200, PAGE))
    since = datetime.now(UTC)
    crawled(desk, "outage", 0, outcome=Outcome.FAILED)
    processed(stages.uncovered())
    (at,) = tables.scan(desk, "fates").filter(pl.col("run") == "outage").select("at").collect()["at"]
    assert since <= at <= since + timedelta(minutes=1)
    assert newest_run(desk) == "outage"


def test_every_crawl_of_a_batch_has_its_report_and_one_that_goes_on_a_new_one(desk: Bucket) -> None:
    def counted(run: str) -> tuple[int, int]:
        total = json.loads(desk.get(layout.run(run, "manifest.json")))["total"]
        assert run in desk.get(layout.run(run, "report.html")).decode()
        return total["stored"] + total["unchanged"], total["failed"]

    crawled(desk, "one", 0, outcome=Outcome.FAILED)
    crawled(desk, "two", 0, answered(200, PAGE))
    processed(stages.uncovered())
    assert stages.publish_report() == layout.run("two", "report.html")
    stages.published(stages.newest_batch())
    assert (counted("one"), counted("two")) == ((0, 1), (1, 0))
    crawled(desk, "one", 1, answered(200, PAGE))
    crawled(desk, "three", 0, outcome=Outcome.FAILED)
    processed(stages.uncovered())
    desk.delete(layout.run("two", "report.html"))
    assert stages.publish_report() == layout.run("three", "report.html")
    assert (counted("one"), counted("three")) == ((1, 0), (0, 1))
    assert layout.run("two", "report.html") not in desk.list("runs/")  # nothing came of it since
