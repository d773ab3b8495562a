"""A private PostgreSQL for Airflow's metadata, where its programs are installed; reached by a Unix socket only."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

from pipelines.errors import RetryLater

__all__ = ["start", "stop"]

# Debian keeps the server's programs off PATH, by version.
_DEBIAN = Path("/usr/lib/postgresql")


def start(folder: Path) -> str | None:
    """Start the server in `folder`; gives its SQLAlchemy address, None where it cannot run here.

    It cannot where it is not installed, where its Python driver is not (`uv sync --extra postgres`), and as root:
    PostgreSQL refuses that.
    """
    programs = _programs()
    if programs is None or importlib.util.find_spec("psycopg2") is None or os.geteuid() == 0:
        return None
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _run(programs / "initdb", "-D", data, "-U", "airflow", "--auth=trust", "-E", "UTF8")
    if not _is_up(programs, data):
        _run(
            programs / "pg_ctl",
            "-D",
            data,
            "-l",
            folder / "log",
            "-w",
            "-o",
            f"-k {folder} -c listen_addresses=''",
            "start",
        )
    address = f"postgresql+psycopg2://airflow@/airflow?host={quote(str(folder))}"
    created = subprocess.run(
        [programs / "createdb", "-h", folder, "-U", "airflow", "airflow"], capture_output=True, text=True, check=False
    )
    if created.returncode != 0 and "already exists" not in created.stderr:
        raise RetryLater(f"PostgreSQL: {created.stderr.strip()}")
    return address


def stop(folder: Path) -> None:
    """Stop the server if it runs."""
    programs = _programs()
    if programs is not None and (folder / "data").exists() and _is_up(programs, folder / "data"):
        _run(programs / "pg_ctl", "-D", folder / "data", "-m", "fast", "-w", "stop")


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    if found is not None:
        return Path(found).parent
    return (
        max(_DEBIAN.glob("*/bin"), default=None, key=lambda path: int(path.parent.name)) if _DEBIAN.exists() else None
    )


def _is_up(programs: Path, data: Path) -> bool:
    return subprocess.run([programs / "pg_ctl", "-D", data, "status"], capture_output=True, check=False).returncode == 0


def _run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RetryLater(f"PostgreSQL: {(done.stderr or done.stdout).strip()[-500:]}")
