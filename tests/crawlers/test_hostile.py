"""A crawl of a server that means harm ends in time, within its bounds, and with a reason for each URL."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawlers import run
from pipelines.bucket import open_bucket
from pipelines.records import Outcome, Visit
from pipelines.settings import Settings
from tests.crawlers.archived import entries, visits
from tests.newsroom import bombs
from tests.newsroom.hostile import Hostile

if TYPE_CHECKING:
    from crawlers.job import Job

LIMITS = {
    "seconds": "2",
    "body_bytes": "1048576",
    "text_bytes": "4194304",
    "retries": "0",
    "pages": "500",
    "slowest_seconds": "0.01",
    "failures": "500",
}
SOURCE = """
name: Hostile
home: http://hostile.test/
sections: [http://hostile.test/]
feeds: [http://hostile.test/feed/laughs.xml, http://hostile.test/feed/file.xml, http://hostile.test/feed/net.xml]
sitemaps:
  - http://hostile.test/sitemap/laughs.xml
  - http://hostile.test/sitemap/large.xml
  - http://hostile.test/sitemap/self.xml
articles: [^/(?!feed|sitemap|story|news|large)]
delay: 0
connections: 8
"""


class Harmed:
    """What a crawl of the hostile server left."""

    def __init__(self, folder: Path) -> None:
        limits = (Path(run.__file__).parent.parent / "config" / "limits.yaml").read_text()
        for name, value in LIMITS.items():
            limits = re.sub(rf"^  {name}: [\d.]+", f"  {name}: {value}", limits, count=1, flags=re.MULTILINE)
        (folder / "sources").mkdir()
        (folder / "limits.yaml").write_text(limits)
        (folder / "sources" / "hostile.yaml").write_text(SOURCE)
        for pack in (bombs.gzip_bomb, bombs.brotli_bomb, bombs.twice_packed):
            pack()  # once, here: the crawl's clock is not to measure how long the server packs
        with Hostile() as server:
            self.settings = Settings(
                bucket=str(folder / "bucket"), state=folder / "state", config=folder, resolve=server.resolve
            )
            began = time.monotonic()
            self.job: Job
            self.job, self.code = run.crawl(self.settings, "hostile", run="first", log_level="ERROR")
            self.seconds = time.monotonic() - began
        self.bucket = open_bucket(self.settings)
        self.visits: dict[str, Visit] = {
            visit.url.removeprefix("http://hostile.test"): visit for visit in visits(self.bucket)
        }


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Harmed:
    return Harmed(tmp_path_factory.mktemp("hostile"))


def test_the_crawl_comes_to_its_end(harmed: Harmed) -> None:
    assert harmed.code == run.GOOD
    assert harmed.seconds < 60
    assert harmed.job.frontier.count("taken") == 0
    assert len(visits(harmed.bucket)) == harmed.job.frontier.count("ended") == len(harmed.visits)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/drip", r"body not whole \(time\)"),
        ("/drip-head", "no response in time"),
        ("/hang", "no response in time"),
        ("/close", "broke before a response"),
        ("/garbage", "not HTTP"),
        ("/endless", "body longer than 1048576 bytes"),
        ("/bomb/gzip", "(exceeded|decompress)"),
        ("/bomb/brotli", "(exceeded|decompress)"),
        ("/bomb/twice", "(exceeded|decompress)"),
        ("/loop", "redirect"),
        ("/loop/a", "redirect"),
        ("/chain/0", "redirect"),
        ("/location/none", "leads to no"),
        ("/headers/flood", r"\w+"),
        ("/headers/long", r"\w+"),
        ("/length/more", r"body not whole \(disconnect\)"),
        ("/length/negative", r"\w+"),
        ("/length/two", r"\w+"),
        ("/chunked/size", r"body not whole"),
        ("/chunked/cut", r"body not whole"),
        ("/chunked/huge", r"body not whole"),
        ("/to/file", "leads to no"),
        ("/to/script", "(leads to no|Missing scheme)"),
    ],
)
def test_each_harm_fails_with_its_reason(harmed: Harmed, path: str, reason: str) -> None:
    visit = harmed.visits[path]
    assert (visit.outcome, bool(re.search(reason, visit.reason or ""))) == (Outcome.FAILED, True), visit.reason


@pytest.mark.parametrize(
    "path", ["metadata", "private", "loopback", "ipv6", "mapped", "decimal", "octal", "port", "user"]
)
def test_no_redirect_leads_to_a_forbidden_place(harmed: Harmed, path: str) -> None:
    visit = harmed.visits[f"/to/{path}"]
    assert visit.outcome is Outcome.REFUSED, visit.reason


def test_every_request_went_to_the_hostile_host(harmed: Harmed) -> None:
    asked = [
        entry.headers["WARC-Target-URI"]
        for key in harmed.job.archive.keys
        for entry in entries(harmed.bucket, key)
        if entry.kind == "request"
    ]
    assert asked
    assert {re.match(r"http://[^/]+/", url)[0] for url in asked} == {"http://hostile.test/"}  # type: ignore[index]


def test_what_was_cut_is_archived_as_cut(harmed: Harmed) -> None:
    cut = {
        entry.headers["WARC-Target-URI"].removeprefix("http://hostile.test"): entry.headers["WARC-Truncated"]
        for key in harmed.job.archive.keys
        for entry in entries(harmed.bucket, key)
        if "WARC-Truncated" in entry.headers
    }
    assert cut["/drip"] == "time"
    assert cut["/endless"] == "length"
    assert cut["/length/more"] == cut["/chunked/cut"] == "disconnect"
