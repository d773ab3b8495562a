"""What only a teaser names is found: from the page that shows it to the next crawl, and nothing of it twice."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import polars as pl
import pytest
import yaml

from crawlers.memory import Memory
from pipelines import crawls, layout, stages
from pipelines.bucket import Bucket, open_bucket
from pipelines.records import Channel, Outcome, Role
from pipelines.settings import load
from pipelines.store import tables
from tests.newsroom import Newsroom
from tests.newsroom.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = "demo-saltmarsh"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """A newsroom of which one source is declared, by nothing but its feed of twelve entries."""
    (declared,) = (source for source in sources() if source.id == SOURCE)
    fields = declared.model_dump(mode="json", exclude_defaults=True, exclude={"id", "sections", "sitemaps"})
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / f"{SOURCE}.yaml").write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    with Newsroom() as served:
        for name, value in {
            "BUCKET": str(tmp_path / "bucket"),
            "STATE": str(tmp_path / "state"),
            "SOURCES": str(tmp_path / "sources"),
            "RESOLVE": json.dumps(dict(served.resolve)),
        }.items():
            monkeypatch.setenv(f"COPYDESK_{name}", value)
        yield served


def crawl(run: str) -> None:
    done = subprocess.run(crawls.crawl_command(SOURCE, run, revisit="never"), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def process() -> dict[str, int]:
    """What `copydesk process` does."""
    keys = stages.uncovered()
    for key in keys:
        stages.extract(key)
    stages.commit(keys)
    return stages.suggest(print)


def visited(bucket: Bucket, run: str) -> list[str]:
    rows = tables.scan(bucket, "fates").filter((pl.col("run") == run) & pl.col("channel").is_not_null()).collect()
    return sorted(rows["url"])


def test_an_article_that_only_a_teaser_names_is_visited_by_the_next_crawl(room: Newsroom) -> None:
    bucket = open_bucket(load())
    crawl("first")
    taken = process()
    known = set(visited(bucket, "first"))
    assert taken[SOURCE] >= 2
    crawl("second")
    assert process().get(SOURCE, 0) + taken[SOURCE] <= len(room.truth)
    found = tables.scan(bucket, "fates").filter(pl.col("run") == "second").collect()
    led = found.filter(pl.col("channel") == Channel.TEASER)
    assert led.height == taken[SOURCE]
    assert set(led["outcome"]) == {Outcome.STORED}
    assert not known & set(led["url"])
    for url, page in led.select("url", "seen_in").iter_rows():
        assert url in {teaser.url for teaser in room.truth[page].teasers}, "its evidence is the page that shows it"


@pytest.mark.long
def test_what_is_handed_over_twice_is_visited_once(room: Newsroom) -> None:
    bucket = open_bucket(load())
    crawl("first")
    taken = process()
    assert stages.suggest(print) == {}
    # Killed before the mark was written: the batch is handed over again.
    bucket.delete(layout.suggested_up_to())
    assert stages.suggest(print) == {}
    assert len(list(bucket.list(layout.suggested(SOURCE)))) == 1
    crawl("second")
    assert list(bucket.list(layout.suggested(SOURCE))) == []
    further = process()
    assert len(visited(bucket, "second")) == taken[SOURCE]
    bucket.delete(layout.suggested_up_to())
    assert stages.suggest(print) == {}
    assert len(list(bucket.list(layout.suggested(SOURCE)))) == len(further)
    crawl("third")
    asked = Counter(hit.path for hit in room.log)
    assert {path: count for path, count in asked.items() if path.startswith("/posts/") and count > 1} == {}


@pytest.fixture
def one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = yaml.safe_load((load().config / "limits.yaml").read_text(encoding="utf-8"))
    limits["process"]["suggestions"] = 1
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "limits.yaml").write_text(yaml.safe_dump(limits), encoding="utf-8")
    monkeypatch.setenv("COPYDESK_CONFIG", str(tmp_path / "config"))


@pytest.mark.usefixtures("one_at_a_time")
def test_what_is_beyond_the_limit_is_left_to_the_batches_that_follow(room: Newsroom) -> None:
    bucket = open_bucket(load())
    crawl("first")
    assert process() == {SOURCE: 1}
    named = {teaser.url for page in visited(bucket, "first") for teaser in room.truth[page].teasers}
    wanted = named & {url for url, truth in room.truth.items() if f"demo-{truth.source}" == SOURCE}
    wanted -= set(visited(bucket, "first"))
    assert len(wanted) > 1
    reached: list[str] = []
    for number in range(len(room.truth)):
        crawl(f"later-{number}")
        taken = process()
        reached += visited(bucket, f"later-{number}")
        if not taken:
            break
    assert wanted <= set(reached)
    assert len(reached) == len(set(reached)), "one crawl, one suggestion, and each once"
    assert list(bucket.list(layout.backlog())) == []


def test_a_suggestion_that_comes_while_a_crawl_runs_is_left_to_the_one_after_it(room: Newsroom) -> None:
    assert room.hosts
    bucket = open_bucket(load())
    crawl("first")
    today = next(key for key in bucket.list("raw/warc/") if key.endswith(".warc.gz"))
    name = layout.parse_warc(today)
    assert name
    running = Memory.load(bucket, SOURCE, name.day)
    taken = process()
    running.save(bucket, name.day, ())
    waiting = [known for known in Memory.load(bucket, SOURCE, name.day).all(Role.ARTICLE) if known.last is None]
    assert len(waiting) == taken[SOURCE]
