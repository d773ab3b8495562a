"""Commands that run steps of the line, as the DAGs do."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from rich.progress import track

from pipelines import crawls, stages, times
from pipelines.child import Child
from pipelines.cli.buckets import to_read, to_write
from pipelines.cli.crawling import following, told
from pipelines.cli.output import AsJson, console, print_json, product, report_table, topics_told
from pipelines.publish import report as reports
from pipelines.visible import visible

__all__ = ["crawl", "process", "publish", "report"]

# Exit code of a crawl that met a fault of this program (sysexits.h, EX_SOFTWARE): its log tells where.
_FAULT = 70


def crawl(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Ids of sources; all that are enabled by default.")
    ] = None,
    *,
    revisit: Annotated[
        Literal["always", "schedule", "never"], typer.Option(help="When to look at known articles again.")
    ] = "schedule",
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day to complete from sitemaps.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day after the last to complete from sitemaps.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the log of each crawl.")] = False,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Crawl sources into the archive, and tell of each what came of it and what its troubles are.

    A source that fails does not stop the others, and ends this command with 1.
    """
    times.require_days(since, until)
    first, last = (f"{day:%Y-%m-%d}" if day else None for day in (since, until))
    run = crawls.crawl_id(f"cli__{datetime.now(UTC):%Y%m%d%H%M%S}")
    chosen = crawls.chosen_sources(sources or ())
    summaries, worst = [], 0
    to_write()
    for number, source in enumerate(chosen, 1):
        command = crawls.crawl_command(source, run, revisit=revisit, since=first, until=last)
        with following(f"{source} ({number} of {len(chosen)})", verbose=verbose) as crawl_log:
            done = Child(command, crawl_log.hear).run()
        if not verbose and (done.code == _FAULT or not done.summary):
            crawl_log.show()
        summaries.append({"source": source, "exit_code": done.code, **done.summary})
        for line in told(source, done):
            _say(line)
        worst = max(worst, abs(done.code))
    if as_json:
        print_json(summaries)
    if worst:
        raise typer.Exit(2 if worst == 2 else 1)


def _say(line: str) -> None:
    """Pass on what a child process tells."""
    console.print(visible(line), markup=False, highlight=False, soft_wrap=True)


def process(as_json: Annotated[bool, AsJson] = False) -> None:
    """Extract, classify and commit every WARC file that the tables do not cover yet.

    Articles that only their teasers name are visited by the next crawl.
    """
    to_write()
    total: Counter[str] = Counter()
    while keys := stages.uncovered():
        for key in track(keys, "extracting", console=console, transient=True):
            stages.extract(key)
        total.update(stages.commit(keys))
    suggested = stages.suggest(_say)
    if as_json:
        print_json(total)
    else:
        told = ", ".join(f"{count} {name}" for name, count in sorted(total.items()))
        console.print(told or "Nothing to do: the tables cover every file.")
        if suggested:
            console.print(f"{sum(suggested.values())} articles that only teasers name are left to the next crawl")


def publish() -> None:
    """Write contract, feeds, site and the reports of the crawls that came since."""
    to_write()
    batch = stages.newest_batch()
    stages.publish_contract()
    count = stages.publish_feeds()
    key = stages.publish_report()
    stages.published(batch)
    console.print(f"{count} feeds, report {key}", highlight=False)


def report(
    run: Annotated[str | None, typer.Argument(help="Id of a crawl; the newest by default.")] = None,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Show what became of every URL of a crawl, by source."""
    bucket = to_read()
    found = reports.report(bucket, run or reports.newest_run(bucket))
    if as_json:
        rows = [asdict(row) for row in found.rows]
        told = {"run": found.run, "sources": rows, "topics": dict(found.topics)}
        print_json({**told, "missed": reports.missed_as_data(found)})
        return
    product.print(report_table(found, product.width))
    product.print("topics", topics_told(found))
    for source, what, pages in found.missed:
        product.print(f"{source}: {what} on {pages} of its articles", markup=False, highlight=False, soft_wrap=True)
