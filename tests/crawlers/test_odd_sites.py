"""Sites that answer oddly: what they say is neither believed beyond what it says nor taken for more than it is."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawlers import run
from crawlers.memory import Known
from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.records import Outcome, Role
from tests.crawlers.archived import entries, visits
from tests.crawlers.scripted import HOME, HOST, Scripted, declared, feed, limited, of, page, status
from tests.newsroom.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawlers.job import Job
    from pipelines.bucket import Bucket
    from pipelines.records import Visit
    from pipelines.settings import Settings

STORY = "/2026/11/a-story-to-be-read.html"
IDN = "xn--bcher-kva.test"


class Longer(bytes):
    """A body whose Content-Length promises more than comes."""

    def __len__(self) -> int:
        return 4000


class Crawled:
    """What became of a crawl of a site with these answers."""

    def __init__(self, settings: Settings, replies: Mapping[str, Reply], *hosts: str, **values: object) -> None:
        with Scripted(of(replies), *(hosts or (HOST,))) as site:
            made = limited(declared(settings, site.resolve, "scripted", **values), retries=0, seconds=2)
            self.job: Job
            self.job, self.code = run.crawl(made, "scripted", run="first", log_level="CRITICAL")
            self.asked = [(hit.asked.host, hit.asked.path) for hit in site.log]
        self.bucket = open_bucket(made)
        self.visits: dict[str, Visit] = {visit.url: visit for visit in visits(self.bucket)}

    def story(self, path: str = STORY) -> tuple[Outcome | None, str]:
        visit = self.visits[f"http://{HOST}{path}"]
        return visit.outcome, visit.reason or ""

    @property
    def archived(self) -> bytes:
        return b"".join(entry.block for key in self.job.archive.keys for entry in entries(self.bucket, key))


@pytest.fixture
def settings(directory_settings: Settings) -> Settings:
    return directory_settings.model_copy(update={"sources": directory_settings.state.parent / "sources"})


def test_304_to_a_request_without_conditions_is_no_page_that_did_not_change(settings: Settings) -> None:
    found = Crawled(settings, {"/feed": feed(STORY), STORY: status(304)})
    assert found.story() == (Outcome.FAILED, "HTTP 304 to a request without conditions")
    assert found.visits[f"{HOME}{STORY[1:]}"].retry


@pytest.mark.parametrize("code", [202, 204, 206, 304])
def test_a_feed_that_is_not_given_is_a_source_in_trouble(settings: Settings, code: int) -> None:
    found = Crawled(settings, {"/feed": replace(feed(STORY), status=code)})
    assert found.code == run.TROUBLE
    assert f"HTTP {code}" in found.job.troubles[0]
    assert ("scripted.test", STORY) not in found.asked


@pytest.mark.parametrize("code", [200, 203, 206])
def test_what_a_page_reserves_counts_whatever_its_status(settings: Settings, code: int) -> None:
    reserved = replace(page("<h1>Not to be kept</h1>", X_Robots_Tag="noarchive"), status=code)
    found = Crawled(settings, {"/feed": feed(STORY), STORY: reserved})
    assert found.story()[0] is Outcome.REFUSED
    assert b"Not to be kept" not in found.archived


def test_an_empty_body_is_no_listing_and_an_empty_robots_txt_forbids_nothing(settings: Settings) -> None:
    empty = page("")
    replies = {"/robots.txt": empty, "/s": empty, "/m": empty, "/f": empty, "/feed": feed(STORY), STORY: empty}
    places = {"sections": [f"{HOME}s"], "sitemaps": [f"{HOME}m"], "feeds": [f"{HOME}f", f"{HOME}feed"]}
    found = Crawled(settings, replies, **places)
    assert found.code == run.GOOD
    assert {visit.url[-1] for visit in found.visits.values() if visit.outcome is Outcome.FAILED} == {"s", "m", "f"}
    assert found.story() == (None, ""), "extraction says what it is"


def test_a_robots_txt_that_broke_off_closes_the_host(settings: Settings) -> None:
    half = Reply(headers=(("Content-Type", "text/plain"),), body=Longer(b"User-agent: *\nAllow: /\n"))
    found = Crawled(settings, {"/robots.txt": half, "/feed": feed(STORY), STORY: page("x")})
    assert {path for _, path in found.asked} == {"/robots.txt"}
    assert f"{HOME}robots.txt" not in found.job.memory.files, "the next crawl asks again"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "utf-8", "zstd", "gzip, deflate, br"])
def test_a_content_coding_that_was_never_applied_breaks_nothing(settings: Settings, coding: str) -> None:
    robots = page("User-agent: *\nDisallow: /private", "text/plain", Content_Encoding=coding)
    closed = "/private/a-story-to-be-read.html"
    replies = {"/robots.txt": robots, "/feed": feed(STORY, closed), STORY: page("<h1>x</h1>", Content_Encoding=coding)}
    found = Crawled(settings, replies)
    assert found.code == run.GOOD
    assert found.story() == (None, "")
    assert found.story(closed)[0] is Outcome.REFUSED


def test_a_robots_txt_of_ten_megabytes_is_obeyed_from_its_beginning(settings: Settings) -> None:
    closed = "/private/a-story-to-be-read.html"
    robots = page("User-agent: *\nDisallow: /private\n" + "# x\n" * 2_500_000, "text/plain")
    found = Crawled(settings, {"/robots.txt": robots, "/feed": feed(STORY, closed), STORY: page("x")})
    assert found.story()[0] is None
    assert found.story(closed) == (Outcome.REFUSED, f"{HOME}robots.txt, line 2: Disallow: /private")
    assert len(found.job.memory.files[f"{HOME}robots.txt"].text) <= 512_000


def test_no_sitemap_sends_a_crawl_to_a_third_site(settings: Settings) -> None:
    victims = ["http://victim.test/sitemap.xml", "http://victim.test/sitemap-2.xml.gz"]
    index = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in victims)
    replies = {
        "/text": page("\n".join([*victims, f"http://{HOST}/sitemap-own.xml"]), "text/plain"),
        "/index": page(f"<sitemapindex>{index}</sitemapindex>", "application/xml"),
    }
    found = Crawled(settings, replies, HOST, "victim.test", feeds=[], sitemaps=[f"{HOME}text", f"{HOME}index"])
    assert {host for host, _ in found.asked} == {HOST}
    assert (HOST, "/sitemap-own.xml") in found.asked


def test_what_lies_too_deep_in_a_tree_of_sitemaps_is_told(settings: Settings) -> None:
    index = "<sitemapindex><sitemap><loc>{}m{}</loc></sitemap></sitemapindex>"
    replies = {f"/m{depth}": page(index.format(HOME, depth + 1), "application/xml") for depth in range(9)}
    found = Crawled(settings, replies, feeds=[], sitemaps=[f"{HOME}m0"])
    assert [path for _, path in found.asked if path.startswith("/m")] == ["/m0", "/m1", "/m2", "/m3"]
    assert found.job.troubles == [f"{HOME}m3: its parts lie deeper than fetch.sitemap_depth and are not read"]


def test_a_host_is_one_however_it_is_written(settings: Settings) -> None:
    spellings = ("SCRIPTED.test", "scripted.test.", "scripted.test:80")
    moved = {f"/story-{n}-that-moved": status(302, Location=f"http://{one}{STORY}") for n, one in enumerate(spellings)}
    found = Crawled(settings, {"/feed": feed(*moved), STORY: page("x"), **moved})
    assert [path for _, path in found.asked].count("/robots.txt") == 1
    assert {found.story(path)[0] for path in moved} == {None}


def test_urls_with_spaces_and_hosts_outside_ascii_are_asked_for_in_their_written_form(settings: Settings) -> None:
    spaced, moved, abroad = "/2026/11/a story.html", "/a-story-that-moved", "/a-story-that-went-abroad"
    location = f"http://bücher.test{STORY}".encode().decode("latin-1")
    replies = {
        "/feed": feed(spaced, moved, abroad),
        "/2026/11/a%20story.html": page("1"),
        moved: status(302, Location=spaced),
        abroad: status(302, Location=location),
        STORY: page("2"),
    }
    found = Crawled(settings, replies, HOST, IDN)
    assert {visit.outcome for visit in found.visits.values() if visit.role is Role.ARTICLE} == {None}
    assert (HOST, "/2026/11/a%20story.html") in found.asked
    assert (IDN, STORY) in found.asked


def test_a_source_whose_host_is_outside_ascii_finds_its_own_articles(settings: Settings) -> None:
    home = "http://bücher.test/"
    replies = {"/feed": feed(STORY, host="bücher.test"), STORY: page("x")}
    found = Crawled(settings, replies, IDN, home=home, feeds=[f"{home}feed"])
    assert found.code == run.GOOD
    assert (IDN, STORY) in found.asked


def test_what_a_clock_that_was_ahead_left_behind_does_not_silence_a_source(settings: Settings) -> None:
    """Its memory says that all was visited next year, that robots.txt is fresh and that the host asked for quiet until then."""
    replies = {"/feed": feed(STORY), STORY: page("x")}
    with Scripted(of(replies)) as site:
        made = limited(declared(settings, site.resolve), quiet_hours=0.0001)
        assert run.crawl(made, "scripted", run="first", log_level="CRITICAL")[1] == run.GOOD
        bucket, ahead = open_bucket(made), datetime.now(UTC) + timedelta(365)
        key = layout.memory("scripted")
        text = gzip.decompress(bucket.get(key)).decode()
        head, *rows = text.splitlines()
        told = json.loads(head)
        told |= {"since": f"{ahead:%Y-%m-%d}", "quiet": {HOST: ahead.isoformat()}}
        told["files"] = {url: (ahead.isoformat(), *kept[1:]) for url, kept in told["files"].items()}
        rows = [row.replace(f"{datetime.now(UTC):%Y-}", f"{ahead:%Y-}") for row in rows]
        bucket.replace(key, gzip.compress("\n".join([json.dumps(told), *rows]).encode()))
        replies["/feed"], asked = feed(STORY, "/2026/11/another-story-to-be-read.html"), len(site.log)
        job, code = run.crawl(made, "scripted", run="second", log_level="CRITICAL")
        paths = [hit.asked.path for hit in site.log[asked:]]
    assert code == run.GOOD
    assert {"/robots.txt", "/feed", "/2026/11/another-story-to-be-read.html"} <= set(paths)
    assert all(datetime.fromisoformat(until) < ahead for until in job.memory.quiet.values())


def test_a_part_of_a_sitemap_that_is_gone_for_good_is_retired_and_the_declared_one_is_not(settings: Settings) -> None:
    index = "<sitemapindex><sitemap><loc>{0}gone</loc></sitemap><sitemap><loc>{0}there</loc></sitemap></sitemapindex>"
    there = page(f"<urlset><url><loc>{HOME}{STORY[1:]}</loc></url></urlset>", "application/xml")
    replies = {"/index": page(index.format(HOME), "application/xml"), "/there": there, STORY: page("x")}
    with Scripted(of(replies)) as site:
        places = [f"{HOME}index", f"{HOME}declared-and-gone"]
        made = declared(settings, site.resolve, feeds=[], sitemaps=places)
        assert run.crawl(made, "scripted", run="first", log_level="CRITICAL")[1] == run.GOOD
        rewrite_memory(open_bucket(made), tries=6, days=2)
        asked = len(site.log)
        assert run.crawl(made, "scripted", run="later", log_level="CRITICAL")[1] == run.GOOD
        later = {hit.asked.path for hit in site.log[asked:]}
    assert {"/index", "/there", "/declared-and-gone"} <= later
    assert "/gone" not in later


def rewrite_memory(bucket: Bucket, tries: int, days: int) -> None:
    """Let what is remembered have happened so many days ago, and what failed have failed so often."""
    key = layout.memory("scripted")
    head, *rows = (json.loads(line) for line in gzip.decompress(bucket.get(key)).decode().splitlines())
    known = [Known(*row) for row in rows]
    earlier = [
        one._replace(
            first=before(one.first, days), last=before(one.last, days), tries=tries if one.outcome == "failed" else 0
        )
        for one in known
    ]
    bucket.replace(key, gzip.compress("\n".join(map(json.dumps, [head, *earlier])).encode()))


def before(moment: str | None, days: int) -> str | None:
    return (datetime.fromisoformat(moment) - timedelta(days)).isoformat() if moment else None
