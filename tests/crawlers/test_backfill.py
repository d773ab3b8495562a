"""A crawl of past days: what the site's sitemaps say of them, and what the Wayback Machine holds of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from crawlers import run
from pipelines.bucket import open_bucket
from pipelines.records import Channel, Role
from pipelines.settings import Settings
from tests.crawlers.archived import visits
from tests.discover.archives import page, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SITE = "http://past.test"
SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
INDEX = f"""<sitemapindex>
<sitemap><loc>{SITE}/sitemap-2026-02.xml</loc><lastmod>2026-02-28</lastmod></sitemap>
<sitemap><loc>{SITE}/sitemap-2026-03.xml</loc><lastmod>2026-03-31</lastmod></sitemap></sitemapindex>"""
MARCH = f"""<urlset>
<url><loc>{SITE}/2026/03/01/the-first-of-march</loc><lastmod>2026-03-01T10:00:00Z</lastmod></url>
<url><loc>{SITE}/2026/03/20/much-later-in-march</loc><lastmod>2026-03-20T10:00:00Z</lastmod></url></urlset>"""
# One page an answer, each with the key of the next: more answers than sitemaps may be deep.
CAPTURED = ["no-sitemap-names-it", *(f"on-page-{number}-of-the-answer" for number in range(1, 8))]


def rows(key: str) -> list[list[str]]:
    number = int(key or 0)
    row = [f"2026030110000{number}", f"{SITE}/2026/03/01/{CAPTURED[number]}"]
    return [["timestamp", "original"], row, *([[], [str(number + 1)]] if number + 1 < len(CAPTURED) else [])]


class Past(BaseHTTPRequestHandler):
    """The site and the archive, on one port."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        host, parts = self.headers["Host"], urlsplit(self.path)
        if host == "archive.test" and parts.path == "/cdx/search/cdx":
            query = parse_qs(parts.query)
            assert (query["url"], query["from"], query["to"]) == (["past.test"], ["20260301000000"], ["20260301235959"])
            body: str | None = json.dumps(rows(query.get("resumeKey", [""])[0]))
        else:
            type(self).asked.append(f"{host}{parts.path}")
            body = {"/sitemap.xml": INDEX, "/sitemap-2026-03.xml": MARCH}.get(parts.path)
            if parts.path.startswith("/2026/"):
                body = page(parts.path).decode()
        self.send_response(200 if body else 404)
        kind = {"/": "application/json", "s": "application/xml"}.get(parts.path[1:2], "text/html")
        self.send_header("Content-Type", "application/json" if host == "archive.test" else kind)
        self.send_header("Content-Length", str(len((body or "").encode())))
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    Past.asked.clear()
    (tmp_path / "sources").mkdir()
    declared = {"name": "Past", "home": f"{SITE}/", "sitemaps": [f"{SITE}/sitemap.xml"], "delay": 0}
    (tmp_path / "sources" / "past.yaml").write_text(yaml.safe_dump(declared))
    with serving(Past) as address:
        where = address.removeprefix("http://")
        yield Settings(
            bucket=str(tmp_path / "bucket"),
            state=tmp_path / "state",
            sources=tmp_path / "sources",
            wayback="http://archive.test",
            resolve={"past.test": where, "archive.test": where},
        )


def test_past_days_are_completed_from_sitemaps_and_the_wayback_machine(settings: Settings) -> None:
    assert run.crawl(settings, "past", run="back", log_level="WARNING", since=SINCE, until=UNTIL)[1] == run.GOOD
    found = {visit.url: visit for visit in visits(open_bucket(settings)) if visit.role is Role.ARTICLE}
    assert {url: one.candidate.channel for url, one in found.items() if one.candidate} == {
        f"{SITE}/2026/03/01/the-first-of-march": Channel.SITEMAP,
        **{f"{SITE}/2026/03/01/{name}": Channel.ARCHIVE for name in CAPTURED},
    }
    assert "past.test/sitemap-2026-02.xml" not in Past.asked


def test_a_crawl_without_days_does_not_ask_the_wayback_machine(settings: Settings) -> None:
    assert run.crawl(settings, "past", run="now", log_level="WARNING")[1] == run.GOOD
    assert not [path for path in Past.asked if path.startswith("archive.test")]
