"""Crawls as those who start them see them: which sources, under which id, by which command.

Each look at the DAG files and each crawl's task imports this; the engines of `stages` cost a second of CPU time.
"""

from __future__ import annotations

import difflib
import re
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines import settings, sources, urls
from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["chosen_sources", "crawl_command", "crawl_id", "weeks"]


def crawl_id(run_id: str) -> str:
    """Make an Airflow run id fit for a key: `manual__2026-01-02T03:04:05.678+00:00` gives `20260102T030405-<kind>`."""
    kind, _, moment = run_id.partition("__")
    digits = re.sub(r"\D", "", moment)[:14]
    if len(digits) == 14:
        return f"{digits[:8]}T{digits[8:]}-{re.sub(r'[^a-z]', '', kind.lower()) or 'run'}"
    return re.sub(r"[^A-Za-z0-9]+", "-", run_id).strip("-")


def chosen_sources(named: Sequence[str] = ()) -> list[str]:
    """Name the sources to crawl: those named, else all that are enabled.

    Raises `Misconfigured` for an unknown one, and where a live site is among them and no contact is set.
    """
    given = settings.load()
    declared = sources.load(given.source_folder)
    unknown = next((name for name in named if name not in declared), None)
    if unknown is not None:
        near = difflib.get_close_matches(unknown, declared, n=1)
        remedy = f"Did you mean {near[0]!r}?" if near else "`copydesk sources` lists them"
        raise Misconfigured("sources", f"unknown source {unknown!r}", remedy)
    chosen = list(dict.fromkeys(named)) or [source.id for source in declared.values() if source.enabled]
    live = next((name for name in chosen if urls.host(declared[name].home) not in given.resolve), None)
    if live and not given.contact:
        raise Misconfigured(
            "COPYDESK_CONTACT",
            f"{live} is a live site and no contact address is set",
            "Set it to a mail or web address that publishers can write to (with make: CONTACT=you@example.org)",
        )
    return chosen


def crawl_command(
    source: str, crawl: str, *, revisit: str = "schedule", since: str | None = None, until: str | None = None
) -> list[str]:
    """Give the command that crawls one source in a process of its own."""
    command = [sys.executable, "-m", "crawlers.run", source, "--run", crawl, "--revisit", revisit]
    for option, value in (("--since", since), ("--until", until)):
        if value:
            command += [option, value]
    return command


def weeks(since: str, until: str) -> list[tuple[date, date]]:
    """Part the days (ISO 8601) from `since` up to, not including, `until` into weeks, the last as long as it is.

    Raises `Misconfigured` for what is no day, for no days, and for days to come.
    """
    first, end = _day("since", since), _day("until", until)
    if first >= end:
        raise Misconfigured("until", f"{end} is not after {first}", "It is the day after the last")
    if first > datetime.now(UTC).date():
        raise Misconfigured("since", f"{first} is yet to come", "Name days that are past")
    starts = [first + timedelta(days=days) for days in range(0, (end - first).days, 7)]
    return list(zip(starts, [*starts[1:], end], strict=True))


def _day(name: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Misconfigured(name, f"{written!r} is no day", "Write it as 2026-03-01") from error
