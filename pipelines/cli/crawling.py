"""What `copydesk crawl` shows of a crawl: how far it is while it runs, what came of it once it has ended."""

from __future__ import annotations

import re
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.cli.output import console
from pipelines.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.status import Status

    from pipelines.child import Completed

__all__ = ["CrawlLog", "following", "told"]

# The spider's own line among those of Scrapy (`crawlers/spiders/news.py`).
_PROGRESS = re.compile(r"\[news\] INFO: (\d+ visited, .*)")
# Lines kept for a crawl that ends by a fault: a traceback through Scrapy has 40.
_KEPT = 60


class CrawlLog:
    """The log of one crawl: shown as it comes, or only its progress, in one line that is written over."""

    def __init__(self, status: Status, name: str, *, verbose: bool) -> None:
        self._status, self._name, self._verbose = status, name, verbose
        self._last: deque[str] = deque(maxlen=_KEPT)

    def hear(self, line: str) -> None:
        """Take a line; called from the thread that reads the child's log."""
        self._last.append(line)
        if self._verbose:
            console.print(visible(line), markup=False, highlight=False)
        elif progress := _PROGRESS.search(line):
            self._status.update(f"{self._name}: {progress[1]}")

    def show(self) -> None:
        """Print its last lines."""
        for line in self._last:
            console.print(visible(line), markup=False, highlight=False)


@contextmanager
def following(name: str, *, verbose: bool) -> Iterator[CrawlLog]:
    """Show the progress of the crawl `name` for as long as the block lasts."""
    with console.status(name) as status:
        yield CrawlLog(status, name, verbose=verbose)


def told(source: str, done: Completed) -> Iterator[str]:
    """Say what came of a source's crawl: one line of counts, then one for each of its troubles."""
    summary = done.summary
    counts = ", ".join(f"{count} {name}" for name, count in summary.get("outcomes", {}).items()) or "nothing asked for"
    waiting = f"; {summary['waiting']} wait for the next crawl" if summary.get("waiting") else ""
    seconds = f" ({summary['seconds']:g} s)" if "seconds" in summary else ""
    yield f"{source}: {counts}{waiting}{seconds}"
    for late in summary.get("late", ()):
        yield f"  {late}"
    for trouble in summary.get("troubles", ()):
        yield f"  {trouble}"
    if done.code:
        yield f"  failed: {summary.get('error') or f'exit code {done.code}'}"
