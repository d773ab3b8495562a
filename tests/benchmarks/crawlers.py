"""Which articles of the newsroom our crawl finds, beside news-please's crawlers and newspaper4k's, on the same servers.

Each starts from a publisher's home page (ours from its declaration too), in a process of its own; the servers' log tells
what was asked for. Found are the articles that should end in the tables and were answered in full.

    python -m tests.benchmarks.crawlers
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.records import Outcome
from tests.newsroom import Newsroom
from tests.newsroom.sources import sources, write_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.records import Source

NEWSPAPER = """
import sys, newspaper
site = newspaper.build(sys.argv[1], memorize_articles=False)
for article in site.articles:
    article.download()
"""
# news-please reads the newsroom's page of 20 MB for longer than that; what it asked for until then counts. It needs a quiet
# machine: one that is busy with other work leaves it too little time even to begin.
SECONDS = 240


class Line(NamedTuple):
    """What one crawler did, over all publishers."""

    found: int
    wanted: int
    forbidden: int
    """Requests for what robots.txt forbids."""
    requests: int
    cpu: float
    """Seconds of processor time."""


def ours(folder: Path, source: Source) -> list[str]:
    """Our crawl of the declared source."""
    write_sources(folder / "sources")
    return [sys.executable, "-m", "crawlers.run", source.id, "--log-level", "ERROR"]


def newspaper(_: Path, source: Source) -> list[str]:
    """newspaper4k's `build`: categories, feeds and links of the home page, then a download of each."""
    return [sys.executable, "-c", NEWSPAPER, source.home]


def newsplease(crawler: str) -> Callable[[Path, Source], list[str]]:
    """The given crawler of news-please with its own defaults, but for where it writes."""

    def command(folder: Path, source: Source) -> list[str]:
        import newsplease

        given = (Path(newsplease.__file__).parent / "config" / "config.cfg").read_text()
        given = given.replace("working_path = ~/news-please-repo/", f"working_path = {folder}/news-please/")
        place = folder / "news-please" / "config"
        place.mkdir(parents=True, exist_ok=True)
        (place / "config.cfg").write_text(given)
        (place / "sitelist.hjson").write_text(json.dumps({"base_urls": [{"url": source.home, "crawler": crawler}]}))
        return [sys.executable, "-m", "newsplease", "-c", str(place), "-n"]

    return command


CRAWLERS: dict[str, Callable[[Path, Source], list[str]]] = {
    "copydesk": ours,
    "newspaper4k build": newspaper,
    "news-please sitemap": newsplease("SitemapCrawler"),
    "news-please rss": newsplease("RssCrawler"),
    "news-please recursive": newsplease("RecursiveCrawler"),
}


def run(name: str, source: Source) -> Line:
    """Let one crawler visit one publisher."""
    with Newsroom() as room, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        environment = {
            **os.environ,
            # The peers take the newsroom for their proxy, and so find its hosts.
            "http_proxy": f"http://127.0.0.1:{room.port}",
            "HOME": temporary,
            "COPYDESK_SOURCES": str(folder / "sources"),
            "COPYDESK_STATE": str(folder / "state"),
            "COPYDESK_BUCKET": str(folder / "bucket"),
            "COPYDESK_RESOLVE": json.dumps(room.resolve),
        }
        before = os.times()
        process = subprocess.Popen(
            CRAWLERS[name](folder, source),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return judged(room, source, cpu)


def judged(room: Newsroom, source: Source, cpu: float) -> Line:
    """Compare the log with the truth."""
    truth = {url: one for url, one in room.truth.items() if f"demo-{one.source}" == source.id}
    wanted = {url for url, one in truth.items() if one.outcome is Outcome.STORED and not one.variant_of}
    forbidden = {url for url, one in truth.items() if "robots" in one.why and one.outcome is Outcome.REFUSED}
    asked = [(f"http://{hit.host}{hit.path}", hit.status) for hit in room.log]
    found = wanted & {url for url, status in asked if status == 200}
    return Line(len(found), len(wanted), sum(url in forbidden for url, _ in asked), len(asked), cpu)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crawler", choices=CRAWLERS, action="append", help="one of them; may be given several times")
    given = parser.parse_args()
    print(f"{'crawler':<22} {'found':>6} {'missed':>7} {'forbidden':>10} {'requests':>9} {'CPU s':>7}")
    for name in given.crawler or CRAWLERS:
        lines = [run(name, source) for source in sources()]
        total = Line(*map(sum, zip(*lines, strict=True)))
        print(
            f"{name:<22} {total.found:>6} {total.wanted - total.found:>7} {total.forbidden:>10} {total.requests:>9} "
            f"{total.cpu:>7.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
