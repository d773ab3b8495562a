"""What a site's own log says of a crawl: robots.txt, delays, Retry-After, connections, conditional requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from crawlers import run
from crawlers.manners import manners
from crawlers.polite.revisit import Mode
from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured
from pipelines.records import Outcome, Role
from pipelines.settings import Settings
from tests.crawlers.archived import visits
from tests.crawlers.scripted import HOME, Asked, Hit, Scripted, declared, feed, limited, of, page, status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crawlers.job import Job
    from tests.newsroom.reply import Reply

STORIES = tuple(f"/2026/11/story-number-{n}.html" for n in range(5))
SITE = {"/feed": feed(*STORIES), **{path: page(f"<h1>{path}</h1>") for path in STORIES}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(bucket=str(tmp_path / "bucket"), state=tmp_path / "state", sources=tmp_path / "sources")


def crawl(settings: Settings, site: Scripted, name: str = "first", **declaration: Any) -> tuple[Job, int]:
    made = declared(settings, site.resolve, **declaration)
    return run.crawl(made, "scripted", run=name, log_level="WARNING")


def again(settings: Settings, site: Scripted, mode: Mode = Mode.SCHEDULE) -> tuple[Job, int]:
    made = declared(settings, site.resolve)
    return run.crawl(made, "scripted", run="again", mode=mode, log_level="WARNING")


def gaps(hits: list[Hit]) -> list[float]:
    return [late.began - early.began for early, late in pairwise(hits)]


def busiest(hits: list[Hit]) -> int:
    """The most requests that were being answered at one time."""
    return max(sum(one.began <= hit.began < one.ended for one in hits) for hit in hits)


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_without_robots_txt_a_site_is_open(settings: Settings, code: int) -> None:
    with Scripted(of({**SITE, "/robots.txt": status(code)})) as site:
        assert crawl(settings, site)[1] == run.GOOD
        assert set(STORIES) < set(site.paths())


@pytest.mark.parametrize("code", [500, 503, 408, 425, 429])
def test_while_robots_txt_is_in_trouble_nothing_else_is_asked_for(settings: Settings, code: int) -> None:
    with Scripted(of({**SITE, "/robots.txt": status(code)})) as site:
        assert crawl(limited(settings, retries=0), site)[1] == run.TROUBLE
        assert set(site.paths()) == {"/robots.txt"}
    refused = [visit for visit in visits(open_bucket(settings)) if visit.outcome is Outcome.REFUSED]
    assert "RFC 9309" in (refused[0].reason or "")


@pytest.mark.parametrize("code", [503, 408, 425, 429])
def test_trouble_with_robots_txt_closes_a_site_for_one_crawl_and_is_told_as_what_it_was(
    settings: Settings, code: int
) -> None:
    rules = page("User-agent: *\nAllow: /\n", "text/plain")

    def answer(asked: Asked) -> Reply:
        return of({**SITE, "/robots.txt": rules if asked.times else status(code)})(asked)

    with Scripted(answer) as site:
        assert crawl(limited(settings, retries=0), site)[1] == run.TROUBLE
        assert set(site.paths()) == {"/robots.txt"}
        assert again(settings, site, Mode.NEVER)[1] == run.GOOD
        assert set(STORIES) < set(site.paths())
    (told,) = (visit for visit in visits(open_bucket(settings), "first") if visit.role is Role.ROBOTS)
    assert (told.outcome, told.reason, told.retry) == (Outcome.FAILED, f"HTTP {code}", True)


def test_robots_txt_that_cannot_be_reached_closes_the_site(settings: Settings) -> None:
    with Scripted(of(SITE)) as site:
        made = declared(limited(settings, retries=0), {"scripted.test": "127.0.0.1:9"})
        assert run.crawl(made, "scripted", run="first", log_level="ERROR")[1] == run.TROUBLE
        assert site.log == []


def test_what_robots_txt_forbids_is_not_asked_for(settings: Settings) -> None:
    rules = page(f"User-agent: *\nDisallow: {STORIES[2]}\n", "text/plain")
    with Scripted(of({**SITE, "/robots.txt": rules})) as site:
        crawl(settings, site)
        assert set(STORIES) - set(site.paths()) == {STORIES[2]}
    (refused,) = (visit for visit in visits(open_bucket(settings)) if visit.outcome is Outcome.REFUSED)
    assert refused.reason == f"{HOME}robots.txt, line 2: Disallow: {STORIES[2]}"


def test_a_target_that_robots_txt_forbids_is_not_reached_by_a_redirect(settings: Settings) -> None:
    away = status(302, Location="/private/story")
    rules = page("User-agent: *\nDisallow: /private/\n", "text/plain")
    with Scripted(of({**SITE, STORIES[0]: away, "/robots.txt": rules})) as site:
        crawl(settings, site)
        assert STORIES[0] in site.paths()
        assert "/private/story" not in site.paths()


def test_of_a_long_robots_txt_500_kibibytes_are_obeyed(settings: Settings) -> None:
    filler = "# nothing to see\n" * 35_000
    rules = f"User-agent: *\nDisallow: {STORIES[0]}\n{filler}Disallow: {STORIES[1]}\n"
    with Scripted(of({**SITE, "/robots.txt": page(rules, "text/plain")})) as site:
        crawl(settings, site)
        assert set(STORIES) - set(site.paths()) == {STORIES[0]}


def test_robots_txt_is_asked_for_once_a_day(settings: Settings) -> None:
    with Scripted(of({**SITE, "/robots.txt": page("User-agent: *\nAllow: /\n", "text/plain")})) as site:
        crawl(settings, site)
        again(settings, site, Mode.SCHEDULE)
        assert site.paths().count("/robots.txt") == 1
        day_over = limited(settings, robots_hours=1e-9)
        run.crawl(
            declared(day_over, site.resolve, feeds=[f"{HOME}feed", f"{HOME}more"]),
            "scripted",
            run="x",
            log_level="ERROR",
        )
        assert site.paths().count("/robots.txt") == 2


def test_a_crawl_delay_is_kept_between_all_requests(settings: Settings) -> None:
    rules = page("User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    with Scripted(of({**SITE, "/robots.txt": rules})) as site:
        crawl(settings, site)
        assert len(site.log) >= len(STORIES) + 2
        assert min(gaps(site.log)) > 0.25


def test_the_archive_proves_which_pauses_were_kept(settings: Settings) -> None:
    rules = page("User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    with Scripted(of({**SITE, "/robots.txt": rules})) as site:
        job, _ = crawl(settings, site)
    bucket, day = open_bucket(settings), job.began.date()
    (kept,) = manners(bucket, "scripted", day, 0.0)
    assert (kept.host, kept.requests, kept.asked, kept.kept) == ("scripted.test", len(site.log), 0.3, True)
    (broken,) = manners(bucket, "scripted", day, 30.0)
    assert (broken.asked, broken.kept) == (30.0, False)


def in_seconds() -> str:
    return "4"  # longer than the pause before any further try


def as_a_date() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=5), usegmt=True)


@pytest.mark.parametrize("told", [in_seconds, as_a_date])
@pytest.mark.parametrize("code", [429, 503])
def test_retry_after_is_waited_for_by_every_request_to_the_host(
    settings: Settings, code: int, told: Callable[[], str]
) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path == STORIES[0] and not asked.times:
            return status(code, Retry_After=told())
        return of(SITE)(asked)

    with Scripted(answer) as site:
        crawl(settings, site)
        stop = next(place for place, hit in enumerate(site.log) if hit.status == code)
        assert site.log[stop + 1].began - site.log[stop].ended > 3.8
        assert site.paths().count(STORIES[0]) == 2
        assert set(STORIES) < set(site.paths())


def test_a_host_that_asks_for_more_patience_than_a_run_has_is_left_alone_until_then(settings: Settings) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path in STORIES:
            return status(429, Retry_After="3600")
        return of(SITE)(asked)

    with Scripted(answer) as site:
        crawl(settings, site)
        assert len(set(site.paths()) & set(STORIES)) == 1
        asked = len(site.log)
        job, _ = again(settings, site, Mode.ALWAYS)
        assert len(site.log) == asked
    reasons = [visit.reason or "" for visit in visits(open_bucket(settings), "again")]
    assert any("not to be visited for 3" in reason for reason in reasons)
    assert job.troubles


def test_a_site_that_becomes_slow_is_asked_less(settings: Settings) -> None:
    read: list[str] = []

    def answer(asked: Asked) -> Reply:
        reply = of(SITE)(asked)
        if asked.path in STORIES:
            read.append(asked.path)
        return replace(reply, delay=2.3) if len(read) == 3 and asked.path in STORIES else reply

    with Scripted(answer) as site:
        crawl(settings, site)
        hits = [hit for hit in site.log if hit.asked.path in STORIES]
        pauses = [late.began - early.ended for early, late in pairwise(hits)]
    assert pauses[2] > 0.9
    assert min(pauses[:2]) < 0.9


@pytest.mark.parametrize("connections", [1, 3])
def test_a_host_has_as_many_connections_as_its_source_says(settings: Settings, connections: int) -> None:
    slow = {path: replace(reply, delay=0.1) for path, reply in SITE.items()}
    with Scripted(of(slow)) as site:
        crawl(settings, site, connections=connections)
        assert busiest(site.log) == connections
        assert len({hit.connection for hit in site.log}) == connections


def test_what_the_archive_holds_is_asked_for_under_conditions(settings: Settings) -> None:
    when = "Sun, 22 Nov 2026 12:00:00 GMT"
    marked = {STORIES[0]: {"ETag": '"v1"'}, STORIES[1]: {"Last_Modified": when}}
    site_ = SITE | {path: page("<h1>Marked</h1>", **headers) for path, headers in marked.items()}

    def answer(asked: Asked) -> Reply:
        fresh = asked.headers.get("if-none-match") == '"v1"' or asked.headers.get("if-modified-since") == when
        return status(304) if fresh else of(site_)(asked)

    with Scripted(answer) as site:
        crawl(settings, site)
        again(settings, site, Mode.ALWAYS)
        later = {hit.asked.path: hit for hit in site.log if hit.asked.times == 1}
    assert later[STORIES[0]].asked.headers["if-none-match"] == '"v1"'
    assert later[STORIES[1]].asked.headers["if-modified-since"] == when
    assert not {"if-none-match", "if-modified-since"} & set(later[STORIES[2]].asked.headers)
    assert [later[path].status for path in STORIES[:3]] == [304, 304, 200]
    seen = {visit.url.removeprefix(HOME[:-1]): visit.outcome for visit in visits(open_bucket(settings), "again")}
    assert {seen[path] for path in STORIES} == {Outcome.UNCHANGED}


def test_every_request_says_who_asks_and_where_to_complain(settings: Settings) -> None:
    with Scripted(of(SITE)) as site:
        crawl(settings.model_copy(update={"contact": "desk@example.org"}), site)
        agents = {hit.asked.headers["user-agent"] for hit in site.log}
    assert len(agents) == 1
    assert agents.pop().endswith("(+desk@example.org)")


def test_without_a_contact_address_no_live_site_is_asked(settings: Settings) -> None:
    with Scripted(of(SITE)) as site:
        live = declared(settings, {}, home="https://www.example.com/", feeds=[f"http://127.0.0.1:{site.port}/feed"])
        with pytest.raises(Misconfigured, match="COPYDESK_CONTACT"):
            run.crawl(live, "scripted", run="first", log_level="ERROR")
        assert site.log == []


def test_a_feed_in_trouble_is_asked_ever_later(settings: Settings) -> None:
    with Scripted(of({"/feed": status(500)})) as site:
        assert crawl(limited(settings, retries=0), site)[1] == run.TROUBLE
        asked = len(site.log)
        again(settings, site)
        assert len(site.log) == asked
