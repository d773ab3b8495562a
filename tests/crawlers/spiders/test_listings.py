"""A listing of thousands of links is taken in without holding up what else the crawl does."""

from __future__ import annotations

import asyncio
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from crawlers.archive import Archive
from crawlers.connections import Connections
from crawlers.exchange import Bounds
from crawlers.frontier import Errand
from crawlers.job import Job
from crawlers.memory import Memory
from crawlers.polite.revisit import Mode
from crawlers.resolve import Resolver
from crawlers.spiders.listings import read_listing
from crawlers.spool import Spool
from pipelines.bucket import open_bucket
from pipelines.records import Role, Source

if TYPE_CHECKING:
    from pipelines.settings import Settings

HOME = "https://www.example.org/"
URL = f"{HOME}sitemap.xml"
DAY = date(2026, 11, 22)


def job(settings: Settings, spool: Spool) -> Job:
    limits, memory = settings.limits, Memory("example")
    return Job(
        run="r",
        source=Source(id="example", name="Example", home=HOME),
        limits=limits,
        mode=Mode.SCHEDULE,
        pages=10,
        since=None,
        until=None,
        memory=memory,
        archive=Archive(spool, memory, run="r", day=DAY, limit=1, about={}),
        connections=Connections(Resolver({}), Bounds(1, 1, 1.0), ()),
    )


def test_others_have_their_turn_while_a_large_sitemap_is_taken_in(directory_settings: Settings) -> None:
    links = 5_000
    body = "".join(f"<url><loc>{HOME}2026/11/01/a-story-of-number-{number}</loc></url>" for number in range(links))
    spool = Spool(directory_settings.state, open_bucket(directory_settings), "example")
    crawl = job(directory_settings, spool)
    seen: list[int] = []

    async def others() -> None:
        while True:
            seen.append(crawl.frontier.count("waiting"))
            await asyncio.sleep(0)

    async def both() -> str:
        task = asyncio.ensure_future(others())
        errand = Errand(URL, Role.SITEMAP, 0, None)
        told = (await read_listing(crawl, errand, f"<urlset>{body}</urlset>".encode(), URL, "application/xml"))[1]
        task.cancel()
        return told

    try:
        assert asyncio.run(both()).startswith(f"{links} links, {links} of them to visit")
    finally:
        spool.close()
    # At no look had more than a slice been added since the one before.
    steps = {late - early for early, late in pairwise(seen)}
    assert 0 < max(steps) <= links / 10
