"""Start and stop a whole Airflow on this machine: `python -m dags.service up|down`.

Scheduler, DAG processor, triggerer and API server run as processes of their own, each with a pid file and a log in the
state folder, all on 127.0.0.1. PostgreSQL serves as the metadata database where it is installed, else SQLite does.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dags import postgres
from dags.environment import ROOT, airflow_environment, migrate, require_space
from pipelines import settings as installation
from pipelines.errors import CopydeskError, Misconfigured, RetryLater

if TYPE_CHECKING:
    from pipelines.settings import Settings

__all__ = ["down", "up"]

PROCESSES = {
    "api-server": ["api-server", "--workers", "1"],
    # Its log server listens on all addresses and has no option against it; the UI reads the same files.
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
_START_SECONDS = 120
# Airflow's processes finish their tasks' hearts first; then they are killed.
_STOP_SECONDS = 15

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command()
def up(port: Annotated[int, typer.Option(help="Port of the UI on 127.0.0.1.")] = 8080) -> None:
    """Start Airflow and wait until it is healthy."""
    given = installation.load()
    folder = _folder(given)
    running = [name for name in PROCESSES if _pid(folder, name)]
    if running:
        raise Misconfigured("make up", f"{', '.join(running)} runs already", "`make down` stops it")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Misconfigured(
                "make up", f"port {port} is taken", f"Choose another: make up PORT={port + 1}"
            ) from error
    require_space(given.state)
    environment = airflow_environment(given, port)
    _metadata(given, environment)
    try:
        for name, arguments in PROCESSES.items():
            _start(folder, name, arguments, environment)
        _wait(folder, port)
    except (RetryLater, KeyboardInterrupt):
        _stop(given)
        raise
    typer.echo(f"Airflow is up: http://127.0.0.1:{port}  (logs: {folder})")
    typer.echo(f"login: {_login(given)}")


@app.command()
def down() -> None:
    """Stop Airflow; what it was running is tried again at the next start."""
    stopped = _stop(installation.load())
    typer.echo(f"stopped: {', '.join(stopped) or 'nothing was running'}")


def _metadata(given: Settings, environment: dict[str, str]) -> None:
    """Choose and prepare the metadata database; one that the environment names wins."""
    named = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" in os.environ
    address, reason = (None, "named by the environment") if named else postgres.start(given.state / "postgres")
    if address is not None:
        environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = address
    kind = environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].partition(":")[0]
    typer.echo(f"metadata database: {kind} ({reason})")
    migrate(given, environment)


def _stop(given: Settings) -> list[str]:
    """End every process and the database; gives the names of those that ran."""
    folder = _folder(given)
    pids = {name: pid for name in PROCESSES if (pid := _pid(folder, name))}
    for pid in pids.values():
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline and any(map(_born, pids.values())):
        time.sleep(0.2)
    for name, pid in pids.items():
        _signal(pid, signal.SIGKILL)
        (folder / f"{name}.pid").unlink(missing_ok=True)
    postgres.stop(given.state / "postgres")
    return list(pids)


def _folder(given: Settings) -> Path:
    folder = given.state / "airflow" / "processes"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _start(folder: Path, name: str, arguments: list[str], environment: dict[str, str]) -> None:
    """Start a process in a session of its own: its children are signalled with it, our terminal's Ctrl-C is not its."""
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "airflow", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (folder / f"{name}.pid").write_text(f"{process.pid} {_born(process.pid)}")


def _wait(folder: Path, port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        for name in PROCESSES:
            if not _pid(folder, name):
                log = (folder / f"{name}.log").read_text(errors="replace")
                raise RetryLater(f"{name} ended: {log.strip()[-600:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=2):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)
    raise RetryLater(f"Airflow was not healthy after {_START_SECONDS} s; its logs: {folder}")


def _login(given: Settings) -> str:
    """Tell where the generated password is: it is not printed, terminals keep what they show."""
    return f"admin, password in {given.state / 'airflow' / 'simple_auth_manager_passwords.json.generated'}"


def _pid(folder: Path, name: str) -> int | None:
    """Give the pid of a process that runs; None where it does not, or its number was given to somebody else."""
    try:
        pid, born = (folder / f"{name}.pid").read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid) if _born(int(pid)) == born else None


def _born(pid: int) -> str | None:
    """Give the moment a process started, in ticks since boot (`man 5 proc`); None where it does not run."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if state == "Z" else fields[18]


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    try:
        app()
    except CopydeskError as problem:
        typer.echo(str(problem), err=True)
        sys.exit(2)
