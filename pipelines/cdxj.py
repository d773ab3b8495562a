"""Index lines of a WARC file (CDXJ): where each response stands.

A line is `SURT timestamp {json}`; the keys of pywb and cdxj-indexer come first, ours after them. Files are sorted, as
every CDX server expects.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipelines import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastwarc.warc import WarcRecord

__all__ = ["fields", "index", "line", "read", "surt"]

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
    # The spaces of a line part its fields; JSON in ASCII holds nothing that any reader takes for the end of a line.
    return f"{surt(url).replace(' ', '%20')} {stamp} {json.dumps(kept)}\n"


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


def read(text: str) -> list[dict[str, Any]]:
    """Read the JSON parts of an index; raises `ValueError` where a line is torn."""
    # Not splitlines: JSON may hold U+0085, U+2028 and U+2029, and the indexes of earlier versions do.
    return [json.loads(told) for one in text.split("\n") if one for _, _, told in [one.split(" ", 2)]]


def index(stream: IO[bytes], filename: str) -> list[str]:
    """Give the sorted lines of a WARC file that no crawl wrote: where its responses stand, nothing for a crawl to know."""
    return sorted(_responses(stream, filename))


def _responses(stream: IO[bytes], filename: str) -> Iterator[str]:
    last: tuple[str, dict[str, Any]] | None = None
    for record in ArchiveIterator(stream, parse_http=False):
        if last is not None:
            yield _closed(last, record.stream_pos)
        last = _entry(record, filename) if record.record_type == WarcRecordType.response else None
    if last is not None:
        yield _closed(last, stream.tell())


def _entry(record: WarcRecord, filename: str) -> tuple[str, dict[str, Any]]:
    offset = record.stream_pos
    record.parse_http()
    headers, http = record.headers, record.http_headers
    digest = headers["WARC-Payload-Digest"]
    return headers["WARC-Target-URI"], fields(
        filename=filename,
        offset=offset,
        length=0,
        date=headers["WARC-Date"],
        status=http.status_code or 0,
        content_type=http.get("Content-Type"),
        etag=None,
        last_modified=None,
        digest=digest,
        payload=digest,
        refers_to=None,
    )


def _closed(entry: tuple[str, dict[str, Any]], end: int) -> str:
    """Give the line of a response that ends at byte `end` of the file."""
    url, told = entry
    return line(url, told["date"], told | {"length": str(end - int(told["offset"]))})
