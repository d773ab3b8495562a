"""Bring other people's archives into the line: their articles go into `raw/warc` as if a crawl had fetched them.

A file is named by its digest, so bringing it again, also after a crash half way, writes nothing twice.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import uuid
from base64 import b32encode
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from pipelines import cdxj, coding, layout, onpage
from pipelines.errors import Quarantine, Reject
from pipelines.foreign import captures
from pipelines.hosts import Hosts
from pipelines.records import Candidate, Channel, Outcome, Reservation, Role, Visit
from pipelines.rights import permits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipelines.bucket import Bucket
    from pipelines.foreign import Capture
    from pipelines.limits import Limits
    from pipelines.records import Source

__all__ = ["NOBODY", "Brought", "bring"]

NOBODY = "import"
"""Id of the source that pages of no declared host belong to."""
_LEVEL = 6
_KEPT = ("WARC-Date", "WARC-IP-Address", "WARC-Payload-Digest", "WARC-Truncated")


@dataclass(slots=True)
class Brought:
    """What came of one file."""

    file: str
    """Its path as given."""
    run: str
    """Id under which its pages go through the line."""
    warc: list[str] = field(default_factory=list)
    """Keys of the WARC files in the bucket."""
    pages: int = 0
    """Pages taken in."""
    refused: int = 0
    """Pages that their publishers reserve; each has its fate."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Records that can hold no article, by reason."""
    trouble: str | None = None
    """What is wrong with the file; what came before the damage is taken in. Null where nothing is."""


def bring(
    path: Path,
    bucket: Bucket,
    sources: Mapping[str, Source],
    limits: Limits,
    folder: Path,
    *,
    called: str | None = None,
    strangers: bool = True,
) -> Brought:
    """Copy the pages of the archive at `path` into the bucket, each under the source of its host.

    `folder` holds the files while they grow, `called` is where the archive is from, else its path. Pages of no declared host
    go to `NOBODY`, or nowhere without `strangers`. Raises `Reject` where there is no such file and `Quarantine` where it is no
    archive.
    """
    hosts = Hosts(sources.values())
    told = Brought(called or str(path), f"import-{_fingerprint(path)}")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="import-") as place:
        shelf = _Shelf(bucket, Path(place), told, limits.archive.warc_bytes)
        try:
            for found in captures(path, limits.fetch.header_bytes + limits.fetch.body_bytes):
                if isinstance(found, str):
                    told.left_out[found] += 1
                elif not strangers and hosts.owner(found.url) is None:
                    told.left_out["host of no source"] += 1
                else:
                    _put(shelf, found, hosts, limits)
        except Quarantine as error:
            if not (told.pages or told.left_out):
                raise
            told.trouble = str(error)
        shelf.close()
    return told


