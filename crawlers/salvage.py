"""Mend a WARC file that a crash cut off: keep what is whole, drop the torn tail, index what is kept."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawlers import cdxj, warc
from pipelines.records import Visit

if TYPE_CHECKING:
    from pathlib import Path

    from fastwarc.warc import HeaderMap

__all__ = ["cut"]

_CHUNK = 1 << 20
_EXCHANGED = {"response", "revisit"}


def cut(path: Path, filename: str) -> list[str]:
    """Cut `path` after its last finished URL (a `metadata` record) and give the index lines of what is left.

    Empty where not one URL was finished.
    """
    ends = _member_ends(path)
    with path.open("r+b") as file:
        file.truncate(ends[-1] if ends else 0)
    lines: list[str] = []
    whole, begin = 0, 0
    pending: list[tuple[str, dict[str, Any]]] = []
    with path.open("rb") as file:
        for record, end in zip(ArchiveIterator(file, parse_http=False), ends, strict=True):
            kind = record.headers["WARC-Type"]
            if kind in _EXCHANGED:
                pending.append(_entry(record, filename, begin, end - begin))
            elif kind == "metadata":
                visit = Visit.model_validate_json(record.reader.read())
                lines += [cdxj.line(url, fields["date"], fields) for url, fields in pending[:-1]]
                lines += [line for url, fields in pending[-1:] for line in cdxj.judged(url, fields, visit)]
                pending, whole = [], end
            begin = end
    with path.open("r+b") as file:
        file.truncate(whole)
    return lines


def _member_ends(path: Path) -> list[int]:
    """Give the offset after each complete gzip member."""
    ends: list[int] = []
    position, member = 0, zlib.decompressobj(31)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            while chunk:
                try:
                    member.decompress(chunk)
                except zlib.error:
                    return ends
                position += len(chunk) - len(member.unused_data)
                chunk = member.unused_data
                if member.eof:
                    ends.append(position)
                    member = zlib.decompressobj(31)
                else:
                    break
    return ends


def _entry(record: WarcRecord, filename: str, offset: int, length: int) -> tuple[str, dict[str, Any]]:
    """Read from a record what `cdxj.lines` is told when it is written."""
    record.parse_http(auto_decode="transfer")
    headers, http = record.headers, record.http_headers
    url, revisit = headers["WARC-Target-URI"], headers["WARC-Type"] == "revisit"
    stored = headers["WARC-Payload-Digest"]
    return url, cdxj.fields(
        filename=filename,
        offset=offset,
        length=length,
        date=headers["WARC-Date"],
        status=http.status_code or 0,
        content_type=http.get("Content-Type"),
        etag=_validator(http, b"etag"),
        last_modified=_validator(http, b"last-modified"),
        digest=stored,
        payload=stored if revisit else warc.digest(record.reader.read()),
        refers_to=[headers["WARC-Refers-To-Target-URI"], headers["WARC-Refers-To-Date"]]
        if revisit and "WARC-Refers-To-Date" in headers
        else None,
    )


def _validator(http: HeaderMap, name: bytes) -> str | None:
    """Give the first value of a header, byte for byte as `exchange.header` does: FastWARC reads it as windows-1252."""
    return next((value.decode("latin-1") for key, value in http.items_bytes() if key.lower() == name), None)
