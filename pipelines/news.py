"""News of past days from Common Crawl: its WARC files one after another, fetched, imported, deleted.

Each file has about 1 GiB and holds a few hours of many publishers; what is kept are the pages of declared sources. Child
processes talk to the network. A file that was fetched in part goes on, one that was imported is not fetched again.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from pipelines import layout, sources
from pipelines.bring import Brought, bring
from pipelines.bucket import open_bucket
from pipelines.child import Child
from pipelines.errors import Misconfigured, Quarantine, RetryLater

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipelines.bucket import Bucket
    from pipelines.settings import Settings

__all__ = ["bring_news"]


def bring_news(
    given: Settings,
    since: str,
    until: str,
    tell: Callable[[str], None],
    *,
    server: str | None = None,
    again: bool = False,
) -> Iterator[Brought]:
    """Yield what came of each file that holds captures from the day `since` to the day before `until`.

    One file lies on the disk at a time. `tell` gets the progress, `server` is another than Common Crawl's, `again` takes
    files that were imported before: sources were added since. Raises `RetryLater` where the list cannot be had.
    """
    bucket, declared, limits = open_bucket(given), sources.load(given.source_folder), given.limits
    with _folder(given) as folder:
        names = {url.rpartition("/")[2]: url for url in _listed(since, until, server, tell)}
        left = [name for name in names if again or not _imported(bucket, name)]
        # What a stopped command was at comes first: the next download clears it away.
        left.sort(key=lambda name: not any(folder.glob(f"{name}*")))
        for number, name in enumerate(left, 1):
            url, path = names[name], folder / name
            _clear(folder, name)
            try:
                if not path.exists():
                    _fetch(url, path, partial(_counted, tell, f"{number} of {len(left)}"))
                tell(f"{number} of {len(left)}: importing {name}")
                told = bring(path, bucket, declared, limits, folder, called=url, strangers=False)
            except (RetryLater, Quarantine) as error:
                told = Brought(url, "", trouble=str(error))
            path.unlink(missing_ok=True)
            if told.trouble is None:
                mark = {"url": url, "pages": told.pages, "warc": told.warc}
                bucket.replace(layout.imported(name), json.dumps(mark).encode())
                _clear(folder, None)
            yield told
        if not left:
            _clear(folder, None)


def _imported(bucket: Bucket, name: str) -> bool:
    return next(iter(bucket.list(layout.imported(name))), None) is not None


@contextmanager
def _folder(given: Settings) -> Iterator[Path]:
    """Hold the folder of the downloads: two commands at once would write into one file."""
    folder = given.state / "news"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RetryLater(f"another import uses {folder}: wait for its end, or set COPYDESK_STATE") from error
        yield folder


def _clear(folder: Path, name: str | None) -> None:
    """Delete everything but what there is of one file: whole ones are imported or fetched in vain, parts are of others."""
    for stale in folder.iterdir():
        if stale.is_dir():
            shutil.rmtree(stale)
        elif stale.name != "lock" and stale.name.removesuffix(".part").removesuffix(".note") != name:
            stale.unlink()


def _counted(tell: Callable[[str], None], which: str, line: str) -> None:
    tell(f"{which}: {line}")


def _listed(since: str, until: str, server: str | None, tell: Callable[[str], None]) -> list[str]:
    command = [sys.executable, "-m", "crawlers.suggest", "warcs", "--since", since, "--until", until, "--json"]
    said: list[str] = []
    done = Child(command + (["--server", server] if server else []), _both(said.append, tell)).run()
    if done.code:
        raise _failed(done.code, "the list of files", said)
    return [str(url) for url in done.summary.get("files", [])]


def _fetch(url: str, path: Path, tell: Callable[[str], None]) -> None:
    said: list[str] = []
    done = Child([sys.executable, "-m", "crawlers.fetch", url, str(path)], _both(said.append, tell)).run()
    if done.code:
        raise _failed(done.code, url, said)


def _failed(code: int, what: str, said: list[str]) -> Misconfigured | RetryLater:
    last = said[-1] if said else f"exit code {code}"
    return Misconfigured("import-news", last, "Then try again") if code == 2 else RetryLater(f"{what}: {last}")


def _both(one: Callable[[str], None], other: Callable[[str], None]) -> Callable[[str], None]:
    def told(line: str) -> None:
        one(line)
        other(line)

    return told
