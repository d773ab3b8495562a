"""Put finished visits into the archive, and into the memory and counts that follow from it, in one place."""

from __future__ import annotations

import errno
from importlib import metadata
from typing import TYPE_CHECKING

from crawlers import cdxj, warc
from pipelines.errors import Misconfigured, RetryLater

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crawlers.exchange import Exchange
    from crawlers.memory import Memory
    from crawlers.spool import File, Spool
    from pipelines.records import Visit

__all__ = ["WRITING", "Archive", "about", "unwritable"]

# Time and room mend nothing here.
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
WRITING = _FORBIDDEN | _FULL
"""Numbers of the errors that tell of a place which cannot be written."""


class Archive:
    """The WARC files of one crawl."""

    def __init__(self, spool: Spool, memory: Memory, *, run: str, day: date, limit: int, about: dict[str, str]) -> None:
        """`limit` is the size in bytes at which a file is closed; `about` goes into each file's first record."""
        self._spool, self._memory, self._run, self._day, self._limit = spool, memory, run, day, limit
        self._about = about
        self._file: File | None = None
        self.keys: list[str] = []

    def write(self, visit: Visit, exchanges: Sequence[Exchange]) -> None:
        """Archive all exchanges of one URL with the visit that judges them."""
        if self._file is None:
            self._file = self._spool.begin(self._run, self._day)
            self._file.append(warc.warcinfo(self._file.name, self._about), ())
        file = self._file
        known = self._memory.know(visit.url)
        records, written = warc.group(visit, exchanges, known.original if known else None)
        lines = cdxj.lines(file.name, file.size, visit, exchanges, written)
        file.append(records, lines)
        if lines:
            self._memory.learn(cdxj.read(lines[-1])[0])
        else:
            self._memory.learn({**cdxj.seen(visit), "date": warc.now()})
        if file.size >= self._limit:
            self.close()

    def unchanged(self, url: str, exchange: Exchange) -> bool:
        """Tell whether the archive holds the body of `exchange` as the latest of `url`."""
        known = self._memory.know(url)
        return known is not None and known.payload == warc.digest(exchange.said)

    def close(self) -> None:
        """Upload the file in hand."""
        if self._file is not None:
            file, self._file = self._file, None
            self.keys.append(self._spool.finish(file))


def unwritable(error: OSError) -> Misconfigured | RetryLater:
    """Name what to do about an archive or a spool that cannot be written."""
    if error.errno in _FORBIDDEN:
        told = f"cannot be written ({error.strerror})"
        remedy = "Let the user who crawls write there, or name another place with COPYDESK_BUCKET and COPYDESK_STATE"
        return Misconfigured(str(error.filename or "the archive"), told, remedy)
    remedy = "make room, the next crawl goes on" if error.errno in _FULL else "the next crawl goes on"
    return RetryLater(f"the archive cannot be written ({error}): {remedy}")


def about(run: str, source: str, contact: str | None, agent: str) -> dict[str, str]:
    """Give the fields of a `warcinfo` record (WARC 1.1, 6.3.1, and IIPC's usual ones)."""
    fields = {
        "software": f"copydesk/{metadata.version('copydesk')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": run,
        "robots": "rfc9309",
        "http-header-user-agent": agent,
        "copydesk-source": source,
    }
    return fields | ({"operator": contact} if contact else {})
