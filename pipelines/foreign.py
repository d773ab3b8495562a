"""Reads archives that others made (Common Crawl, Browsertrix, Heritrix, wget): the captures that can hold an article.

WARC 1.0 and 1.1 (plain, gzip a record or a file, zstd), WACZ (a ZIP with WARC files in it) and ARC, the older format.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from contextlib import contextmanager, nullcontext
from typing import IO, TYPE_CHECKING, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as ArcIterator
from warcio.exceptions import ArchiveLoadFailed

from pipelines import urls
from pipelines.errors import Quarantine, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastwarc.warc import WarcRecord

__all__ = ["Capture", "captures"]

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+200\b")
_HEADER = re.compile(rb"^([!-9;-~]+)[ \t]*:[ \t]*([^\r\n]*)\r?$", re.MULTILINE)
_HTML = {"text/html", "application/xhtml+xml"}
_ARC = b"filedesc:"
_GZIP = b"\x1f\x8b"


class Capture(NamedTuple):
    """A response that can hold an article: an HTML page answered with status 200."""

    url: str
    """Its URL, normalised."""
    headers: dict[str, str]
    """The record's WARC headers."""
    http: dict[str, list[str]]
    """The response's HTTP headers by name."""
    block: bytes
    """The response as it was received: status line, headers, body."""
    head: int
    """Bytes of `block` before the body."""


def captures(path: Path, limit: int) -> Iterator[Capture | str]:
    """Yield the captures of the archive at `path`, and for each record that is left out the reason in words.

    `limit` bounds a record's block in bytes. Raises `Quarantine` where the file is no archive or ends inside a record,
    after what came before the damage.
    """
    for name, stream in _files(path):
        with stream:
            found = False
            for headers, block in _records(stream, name, limit):
                found = True
                yield block if isinstance(block, str) else _capture(headers, block)
            if not found:
                raise Quarantine(f"{name}: it holds no record")


def _files(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Open the archive, or each of those inside a WACZ."""
    if not zipfile.is_zipfile(path):
        yield str(path), path.open("rb")
        return
    with _whole_zip(path), zipfile.ZipFile(path) as wacz:
        names = [name for name in wacz.namelist() if re.fullmatch(r"archive/[^/]+\.warc(\.gz)?", name)]
        if not names:
            raise Quarantine(f"{path}: a ZIP without archive/*.warc.gz is no WACZ")
        for name in names:
            yield f"{path}/{name}", wacz.open(name)


@contextmanager
def _whole_zip(path: Path) -> Iterator[None]:
    """Tell a ZIP that is damaged, has a password or is packed in a way that nobody else uses."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise Quarantine(f"{path}: not a WACZ file, or damaged: {error}") from error


def _records(stream: IO[bytes], name: str, limit: int) -> Iterator[tuple[dict[str, str], bytes | str]]:
    """Yield the headers and the block of each response; a reason in the place of a block that is not taken."""
    with _broken_off(name):
        packed = _packed(stream)
        if _begins(stream, _ARC, packed=packed):
            # warcio wants one gzip member a record or none, and old archives have either.
            with gzip.GzipFile(fileobj=stream) if packed else nullcontext(stream) as plain:
                yield from _arc_records(plain)
            return
        for record in ArchiveIterator(stream, parse_http=False):
            yield dict(record.headers.items()), _block(record, name, limit)


@contextmanager
def _broken_off(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ArchiveLoadFailed, UnicodeDecodeError, zipfile.BadZipFile, zlib.error) as error:
        raise Quarantine(f"{name}: not a WARC file, or damaged: {error}") from error


def _packed(stream: IO[bytes]) -> bool:
    first = stream.read(len(_GZIP))
    stream.seek(0)
    return first == _GZIP


def _begins(stream: IO[bytes], wanted: bytes, *, packed: bool) -> bool:
    with gzip.GzipFile(fileobj=stream) if packed else nullcontext(stream) as plain:
        first = plain.read(len(wanted))
    stream.seek(0)
    return first == wanted


def _arc_records(stream: IO[bytes] | gzip.GzipFile) -> Iterator[tuple[dict[str, str], bytes | str]]:
    for record in ArcIterator(stream, no_record_parse=True, arc2warc=True):
        is_response = record.rec_type == "response"
        yield (
            dict(record.rec_headers.headers),
            record.raw_stream.read() if is_response else f"{record.rec_type} record",
        )


def _block(record: WarcRecord, name: str, limit: int) -> bytes | str:
    if record.record_type != WarcRecordType.response:
        return f"{record.headers.get('WARC-Type')} record"
    if record.content_length > limit:
        return f"longer than {limit} bytes"
    block = record.reader.read()
    if len(block) < record.content_length:
        raise Quarantine(f"{name}: it ends inside a record, {len(block)} of {record.content_length} bytes are there")
    return block


def _capture(headers: dict[str, str], block: bytes) -> Capture | str:
    end = _HEAD_END.search(block)
    if not headers.get("Content-Type", "").startswith("application/http") or end is None:
        return "no HTTP response"
    if not _STATUS.match(block):
        return "status other than 200"
    http: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(block[: end.end()]):
        http.setdefault(key.decode("latin-1"), []).append(value.decode("latin-1").strip())
    kind = next((values[0] for key, values in http.items() if key.lower() == "content-type"), "text/html")
    if kind.partition(";")[0].strip().lower() not in _HTML:
        return "not HTML"
    try:
        return Capture(urls.normalise(headers.get("WARC-Target-URI", "").strip("<>")), headers, http, block, end.end())
    except Reject:
        return "no http(s) URL"
