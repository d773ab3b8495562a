"""The DAG files, as Airflow reads them, and one real run of all of them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from tests.dags.running import airflow, batches_of
from tests.newsroom import Newsroom
from tests.newsroom.articles import pieces
from tests.newsroom.sources import write_sources

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]

READ = """
print(json.dumps({
    "errors": {str(k): str(v) for k, v in bag.import_errors.items()},
    "dags": {d.dag_id: {"tags": sorted(d.tags), "owner": d.owner, "doc": bool(d.doc_md), "retries":
             min(t.retries for t in d.tasks if t.task_id != "report_failure"),
             "mapped": sorted(t.task_id for t in d.tasks if t.is_mapped),
             "waits": sorted(a.uri for a in d.schedule) if isinstance(d.schedule, list) else [],
             "emits": sorted({o.uri for t in d.tasks for o in t.outlets}),
             "kinds": sorted(d.allowed_run_types or []),
             "runs": d.max_active_runs, "tasks": sorted(d.task_ids)} for d in bag.dags.values()},
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Airflow reads in the DAG files."""
    read: dict[str, Any] = airflow(tmp_path_factory.mktemp("state"), READ)
    return read


def test_every_dag_imports_and_carries_owner_tags_retries_and_a_triage_note(told: dict[str, Any]) -> None:
    assert told["errors"] == {}
    assert sorted(told["dags"]) == ["backfill", "collect", "maintain", "process", "publish", "reprocess"]
    for dag in told["dags"].values():
        assert "copydesk" in dag["tags"]
        assert dag["owner"] == "copydesk"
        assert dag["doc"]
        assert dag["retries"] >= 1
        assert dag["runs"] == 1


def test_the_dags_are_chained_by_assets_and_mapped_over_sources_and_files(told: dict[str, Any]) -> None:
    dags = told["dags"]
    raw, articles = ["copydesk://raw/warc"], ["copydesk://tables/articles"]
    assert (dags["collect"]["emits"], dags["backfill"]["emits"], dags["process"]["waits"]) == (raw, raw, raw)
    # With files left over, process starts itself again.
    assert (dags["process"]["emits"], dags["publish"]["waits"]) == (raw + articles, articles)
    assert dags["collect"]["mapped"] == dags["backfill"]["mapped"] == ["crawl"]
    assert dags["process"]["mapped"] == ["extract"]
    assert "suggest" in dags["process"]["tasks"]


def test_airflows_own_backfill_is_refused_where_it_would_do_nothing_for_its_days(told: dict[str, Any]) -> None:
    dags = told["dags"]
    assert dags["collect"]["kinds"] == dags["maintain"]["kinds"] == ["manual", "scheduled"]


def passed_on(state: Path) -> list[str]:
    """Everything that tasks handed to one another."""
    with closing(sqlite3.connect(state / "airflow" / "airflow.db")) as database:
        return [str(value) for (value,) in database.execute("select value from xcom")]


def test_a_source_that_fails_turns_its_task_red_and_stops_no_other(tmp_path: Path) -> None:
    write_sources(tmp_path / "sources")
    (tmp_path / "sources" / "dead.yaml").write_text(
        "name: Dead\nhome: http://dead.test/\nfeeds: [http://dead.test/rss]\n"
    )
    with Newsroom() as room:
        # Nobody listens at the discard port of loopback.
        resolve = {**room.resolve, "dead.test": "127.0.0.1:9"}
        done = subprocess.run(
            [sys.executable, "-m", "dags.once", "--sources", "dead,demo-netzkante"],
            env={
                **os.environ,
                "COPYDESK_STATE": str(tmp_path),
                "COPYDESK_BUCKET": str(tmp_path / "bucket"),
                "COPYDESK_SOURCES": str(tmp_path / "sources"),
                "COPYDESK_RESOLVE": json.dumps(resolve),
                **batches_of(1, tmp_path),
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "collect: failed; red tasks: crawl, report_failure" in done.stdout
    assert "demo-netzkante: " in done.stdout
    assert done.stdout.count("process: done") == 2, "one batch for each file"
    manifest = json.loads(next((tmp_path / "bucket" / "runs").rglob("manifest.json")).read_text())
    assert {row["source"]: row["stored"] for row in manifest["sources"]}["demo-netzkante"] >= 8
    assert {row["source"]: row["failed"] for row in manifest["sources"]}["dead"] >= 1
    values = passed_on(tmp_path)
    assert values
    assert max(map(len, values)) < 5_000
    sentence = next(p.body[0] for p in pieces() if p.publisher == "netzkante")[:60]
    assert not [value for value in values if "<html" in value or sentence in value]
