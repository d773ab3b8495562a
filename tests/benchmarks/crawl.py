"""How fast a crawl is beside a bare Scrapy spider that stores nothing, and how much memory it takes.

Both fetch the same pages from the same loopback server with the same concurrency, each in a process of its own:

    python -m tests.benchmarks.crawl --pages 1000 --pages 10000

The server runs on the same machine, so figures of one run compare with each other and with nothing else. Pages a
second count from the first to the last article request that the server saw; memory is what the process holds when the
server sees the thousandth and the last article request, and its peak, which is a listing being read.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

HOST = "bench.test"
PER_MAP = 10_000
EARLY = 1_000
# Seconds between two looks at the memory.
EVERY = 0.05
SPIDER = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        for number in range(int(sys.argv[2])):
            yield scrapy.Request(f"http://127.0.0.1:{sys.argv[1]}/2026/11/22/story-{number}.html")

    def parse(self, response):
        response.body

process = CrawlerProcess({
    "CONCURRENT_REQUESTS": int(sys.argv[3]), "CONCURRENT_REQUESTS_PER_DOMAIN": int(sys.argv[3]), "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "COOKIES_ENABLED": False,
})
process.crawl(Bare)
process.start()
"""


class Figures(NamedTuple):
    """What one crawl took."""

    pages: int
    rate: float
    """Pages a second."""
    cpu: float
    """Processor time of the crawl in milliseconds a page: what holds on a busy machine too."""
    early: int
    """Memory of the process in MiB when the thousandth page was asked for."""
    late: int
    """The same at the last."""
    peak: int
    """Its peak."""


class Site:
    """Pages of the size and shape of news: 60 KB of HTML with a text of its own, gzip as a server sends it."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        words = random.Random(1).choices([f"word{n}" for n in range(4000)], k=9000)
        self._rest = " ".join(words).encode()
        self._tail = gzip.compress(self._rest, 6)
        self.times: list[float] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                status, kind, body, coding = self.answer(path)
                line = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{coding}\r\n"
                writer.write(line.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def answer(self, path: str) -> tuple[str, str, bytes, str]:
        if path.startswith("/2026/"):
            self.times.append(time.monotonic())
            page = gzip.compress(f"<!doctype html><title>{path}</title><p>{path} ".encode(), 1) + self._tail
            return "200 OK", "text/html; charset=utf-8", page, "Content-Encoding: gzip\r\n"
        if path == "/sitemap.xml":
            maps = range(-(-self.pages // PER_MAP))
            inner = "".join(f"<sitemap><loc>http://{HOST}/sitemap-{n}.xml</loc></sitemap>" for n in maps)
            xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
            return "200 OK", "application/xml", f'<sitemapindex xmlns="{xmlns}">{inner}</sitemapindex>'.encode(), ""
        if path.startswith("/sitemap-"):
            first = int(path.removeprefix("/sitemap-").removesuffix(".xml")) * PER_MAP
            numbers = range(first, min(first + PER_MAP, self.pages))
            inner = "".join(f"<url><loc>http://{HOST}/2026/11/22/story-{n}.html</loc></url>" for n in numbers)
            xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
            return "200 OK", "application/xml", f'<urlset xmlns="{xmlns}">{inner}</urlset>'.encode(), ""
        return "404 Not Found", "text/plain", b"", ""


def server(pages: int, pipe: Connection) -> None:
    """Serve until the pipe says so, then tell how many pages were asked for in how many seconds."""

    async def run() -> None:
        site = Site(pages)
        listening = await asyncio.start_server(site.serve, "127.0.0.1", 0)
        pipe.send(listening.sockets[0].getsockname()[1])
        await asyncio.to_thread(pipe.recv)
        pipe.send(
            (
                len(site.times),
                site.times[-1] - site.times[0],
                site.times[min(EARLY, len(site.times)) - 1],
                site.times[-1],
            )
        )

    asyncio.run(run())


def measured(pages: int, command: list[str], env: dict[str, str], pipe: Connection) -> Figures:
    """Run a crawl as a process of its own."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    held: list[tuple[float, int]] = []
    watch = threading.Thread(target=sample, args=(process.pid, held), daemon=True)
    watch.start()
    _, code, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode:
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    pipe.send("end")
    asked, seconds, *moments = pipe.recv()
    if asked < pages:
        raise SystemExit(f"{command[:4]} asked for {asked} of {pages} pages")
    cpu = 1000 * (usage.ru_utime + usage.ru_stime) / asked
    early, late = (next((size for at, size in reversed(held) if at <= moment), 0) for moment in moments)
    return Figures(asked, asked / seconds, cpu, early, late, usage.ru_maxrss // 1024)


def sample(pid: int, held: list[tuple[float, int]]) -> None:
    """Note what a process holds in memory, in MiB, until it is gone."""
    page = os.sysconf("SC_PAGE_SIZE")
    while True:
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        except (FileNotFoundError, ProcessLookupError):
            return
        held.append((time.monotonic(), pages * page // 2**20))
        time.sleep(EVERY)


def bare(pages: int, concurrency: int, port: int, pipe: Connection) -> Figures:
    """The spider that fetches and forgets."""
    return measured(
        pages, [sys.executable, "-c", SPIDER, str(port), str(pages), str(concurrency)], dict(os.environ), pipe
    )


def ours(pages: int, concurrency: int, port: int, pipe: Connection) -> Figures:
    """A crawl that reads a sitemap, asks robots.txt, archives and remembers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bench.yaml").write_text(
            f"name: Bench\nhome: http://{HOST}/\nsitemaps: [http://{HOST}/sitemap.xml]\n"
            f"delay: 0\nconnections: {concurrency}\n"
        )
        env = {
            **os.environ,
            "COPYDESK_SOURCES": name,
            "COPYDESK_STATE": str(folder / "state"),
            "COPYDESK_BUCKET": str(folder / "bucket"),
            "COPYDESK_RESOLVE": json.dumps({HOST: f"127.0.0.1:{port}"}),
        }
        command = [sys.executable, "-m", "crawlers.run", "bench", "--log-level", "WARNING", "--limit", str(pages)]
        return measured(pages, command, env, pipe)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, action="append", help="pages of the site; may be given several times")
    parser.add_argument("--concurrency", type=int, default=8, help="simultaneous connections of both (1 to 8)")
    given = parser.parse_args()
    print(
        f"{'crawler':<12} {'pages':>7} {'pages/s':>8} {'CPU ms/page':>12} {'MiB at 1,000':>13} {'MiB at last':>12} {'peak MiB':>9}"
    )
    for pages in given.pages or [1000]:
        for name, crawl in (("bare scrapy", bare), ("copydesk", ours)):
            here, there = multiprocessing.Pipe()
            process = multiprocessing.Process(target=server, args=(pages, there), daemon=True)
            process.start()
            figures = crawl(pages, given.concurrency, here.recv(), here)
            process.join()
            print(
                f"{name:<12} {figures.pages:>7} {figures.rate:>8.0f} {figures.cpu:>12.2f} {figures.early:>13} "
                f"{figures.late:>12} {figures.peak:>9}",
                flush=True,
            )


if __name__ == "__main__":
    main()
