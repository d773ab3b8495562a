"""The raw archive: reads WARC files (ISO 28500) as exchanges, ours and anyone's."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from pydantic import ValidationError

from pipelines import coding
from pipelines.errors import Quarantine
from pipelines.records import Channel, Page, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from fastwarc.warc import HeaderMap

__all__ = ["Exchange", "body_at", "read"]

_HTTP_RECORDS = WarcRecordType.response | WarcRecordType.revisit
_READ = _HTTP_RECORDS | WarcRecordType.metadata | WarcRecordType.conversion


@dataclass(frozen=True, slots=True)
class Exchange:
    """One touched URL: what the crawl noted of it, and the page that answered where one did.

    `visit` is null in archives of other crawlers and where a crawl was killed before its note. `body` is the decoded
    text of the response as bytes; null for a revisit and where no response came. `trouble` tells why there is none,
    `noted` when the visit ended (WARC-Date of its note).
    """

    visit: Visit | None
    page: Page | None
    body: bytes | None
    trouble: str | None = None
    noted: datetime | None = None


@dataclass(slots=True)
class _Held:
    page: Page
    body: bytes | None
    trouble: str | None


def read(stream: IO[bytes], key: str, *, source: str, limit: int) -> Iterator[Exchange]:
    """Yield the exchanges of the WARC file `key` in their order.

    `limit` bounds a body after decompression, in bytes. A response whose note is missing comes at the end of the file.
    Raises `Quarantine` where the file itself is no WARC; a file cut short ends where it was cut.
    """
    held: dict[str, _Held] = {}
    last: _Held | None = None
    try:
        for record in ArchiveIterator(stream, record_types=_READ, parse_http=True):
            if last is not None:
                last.page = last.page.model_copy(update={"length": record.stream_pos - last.page.offset})
                last = None
            if record.record_type in (WarcRecordType.response, WarcRecordType.revisit) and (
                http := record.http_headers
            ):
                last = held[record.record_id or str(record.stream_pos)] = _hold(record, http, key, source, limit)
            elif record.record_type == WarcRecordType.conversion:
                _show(record, held, limit)
            elif record.record_type == WarcRecordType.metadata:
                visit = _visit(record)
                if visit is not None:
                    yield _answered(visit, held, record)
    except OSError as error:
        if not held and stream.tell() == 0:
            raise Quarantine(f"{key}: not a WARC file ({error})") from error
    if last is not None:
        last.page = last.page.model_copy(update={"length": stream.tell() - last.page.offset})
    for rest in held.values():
        yield Exchange(None, rest.page, rest.body, rest.trouble)


def body_at(record: bytes, limit: int) -> bytes:
    """Decode the body of the one record in `record`: a slice of a WARC file, as an index gives it."""
    for found in ArchiveIterator(io.BytesIO(record), record_types=_HTTP_RECORDS, parse_http=True):
        if found.http_headers:
            return coding.decode(found.reader.read(), _codings(found.http_headers), limit)
    raise Quarantine("no HTTP response in this slice of the archive")


def _answered(visit: Visit, held: dict[str, _Held], note: WarcRecord) -> Exchange:
    """Pair a visit with its response and let go of the redirects passed on the way."""
    answer = held.pop(note.headers.get("WARC-Concurrent-To") or "", None)
    passed = {visit.url, *visit.redirects}
    for name in [name for name, hop in held.items() if hop.page.url in passed]:
        del held[name]
    if answer is None:
        return Exchange(visit, None, None, noted=note.record_date)
    page = answer.page.model_copy(
        update={
            "url": visit.url,
            "final_url": visit.final_url,
            "channel": visit.candidate.channel if visit.candidate else answer.page.channel,
            "seen_in": visit.candidate.seen_in if visit.candidate else answer.page.seen_in,
            "reservations": visit.reservations,
            **(_of_capture(visit) if visit.capture else {}),
        }
    )
    return Exchange(visit, page, answer.body, answer.trouble, note.record_date)


def _of_capture(visit: Visit) -> dict[str, Any]:
    """Give what a page's capture says in the place of the web archive that answered."""
    return {"capture": visit.capture, "fetched": visit.captured, "etag": None, "last_modified": None}


def _hold(record: WarcRecord, http: HeaderMap, key: str, source: str, limit: int) -> _Held:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    revisit = record.record_type == WarcRecordType.revisit
    body, trouble = None, None
    if not revisit:
        try:
            body = coding.decode(record.reader.read(), _codings(http), limit)
        except Quarantine as error:
            trouble = str(error)
    page = Page(
        url=url,
        final_url=url,
        source=source,
        fetched=record.record_date,
        status=http.status_code or 0,
        content_type=http.get("Content-Type"),
        digest=record.headers.get("WARC-Payload-Digest") or "",
        warc=key,
        offset=record.stream_pos,
        length=0,
        etag=http.get("ETag"),
        last_modified=http.get("Last-Modified"),
        truncated=record.headers.get("WARC-Truncated"),
        channel=Channel.IMPORT,
        seen_in=key,
    )
    return _Held(page, body, trouble)


def _show(record: WarcRecord, held: dict[str, _Held], limit: int) -> None:
    """Take a page as a browser showed it in the place of the body that came."""
    original = held.get(record.headers.get("WARC-Refers-To") or "")
    if original is not None and (record.headers.get("Content-Type") or "").startswith("text/html"):
        shown = record.reader.read(limit + 1)
        original.body = None if len(shown) > limit else shown
        original.trouble = f"shown page of more than {limit} bytes" if len(shown) > limit else None


def _codings(http: HeaderMap) -> list[str]:
    names = [http.get("Content-Encoding"), http.get("Transfer-Encoding")]
    return [coding for name in names if name for coding in name.split(",") if coding.strip()]


def _visit(record: WarcRecord) -> Visit | None:
    if record.headers.get("Content-Type") != "application/json":
        return None
    try:
        return Visit.model_validate_json(record.reader.read())
    except ValidationError:
        return None  # another crawler's metadata record
