"""Killed at any moment, a crawl resumes: nothing archived is lost, nothing archived is fetched again."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from warcio.checker import Checker

from crawlers import run
from crawlers.archive import Archive
from crawlers.memory import Memory
from crawlers.spool import Spool
from pipelines.bucket import Directory, open_bucket
from pipelines.records import Outcome, Role, Visit
from tests.crawlers.archived import entries, visits
from tests.crawlers.child import await_hits, declare, started
from tests.crawlers.test_spool import DAY, exchange

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.bucket import Bucket
    from pipelines.settings import Settings
    from tests.newsroom import Newsroom
    from tests.newsroom.server import Hit

KILLS = 2


def kill_now_and_then(settings: Settings, room: Newsroom, source: str, *options: str) -> list[str]:
    """Start crawls of a source and kill each at a random moment; tell the moments."""
    chance, moments = random.Random(), []
    for number in range(KILLS):
        names = options if "--run" in options else ("--run", f"killed{number}", *options)
        asked = chance.randint(0, 9)
        pause = chance.uniform(0, 0.08)
        with started(settings, source, *names) as process:
            await_hits(room, len(room.log) + asked, process)
            time.sleep(pause)
            process.kill()
        moments.append(f"{pause:.3f} s after {asked} requests")
    return moments


def archived(bucket: Bucket) -> dict[str, list[str]]:
    """WARC-Date of each response and revisit, by URL, over the whole bucket."""
    found: dict[str, list[str]] = {}
    for key in bucket.list("raw/warc/"):
        if key.endswith(".warc.gz"):
            for entry in entries(bucket, key):
                if entry.kind in {"response", "revisit"}:
                    found.setdefault(entry.headers["WARC-Target-URI"], []).append(entry.headers["WARC-Date"])
    return found


def asked_since(hits: list[Hit], url: str, moment: str) -> int:
    """How often the server was asked for `url` since a moment."""
    from datetime import datetime

    parts, since = urlsplit(url), datetime.fromisoformat(moment).timestamp()
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return sum((hit.host, hit.path) == (parts.hostname, target) and hit.time >= since for hit in hits)


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("demo-chipwire", ()),
        ("demo-saltmarsh", ()),
        ("demo-saltmarsh", ("--run", "tried-again", "--revisit", "always")),
    ],
    ids=["feeds-and-redirects", "sitemap", "the-same-run-tried-again"],
)
def test_killed_at_random_moments_a_crawl_loses_and_repeats_nothing(
    settings: Settings, room: Newsroom, source: str, options: tuple[str, ...]
) -> None:
    declare(settings, source, delay=0.03)
    before = len(room.log)
    moments = kill_now_and_then(settings, room, source, *options)
    with started(settings, source, *(options or ("--run", "last"))) as process:
        told, log = process.communicate()
    assert process.returncode == run.GOOD, (told, log, moments)
    hits, bucket = list(room.log[before:]), open_bucket(settings)
    records = archived(bucket)
    again = {url: dates for url, dates in records.items() if asked_since(hits, url, min(dates)) != len(dates)}
    assert again == {}, moments
    assert len(hits) - sum(map(len, records.values())) <= KILLS, "more was asked than archived or on its way at a kill"
    found = visits(bucket)
    assert {url: n for url, n in Counter(visit.url for visit in found).items() if n > 1} == {}, moments
    truth = {url: one for url, one in room.truth.items() if f"demo-{one.source}" == source and not one.variant_of}
    wanted = {url for url, one in truth.items() if one.outcome is Outcome.STORED}
    assert wanted
    assert wanted - {visit.url for visit in found} - {visit.final_url for visit in found} == set(), moments
    warcs = [bucket.uri(key) for key in bucket.list("raw/warc/") if key.endswith(".warc.gz")]
    assert Checker(SimpleNamespace(inputs=warcs, verbose=False)).process_all() == 0
    assert not list((settings.state / "spool").rglob("*.open"))


class Dead(BaseException):
    """The process is gone: nothing that stands behind it is run."""


class Dying(Directory):
    """A bucket whose process dies at the n-th step: before the object is written where n is even, else after."""

    def __init__(self, root: Path, steps: int) -> None:
        super().__init__(root)
        self.steps = steps

    def _die(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise Dead

    def create(self, key: str, body: bytes | Path) -> bool:
        self._die()
        made = super().create(key, body)
        self._die()
        return made

    def replace(self, key: str, body: bytes | Path) -> None:
        self._die()
        super().replace(key, body)
        self._die()


def test_killed_at_any_step_of_an_upload_every_finished_url_is_archived_once(tmp_path: Path) -> None:
    for steps in count():
        folder = tmp_path / str(steps)
        died, written = upload(folder, steps)
        bucket = Directory(folder / "bucket")
        spool = Spool(folder / "spool", bucket, "news")
        try:
            memory = run.remembered(bucket, spool, "news", exchange(0).started)
        finally:
            spool.close()
        assert [visit.url for visit in visits(bucket)] == written
        assert all(known is not None and known.visits == 1 for known in map(memory.know, written))
        assert bool(memory.unread) is (died and bool(written)) or steps % 2
        assert not list(folder.rglob("*.open"))
        if not died:
            break
    assert steps > 12


def upload(folder: Path, steps: int) -> tuple[bool, list[str]]:
    """Archive three URLs into three files and save the memory, as a crawl does, in a process that dies on the way."""
    bucket, memory = Dying(folder / "bucket", steps), Memory("news")
    spool = Spool(folder / "spool", bucket, "news")
    archive = Archive(spool, memory, run="run", day=DAY, limit=1, about={"isPartOf": "run"})
    written = []
    try:
        for number in range(3):
            url = exchange(number).url
            written.append(url)
            archive.write(Visit(url=url, final_url=url, role=Role.ARTICLE), [exchange(number)])
        archive.close()
        memory.save(bucket, DAY, [key.replace(".warc.gz", ".cdxj") for key in archive.keys])
    except Dead:
        return True, written
    finally:
        spool.close()
    return False, written


def test_a_tail_that_a_kill_tore_is_cut_off(settings: Settings, room: Newsroom) -> None:
    declare(settings, "demo-saltmarsh", delay=0.1)
    with started(settings, "demo-saltmarsh", "--run", "killed") as process:
        await_hits(room, len(room.log) + 9)
        process.kill()
    (spooled,) = (settings.state / "spool").rglob("*.open")
    with spooled.open("ab") as torn:
        torn.write(b"\x1f\x8b\x08\x00half a record")
    assert run.crawl(settings, "demo-saltmarsh", run="next", log_level="WARNING")[1] == run.GOOD
    bucket = open_bucket(settings)
    warcs = [bucket.uri(key) for key in bucket.list("raw/warc/") if key.endswith(".warc.gz")]
    assert Checker(SimpleNamespace(inputs=warcs, verbose=False)).process_all() == 0
    assert max(Counter(visit.url for visit in visits(bucket)).values()) == 1
