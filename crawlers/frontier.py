"""The URLs of one crawl: each enters once, is handed out once and ends once. On disk, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from pipelines.records import Candidate, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["Errand", "Frontier"]

_SCHEMA = """
CREATE TABLE urls (
    url TEXT PRIMARY KEY, role TEXT NOT NULL, rank INTEGER NOT NULL, at REAL NOT NULL, depth INTEGER NOT NULL,
    candidate TEXT, state TEXT NOT NULL DEFAULT 'waiting'
) WITHOUT ROWID;
CREATE INDEX turn ON urls (state, rank, at DESC);
"""
# What is read for its links comes first, so that the newest articles are known before the first is fetched.
_RANK = {
    Role.ROBOTS: 0,
    Role.WELL_KNOWN: 0,
    Role.PART: 0,
    Role.FEED: 1,
    Role.SECTION: 2,
    Role.SITEMAP: 3,
    Role.CAPTURES: 3,
    Role.ARTICLE: 4,
}


class Errand(NamedTuple):
    """A URL on its way."""

    url: str
    """Normalised URL."""
    role: Role
    """What it is asked for."""
    depth: int
    """Listings between it and the source's declaration."""
    candidate: Candidate | None
    """What discovery knew of it; null for what the source declares."""


class Frontier:
    """A queue in an SQLite database that lives as long as the process."""

    def __init__(self) -> None:
        # An empty name is a private database that spills to disk and needs no clean-up.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000;" + _SCHEMA)

    def add(self, errand: Errand, published: datetime | None = None, *, state: str = "waiting") -> bool:
        """Take in a URL; False where it is known already. Newer articles are handed out first."""
        text = errand.candidate.model_dump_json(exclude_defaults=True) if errand.candidate else None
        row = (errand.url, errand.role, _RANK[errand.role], published.timestamp() if published else 0.0, errand.depth)
        done = self._db.execute("INSERT OR IGNORE INTO urls VALUES (?,?,?,?,?,?,?)", (*row, text, state))
        return done.rowcount == 1

    def take(self, places: int, articles: int) -> list[Errand]:
        """Hand out waiting URLs: up to `places` listings, or once all are read up to `articles` articles, newest first."""
        rows = self._waiting("rank < ?", places)
        if (
            not rows
            and not self._db.execute("SELECT 1 FROM urls WHERE state = 'taken' AND rank BETWEEN 1 AND 3").fetchone()
        ):
            rows = self._waiting("rank = ?", articles)
        self._db.executemany("UPDATE urls SET state = 'taken' WHERE url = ?", [(row[0],) for row in rows])
        return [_errand(*row) for row in rows]

    def _waiting(self, which: str, count: int) -> list[tuple[str, str, int, str | None]]:
        query = (
            f"SELECT url, role, depth, candidate FROM urls WHERE state = 'waiting' AND {which} "  # noqa: S608  two constants above
            "ORDER BY rank, at DESC LIMIT ?"
        )
        return self._db.execute(query, (_RANK[Role.ARTICLE], count)).fetchall()

    def knows(self, url: str) -> bool:
        """Tell whether a URL was taken in."""
        return self._db.execute("SELECT 1 FROM urls WHERE url = ?", (url,)).fetchone() is not None

    def end(self, url: str) -> bool:
        """Note that a URL has its visit; False where it was not on its way."""
        done = self._db.execute("UPDATE urls SET state = 'ended' WHERE url = ? AND state = 'taken'", (url,))
        return done.rowcount == 1

    def put_off(self, errand: Errand) -> None:
        """Leave a URL that was handed out to the next crawl; one that a host or a page needs is forgotten instead."""
        if _RANK[errand.role] == 0:
            self._db.execute("DELETE FROM urls WHERE url = ?", (errand.url,))
        else:
            self._db.execute("UPDATE urls SET state = 'late' WHERE url = ? AND state = 'taken'", (errand.url,))

    def taken(self) -> list[Errand]:
        """Give the URLs that were handed out and have not ended."""
        return list(self._of("taken"))

    def waiting(self) -> Iterator[Errand]:
        """Give the URLs that were never asked for: not handed out, or put off."""
        yield from self._of("waiting")
        yield from self._of("late")

    def count(self, state: str) -> int:
        """Count the URLs in a state: `waiting`, `taken`, `late` or `ended`."""
        found = self._db.execute("SELECT count(*) FROM urls WHERE state = ?", (state,)).fetchone()
        return int(found[0])

    def _of(self, state: str) -> Iterator[Errand]:
        rows = self._db.execute("SELECT url, role, depth, candidate FROM urls WHERE state = ? ORDER BY url", (state,))
        return (_errand(*row) for row in rows)


def _errand(url: str, role: str, depth: int, candidate: str | None) -> Errand:
    return Errand(url, Role(role), depth, Candidate.model_validate_json(candidate) if candidate else None)
