"""Pages of past days that are gone from their site: the web archive's capture stands for them, with its evidence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawlers import browser, run, salvage
from crawlers.discover import wayback
from crawlers.manners import manners
from crawlers.polite.revisit import Mode
from pipelines import archive, layout
from pipelines.bucket import open_bucket
from pipelines.records import Outcome, Role
from pipelines.settings import Settings
from tests.crawlers.archived import entries, visits
from tests.crawlers.scripted import HOST, Scripted, declared, limited, page, status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.archive import Exchange
    from pipelines.records import Visit
    from tests.crawlers.scripted import Asked
    from tests.newsroom.reply import Reply

SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
ARCHIVE = "archive.test"
DAY = "/2026/03/01/"
NAMES = (
    "still-there",
    "gone-for-good",
    "not-found",
    "no-answer",
    "reserved-then",
    "moved-away",
    "lost-there-too",
    "closed-to-us",
)
LIVE = {"still-there": page("live"), "gone-for-good": status(410), "moved-away": status(302, Location=f"{DAY}not-here")}


def raw(name: str) -> str:
    return f"/web/20260301100000id_/http://{HOST}{DAY}{name}"


def held(name: str) -> Reply:
    """Answer as the Wayback Machine does: its own headers, and those it once received under another name."""
    if name == "lost-there-too":
        return status(404)
    if name == "not-found":  # the archive leads to the capture nearest in time
        return status(302, Location=raw(name).replace("20260301100000", "20260301101112"))
    robots = {"X_Archive_Orig_X_Robots_Tag": "noarchive"} if name == "reserved-then" else {}
    return page(f"<h1>{name} as captured</h1>", ETag='"theirs"', X_Archive_Orig_Server="nginx", **robots)


def answer(asked: Asked) -> Reply:
    name = asked.path.rpartition("/")[2]
    if asked.host == ARCHIVE:
        if asked.path == "/robots.txt":
            return page("User-agent: *\nCrawl-delay: 0.3\nDisallow: /web/20200101", "text/plain")
        if asked.path.startswith("/cdx/search/cdx"):
            rows = [["20260301100000", f"http://{HOST}{DAY}{one}"] for one in NAMES]
            old = [["20200101000000", f"http://{HOST}{DAY}robots-keep-us-from-it"]]
            return page(json.dumps([["timestamp", "original"], *rows, *old]), "application/json")
        return page("nearest") if "20260301101112" in asked.path else held(name)
    if asked.path == "/robots.txt":
        return page(f"User-agent: *\nDisallow: {DAY}closed-to-us", "text/plain")
    if name == "no-answer":
        raise ConnectionResetError
    return LIVE.get(name, status(404))


@pytest.fixture(scope="module")
def site() -> Iterator[Scripted]:
    with Scripted(answer, HOST, ARCHIVE) as served:
        yield served


@pytest.fixture(scope="module")
def installed(site: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation that crawled the past day."""
    tmp_path = tmp_path_factory.mktemp("gone")
    given = Settings(
        bucket=str(tmp_path / "bucket"),
        state=tmp_path / "state",
        sources=tmp_path / "sources",
        wayback=f"http://{ARCHIVE}",
    )
    made = limited(declared(given, site.resolve), retries=0)
    assert crawl(made, "back") == run.GOOD
    return made


def crawl(settings: Settings, name: str, mode: Mode = Mode.SCHEDULE) -> int:
    return run.crawl(settings, "scripted", run=name, log_level="WARNING", since=SINCE, until=UNTIL, mode=mode)[1]


def ends(settings: Settings, name: str = "back") -> dict[str, Visit]:
    found = visits(open_bucket(settings), name)
    return {visit.url.rpartition("/")[2]: visit for visit in found if visit.role is Role.ARTICLE}


def exchanges(settings: Settings) -> dict[str, Exchange]:
    """What the line reads of the archive, by the last part of the page's URL."""
    bucket = open_bucket(settings)
    found = []
    for key in bucket.list("raw/warc/"):
        if key.endswith("back-0.warc.gz"):
            with bucket.open(key) as stream:
                found += list(archive.read(stream, key, source="scripted", limit=2**20))
    assert all(one.visit for one in found), "each response belongs to a visit"
    return {one.visit.url.rpartition("/")[2]: one for one in found if one.visit and one.visit.role is Role.ARTICLE}


def test_the_capture_of_a_page_that_is_gone_stands_for_it_with_address_and_time(installed: Settings) -> None:
    found = exchanges(installed)
    for name, address in (
        ("gone-for-good", raw("gone-for-good")),
        ("not-found", raw("not-found").replace("20260301100000", "20260301101112")),
        ("no-answer", raw("no-answer")),
        ("moved-away", raw("moved-away")),
    ):
        page = found[name].page
        assert page, name
        stamp = address[5:19]
        assert (page.url, page.final_url, page.status) == (f"http://{HOST}{DAY}{name}",) * 2 + (200,)
        assert page.capture == f"http://{ARCHIVE}{address}"
        assert page.fetched == datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        assert page.etag is None
        assert found[name].body
    assert found["gone-for-good"].body == b"<h1>gone-for-good as captured</h1>"


