"""A crawl of the newsroom, through real sockets into real WARC files."""

from __future__ import annotations

import gzip
import json
import signal
import time
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from warcio.checker import Checker

from crawlers import run
from crawlers.memory import Memory
from crawlers.polite.revisit import Mode
from crawlers.spool import Spool
from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured, RetryLater
from pipelines.records import Outcome, Role
from tests.crawlers.archived import entries, visits
from tests.crawlers.child import await_hits, declare, started
from tests.newsroom.sources import sources

if TYPE_CHECKING:
    from pipelines.bucket import Bucket
    from pipelines.settings import Settings
    from tests.newsroom import Newsroom
    from tests.newsroom.truth import Truth

LEFT_TO_EXTRACTION = {Outcome.STORED, Outcome.DUPLICATE, Outcome.NOT_AN_ARTICLE, Outcome.QUARANTINED}


def crawl(settings: Settings, source: str, name: str, **options: Any) -> int:
    return run.crawl(settings, source, run=name, log_level="WARNING", **options)[1]


def warcs(bucket: Bucket) -> list[str]:
    return [key for key in bucket.list("raw/warc/") if key.endswith(".warc.gz")]


def expected(truth: Truth) -> set[Outcome | None]:
    """The outcomes that a crawl may note where the pipeline's truth is `truth`."""
    return {None if fate in LEFT_TO_EXTRACTION else fate for fate in (truth.outcome, *truth.also)}


def truths(room: Newsroom, source: str) -> dict[str, Truth]:
    return {url: truth for url, truth in room.truth.items() if f"demo-{truth.source}" == source}


@pytest.mark.parametrize("source", [source.id for source in sources()])
def test_each_url_ends_once_and_as_the_newsroom_says(room: Newsroom, settings: Settings, source: str) -> None:
    job, code = run.crawl(settings, source, run="first", log_level="WARNING")
    found = visits(open_bucket(settings))
    assert code == run.GOOD
    assert len({visit.url for visit in found}) == len(found) == job.frontier.count("ended")
    assert job.frontier.count("waiting") == job.frontier.count("taken") == 0
    truth = room.truth
    assert [
        (visit.url, visit.outcome, visit.reason, truth[visit.url].why)
        for visit in found
        if visit.url in truth and visit.outcome not in expected(truth[visit.url])
    ] == []


def test_every_article_of_the_newsroom_is_found(room: Newsroom, settings: Settings) -> None:
    crawl(settings, "demo-chipwire", "first")
    found = {visit.final_url for visit in visits(open_bucket(settings))}
    wanted = {url for url, truth in truths(room, "demo-chipwire").items() if truth.variant_of is None}
    wanted = {url for url in wanted if room.truth[url].outcome is Outcome.STORED}
    assert len(wanted) > 30
    assert wanted - found == set()


def test_what_a_crawl_writes_is_valid_warc_with_an_index(settings: Settings) -> None:
    crawl(settings, "demo-saltmarsh", "first")
    crawl(settings, "demo-saltmarsh", "again", mode=Mode.ALWAYS)
    bucket = open_bucket(settings)
    keys = warcs(bucket)
    assert len(keys) == 2
    assert Checker(SimpleNamespace(inputs=[bucket.uri(key) for key in keys], verbose=False)).process_all() == 0
    for key in keys:
        first, *records = entries(bucket, key)
        assert first.kind == "warcinfo"
        assert b"copydesk-source: demo-saltmarsh" in first.block
        offsets = {
            (line["offset"], line["length"]) for line in map(json.loads, index_bodies(bucket.get(layout.cdxj(key))))
        }
        assert len(offsets) == sum(record.kind in {"response", "revisit"} for record in records)
        assert all(is_member(bucket.get(key, int(at), int(length))) for at, length in offsets)


def index_bodies(index: bytes) -> list[str]:
    lines = index.decode().splitlines()
    assert lines == sorted(lines)
    return [line.split(" ", 2)[2] for line in lines]


def is_member(data: bytes) -> bool:
    import zlib

    member = zlib.decompressobj(31)
    return member.decompress(data).startswith(b"WARC/1.1\r\n") and member.eof and not member.unused_data


def test_a_second_visit_finds_everything_unchanged_and_stores_no_body_twice(room: Newsroom, settings: Settings) -> None:
    crawl(settings, "demo-chipwire", "first")
    assert crawl(settings, "demo-chipwire", "again", mode=Mode.ALWAYS) == run.GOOD
    bucket = open_bucket(settings)
    wrong = [
        visit.url
        for visit in visits(bucket, "again")
        if visit.url in room.truth
        and room.truth[visit.url].again is Outcome.UNCHANGED
        and visit.outcome is not Outcome.UNCHANGED
    ]
    assert wrong == []
    kept = [entry.headers for entry in entries(bucket, warcs(bucket)[0]) if entry.kind == "revisit"]
    dates = {entry.headers["WARC-Date"] for entry in entries(bucket, warcs(bucket)[1]) if entry.kind == "response"}
    profiles = Counter(headers["WARC-Profile"].rpartition("/")[2] for headers in kept)
    assert set(profiles) == {"server-not-modified", "identical-payload-digest"}
    assert {headers["WARC-Refers-To-Date"] for headers in kept} <= dates


