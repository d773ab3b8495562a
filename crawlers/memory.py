"""What earlier crawls of a source found: kept as one object in the bucket, rebuilt from the archive's indexes.

Everything here is derived. The object holds what every index up to some day says; indexes that came later are folded
in when it is loaded, and where it is missing or torn all of them are.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import tempfile
import zlib
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from crawlers import index
from crawlers.warc import Original
from pipelines import layout, urls
from pipelines.records import Candidate, Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.bucket import Bucket

__all__ = ["Kept", "Known", "Memory"]

_FORMAT = 1
# Indexes of a day are looked for this many days long; those of a recovered crawl are folded by name, however late.
_LATE_DAYS = 3
_SCHEMA = """
CREATE TABLE known (
    url TEXT PRIMARY KEY, role TEXT NOT NULL, first TEXT, last TEXT, changed TEXT, outcome TEXT, retry INTEGER,
    tries INTEGER, visits INTEGER, news INTEGER, etag TEXT, last_modified TEXT, payload TEXT, digest TEXT,
    at_url TEXT, at_date TEXT, candidate TEXT, claims INTEGER
) WITHOUT ROWID;
"""

_INSERT = "INSERT OR REPLACE INTO known VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


class Kept(NamedTuple):
    """A file by which a host speaks to crawlers (robots.txt and the well-known ones) as it was read."""

    fetched: str
    """When, as an ISO time."""
    status: int
    """HTTP status of the answer."""
    text: str
    """What it said; empty where there was none."""

    def fresh(self, now: datetime, hours: float) -> bool:
        """Tell whether it may still be used; one of the future was read by a clock that was wrong."""
        return timedelta(0) <= now - datetime.fromisoformat(self.fetched) < timedelta(hours=hours)


class Known(NamedTuple):
    """What is remembered of one URL. Times are WARC-Date texts, UTC."""

    url: str
    """URL as discovery proposed it."""
    role: str
    """What it was asked for (`records.Role`)."""
    first: str | None
    """First visit; null where it waits for one."""
    last: str | None
    """Latest visit; null with `first`."""
    changed: str | None
    """Latest visit that found another body than the one before; null where none found one."""
    outcome: str | None
    """How the latest visit ended; null where extraction was left to decide."""
    retry: int
    """1 where the latest visit asked for another try."""
    tries: int
    """Visits since the last good one."""
    visits: int
    """Visits that got an answer."""
    news: int
    """Answers that differed from the one before."""
    etag: str | None
    """ETag of the archived response; null where it had none."""
    last_modified: str | None
    """Last-Modified of the archived response; null where it had none."""
    payload: str | None
    """Digest of its body without transfer coding; null where no good response is archived."""
    digest: str | None
    """Its WARC-Payload-Digest; null with `payload`."""
    at_url: str | None
    """Its WARC-Target-URI; null with `payload`."""
    at_date: str | None
    """Its WARC-Date; null with `payload`."""
    candidate: str | None
    """What discovery knew, as JSON; null for what the source declares."""
    claims: int = 0
    """Visits since its latest news for which a sitemap or feed said that it had changed, and it had not."""

    @property
    def original(self) -> Original | None:
        """The archived response that a revisit would refer to."""
        if not (self.payload and self.digest and self.at_url and self.at_date):
            return None
        return Original(self.at_url, self.at_date, self.digest, self.payload)

    def read_since(self, moment: datetime) -> bool:
        """Tell whether its latest visit went well and came after `moment`."""
        good = self.last is not None and self.outcome in {Outcome.READ, Outcome.UNCHANGED}
        return good and datetime.fromisoformat(self.last or "") > moment

    def proposed(self, source: str) -> Candidate | None:
        """Give the candidate that it was first fetched for."""
        if self.candidate is None:
            return None
        return Candidate.model_validate({**json.loads(self.candidate), "url": self.url, "source": source})


class Memory:
    """All that is known of one source, in a private database that spills to disk."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-4000;" + _SCHEMA)
        self._folded: set[str] = set()
        self._heard: list[str] = []
        self.unread: set[str] = set()
        """Indexes that no crawl has finished with: what their listings named may wait for a visit (see `resume`)."""
        self.quiet: dict[str, str] = {}
        """Until when (ISO time) a host asked not to be visited, by its Retry-After."""
        self.asked: dict[str, str] = {}
        """When (WARC-Date) each host was asked last, so that its delay is kept from crawl to crawl."""
        self.troubles: dict[str, str] = {}
        """Why a feed, sitemap or section could not be read at its latest visit; not rebuilt from the indexes."""
        self.files: dict[str, Kept] = {}
        """robots.txt and well-known files by URL; not rebuilt from the indexes, only read again."""

    @classmethod
    def load(cls, bucket: Bucket, source: str, today: date) -> Memory:
        """Read the object and fold in the indexes that it does not know, then what was suggested since."""
        memory = cls(source)
        since = memory._restore(bucket, today)
        days = [since + timedelta(n) for n in range((today - since).days + 1)] if since else [None]
        for day in days:
            memory.fold(bucket, bucket.list(layout.warc_prefix(source, day)))
        memory._hear(bucket)
        return memory

    def _restore(self, bucket: Bucket, today: date) -> date | None:
        """Read the object; give the day from which on indexes may be missing in it, None where all are."""
        try:
            lines = gzip.decompress(bucket.get(layout.memory(self.source))).splitlines()  # bytes: JSON may hold U+2028
            head, *rows = map(json.loads, lines)
        except (KeyError, OSError, EOFError, zlib.error, ValueError):
            return None  # missing or torn: the indexes hold it all
        if head.get("format") != _FORMAT:
            return None
        self._folded = set(head["folded"])
        self.unread = set(head.get("unread", ()))
        self.quiet = dict(head.get("quiet", {}))
        self.asked = dict(head.get("asked", {}))
        self.troubles = dict(head.get("troubles", {}))
        self.files = {url: Kept(*kept) for url, kept in head["files"].items()}
        # Rows that were written before claims were counted lack the last column.
        self._db.executemany(_INSERT, (row + [0] * (len(Known._fields) - len(row)) for row in rows))
        return min(date.fromisoformat(head["since"]), today - timedelta(_LATE_DAYS))

    def fold(self, bucket: Bucket, keys: Iterable[str]) -> None:
        """Learn from indexes, each once, oldest first."""
        for key in sorted(set(keys) - self._folded):
            if key.endswith(".cdxj"):
                entries = index.read(bucket, key)
                for entry in sorted(entries, key=lambda entry: str(entry["date"])):
                    if "role" in entry:
                        self.learn(entry)
                self._folded.add(key)
                self.unread.add(key)

    def _hear(self, bucket: Bucket) -> None:
        """Take in what `crawlers.suggest` laid beside the memory; `save` lets go of it."""
        for key in bucket.list(layout.suggested(self.source)):
            for line in bucket.get(key).splitlines():
                candidate = Candidate.model_validate_json(line)
                self.await_visit(candidate.url, Role.ARTICLE, candidate)
            self._heard.append(key)

    def know(self, url: str) -> Known | None:
        """Give what is known of a URL."""
        row = self._db.execute("SELECT * FROM known WHERE url = ?", (url,)).fetchone()
        return Known(*row) if row else None

    def all(self, role: Role) -> Iterator[Known]:
        """Give every known URL of a role."""
        rows = self._db.execute("SELECT * FROM known WHERE role = ?", (role,))
        return (Known(*row) for row in rows)

    def await_visit(self, url: str, role: Role, candidate: Candidate) -> None:
        """Remember a URL that a crawl found and had no time for."""
        text = candidate.model_dump_json(exclude_defaults=True, exclude={"text", "url", "source"})
        self._db.execute(
            "INSERT OR IGNORE INTO known (url, role, retry, tries, visits, news, candidate, claims) "
            "VALUES (?,?,1,0,0,0,?,0)",
            (url, role, text),
        )

    def learn(self, entry: dict[str, Any]) -> None:
        """Take in one visit as the index tells it (`cdxj.lines`)."""
        old = self.know(entry["visit"])
        if "url" in entry:  # else nothing was received
            host = urls.host(entry["url"])
            self.asked[host] = max(self.asked.get(host, ""), entry["date"])
        now, failed = entry["date"], entry.get("outcome") == Outcome.FAILED
        refused = entry.get("outcome") == Outcome.REFUSED
        payload = entry.get("payload") or entry.get("digest")
        fresh = not failed and not refused and payload is not None
        same = fresh and old is not None and ("refers_to" in entry or old.payload == payload)
        kept = (
            (entry.get("etag"), entry.get("last_modified"), payload, entry["digest"], entry["url"], now)
            if fresh and "refers_to" not in entry
            else (old[10:16] if old else (None, None, None, None, None, None))
        )
        if fresh and "refers_to" in entry and kept[2] is None:
            kept = (entry.get("etag"), entry.get("last_modified"), payload, entry["digest"], *entry["refers_to"])
        candidate = json.dumps(entry["candidate"], ensure_ascii=False) if entry.get("candidate") else None
        row = (
            entry["visit"],
            entry["role"],
            old.first if old and old.first else now,
            now,
            (old.changed if old else None) if same or not fresh else now,
            entry.get("outcome"),
            int(bool(entry.get("retry"))),
            (old.tries if old else 0) + 1 if failed else 0,
            (old.visits if old else 0) + fresh,
            (old.news if old else 0) + (fresh and not same),
            *kept,
            candidate or (old.candidate if old else None),
            0 if old is None or (fresh and not same) else old.claims + (same and _claimed(entry, old)),
        )
        self._db.execute(_INSERT, row)

    def idle_claims(self, since: str, most: int) -> tuple[int, int]:
        """Count articles first seen since a time (WARC-Date) and visited more than `most` times: idle ones, and all.

        Idle are those that discovery said `most` times in vain to have changed.
        """
        query = "SELECT coalesce(sum(claims >= ?), 0), count(*) FROM known WHERE role = ? AND visits > ? AND first > ?"
        idle, visited = self._db.execute(query, (most, Role.ARTICLE, most, since)).fetchone()
        return int(idle), int(visited)

    def forget_visits(self, roles: Iterable[Role]) -> None:
        """Let listings be due and read whole next time: a crawl that was cut off may not have taken all they named."""
        self._db.executemany(
            "UPDATE known SET etag = NULL, last_modified = NULL, payload = NULL, last = NULL WHERE role = ?",
            [(role.value,) for role in roles],
        )

    def read_whole(self, roles: Iterable[Role]) -> None:
        """Let listings be read whole when they are due by their rhythm: a crawl had no time for all that they named."""
        self._db.executemany(
            "UPDATE known SET etag = NULL, last_modified = NULL WHERE role = ?", [(role.value,) for role in roles]
        )

    def save(self, bucket: Bucket, today: date, keys: Iterable[str]) -> None:
        """Write the object; `keys` are the indexes that this crawl wrote itself."""
        since = today - timedelta(_LATE_DAYS)
        recent = [key for key in {*self._folded, *keys} if (_day(key) or since) >= since]
        head = {
            "format": _FORMAT,
            "source": self.source,
            "since": since.isoformat(),
            "folded": sorted(recent),
            "unread": sorted(self.unread),
            "files": self.files,
            "quiet": self.quiet,
            "asked": self.asked,
            "troubles": self.troubles,
        }
        rows = self._db.execute("SELECT * FROM known ORDER BY url")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "memory.jsonl.gz"
            with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
                for row in chain((head,), rows):
                    file.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
            bucket.replace(layout.memory(self.source), path)
        for key in self._heard:
            bucket.delete(key)


def _claimed(entry: dict[str, Any], old: Known) -> bool:
    """Tell whether discovery said that what was visited had changed since the visit before."""
    modified = (entry.get("candidate") or {}).get("modified")
    return bool(modified and old.last and datetime.fromisoformat(modified) > datetime.fromisoformat(old.last))


def _day(index_key: str) -> date | None:
    told = layout.parse_warc(index_key.removesuffix(".cdxj") + ".warc.gz")
    return told.day if told else None