def _fingerprint(path: Path) -> str:
    """Give the beginning of a file's digest. Raises `Reject` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except IsADirectoryError as error:
        raise Reject(f"{path}: it is a folder; name the files in it") from error
    except OSError as error:
        raise Reject(f"{path}: {error.strerror}; name a file that can be read") from error


def _put(shelf: _Shelf, capture: Capture, hosts: Hosts, limits: Limits) -> None:
    """Write a page with a visit that tells where it is from; one that is reserved leaves the visit alone."""
    told, source = shelf.told, hosts.owner(capture.url) or NOBODY
    reserved = _reserved(capture, limits)
    permission = permits(reserved, limits.rights, datetime.now(UTC))
    candidate = Candidate(url=capture.url, source=source, channel=Channel.IMPORT, seen_in=told.file)
    visit = Visit(url=capture.url, final_url=capture.url, role=Role.ARTICLE, candidate=candidate, reservations=reserved)
    if permission.archive or permission.by is None:
        told.pages += 1
        shelf.append(source, visit, capture)
        return
    told.refused += 1
    by = permission.by
    reason = f"{by.protocol} {by.statement}: {by.evidence} (kept: {permission.level})"
    shelf.append(source, visit.model_copy(update={"outcome": Outcome.REFUSED, "reason": reason}), None)


def _reserved(capture: Capture, limits: Limits) -> tuple[Reservation, ...]:
    """Gather what the page itself reserves. What its site said when it was captured stands in no archive."""
    received = onpage.headers(capture.http)
    names = [name for key in ("content-encoding", "transfer-encoding") for name in received.get(key, ())]
    codings, body = [part for name in names for part in name.split(",")], capture.block[capture.head :]
    try:
        html = coding.decode(body, codings, limits.fetch.text_bytes)
    except Quarantine:
        html = body  # extraction says what is wrong with it
    head = onpage.tags(html)
    _, tdm = onpage.tdm(capture.url, received, head)
    found = [*onpage.robots(capture.url, received, head), *onpage.signals(capture.url, received)]
    found += [tdm] if tdm is not None else []
    found += [
        Reservation(protocol="rsl", statement=f"licence {link[:300]}", evidence=f"{capture.url} {line}"[:1000])
        for link, line in onpage.licences(received, head)
    ]
    return tuple(dict.fromkeys(found))


class _Shelf:
    """The growing files of one import, one a source."""

    def __init__(self, bucket: Bucket, folder: Path, told: Brought, limit: int) -> None:
        self.told = told
        self._bucket, self._folder, self._limit = bucket, folder, limit
        self._day = _day(bucket, told.run)
        self._numbers: Counter[str] = Counter()

    def append(self, source: str, visit: Visit, capture: Capture | None) -> None:
        """Add a page's records; a file that is large enough is uploaded."""
        path = self._folder / f"{source}.warc.gz"
        with path.open("ab") as file:
            if not file.tell():
                about = f"software: copydesk\r\nformat: WARC File Format 1.1\r\nisPartOf: {self.told.run}\r\n"
                _write(file, WarcRecordType.warcinfo, {"Content-Type": "application/warc-fields"}, about.encode())
            note = {"WARC-Target-URI": visit.url, "Content-Type": "application/json"}
            if capture is not None:
                headers = {"WARC-Payload-Digest": _digest(capture)}
                headers |= {key: value for key, value in capture.headers.items() if key in _KEPT}
                headers |= {"WARC-Target-URI": capture.url, "Content-Type": "application/http; msgtype=response"}
                note["WARC-Concurrent-To"] = _write(file, WarcRecordType.response, headers, capture.block)
            _write(file, WarcRecordType.metadata, note, visit.model_dump_json(exclude_defaults=True).encode())
            size = file.tell()
        if size >= self._limit:
            self._upload(path)

    def close(self) -> None:
        """Upload what is open."""
        for path in sorted(self._folder.glob("*.warc.gz")):
            self._upload(path)

    def _upload(self, path: Path) -> None:
        source = path.name.removesuffix(".warc.gz")
        key = layout.warc(source, self._day, self.told.run, self._numbers[source])
        self._numbers[source] += 1
        # Create-once: of an import that is repeated, the files that are there stay as they are, and are what is indexed.
        written = self._bucket.create(key, path)
        with path.open("rb") if written else self._bucket.open(key) as stream:
            lines = cdxj.index(stream, key.rpartition("/")[2])
        self._bucket.create(layout.cdxj(key), "".join(lines).encode())
        self.told.warc.append(key)
        path.unlink()


def _day(bucket: Bucket, run: str) -> date:
    """Give the day under which this file was brought before, else today: processing looks at the last days only."""
    days = (told.day for key in bucket.list("raw/warc/") if (told := layout.parse_warc(key)) and told.run == run)
    return min(days, default=datetime.now(UTC).date())


def _digest(capture: Capture) -> str:
    """Give the payload digest of a capture whose archive names none: a label, as the specification has it."""
    return "sha1:" + b32encode(hashlib.sha1(capture.block[capture.head :], usedforsecurity=False).digest()).decode()


def _write(file: IO[bytes], kind: WarcRecordType, headers: Mapping[str, str], block: bytes) -> str:
    """Append a record as one gzip member; give its id."""
    record, name = WarcRecord(), f"uuid:{uuid.uuid4()}"
    record.init_headers(kind, name.encode())
    record.headers["WARC-Date"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for key, value in headers.items():
        record.headers[key] = value
    record.set_bytes_content(block)
    out = io.BytesIO()
    writer = GzipWriter(out, compression_level=_LEVEL)
    record.write(writer)
    writer.finish()
    file.write(out.getvalue())
    return f"<urn:{name}>"
