"""The local files of a crawl on their way to the bucket: append, rotate, upload, and recover what a crash left.

A file grows as `<name>.warc.gz.open` beside its index; closed, it is uploaded under a name that no other file has. A
crawl that was killed leaves open files behind: the next one cuts them after their last whole URL and uploads them.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from crawlers import salvage
from pipelines import layout
from pipelines.errors import Quarantine, RetryLater

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from pipelines.bucket import Bucket

__all__ = ["File", "Spool"]

_OPEN = ".open"
# Tries of one crawl that run at once: a scheduler that lost sight of one starts a second.
_RIVALS = 5


class Spool:
    """Files of one crawl of one source. Only one crawl of a source runs at a time: it holds the lock until it ends."""

    def __init__(self, folder: Path, bucket: Bucket, source: str) -> None:
        """Take the source's lock; raises `RetryLater` where another crawl of the source runs."""
        self._folder, self._bucket, self._source = folder / source, bucket, source
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file: File | None = None
        self._lock = (self._folder / "lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.close()
            raise RetryLater(f"another crawl of {source} is running") from error

    def recover(self) -> list[str]:
        """Upload what crawls before this one left behind; give the keys."""
        keys = []
        for path in sorted(self._folder.glob(f"date=*/*{_OPEN}")):
            key = f"{layout.warc_prefix(self._source)}{path.parent.name}/{path.name.removesuffix(_OPEN)}"
            lines = salvage.cut(path, path.name.removesuffix(_OPEN))
            if path.stat().st_size:
                keys.append(self._upload(path, key, lines))
            path.unlink()
            _index(path).unlink(missing_ok=True)
        return keys

    def begin(self, run: str, day: date) -> File:
        """Open the crawl's next file, under a number that neither the bucket nor this folder has."""
        key = self._next(run, day)
        path = self._folder / f"date={day.isoformat()}" / f"{key.rpartition('/')[2]}{_OPEN}"
        path.parent.mkdir(exist_ok=True)
        self._file = File(path, key)
        return self._file

    def _next(self, run: str, day: date) -> str:
        """Give the key that follows those of a crawl in the bucket."""
        told = map(layout.parse_warc, self._bucket.list(layout.warc_prefix(self._source, day)))
        taken = {one.number for one in told if one and one.run == run}
        return layout.warc(self._source, day, run, max(taken, default=-1) + 1)

    def finish(self, file: File) -> str:
        """Close a file and upload it with its index; give its key."""
        key = self._upload(file.path, file.key, file.close())
        file.path.unlink()
        _index(file.path).unlink()
        return key

    def _upload(self, path: Path, key: str, lines: list[str]) -> str:
        """Write the file, then its index: whoever finds the index finds the file.

        Where another try of the same crawl, on another machine, took the key meanwhile, the next free one is taken.
        """
        for _ in range(_RIVALS):
            if self._bucket.create(key, path) or self._bucket.get(key) == path.read_bytes():
                self._bucket.create(layout.cdxj(key), "".join(sorted(lines)).encode())
                return key
            told = layout.parse_warc(key)
            if told is None:
                break
            key = self._next(told.run, told.day)
            lines = salvage.cut(path, key.rpartition("/")[2])
        raise Quarantine(f"{key} exists with other content; {path} is kept")

    def close(self) -> None:
        """Let the next crawl of the source begin; it uploads what is still open here."""
        if self._file is not None:
            self._file.drop()
        self._lock.close()


class File:
    """A WARC file that grows, with its index beside it."""

    def __init__(self, path: Path, key: str) -> None:
        self.path, self.key = path, key
        self.name = key.rpartition("/")[2]
        self._file = path.open("xb", buffering=0)
        self._lines = _index(path).open("w", encoding="utf-8")

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._file.tell()

    def append(self, records: bytes, lines: Iterable[str]) -> None:
        """Add the records of one URL and their index lines; whole or, where the disk is full, not at all."""
        left, whole = memoryview(records), self.size
        try:
            while left:  # the system may take a part only
                left = left[self._file.write(left) :]
        except OSError:
            self._file.truncate(whole)
            self._file.seek(whole)
            raise
        self._lines.writelines(lines)

    def drop(self) -> None:
        """Close both and leave them where they are."""
        self._file.close()
        self._lines.close()

    def close(self) -> list[str]:
        """Close both and give the index lines."""
        os.fsync(self._file.fileno())
        self.drop()
        with _index(self.path).open(encoding="utf-8", newline="\n") as lines:
            return list(lines)


def _index(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(_OPEN) + ".lines")
