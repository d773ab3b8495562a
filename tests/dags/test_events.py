"""What one DAG tells the next."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pipelines import layout
from pipelines.bucket import Directory
from pipelines.store import tables
from tests.dags.running import batches_of, events, run
from tests.newsroom import Newsroom
from tests.newsroom.sources import write_sources

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]

TODAY = datetime.now(UTC).date()


def test_a_run_tells_the_next_dag_only_of_news(tmp_path: Path) -> None:
    write_sources(tmp_path / "sources")
    source = {"sources": ["demo-netzkante"]}
    with Newsroom() as room:
        first, _, _, again, processed, published, revisited, kept = run(
            tmp_path,
            ("collect", source),
            ("process", {}),
            ("publish", {}),
            ("collect", source),
            ("process", {}),
            ("publish", {}),
            ("collect", {**source, "revisit": "always"}),
            ("maintain", {}),
            environment={"COPYDESK_SOURCES": str(tmp_path / "sources"), "COPYDESK_RESOLVE": json.dumps(room.resolve)},
        )
    assert first.states("land") == ["success"]
    assert (again.state, again.states("land")) == ("success", ["skipped"])
    assert (processed.state, processed.states("commit"), processed.states("go_on")) == (
        "success",
        ["skipped"],
        ["skipped"],
    )
    assert processed.states("suggest") == ["success"]
    assert published.state == "success"
    assert (kept.state, kept.states("table"), kept.states("work")) == (
        "success",
        ["success"] * len(tables.TABLES),
        ["success"],
    )
    # Looked at again as the parameter asks, and told of again.
    assert revisited.states("land") == ["success"]
    assert (len(events(tmp_path, "copydesk_raw")), len(events(tmp_path, "copydesk_articles"))) == (2, 1)


def landed(state: Path, source: str, day: date) -> str:
    """Land a WARC file that holds nothing: it ends as one fate."""
    key = layout.warc(source, day, "r", 0)
    assert Directory(state / "bucket").create(key, b"")
    return key


def covered(state: Path) -> set[str]:
    return set(tables.scan(Directory(state / "bucket"), "fates").select("warc").collect()["warc"])


def test_batch_follows_batch_and_a_file_that_fails_holds_up_no_other(tmp_path: Path) -> None:
    keys = [landed(tmp_path, f"s{number}", TODAY - timedelta(days=number)) for number in (400, 40, 0)]
    # A file that a listing names and that cannot be read.
    gone = layout.warc("gone", TODAY - timedelta(days=500), "r", 0)
    path = tmp_path / "bucket" / gone
    path.parent.mkdir(parents=True)
    path.symlink_to("nowhere")
    environment = batches_of(2, tmp_path)
    first, second = run(tmp_path, ("process", {}), ("process", {"without": [gone]}), retries=0, environment=environment)
    assert sorted(first.states("extract")) == ["failed", "success"]
    assert (first.state, first.states("commit"), first.states("go_on")) == ("failed", ["success"], ["success"])
    assert (second.state, second.states("commit"), second.states("go_on")) == ("success", ["success"], ["skipped"])
    assert covered(tmp_path) == set(keys)
    assert events(tmp_path, "copydesk_raw") == [{"tried": [gone]}]
    assert len(events(tmp_path, "copydesk_articles")) == 2
