"""The whole line over the newsroom: crawled twice as it stands, then once more after two of its articles changed."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pipelines import stages
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


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Run the line three times; the environment says where, as for any installation."""
    state = tmp_path_factory.mktemp("line")
    write_sources(state / "sources")
    with Newsroom() as room, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYDESK_BUCKET", str(state / "bucket"))
        patch.setenv("COPYDESK_STATE", str(state))
        patch.setenv("COPYDESK_SOURCES", str(state / "sources"))
        patch.setenv("COPYDESK_RESOLVE", json.dumps(dict(room.resolve)))
        codes, counts, hits = {}, {}, {}
        for run in RUNS:
            room.edition = 2 if run == "edited" else 1
            before = len(room.log)
            codes[run] = _crawl(run)
            hits[run] = room.log[before:]
            keys = stages.uncovered()
            for key in keys:
                stages.extract(key)
            counts[run] = stages.commit(keys)
        stages.publish_contract()
        stages.publish_feeds()
        stages.publish_report()
        yield Line(open_bucket(load()), state / "bucket", dict(room.truth), codes, counts, hits)


def _crawl(run: str) -> list[int]:
    """Crawl every source, two at a time."""
    commands = [stages.crawl_command(source, run, revisit="always") for source in stages.due_sources()]
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda command: subprocess.run(command, capture_output=True, check=False), commands)
        return [each.returncode for each in done]
