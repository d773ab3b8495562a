"""Tell an endless space of URLs (a calendar, a shop's facets, a path that feeds on itself) before it eats a run's pages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from crawlers.discover import shape

if TYPE_CHECKING:
    from datetime import date

    from pipelines.limits import Fetch

__all__ = ["Traps"]

# A segment that stands so often in one path is a relative link that was resolved again and again.
_REPEATS = 3
# A date that names a month or a day; years alone stand in headlines.
_EXACT_DAYS = 31


class Traps:
    """Judges each URL that a crawl is proposed; remembers of each path only whether its queries are facets."""

    def __init__(self, limits: Fetch) -> None:
        self._limits = limits
        self._seen: dict[str, dict[str, set[str]]] = {}
        self._counts: Counter[str] = Counter()
        self._facets: dict[str, bool] = {}

    def caught(self, url: str, today: date) -> str | None:
        """Give in words why `url` belongs to an endless space, None where it does not."""
        parts = urlsplit(url)
        segments = [segment for segment in parts.path.split("/") if segment]
        if len(segments) > self._limits.path_segments:
            return f"a path of more than {self._limits.path_segments} segments"
        if any(times >= _REPEATS for times in Counter(segments).values()):
            return "a path that repeats itself"
        days = shape.span(url)
        exact = days is not None and (days[1] - days[0]).days <= _EXACT_DAYS
        if days is not None and exact and (days[0] - today).days > self._limits.ahead_days:
            return "a calendar: its day lies ahead"
        place = f"{parts.netloc}{parts.path}"
        if parts.query and self._is_facets(place, parts.query):
            return f"{place} sorts and filters the same pages by its query"
        return None

    def _is_facets(self, place: str, query: str) -> bool:
        """Tell, from a number of queries on, whether they are combinations of few values or the ids of many pages."""
        if place in self._facets:
            return self._facets[place]
        values = self._seen.setdefault(place, {})
        self._counts[place] += 1
        for key, value in parse_qsl(query, keep_blank_values=True):
            # `?4711` is a key without a value.
            values.setdefault(key if value else "", set()).add(value or key)
        if self._counts[place] >= self._limits.queries:
            most = max(map(len, values.values()), default=0)
            self._facets[place] = most * 2 < self._counts[place]
            del self._seen[place], self._counts[place]
        return False
