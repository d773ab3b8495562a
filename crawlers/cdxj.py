"""Index lines of a WARC file (CDXJ): where each response stands, and what the next crawl must know of it.

A line is `SURT timestamp {json}`; the keys of pywb and cdxj-indexer come first, ours after them. Files are sorted, as
every CDX server expects.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipelines import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawlers.exchange import Exchange
    from crawlers.warc import Written
    from pipelines.records import Visit

__all__ = ["fields", "judged", "line", "lines", "read", "seen", "surt"]

_WWW = re.compile(r"^www\d*\.")


def surt(url: str) -> str:
    """Give the sort-friendly form of `url`: `com,example)/path?query`, in lower case, without `www.`."""
    parts = urlsplit(url)
    name = _WWW.sub("", urls.host(url))
    turned = name if ":" in name or name.replace(".", "").isdigit() else ",".join(reversed(name.split(".")))
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return f"{turned}{port}){(parts.path.lower() or '/')}" + (f"?{query}" if query else "")


def line(url: str, date: str, fields: dict[str, Any]) -> str:
    """Give one index line; fields without a value are left out."""
    stamp = re.sub(r"\D", "", date)[:14]
    kept = {key: value for key, value in {"url": url, **fields}.items() if value not in (None, "", False)}
    return f"{surt(url)} {stamp} {json.dumps(kept, ensure_ascii=False)}\n"


def fields(
    *,
    filename: str,
    offset: int,
    length: int,
    date: str,
    status: int,
    content_type: str | None,
    etag: str | None,
    last_modified: str | None,
    digest: str,
    payload: str,
    refers_to: list[str] | None,
) -> dict[str, Any]:
    """Give what the index tells of one response."""
    return {
        "mime": "warc/revisit" if refers_to else (content_type or "unk").partition(";")[0].strip().lower(),
        "status": str(status),
        "digest": digest,
        "length": str(length),
        "offset": str(offset),
        "filename": filename,
        "date": date,
        # A revisit record does not hold it, and what it refers to has it already.
        "payload": payload if payload != digest and not refers_to else None,
        "refers_to": refers_to,
        "etag": etag,
        "last_modified": last_modified,
    }


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


def read(text: str) -> list[dict[str, Any]]:
    """Read the JSON parts of an index."""
    return [json.loads(one.split(" ", 2)[2]) for one in text.splitlines()]
