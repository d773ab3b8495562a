"""Sitemaps whose lastmod is the time of the request: what it is worth is learned by what the visits brought."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawlers import run
from crawlers.memory import Memory
from crawlers.polite.revisit import IDLE_CLAIMS, believed
from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.records import Role
from pipelines.settings import Settings
from tests.crawlers.scripted import HOME, Asked, Scripted, declared, page, status

if TYPE_CHECKING:
    from pathlib import Path

    from tests.newsroom.reply import Reply

LIVE = "/2026/11/a-story-that-goes-on.html"
STILL = tuple(f"/2026/11/a-story-that-stands-{n}.html" for n in range(10))
LATE = "/2026/11/a-story-that-came-later.html"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(bucket=str(tmp_path / "bucket"), state=tmp_path / "state", sources=tmp_path / "sources")


def sitemap(*paths: str) -> Reply:
    now = datetime.now(UTC).isoformat()
    urls = "".join(f"<url><loc>{HOME[:-1]}{path}</loc><lastmod>{now}</lastmod></url>" for path in paths)
    return page(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>", "application/xml")


def answer(asked: Asked) -> Reply:
    """Each page changed just now, by the sitemap's word; one of them did. From the sixth map on there is one more."""
    if asked.path.startswith("/map-"):
        more = (LATE,) if int(asked.path[5]) > 5 else ()
        return sitemap(LIVE, *STILL, *more)
    if asked.path == LIVE:
        return page(f"<h1>Update {asked.times}</h1>")
    return page(f"<h1>{asked.path}</h1>") if asked.path in {*STILL, LATE} else status(404)


def crawl(settings: Settings, site: Scripted, number: int) -> None:
    """Crawl with a sitemap that was never read and is therefore due."""
    made = declared(settings, site.resolve, feeds=[], sitemaps=[f"{HOME}map-{number}.xml"])
    assert run.crawl(made, "scripted", run=f"crawl-{number}", log_level="ERROR")[1] == run.GOOD


def test_a_page_that_was_said_to_have_changed_three_times_in_vain_is_left_to_the_schedule(settings: Settings) -> None:
    with Scripted(answer) as site:
        for number in range(6):
            crawl(settings, site, number)
        asked = Counter(site.paths())
        assert {path: asked[path] for path in STILL} == dict.fromkeys(STILL, 1 + IDLE_CLAIMS)
        assert asked[LIVE] == 6
        for number in (6, 7, 8):
            crawl(settings, site, number)
        asked = Counter(site.paths())
        assert asked[LATE] == 1, "of such a source no new page is tried"


def test_what_a_lastmod_is_worth_is_known_from_the_archive_too(settings: Settings) -> None:
    with Scripted(answer) as site:
        for number in range(3):
            crawl(settings, site, number)
    bucket, today = open_bucket(settings), datetime.now(UTC).date()
    kept = {known.url: known.claims for known in Memory.load(bucket, "scripted", today).all(Role.ARTICLE)}
    assert kept == {f"{HOME[:-1]}{path}": 2 for path in STILL} | {f"{HOME[:-1]}{LIVE}": 0}
    bucket.delete(layout.memory("scripted"))
    assert {known.url: known.claims for known in Memory.load(bucket, "scripted", today).all(Role.ARTICLE)} == kept


def test_a_source_is_not_believed_once_many_pages_and_most_of_them_were_named_in_vain() -> None:
    assert believed(9, 9)
    assert believed(10, 20)
    assert not believed(11, 20)
