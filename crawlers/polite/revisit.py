"""When a URL that was visited before is visited again; pure functions of what memory holds and the clock."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawlers.memory import Known
    from pipelines.limits import Revisit

__all__ = ["IDLE_CLAIMS", "Mode", "believed", "due", "next_visit", "place_due", "retired"]

# A URL that failed is tried again after this many minutes, doubled with every further failure, until it is given up.
RETRY_MINUTES = 15.0
RETRY_TRIES = 6
# With the back-off between them these take a day or more; a part that comes back later is found within a month.
RETIRED_TRIES = 6
RETIRED_DAYS = 30
IDLE_CLAIMS = 3
"""Visits to a page that its sitemap's lastmod asks for in vain: many sitemaps say of every page that it changed just now."""
# So many pages of a source whose lastmod is not believed, and more than half of those visited as often: no new one is tried.
_IDLE_PAGES = 10


class Mode(StrEnum):
    """How a crawl treats URLs that it knows."""

    ALWAYS = "always"
    SCHEDULE = "schedule"
    NEVER = "never"


def due(known: Known, now: datetime, limits: Revisit, mode: Mode, modified: datetime | None = None) -> str | None:
    """Give the reason to visit an article's URL now, None where there is none.

    `modified` is the latest change by discovery's word: one after the last visit is reason enough, unless that word was
    given in vain before (`known.claims`); null where it is not believed of the whole source (`believed`).
    """
    if known.last is None:
        return "found before, never visited"
    since, age = _hours(known.last, now), _hours(known.first or known.last, now)
    if known.outcome == "failed":
        wait = RETRY_MINUTES / 60 * 2 ** max(known.tries - 1, 0)
        late = since >= wait or since < 0
        return "failed before" if known.retry and known.tries < RETRY_TRIES and late else None
    if mode is Mode.NEVER or age > limits.window_days * 24:
        return None
    if mode is Mode.ALWAYS:
        return "every known page"
    claimed = modified is not None and modified > datetime.fromisoformat(known.last)
    if claimed and known.claims < IDLE_CLAIMS:
        return "changed by the source's word"
    passed = [hours for hours in limits.hours if age - since < hours <= age]
    return f"{passed[-1]:g} hours after it was first seen" if passed else None


def believed(idle: int, visited: int) -> bool:
    """Tell whether the lastmod of a source's pages is worth a visit, by `Memory.idle_claims`."""
    return idle < _IDLE_PAGES or 2 * idle <= visited


def place_due(known: Known | None, now: datetime, least: float, most: float, mode: Mode) -> bool:
    """Tell whether a feed, sitemap or section is due, given the bounds of its source in minutes.

    The rhythm is learned: the span over which it was watched, divided by how often it brought something new, is the
    time that something new takes; half of that is waited. One that failed waits longer each time, within the bounds.
    Up to a tenth is added, by chance, so that places do not fall into step. A visit of the future tells of a clock that
    was wrong, and nothing of the place.
    """
    if known is None or known.last is None or mode is not Mode.SCHEDULE:
        return True
    since = _hours(known.last, now) * 60
    return since < 0 or since >= _rest(known, now, least, most)


def next_visit(known: Known, now: datetime, least: float, most: float) -> datetime:
    """Give the time from which on `place_due` finds a place due that was visited before."""
    last = datetime.fromisoformat(known.last or now.isoformat()).astimezone(UTC)
    return last + timedelta(minutes=_rest(known, now, least, most))


def _rest(known: Known, now: datetime, least: float, most: float) -> float:
    """Give the minutes from a place's latest visit to its next."""
    if known.outcome == "failed":
        return _jittered(known, least * 2.0 ** min(known.tries, 10), most)
    watched = _hours(known.first or known.last or now.isoformat(), now) * 60
    expected = watched / (2 * max(known.news, 1)) if known.visits > 1 else least
    return _jittered(known, max(expected, least), most)


def retired(known: Known | None, now: datetime, mode: Mode) -> bool:
    """Tell whether a part of a sitemap is left alone: gone by its host's word at each of several visits, one a month aside."""
    if known is None or known.last is None or mode is not Mode.SCHEDULE or known.outcome != "failed" or known.retry:
        return False
    return known.tries >= RETIRED_TRIES and 0 <= _hours(known.last, now) < RETIRED_DAYS * 24


def _jittered(known: Known, minutes: float, most: float) -> float:
    """Add up to a tenth, never beyond `most`. The same visit always gets the same: asking twice must not change it."""
    first, last = (minutes, min(minutes * 1.1, most)) if minutes < most else (most * 0.9, most)
    return first + (last - first) * zlib.crc32(f"{known.url} {known.last}".encode()) / 2**32


def _hours(text: str, now: datetime) -> float:
    return (now - datetime.fromisoformat(text).astimezone(UTC)).total_seconds() / 3600
