"""Index lines of what a crawl archived (CDXJ): where each response stands, and what the next crawl must know of it.

What was withheld has no line, as it has no response: the index names what can be replayed. Its visit stands in the WARC file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.cdxj import fields, line, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawlers.exchange import Exchange
    from crawlers.warc import Written
    from pipelines.records import Visit

__all__ = ["fields", "judged", "line", "lines", "read", "seen"]


def lines(filename: str, base: int, visit: Visit, exchanges: Iterable[Exchange], written: list[Written]) -> list[str]:
    """Give the lines of one URL's group, whose first byte is at `base` of the file; the last one carries the visit."""
    made = []
    for exchange, entry in zip(exchanges, written, strict=True):
        told = fields(
            filename=filename,
            offset=base + entry.offset,
            length=entry.length,
            date=entry.date,
            status=exchange.status,
            content_type=exchange.header("content-type"),
            etag=exchange.header("etag"),
            last_modified=exchange.header("last-modified"),
            digest=entry.digest,
            payload=entry.payload,
            refers_to=list(entry.original[:2]) if entry.original else None,
        )
        if entry is written[-1]:
            made += judged(exchange.url, told, visit)
        else:
            made.append(line(exchange.url, entry.date, told))
    return made


def judged(url: str, told: dict[str, Any], visit: Visit) -> list[str]:
    """Give the lines of the response that answers a visit; the last one carries it.

    The capture of a web archive is also found under the page's own URL and the time of the capture, as replay asks for it.
    """
    if visit.captured is None:
        return [line(url, told["date"], told | seen(visit))]
    # The validators are the archive's: the page's own site must not be asked by them.
    told |= {"etag": None, "last_modified": None}
    return [line(visit.final_url, visit.captured.isoformat(), told), line(url, told["date"], told | seen(visit))]


def seen(visit: Visit) -> dict[str, Any]:
    """Give the fields by which memory learns of a visit."""
    return {
        "visit": visit.url,
        "role": visit.role.value,
        "outcome": visit.outcome.value if visit.outcome else None,
        "retry": visit.retry,
        "candidate": visit.candidate.model_dump(mode="json", exclude_defaults=True, exclude={"text", "url", "source"})
        if visit.candidate
        else None,
    }
