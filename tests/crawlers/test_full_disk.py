"""A disk that is full, or may not be written, ends a crawl with its reason, asks for nothing that cannot be kept, and harms nothing that was."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from warcio.checker import Checker

from crawlers import run
from pipelines.bucket import Directory, open_bucket
from tests.crawlers.archived import visits
from tests.crawlers.child import started
from tests.processes import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.settings import Settings
    from tests.newsroom import Newsroom

# No file of the process grows beyond this: what a full disk does, in the middle of a record.
BYTES = 20_000
CRAMPED = f"""
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, ({BYTES}, {BYTES}))
runpy.run_module("crawlers.run", run_name="__main__")
"""


def test_a_full_disk_ends_the_crawl_and_the_next_one_goes_on(settings: Settings, room: Newsroom) -> None:
    asked = len(room.log)
    command = [sys.executable, "-c", CRAMPED, "demo-saltmarsh", "--run", "cramped", "--log-level", "ERROR"]
    done = subprocess.run(command, env=environment(settings), capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert (done.returncode, told["code"]) == (run.AGAIN, run.AGAIN), done.stderr
    assert "make room" in told["error"]
    bucket = open_bucket(settings)
    assert list(bucket.list("raw/")) == []
    cramped = [hit.path for hit in room.log[asked:]]

    assert run.crawl(settings, "demo-saltmarsh", run="roomy", log_level="ERROR")[1] == run.GOOD
    keys = [key for key in bucket.list("raw/warc/") if key.endswith(".warc.gz")]
    assert Checker(SimpleNamespace(inputs=[bucket.uri(key) for key in keys], verbose=False)).process_all() == 0
    found = [visit.url for visit in visits(bucket)]
    assert len(found) == len(set(found))
    assert len(visits(bucket, "cramped")) >= len(cramped) - 2, "all but what did not fit, and what was on its way"
    articles = [hit.path for hit in room.log[asked:] if hit.path.startswith("/posts/")]
    assert len(articles) - len(set(articles)) <= 2, "what was not kept, and what was on its way"


def test_a_bucket_that_may_not_be_written_is_misconfigured_and_asks_for_no_room(settings: Settings) -> None:
    forbidden = settings.model_copy(update={"bucket": "/sys/copydesk"})  # there not even root may
    with started(forbidden, "demo-saltmarsh", "--run", "forbidden") as process:
        out, err = process.communicate()
    told = json.loads(out.splitlines()[-1])
    assert (process.returncode, told["code"]) == (run.MISCONFIGURED, run.MISCONFIGURED), err
    assert "/sys/copydesk" in told["error"]
    assert "COPYDESK_BUCKET" in told["error"]
    assert "room" not in told["error"]


@pytest.fixture
def cramped() -> Iterator[None]:
    """This process, with files that do not grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("cramped")
def test_an_object_that_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        Directory(tmp_path).create("key", b"x" * (BYTES + 1))
    assert list(tmp_path.iterdir()) == []
