"""Take up what a killed crawl left: what it had read is read again from the archive, and nobody is asked for it twice.

A crawl writes its memory when it ends. An index that the memory does not know (`Memory.unread`) is therefore of a crawl
that never came to its end, and what its listings named may not have been visited.
"""

from __future__ import annotations

import asyncio
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from crawlers import index
from crawlers.frontier import Errand
from crawlers.memory import Kept
from crawlers.spiders import listings
from pipelines import archive, layout
from pipelines.records import Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawlers.job import Job
    from pipelines.archive import Exchange
    from pipelines.bucket import Bucket

__all__ = ["take_up"]

_RULES = (Role.ROBOTS, Role.WELL_KNOWN)
_Entry = dict[str, Any]


def take_up(job: Job, bucket: Bucket) -> None:
    """Give `job` the rules and candidates that unfinished crawls read; what its own run archived is not asked for again.

    A later try of the same run (an Airflow retry) goes on where the earlier one was killed or stopped, in any mode.
    """
    own = _own_indexes(job, bucket)
    latest = _latest(bucket, {*job.memory.unread, *own})
    heard = {url: _stored(job, bucket, entry, key) for url, (entry, key) in latest.items() if _is_read(entry)}
    for url, (entry, key) in latest.items():
        # What was heard and cannot be found again is asked for again.
        if key in own and entry.get("outcome") != Outcome.FAILED and heard.get(url, True):
            job.frontier.add(Errand(url, Role(entry["role"]), 0, None), state="ended")
    for url, stored in heard.items():
        entry = latest[url][0]
        if stored and entry["role"] in listings.PLACES:
            _read(job, bucket, entry, *stored)
        elif stored:
            _heed(job, bucket, entry, *stored)


def _is_read(entry: _Entry) -> bool:
    """Tell whether a visit heard something. A listing that was not modified had been read whole before."""
    good = entry.get("outcome") in {Outcome.READ, Outcome.UNCHANGED} and entry["status"] != "304"
    return good and entry["role"] in {*listings.PLACES, *_RULES}


def _own_indexes(job: Job, bucket: Bucket) -> set[str]:
    """Find what earlier tries of the same run wrote: a run may begin before midnight and be tried again after it."""
    today = job.began.date()
    listed = (
        key
        for day in (today - timedelta(1), today)
        for key in bucket.list(layout.warc_prefix(job.source.id, day))
        if (told := layout.parse_warc(key)) and told.run == job.run
    )
    return set(map(layout.cdxj, listed))


def _latest(bucket: Bucket, indexes: Iterable[str]) -> dict[str, tuple[_Entry, str]]:
    """Give the latest entry of each visited URL, with its index's key."""
    found: dict[str, tuple[_Entry, str]] = {}
    for key in sorted(indexes):
        for entry in index.read(bucket, key):
            if "role" in entry and (entry["visit"] not in found or found[entry["visit"]][0]["date"] <= entry["date"]):
                found[entry["visit"]] = entry, key
    return found


def _heed(job: Job, bucket: Bucket, entry: _Entry, stored: _Entry, key: str) -> None:
    """Keep what a host said to crawlers for as long as it may be kept."""
    status = int(entry["status"])
    body = (_exchange(job, bucket, stored, key).body or b"") if status == 200 else b""
    text = body[: job.limits.fetch.robots_bytes].decode("utf-8", "replace")
    job.memory.files[entry["visit"]] = Kept(entry["date"], status, text)


def _read(job: Job, bucket: Bucket, entry: _Entry, stored: _Entry, key: str) -> None:
    """Take candidates and children out of a listing."""
    exchange = _exchange(job, bucket, stored, key)
    if exchange.page is not None and exchange.body is not None:
        errand = Errand(entry["visit"], Role(entry["role"]), 0, None)
        page = exchange.page
        asyncio.run(listings.read_listing(job, errand, exchange.body, page.final_url, page.content_type))


def _exchange(job: Job, bucket: Bucket, entry: _Entry, key: str) -> Exchange:
    data = bucket.get(key, int(entry["offset"]), int(entry["length"]))
    return next(archive.read(io.BytesIO(data), key, source=job.source.id, limit=job.limits.fetch.text_bytes))


def _stored(job: Job, bucket: Bucket, entry: _Entry, beside: str) -> tuple[_Entry, str] | None:
    """Give the entry of the response and its WARC file's key: of a revisit, those of what it refers to if it is there.

    `beside` is the key of the index that `entry` stands in.
    """
    if "refers_to" not in entry:
        return entry, _warc(beside)
    url, moment = entry["refers_to"]
    day = date.fromisoformat(moment[:10])
    for one in (day, day - timedelta(1)):
        for key in bucket.list(layout.warc_prefix(job.source.id, one)):
            if key.endswith(".cdxj"):
                for known in index.read(bucket, key):
                    if (known["date"], known["url"]) == (moment, url):
                        return known, _warc(key)
    return None


def _warc(index_key: str) -> str:
    return index_key.removesuffix(".cdxj") + ".warc.gz"
