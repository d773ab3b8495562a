"""Fetch one large file of an archive to disk: `python -m crawlers.fetch URL FILE`. In pieces, each a guarded exchange.

A file that was begun goes on where it ended, as long as length and ETag say that it is the same. It stands under its name
once it is as long as the server says.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003  typer reads the annotation
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from crawlers import command
from crawlers.caller import Caller
from crawlers.polite.pace import retry_after
from pipelines import settings as installation
from pipelines.errors import Reject, RetryLater

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["app", "fetch"]

# Half of what one exchange may hold (fetch.body_bytes); at 300 KB a second it comes within its time, and if not, in part.
_PIECE = 16 * 2**20
# Failures in a row, with pauses from 2 to 16 seconds between them.
_TRIES = 5
# Left free on the disk for everyone else.
_SPARE = 500 * 2**20
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class _Whole(NamedTuple):
    """What a server says of the whole file, by which it is told from another one."""

    length: int
    etag: str | None


class _File:
    """A file that grows on disk, beside a note on what it is going to be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part, self._note = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.note")
        self._part.touch()

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._part.stat().st_size

    @property
    def whole(self) -> _Whole | None:
        """What it is going to be; null before the first piece."""
        return _Whole(*json.loads(self._note.read_text())) if self._note.exists() else None

    def append(self, data: bytes) -> None:
        """Add a piece."""
        with self._part.open("ab") as file:
            file.write(data)

    def begin(self, whole: _Whole) -> None:
        """Start over, for this file."""
        self._part.write_bytes(b"")
        self._note.write_text(json.dumps(whole))

    def finish(self) -> None:
        """Put it under its name."""
        self._part.replace(self._path)
        self._note.unlink()


async def fetch(caller: Caller, url: str, path: Path, most: int, tell: Callable[[str], None]) -> int:
    """Fetch `url` to `path`; give its length in bytes. `most` bounds it, `tell` gets the progress.

    Raises `Reject` where the server has no such file or one that is too long, `RetryLater` where it stopped answering or
    the disk is full: the same call goes on.
    """
    file, failures = _File(path), 0
    while (whole := file.whole) is None or file.size < whole.length:
        at = file.size if whole else 0
        try:
            found, data = await _piece(caller, url, at)
        except RetryLater as error:
            failures += 1
            pause = max(2.0**failures, error.after or 0.0)
            if failures == _TRIES or pause > caller.limits.retry_after_seconds:
                raise
            await asyncio.sleep(pause)
            continue
        if found != whole:
            _check(url, path, found, most)
            file.begin(found)
            if at:
                continue
        failures = 0
        file.append(data)
        tell(f"{path.name}: {file.size / 2**20:.0f} of {found.length / 2**20:.0f} MB")
    file.finish()
    return whole.length


def _check(url: str, path: Path, whole: _Whole, most: int) -> None:
    if whole.length > most:
        raise Reject(f"{url} has {whole.length} bytes, more than archive.download_bytes")
    free = shutil.disk_usage(path.parent).free
    if free < whole.length + _SPARE:
        raise RetryLater(
            f"{path.parent}: {free} bytes are free, too few for {whole.length} and a rest: free some space"
        )


async def _piece(caller: Caller, url: str, at: int) -> tuple[_Whole, bytes]:
    """Ask for the bytes from `at` on; what came of them, and of which file. Raises `RetryLater` where none came."""
    exchange = await caller.ask(url, (b"Range", b"bytes=%d-%d" % (at, at + _PIECE - 1)))
    etag, status = exchange.header("etag"), exchange.status
    if status == 429 or status >= 500:
        raise RetryLater(f"{url}: HTTP {status}", after=retry_after(exchange.header("retry-after"), datetime.now(UTC)))
    if status == 200 and at == 0 and exchange.truncated is None:
        return _Whole(len(exchange.payload), etag), exchange.payload  # a server without ranges, a file of one piece
    told = _RANGE.fullmatch(exchange.header("content-range") or "") if status == 206 else None
    if told is None or int(told[1]) != at:
        raise Reject(
            f"{url}: HTTP {status} {exchange.header('content-range') or ''} to a request for bytes from {at} on"
        )
    if not exchange.payload:
        raise RetryLater(f"{url}: the answer broke off ({exchange.truncated})")
    return _Whole(int(told[3]), etag), exchange.payload[: int(told[2]) - at + 1]


@app.command()
def main(
    url: Annotated[str, typer.Argument(help="URL of the file.")],
    file: Annotated[Path, typer.Argument(help="Where it goes.")],
) -> None:
    """Fetch a file in pieces; one that was begun goes on."""
    settings = installation.load()
    caller = Caller.of(settings, url)
    try:
        asyncio.run(
            fetch(caller, url, file, settings.limits.archive.download_bytes, lambda line: typer.echo(line, err=True))
        )
    finally:
        caller.connections.close()


if __name__ == "__main__":
    command.run(app)
