"""The whole line over the newsroom: crawled twice as it stands, then once more after two of its articles changed."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pipelines import crawls, stages
from pipelines.bucket import Bucket, open_bucket
from pipelines.settings import load
from tests.newsroom import Newsroom
from tests.newsroom.sources import write_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.newsroom.server import Hit
    from tests.newsroom.truth import Truth

RUNS = ("first", "again", "edited")


@dataclass(frozen=True)
class Line:
    """What the three runs left, and what should have come of the first."""

    bucket: Bucket
    root: Path
    truth: Mapping[str, Truth]
    codes: dict[str, list[int]]
    """Exit codes of the crawls of each run."""
    counts: dict[str, dict[str, int]]
    """Outcomes that the commit of each run counted."""
    hits: dict[str, tuple[Hit, ...]]
    """Requests that the newsroom saw in each run."""
    environment: dict[str, str]
    """What tells a command where all this is."""


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Run the line three times; the environment says where, as for any installation."""
    state = tmp_path_factory.mktemp("line")
    write_sources(state / "sources")
    with Newsroom() as room:
        environment = {
            "COPYDESK_BUCKET": str(state / "bucket"),
            "COPYDESK_STATE": str(state),
            "COPYDESK_SOURCES": str(state / "sources"),
            "COPYDESK_RESOLVE": json.dumps(dict(room.resolve)),
        }
        # Only while it is built: tests of other parts may follow in this process.
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            codes, counts, hits = _runs(room)
            bucket = open_bucket(load())
        yield Line(bucket, state / "bucket", dict(room.truth), codes, counts, hits, environment)


@pytest.fixture(autouse=True)
def _line_environment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell the tests that look at the line where it is."""
    if "line" in request.fixturenames:
        for name, value in request.getfixturevalue("line").environment.items():
            monkeypatch.setenv(name, value)


def _runs(room: Newsroom) -> tuple[dict[str, list[int]], dict[str, dict[str, int]], dict[str, tuple[Hit, ...]]]:
    """Crawl, extract, commit, once for each of `RUNS`; then publish."""
    codes: dict[str, list[int]] = {}
    counts: dict[str, dict[str, int]] = {}
    hits: dict[str, tuple[Hit, ...]] = {}
    for run in RUNS:
        room.edition = 2 if run == "edited" else 1
        before = len(room.log)
        codes[run] = _crawl(run)
        hits[run] = room.log[before:]
        keys = stages.uncovered()
        for key in keys:
            stages.extract(key)
        counts[run] = stages.commit(keys)
        stages.suggest(print)
    stages.publish_contract()
    stages.publish_feeds()
    stages.publish_report()
    return codes, counts, hits


def _crawl(run: str) -> list[int]:
    """Crawl every source, two at a time."""
    commands = [crawls.crawl_command(source, run, revisit="always") for source in crawls.chosen_sources()]
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda command: subprocess.run(command, capture_output=True, check=False), commands)
        return [each.returncode for each in done]
