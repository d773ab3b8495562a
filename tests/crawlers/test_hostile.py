"""A crawl of a server that means harm ends in time, within its bounds, and with a reason for each URL."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

ROOT = Path(run.__file__).parent.parent
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


def configure(folder: Path, source: str, numbers: dict[str, str]) -> None:
    """Write a config folder with one source and these numbers in its limits."""
    limits = (ROOT / "config" / "limits.yaml").read_text()
    for name, value in numbers.items():
        limits = re.sub(rf"^  {name}: [\d.]+", f"  {name}: {value}", limits, count=1, flags=re.MULTILINE)
    (folder / "sources").mkdir()
    (folder / "limits.yaml").write_text(limits)
    (folder / "sources" / "hostile.yaml").write_text(source)


class Harmed:
    """What a crawl of the hostile server left."""

    def __init__(self, folder: Path) -> None:
        configure(folder, SOURCE, LIMITS)
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
            self.asked = server.asked
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
        ("/location/bytes", "HTTP 404"),
        ("/feed/laughs.xml", "declares XML entities"),
        ("/feed/file.xml", "declares XML entities"),
        ("/feed/net.xml", "declares XML entities"),
        ("/sitemap/laughs.xml", "declares XML entities"),
        ("/sitemap/large.xml", "body longer than 1048576 bytes"),
        ("/sitemap/self.xml", "names itself as its own part"),
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
    assert re.search("not public|not among those|user name", visit.reason or ""), visit.reason


def test_every_request_went_to_the_hostile_host(harmed: Harmed) -> None:
    asked = [
        entry.headers["WARC-Target-URI"]
        for key in harmed.job.archive.keys
        for entry in entries(harmed.bucket, key)
        if entry.kind == "request"
    ]
    assert asked
    assert {re.match(r"http://[^/]+/", url)[0] for url in asked} == {"http://hostile.test/"}  # type: ignore[index]  # every URL matches


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


def test_a_chain_of_redirects_is_left_after_ten(harmed: Harmed) -> None:
    assert sum(path.startswith("/chain/") for path in harmed.asked) == 11


def test_urls_that_are_no_text_are_asked_for_in_an_escaped_form_or_not_at_all(harmed: Harmed) -> None:
    strange = {path: visit for path, visit in harmed.visits.items() if path.startswith("/strange/")}
    assert len(strange) >= 4
    assert all(path.isascii() and path.isprintable() for path in strange)
    assert {visit.reason for visit in strange.values()} == {"HTTP 404"}


# A process starts with its parent's peak: a small one in between tells the crawl's own from that of the tests.
PEAK = """
import resource, subprocess, sys
subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def crawled(folder: Path, server: Hostile, source: str, *options: str, **more: str) -> tuple[dict[str, Any], int]:
    """Crawl in a process of its own, with the sizes of the real limits; give its summary and its peak memory in MiB."""
    configure(folder, source, {name: value for name, value in LIMITS.items() if not name.endswith("_bytes")} | more)
    environment = {
        **os.environ,
        "COPYDESK_BUCKET": str(folder / "bucket"),
        "COPYDESK_STATE": str(folder / "state"),
        "COPYDESK_CONFIG": str(folder),
        "COPYDESK_RESOLVE": json.dumps(server.resolve),
    }
    command = [
        sys.executable,
        "-c",
        PEAK,
        sys.executable,
        "-m",
        "crawlers.run",
        "hostile",
        "--log-level",
        "ERROR",
        *options,
    ]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    *_, told, kilobytes = done.stdout.splitlines()
    return json.loads(told), int(kilobytes) // 1024


SITEMAPS = """
name: Hostile
home: http://hostile.test/
sitemaps: [http://hostile.test/sitemap/large.xml, http://hostile.test/sitemap/self.xml]
delay: 0
"""


def test_a_sitemap_of_50_000_urls_and_one_that_contains_itself_are_read_once(tmp_path: Path) -> None:
    with Hostile() as server:
        told, megabytes = crawled(tmp_path, server, SITEMAPS, "--limit", "3", seconds="60")
        assert server.asked.count("/sitemap/large.xml") == server.asked.count("/sitemap/self.xml") == 1
    assert (told["code"], told["pages"], told["waiting"]) == (run.GOOD, 3, 49_997)
    assert any("names itself" in trouble for trouble in told["troubles"])
    assert megabytes < 500


@pytest.mark.long
def test_bombs_and_endless_bodies_fit_into_bounded_memory(tmp_path: Path) -> None:
    for pack in (bombs.gzip_bomb, bombs.brotli_bomb, bombs.twice_packed):
        pack()
    with Hostile() as server:
        told, megabytes = crawled(tmp_path, server, SOURCE.replace("connections: 8", "connections: 2"))
    assert told["code"] == run.GOOD
    assert told["outcomes"]["failed"] > 20
    assert megabytes < 700
