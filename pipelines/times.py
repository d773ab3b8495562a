"""Times as feeds, sitemaps and robots tags write them, read into UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipelines.errors import Misconfigured

__all__ = ["plausible", "require_days", "when"]

# The longest honest form, RFC 2822 with a zone's name in brackets, has 37 characters.
_LENGTH = 40
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


def when(text: str | None) -> datetime | None:
    """Read a W3C datetime, as ISO 8601, RFC 2822 or cut to year and month; without zone it is UTC. None for others."""
    text = (text or "").strip()[:_LENGTH]
    partial = _PARTIAL.fullmatch(text)
    try:
        if partial:
            found = datetime(int(partial[1]), int(partial[2] or 1), 1, tzinfo=UTC)
        else:
            found = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return plausible(found.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def require_days(since: datetime | None, until: datetime | None) -> None:
    """Raise `Misconfigured` where no day lies between the first one and the one after the last; null is no bound."""
    if since is not None and until is not None and until <= since:
        problem = f"{until:%Y-%m-%d} is not after --since {since:%Y-%m-%d}, so no day is asked for"
        raise Misconfigured("--until", problem, "Name the day after the last one that you want")


def plausible(time: datetime) -> datetime | None:
    """Give `time` back unless it is a machine's zero or a slip: the web's articles lie between 1990 and 2100."""
    return time if 1990 <= time.year <= 2100 else None
