"""A crawl that has not the time for all that it found, and a host that asks for longer pauses than a crawl sleeps through."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from crawlers import run
from crawlers.memory import Kept, Memory
from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.records import Candidate, Channel, Role
from pipelines.settings import Settings
from tests.crawlers.archived import visits
from tests.crawlers.scripted import HOME, Scripted, declared, feed, limited, of, page

if TYPE_CHECKING:
    from pathlib import Path

    from crawlers.job import Job
    from tests.newsroom.reply import Reply

STORIES = tuple(f"/2026/11/story-number-{n}.html" for n in range(6))


def site_that_asks_for(delay: float, *stories: str) -> dict[str, Reply]:
    rules = page(f"User-agent: *\nCrawl-delay: {delay}\n", "text/plain")
    return {"/robots.txt": rules, "/feed": feed(*stories), **{path: page(f"<h1>{path}</h1>") for path in stories}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(bucket=str(tmp_path / "bucket"), state=tmp_path / "state", sources=tmp_path / "sources")


def crawl(settings: Settings, name: str, minutes: float | None = None) -> tuple[Job, int]:
    return run.crawl(settings, "scripted", run=name, minutes=minutes, log_level="ERROR")


def test_what_a_crawl_has_no_time_for_waits_for_the_next_and_the_summary_says_so(settings: Settings) -> None:
    with Scripted(of(site_that_asks_for(0.5, *STORIES))) as site:
        made = declared(settings, site.resolve)
        began = time.monotonic()
        job, code = crawl(made, "short", minutes=0.05)
        assert time.monotonic() - began < 20, "4 s on a quiet machine"
        told = run.summary(job, code)
        assert code == run.GOOD
        assert told["late"] == ["scripted.test has pages left for which the crawl had no time"]
        first = set(site.paths()) & set(STORIES)
        assert told["pages"] == len(first) < len(STORIES)
        assert told["waiting"] == len(STORIES) - len(first)
        job, code = crawl(made, "rest")
        assert run.summary(job, code)["late"] == []
        assert sorted(path for path in site.paths() if path in STORIES) == sorted(STORIES)
    assert [visit for visit in visits(open_bucket(settings)) if visit.retry] == []


def test_a_long_crawl_delay_is_kept_from_crawl_to_crawl_and_not_slept_through(settings: Settings) -> None:
    with Scripted(of(site_that_asks_for(3600, *STORIES))) as site:
        made = declared(settings, site.resolve)
        for name in ("first", "second"):
            began = time.monotonic()
            job, code = crawl(made, name)
            assert time.monotonic() - began < 30
            assert code == run.GOOD
            (told,) = run.summary(job, code)["late"]
            assert told.startswith("scripted.test asks for 3600 s between requests and is asked again from 2")
            assert site.paths() == ["/robots.txt"]


def test_crawl_by_crawl_a_host_with_a_long_delay_is_read_and_never_too_early(settings: Settings) -> None:
    delay, stories = 1.0, STORIES[:3]
    with Scripted(of(site_that_asks_for(delay, *stories))) as site:
        made = declared(limited(settings, pause_seconds=0.2), site.resolve)
        for number in range(150):
            crawl(made, f"crawl-{number:03}")
            if set(stories) <= set(site.paths()):
                break
        moments = [hit.began for hit in site.log]
        asked = site.paths()
    assert set(stories) <= set(asked)
    assert min(late - early for early, late in pairwise(moments)) > delay * 0.95
    assert len(asked) == len(set(asked))


def test_of_the_few_turns_that_a_long_delay_leaves_the_feed_takes_not_each(settings: Settings) -> None:
    bucket, now = open_bucket(settings), datetime.now(UTC)
    memory = Memory("scripted")
    told = {
        "/robots.txt": (200, "User-agent: *\nCrawl-delay: 3600\n"),
        "/.well-known/tdmrep.json": (404, ""),
        "/ai.txt": (404, ""),
    }
    memory.files = {f"{HOME[:-1]}{path}": Kept(now.isoformat(), *answer) for path, answer in told.items()}
    before = (now - timedelta(minutes=61)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    heard = {"visit": f"{HOME}feed", "url": f"{HOME}feed", "role": "feed", "date": before, "outcome": "read"}
    memory.learn({**heard, "payload": "sha1:A", "digest": "sha1:A"})
    link = f"{HOME[:-1]}{STORIES[0]}"
    memory.await_visit(link, Role.ARTICLE, Candidate(url=link, source="scripted", channel=Channel.FEED, seen_in=HOME))
    memory.save(bucket, now.date(), ())
    with Scripted(of(site_that_asks_for(3600, *STORIES))) as site:
        crawl(declared(settings, site.resolve), "first")
        assert site.paths() == [STORIES[0]]


def test_when_a_host_was_asked_last_is_known_from_the_archive_too(settings: Settings) -> None:
    with Scripted(of(site_that_asks_for(0.1, STORIES[0]))) as site:
        job, _ = crawl(declared(settings, site.resolve), "first")
    bucket = open_bucket(settings)
    bucket.delete(layout.memory("scripted"))
    rebuilt = Memory.load(bucket, "scripted", job.began.date())
    last = max(known.last or "" for role in (Role.FEED, Role.ARTICLE) for known in rebuilt.all(role))
    assert rebuilt.asked == {"scripted.test": last}
