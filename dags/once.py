"""Run the DAGs once, one after the other, in this process, and tell a person what happened.

The same DAGs that a scheduler would run, through Airflow's own `dag.test()`, against a SQLite metadata database.
"""

from __future__ import annotations

import fcntl
import os
import re
import sys
import time
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dags import leash
from dags.environment import ROOT, airflow_environment, migrate, require_space
from pipelines import crawls, layout, stages
from pipelines import settings as installation
from pipelines.bucket import open_bucket
from pipelines.cli.output import report_table, topics_told
from pipelines.errors import CopydeskError, RetryLater
from pipelines.publish import report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from airflow.sdk import DAG

    from pipelines.settings import Settings

__all__ = ["main"]

ORDER = ("collect", "process", "publish")
# What went wrong is told at once, without a look into the report, as long as it is little.
_REASONS = 6
_TASK = re.compile(r"\[DAG TEST\] starting task_id=(\w+) map_index=(-?\d+)")
_PROGRESS = re.compile(r"crawled (?P<told>[\w-]+: .+?) +\[airflow")

app = typer.Typer(add_completion=False)


@app.command()
def main(
    sources: Annotated[str, typer.Option(help="Ids of sources, parted by commas; empty means all.")] = "",
    revisit: Annotated[str, typer.Option(help="Known articles: always, schedule or never.")] = "schedule",
) -> None:
    """Run collect, process and publish once, then show what became of every URL."""
    leash.held()
    # Named now: while the DAGs run, sys.stdout is their log.
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120)
    try:
        given = installation.load()
        named = [name.strip() for name in sources.split(",") if name.strip()]
        crawls.chosen_sources(named)
        with _alone(given):
            code = _run(given, {"sources": named, "revisit": revisit}, console)
            _show(given, console)
    except CopydeskError as error:
        console.print(f"[bold red]failed[/] {error}", highlight=False)
        code = 2
    raise typer.Exit(code)


@contextmanager
def _alone(given: Settings) -> Iterator[None]:
    """Hold the state folder: two runs at once would share one SQLite database and one log."""
    given.state.mkdir(parents=True, exist_ok=True)
    with (given.state / "once.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RetryLater(f"another run uses {given.state}: wait for its end, or set COPYDESK_STATE") from error
        yield


def _run(given: Settings, parameters: dict[str, object], console: Console) -> int:
    """Run the DAGs; 0 when every one succeeded. Airflow reads its environment when it is imported: after this."""
    environment = airflow_environment(given)
    require_space(given.state)
    with console.status("preparing Airflow's metadata database"):
        migrate(given, environment)
    os.environ.update(environment)
    os.chdir(ROOT)
    path = given.state / "airflow" / "once.log"
    console.print(f"log: {path}", highlight=False)
    with path.open("a", encoding="utf-8") as file:
        log = _Log(file, console)
        with redirect_stdout(log), redirect_stderr(log):
            dags = _load()
            succeeded = [_succeeds(dags["collect"], log, parameters), _processed(dags["process"], log)]
            succeeded.append(_succeeds(dags["publish"], log))
    return 0 if all(succeeded) else 1


def _load() -> dict[str, DAG]:
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415  not before its environment stands

    bag = DagBag(str(ROOT / "dags"))
    if bag.import_errors:
        raise CopydeskError(f"a DAG does not import: {bag.import_errors}")
    return {name: bag.dags[name] for name in ORDER}


def _processed(dag: DAG, log: _Log) -> bool:
    """Run batch after batch, as the DAG's own events would, until every file was tried."""
    succeeded, tried, batch = True, set[str](), stages.uncovered()
    while True:
        succeeded &= _succeeds(dag, log, {"without": sorted(tried)})
        tried.update(batch)
        batch = stages.uncovered(tried)
        if not batch:
            return succeeded


def _succeeds(dag: DAG, log: _Log, parameters: dict[str, object] | None = None) -> bool:
    """Run one DAG and tell how it ended."""
    started = time.monotonic()
    log.dag = dag.dag_id
    run = dag.test(run_conf=parameters)
    if run.state == "success":
        log.say(f"{dag.dag_id}: done in {time.monotonic() - started:.0f} s")
        return True
    red = sorted({str(task.task_id) for task in run.get_task_instances() if task.state == "failed"})
    log.say(f"{dag.dag_id}: {run.state}; red tasks: {', '.join(red)}; the log tells why")
    return False


class _Log(TextIOBase):
    """Keeps all that Airflow prints in a file, and passes on what a person wants to see."""

    def __init__(self, file: IO[str], console: Console) -> None:
        self._file = file
        self._console = console
        self._tail = ""
        self.dag = ""

    def say(self, line: str) -> None:
        """Tell a person."""
        self._console.print(line, highlight=False, markup=False)

    def writable(self) -> bool:
        """Tell that it is a stream to write to."""
        return True

    def flush(self) -> None:
        """Write through to the file."""
        self._file.flush()

    def write(self, text: str) -> int:
        """Write, and look at each line once it is whole."""
        self._file.write(text)
        *lines, self._tail = (self._tail + text).split("\n")
        for line in lines:
            if match := _TASK.search(line):
                number = "" if match[2] == "-1" else f" {int(match[2]) + 1}"
                self.say(f"{self.dag}: {match[1]}{number}")
            elif match := _PROGRESS.search(line):
                self.say(f"  {match['told']}")
        return len(text)


def _show(given: Settings, console: Console) -> None:
    """Show the table of sources, the topics and the paths to read next."""
    bucket = open_bucket(given)
    found = report.report(bucket, report.newest_run(bucket))
    console.print(report_table(found, console.width))
    console.print("topics", topics_told(found), "")
    for url, outcome, reason in found.reasons[:_REASONS]:
        console.print(f"{outcome:8} {url}: {reason}", markup=False, highlight=False)
    if len(found.reasons) > _REASONS:
        console.print("more of them in the report")
    for name, key in (
        ("tables", layout.TABLES),
        ("feed", layout.feed("all", "atom")),
        ("site", layout.SITE),
        ("report", layout.run(found.run, "report.html")),
    ):
        console.print(f"{name:8} {bucket.uri(key)}", soft_wrap=True, highlight=False)


if __name__ == "__main__":
    sys.exit(app())
