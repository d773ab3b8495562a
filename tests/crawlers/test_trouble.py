"""A source in trouble says so with its exit code and its reason, and stops no other."""

from __future__ import annotations

import json
import re
import ssl
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from crawlers import run
from pipelines.bucket import open_bucket
from pipelines.records import Outcome, Role
from pipelines.settings import Settings
from tests.crawlers.archived import visits
from tests.crawlers.scripted import Scripted, declared, feed, limited, of, page, status
from tests.processes import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(run.__file__).parent.parent
GOOD = {
    "/feed": feed("/2026/11/a-good-story.html", host="good.test"),
    "/2026/11/a-good-story.html": page("<h1>Good</h1>"),
}
EMPTY = page("<rss version='2.0'><channel><title>Nothing</title></channel></rss>", "application/rss+xml")
TROUBLES = {
    "dns": "does not resolve",
    "refused": "cannot connect",
    "tls": "certificate|CERTIFICATE",
    "forbidden": "HTTP 403",
    "gone": "HTTP 404",
    "empty": "without a single entry",
    "html": "HTML",
    "broken": "not XML|no markup|well-formed",
    "silent": "no response in time",
    "slow": "body not whole|in time",
}


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, str]]:
    """Where the host of each source is found: the one that does not resolve is not among them."""
    replies = {
        "forbidden": {"/feed": status(403)},
        "gone": {},
        "empty": {"/feed": EMPTY},
        "html": {"/feed": page("<!doctype html><html><p>Please log in</p></html>")},
        "broken": {"/feed": page("]]> no feed at all", "application/rss+xml")},
        "silent": {"/feed": replace(EMPTY, delay=30)},
        "slow": {"/feed": replace(EMPTY, delay=30)},
        "good": GOOD,
    }
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("tls.test").configure_cert(context)  # by an authority that nobody trusts
    with (
        Scripted(lambda asked: of(replies[asked.host.removesuffix(".test")])(asked)) as plain,
        Scripted(of({}), tls=context) as secret,
    ):
        found = {f"{name}.test": f"127.0.0.1:{plain.port}" for name in replies}
        yield {**found, "tls.test": f"127.0.0.1:{secret.port}", "refused.test": "127.0.0.1:9"}


@pytest.fixture
def settings(tmp_path: Path, sites: dict[str, str]) -> Settings:
    made = Settings(
        bucket=str(tmp_path / "bucket"), state=tmp_path / "state", sources=tmp_path / "sources", contact="x@example.org"
    )
    made = limited(made, seconds=1, retries=0)
    for name in (*TROUBLES, "good"):
        scheme, host = ("https" if name == "tls" else "http"), ("nowhere.example" if name == "dns" else f"{name}.test")
        made = declared(
            made, sites, name, home=f"{scheme}://{host}/", feeds=[f"{scheme}://{host}/feed"], hosts=[], delay=0
        )
    return made


@pytest.mark.parametrize("name", TROUBLES)
def test_a_source_in_trouble_tells_its_exit_code_and_reason(settings: Settings, name: str) -> None:
    job, code = run.crawl(settings, name, run="first", log_level="ERROR")
    told = run.summary(job, code)
    assert code == told["code"] == run.TROUBLE
    assert told["error"]
    assert told["troubles"]
    found = {visit.role: visit for visit in visits(open_bucket(settings))}
    assert found[Role.FEED].outcome in {Outcome.FAILED, Outcome.REFUSED}
    reasons = " ".join(visit.reason or "" for visit in found.values())
    assert re.search(TROUBLES[name], reasons), reasons


def test_a_source_that_backs_off_from_a_trouble_is_still_in_trouble_and_says_which(settings: Settings) -> None:
    assert run.crawl(settings, "forbidden", run="first", log_level="ERROR")[1] == run.TROUBLE
    job, code = run.crawl(settings, "forbidden", run="second", log_level="ERROR")
    told = run.summary(job, code)
    assert (code, job.asked) == (run.TROUBLE, 0)
    assert "backing off until 2" in told["error"]
    (trouble,) = told["troubles"]
    assert re.fullmatch(r"http://forbidden\.test/feed: backing off until 2.* UTC; last trouble: HTTP 403", trouble)


def test_one_feed_that_backs_off_beside_one_that_is_well_is_told_and_no_failure(
    settings: Settings, sites: dict[str, str]
) -> None:
    feeds = ["http://good.test/feed", "http://good.test/gone"]
    made = declared(settings, sites, "good", home="http://good.test/", feeds=feeds, delay=0)
    for name in ("first", "second"):
        job, code = run.crawl(made, "good", run=name, log_level="ERROR")
        assert code == run.GOOD
        assert [trouble.endswith("HTTP 404") for trouble in job.troubles] == [True]
    assert job.asked == 0


def copydesk(settings: Settings, *arguments: str) -> tuple[int, Any]:
    done = subprocess.run(
        [Path(sys.executable).with_name("copydesk"), *arguments],
        check=False,
        env=environment(settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.returncode, json.loads(done.stdout)


def test_sources_in_trouble_stop_no_other(settings: Settings) -> None:
    code, told = copydesk(settings, "crawl", "empty", "refused", "forbidden", "good", "--json")
    assert code == 1
    assert {each["source"]: each["exit_code"] for each in told} == {"empty": 1, "refused": 1, "forbidden": 1, "good": 0}
    assert all(each["troubles"] for each in told if each["exit_code"])
    stored = [visit.url for visit in visits(open_bucket(settings)) if visit.outcome is None]
    assert stored == ["http://good.test/2026/11/a-good-story.html"]