def test_an_edited_article_is_archived_again(settings: Settings, room: Newsroom) -> None:
    crawl(settings, "demo-rackreport", "first")
    room.edition = 2
    try:
        crawl(settings, "demo-rackreport", "later", mode=Mode.ALWAYS)
    finally:
        room.edition = 1
    changed = {url for url, truth in truths(room, "demo-rackreport").items() if truth.changes}
    again = {visit.url: visit.outcome for visit in visits(open_bucket(settings), "later")}
    assert changed
    assert {again[url] for url in changed} == {None}


def test_by_schedule_nothing_is_due_right_after_a_crawl(settings: Settings, room: Newsroom) -> None:
    crawl(settings, "demo-saltmarsh", "first")
    asked = len(room.log)
    assert crawl(settings, "demo-saltmarsh", "again") == run.GOOD
    assert len(room.log) == asked


def test_a_limit_leaves_the_oldest_for_the_next_crawl(settings: Settings) -> None:
    job, _ = run.crawl(settings, "demo-saltmarsh", run="first", pages=3, log_level="WARNING")
    assert job.frontier.count("waiting") > 3
    crawl(settings, "demo-saltmarsh", "rest")
    bucket = open_bucket(settings)
    first, rest = ({v.url for v in visits(bucket, name) if v.role is Role.ARTICLE} for name in ("first", "rest"))
    assert len(first) == 3
    assert len(rest) == job.frontier.count("waiting")
    assert not first & rest


def test_the_delay_between_requests_is_kept(settings: Settings, room: Newsroom) -> None:
    asked = len(room.log)
    crawl(settings, "demo-lefil", "first")
    hits = [hit for hit in room.log[asked:] if hit.host.startswith("www.lefil") or "lefil" in hit.host]
    (source,) = (source for source in sources() if source.id == "demo-lefil")
    gaps = [late.time - early.time for early, late in pairwise(hits) if late.host == early.host]
    assert gaps
    assert min(gaps) > source.delay * 0.8


def test_memory_is_rebuilt_from_the_archive(settings: Settings) -> None:
    crawl(settings, "demo-saltmarsh", "first")
    bucket = open_bucket(settings)
    today = layout.parse_warc(warcs(bucket)[0])
    assert today
    kept = Memory.load(bucket, "demo-saltmarsh", today.day)
    bucket.delete(layout.memory("demo-saltmarsh"))
    rebuilt = Memory.load(bucket, "demo-saltmarsh", today.day)
    assert {known for role in Role for known in rebuilt.all(role)} == {
        known for role in Role for known in kept.all(role)
    }


def test_a_live_site_is_not_visited_without_a_contact_address(settings: Settings) -> None:
    with pytest.raises(Misconfigured, match="COPYDESK_CONTACT"):
        crawl(settings.model_copy(update={"resolve": {}}), "demo-saltmarsh", "first")


def test_one_crawl_of_a_source_runs_at_a_time(settings: Settings) -> None:
    spool = Spool(settings.state / "spool", open_bucket(settings), "demo-saltmarsh")
    try:
        with pytest.raises(RetryLater, match="another crawl"):
            crawl(settings, "demo-saltmarsh", "first")
    finally:
        spool.close()


def test_what_may_be_tried_again_and_a_fault_have_codes_of_their_own(settings: Settings) -> None:
    spool = Spool(settings.state / "spool", open_bucket(settings), "demo-saltmarsh")
    try:
        with started(settings, "demo-saltmarsh") as process:
            out, err = process.communicate()
    finally:
        spool.close()
    assert (process.returncode, json.loads(out)["code"]) == (run.AGAIN, run.AGAIN), err
    assert "another crawl" in json.loads(out)["error"]

    open_bucket(settings).create(layout.memory("demo-saltmarsh"), gzip.compress(b'{"format": 1}\n'))
    with started(settings, "demo-saltmarsh") as process:
        out, err = process.communicate()
    assert (process.returncode, json.loads(out)["code"]) == (run.FAULT, run.FAULT), err
    assert "KeyError: 'folded'" in json.loads(out)["error"]
    assert "memory.py" in err


def test_told_to_stop_a_crawl_does_not_wait_for_its_delay_and_says_so(settings: Settings, room: Newsroom) -> None:
    declare(settings, "demo-saltmarsh", delay=30)
    asked = len(room.log)
    with started(settings, "demo-saltmarsh", "--run", "stopped") as process:
        await_hits(room, asked + 1)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate()
    summary = json.loads(out.splitlines()[-1])
    assert (process.returncode, summary["code"]) == (run.STOPPED, run.STOPPED), err
    assert time.monotonic() - began < 20, "3 s on a quiet machine, where the delay is 30"
    found = visits(open_bucket(settings))
    assert len(found) == summary["visits"]
    assert {visit.retry for visit in found if visit.outcome is Outcome.FAILED} <= {True}


def test_an_unknown_source_and_a_wrong_option_are_misconfigured(settings: Settings) -> None:
    days = ("--since", "2026-03-02", "--until", "2026-03-01")
    for arguments in (("no-such-source",), ("demo-saltmarsh", "--resolve", "nonsense"), ("demo-saltmarsh", *days)):
        with started(settings, *arguments) as process:
            out, err = process.communicate()
        assert process.returncode == run.MISCONFIGURED, err
        assert json.loads(out)["error"]
