"""The fate of one URL in one crawl: how it ended, why, and where the evidence lies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines import layout
from pipelines.records import Fate

if TYPE_CHECKING:
    from pipelines.extracted import Extracted
    from pipelines.records import Extraction, Outcome

__all__ = ["LEFT", "RULE", "ended", "fate", "with_missed"]

# How a reason goes on where the source's rule no longer fits the page.
RULE = "; the source's rule of "
# How a reason goes on where the page was an article before it was read again.
LEFT = "; until it was read again it was article "


def with_missed(reason: str, extraction: Extraction | None) -> str:
    """Add to a reason what the source's rule did not find on the page of an article."""
    missed = extraction.missed if extraction is not None and extraction.article is not None else None
    return f"{reason}{RULE}{missed}" if missed else reason


def _at_least(at: datetime, key: layout.WarcKey | None) -> datetime:
    """Give the time of a page without a note: another crawler fetched it long before its file came into the archive."""
    return at if key is None else max(at, datetime.combine(key.day, datetime.min.time(), UTC))


def ended(row: Extracted) -> datetime:
    """Give the time at which the visit of a row ended."""
    return row.noted or _at_least(row.at, layout.parse_warc(row.warc))


def fate(row: Extracted, outcome: Outcome, reason: str, article: str | None = None, *, retry: bool = False) -> Fate:
    """Give the fate of a row; `retry` tells whether another try is worth it."""
    visit, page, key = row.visit, row.page, layout.parse_warc(row.warc)
    candidate = visit.candidate if visit is not None else None
    # Other crawlers' archives carry no notes: the page itself is all that tells where it came from.
    found = candidate or (page if visit is None else None)
    return Fate(
        run=key.run if key is not None else row.warc,
        url=row.url,
        source=row.source,
        outcome=outcome,
        reason=with_missed(reason, row.extraction),
        retry=retry,
        at=ended(row),
        warc=row.warc,
        channel=found.channel if found is not None else None,
        seen_in=found.seen_in if found is not None else None,
        status=page.status if page is not None else None,
        article=article,
        title=candidate.title if candidate is not None else None,
    )
