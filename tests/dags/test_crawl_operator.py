"""What the task of a crawl says, and whether it is tried again; the crawl is a real one of a site on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from crawlers.spool import Spool
from pipelines.bucket import open_bucket
from pipelines.settings import Settings
from tests.conftest import ROOT
from tests.crawlers.scripted import Scripted, declared, feed, limited, of, page, status
from tests.processes import environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]

# Airflow takes its settings at its import, so the task is executed in a process of its own.
EXECUTE = """
import json, os
from dags.environment import airflow_environment
from pipelines.settings import load
os.environ.update(airflow_environment(load()))
os.environ["PYTHONPATH"] = os.environ.get("CHILD", os.environ["PYTHONPATH"])
from datetime import timedelta
from dags.crawl_operator import CrawlOperator
limit = timedelta(minutes=float(os.environ.get("MINUTES", 30)))
try:
    told = {"ended": "success", "summary": CrawlOperator(task_id="crawl", source="scripted", crawl="first", execution_timeout=limit).execute({})}
except Exception as error:
    told = {"ended": type(error).__name__, "message": str(error)}
print()
print(json.dumps(told))
"""
STORY = "/2026/11/a-story-that-stands.html"
SITE = {"/feed": feed(STORY), STORY: page("<h1>It stands</h1>")}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(bucket=str(tmp_path / "bucket"), state=tmp_path / "state", sources=tmp_path / "sources")
    return limited(made, retries=0)


def executed(settings: Settings, **more: str) -> tuple[dict[str, Any], str]:
    """Execute the task; give how it ended, and its log."""
    known = environment(settings, **more)
    done = subprocess.run(
        [sys.executable, "-c", EXECUTE], env=known, cwd=ROOT, capture_output=True, text=True, check=False
    )
    *log, last = done.stdout.splitlines()
    return json.loads(last), "\n".join([*log, done.stderr])


def test_a_source_in_trouble_fails_for_good_and_names_its_troubles(settings: Settings) -> None:
    with Scripted(of({"/feed": status(403)})) as site:
        told, log = executed(declared(settings, site.resolve))
    assert told["ended"] == "AirflowFailException", log
    assert "http://scripted.test/feed: HTTP 403" in told["message"]


def test_troubles_of_a_crawl_that_went_well_are_logged(settings: Settings) -> None:
    dead = "http://scripted.test/dead"
    with Scripted(of(SITE)) as site:
        told, log = executed(declared(settings, site.resolve, feeds=["http://scripted.test/feed", dead]))
    assert told["ended"] == "success", log
    assert f"scripted: {dead}: HTTP 404" in log


def test_a_crawl_ends_well_before_the_task_s_own_limit_kills_it(settings: Settings) -> None:
    slow = {"/robots.txt": page("User-agent: *\nCrawl-delay: 1\n", "text/plain"), **SITE}
    with Scripted(of(slow)) as site:
        told, log = executed(declared(settings, site.resolve), MINUTES="5.02")
    assert told["ended"] == "success", log
    assert told["summary"]["late"] == ["scripted.test has pages left for which the crawl had no time"]
    assert "scripted: scripted.test has pages left" in log


def test_while_another_crawl_of_the_source_runs_the_task_is_tried_again(settings: Settings) -> None:
    spool = Spool(settings.state / "spool", open_bucket(settings), "scripted")
    try:
        told, log = executed(declared(settings, {"scripted.test": "127.0.0.1:9"}))
    finally:
        spool.close()
    assert told["ended"] == "AirflowException", log
    assert "another crawl" in told["message"]


def test_a_crawl_that_could_not_even_start_is_tried_again(settings: Settings) -> None:
    made = declared(settings, {"scripted.test": "127.0.0.1:9"})
    (settings.state / "broken").mkdir()
    (settings.state / "broken" / "scrapy.py").write_text("raise MemoryError\n")
    told, log = executed(made, CHILD=str(settings.state / "broken"))
    assert (told["ended"], "exit code 1" in told["message"]) == ("AirflowException", True), log
