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
from dags.environment import ROOT, airflow_environment, migrate
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
    environment = airflow_environment(given, port)
    address = postgres.start(given.state / "postgres")
    if address is not None and "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in os.environ:
        environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = address
    typer.echo(f"metadata database: {'PostgreSQL' if address else 'SQLite'}")
    migrate(given, environment)
    for name, arguments in PROCESSES.items():
        _start(folder, name, arguments, environment)
    _wait(folder, port)
    typer.echo(f"Airflow is up: http://127.0.0.1:{port}  (logs: {folder})")
    typer.echo(f"login: {_login(given)}")


@app.command()
def down() -> None:
    """Stop Airflow; what it was running is tried again at the next start."""
    given = installation.load()
    folder = _folder(given)
    pids = {name: pid for name in PROCESSES if (pid := _pid(folder, name))}
    for pid in pids.values():
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline and any(_alive(pid) for pid in pids.values()):
        time.sleep(0.2)
    for name, pid in pids.items():
        _signal(pid, signal.SIGKILL)
        (folder / f"{name}.pid").unlink(missing_ok=True)
    postgres.stop(given.state / "postgres")
    typer.echo(f"stopped: {', '.join(pids) or 'nothing was running'}")


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
    (folder / f"{name}.pid").write_text(str(process.pid))


def _wait(folder: Path, port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        for name in PROCESSES:
            if not _pid(folder, name):
                log = (folder / f"{name}.log").read_text(errors="replace")
                raise RetryLater(f"{name} ended: {log.strip()[-600:]}; `make down` stops the rest")
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
        pid = int((folder / f"{name}.pid").read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if b"airflow" in command and _alive(pid) else None


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


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
