"""Reads back what a crawl archived, for the tests."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from fastwarc.warc import ArchiveIterator

from pipelines.records import Visit

if TYPE_CHECKING:
    from pipelines.bucket import Bucket


class Entry(NamedTuple):
    kind: str
    headers: dict[str, str]
    block: bytes


def entries(bucket: Bucket, key: str) -> list[Entry]:
    """Every record of a WARC file."""
    found = []
    for record in ArchiveIterator(io.BytesIO(bucket.get(key)), parse_http=False):
        headers = dict(record.headers.items())
        found.append(Entry(headers["WARC-Type"], headers, record.reader.read()))
    return found


def visits(bucket: Bucket, run: str = "") -> list[Visit]:
    """Every visit in the bucket's WARC files, of one run where given."""
    keys = [key for key in bucket.list("raw/warc/") if key.endswith(".warc.gz") and run in key]
    return [
        Visit.model_validate_json(entry.block)
        for key in keys
        for entry in entries(bucket, key)
        if entry.kind == "metadata"
    ]
