"""The line over a real S3 server: done, done again, killed half-way, done by two at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import polars as pl
import pytest

from pipelines import crawls, stages
from pipelines.bucket import Bucket, open_bucket
from pipelines.settings import load
from pipelines.store import tables
from tests.newsroom import Newsroom
from tests.newsroom.sources import write_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipelines.settings import Settings

pytestmark = pytest.mark.xdist_group("s3line")


@pytest.fixture
def desk(s3_settings: Settings) -> Iterator[Bucket]:
    """An installation whose bucket is on the S3 server, told by its environment as any is."""
    state = s3_settings.state
    write_sources(state / "sources")
    with Newsroom() as room, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYDESK_BUCKET", s3_settings.bucket)
        patch.setenv("COPYDESK_STATE", str(state))
        patch.setenv("COPYDESK_SOURCES", str(state / "sources"))
        patch.setenv("COPYDESK_RESOLVE", json.dumps(dict(room.resolve)))
        patch.setenv("COPYDESK_S3_ENDPOINT", s3_settings.s3_endpoint or "")
        patch.setenv("COPYDESK_S3_KEY", "test")
        patch.setenv("COPYDESK_S3_SECRET", "test")
        yield open_bucket(load())


def crawl(source: str, run: str) -> list[str]:
    """Crawl one source; gives the files that wait for extraction."""
    done = subprocess.run(crawls.crawl_command(source, run), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return stages.uncovered()


def step(code: str) -> subprocess.Popen[bytes]:
    """Run a step in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", f"from pipelines import stages; {code}"], env=dict(os.environ))


def kill_when(process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
    """SIGKILL a step at a moment of its work, or let it end where it is faster than we look."""
    while process.poll() is None and not reached():
        time.sleep(0.05)
    process.kill()
    process.wait()


def versions(bucket: Bucket) -> dict[str, int]:
    return {name: tables.version(bucket, name) for name in tables.TABLES}


def ends(bucket: Bucket) -> dict[str, int]:
    """Rows and distinct rows of what must never double; the URLs that a crawl touched end once each."""
    fates = tables.scan(bucket, "fates").select("run", "url").collect()
    articles = tables.scan(bucket, "articles").select("id").collect()
    assert fates.height == fates.unique().height
    assert articles.height == articles["id"].n_unique()
    return {"fates": fates.height, "articles": articles.height}


def test_the_line_runs_over_s3_and_a_step_done_again_changes_nothing(desk: Bucket) -> None:
    keys = crawl("demo-redcobre", "one")
    for key in keys:
        stages.extract(key)
    counts = stages.commit(keys)
    stages.publish_contract()
    stages.publish_feeds()
    stages.publish_report()
    assert counts["stored"] >= 6
    assert ends(desk)["fates"] == sum(counts.values())
    assert len(json.loads(desk.get("feeds/all.json"))["items"]) == ends(desk)["articles"]
    before, objects = versions(desk), list(desk.list("tables/"))
    stages.extract(keys[0])
    assert stages.commit(keys) == {}
    assert stages.uncovered() == []
    stages.publish_feeds()
    assert (versions(desk), list(desk.list("tables/"))) == (before, objects)


def test_killed_in_extraction_and_in_the_commit_nothing_is_lost_or_doubled(desk: Bucket) -> None:
    keys = crawl("demo-redcobre", "one")
    began = time.monotonic()
    kill_when(step(f"stages.extract({keys[0]!r})"), lambda: time.monotonic() > began + 2)
    assert stages.uncovered() == keys
    for key in keys:
        stages.extract(key)
    kill_when(step(f"stages.commit({keys!r})"), lambda: any(key.endswith("1.json") for key in desk.list("journal/")))
    stages.commit(stages.uncovered())
    found = ends(desk)
    assert found["articles"] >= 6
    assert set(tables.scan(desk, "fates").select("warc").collect()["warc"]) == set(keys)
    pages = tables.scan(desk, "pages").select(pl.struct("warc", "offset")).collect()
    assert pages.height == pages.unique().height
    assert len(set(versions(desk).values())) == 1


def test_two_that_commit_the_same_files_at_once_commit_them_once(desk: Bucket) -> None:
    keys = crawl("demo-redcobre", "one")
    for key in keys:
        stages.extract(key)
    both = [step(f"print(stages.commit({keys!r}))") for _ in range(2)]
    assert [process.wait(180) for process in both] == [0, 0]
    assert ends(desk)["articles"] >= 6
    assert stages.uncovered() == []