def test_a_page_that_is_still_there_is_not_asked_of_the_archive(installed: Settings, site: Scripted) -> None:
    found = exchanges(installed)["still-there"]
    assert found.page
    assert (found.page.capture, found.body) == (None, b"live")
    assert raw("still-there") not in site.paths()


def test_robots_of_both_hosts_and_what_the_page_reserved_when_captured_are_respected(
    installed: Settings, site: Scripted
) -> None:
    found = ends(installed)
    assert found["reserved-then"].outcome is Outcome.REFUSED
    assert "noarchive" in (found["reserved-then"].reason or "")
    assert found["robots-keep-us-from-it"].outcome is Outcome.FAILED
    told = found["robots-keep-us-from-it"].reason or ""
    assert told.startswith(f"HTTP 404; its capture: http://{ARCHIVE}/robots.txt, line 3")
    assert f"{DAY}closed-to-us" not in site.paths()
    assert found["closed-to-us"].outcome is Outcome.REFUSED
    assert not [path for path in site.paths() if path.endswith("closed-to-us")]
    bodies = b"".join(
        entry.block
        for key in open_bucket(installed).list("raw/warc/")
        if key.endswith(".warc.gz")
        for entry in entries(open_bucket(installed), key)
    )
    assert b"reserved-then as captured" not in bodies


def test_what_the_archive_lacks_too_ends_with_both_reasons(installed: Settings) -> None:
    lost = ends(installed)["lost-there-too"]
    assert (lost.outcome, lost.reason, lost.capture) == (Outcome.FAILED, "HTTP 404; its capture: HTTP 404", None)


def test_the_archive_is_asked_at_the_pace_that_its_own_robots_names(installed: Settings) -> None:
    bucket = open_bucket(installed)
    days = {told.day for key in bucket.list("raw/warc/") if (told := layout.parse_warc(key))}
    (host,) = [one for one in manners(bucket, "scripted", min(days), 0.0) if one.host == ARCHIVE]
    assert (host.asked, host.kept) == (0.3, True)
    assert host.requests > 6


def test_replay_finds_the_capture_under_the_pages_own_url_and_time(installed: Settings) -> None:
    bucket = open_bucket(installed)
    (key,) = [key for key in bucket.list("raw/warc/") if key.endswith("back-0.cdxj")]
    lines = [line for line in bucket.get(key).decode().splitlines() if f"{DAY}gone-for-good " in line]
    assert next(line.split(" ")[1] for line in lines if line.startswith("test,scripted)")) == "20260301100000"
    entry = json.loads(next(line for line in lines if " 20260301100000 " in line).split(" ", 2)[2])
    warc = bucket.get(key.removesuffix(".cdxj") + ".warc.gz", int(entry["offset"]), int(entry["length"]))
    assert archive.body_at(warc, 2**20) == b"<h1>gone-for-good as captured</h1>"


def test_the_same_capture_again_is_unchanged_and_the_site_is_not_asked_by_its_validators(
    installed: Settings, site: Scripted
) -> None:
    asked = len(site.log)
    assert crawl(installed, "again", Mode.ALWAYS) == run.GOOD
    again = ends(installed, "again")["gone-for-good"]
    assert (again.outcome, again.capture) == (Outcome.UNCHANGED, f"http://{ARCHIVE}{raw('gone-for-good')}")
    assert not [hit for hit in site.log[asked:] if "if-none-match" in hit.asked.headers and DAY in hit.asked.path]


def test_a_killed_crawls_index_is_made_again_with_both_lines(installed: Settings, tmp_path: Path) -> None:
    bucket = open_bucket(installed)
    (key,) = [key for key in bucket.list("raw/warc/") if key.endswith("back-0.warc.gz")]
    path = tmp_path / "torn.warc.gz"
    path.write_bytes(bucket.get(key))
    index = bucket.get(layout.cdxj(key)).decode().splitlines(keepends=True)
    assert sorted(salvage.cut(path, key.rpartition("/")[2])) == index


def test_a_source_that_needs_a_browser_has_captures_kept_as_the_archive_gave_them(
    site: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "require", lambda _: None)  # none is started: no page of the site itself is shown
    monkeypatch.setitem(LIVE, "still-there", status(410))
    given = Settings(
        bucket=str(tmp_path / "bucket"),
        state=tmp_path / "state",
        sources=tmp_path / "sources",
        wayback=f"http://{ARCHIVE}",
    )
    made = limited(declared(given, site.resolve, render=True), retries=0)
    assert crawl(made, "back") == run.GOOD
    assert exchanges(made)["gone-for-good"].body == b"<h1>gone-for-good as captured</h1>"
    assert {visit.outcome for name, visit in ends(made).items() if name in {"gone-for-good", "not-found"}} == {None}


def test_a_list_of_candidates_cannot_name_anyone_for_an_archive(site: Scripted) -> None:
    assert wayback.held_by(f"http://{ARCHIVE}", f"http://{ARCHIVE}{raw('x')}")
    assert not wayback.held_by(f"http://{ARCHIVE}", f"http://{ARCHIVE}:99{raw('x')}")
    assert site.port
