"""The environment of an embedded Airflow: its home, its metadata database, no more than this machine can carry."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from pipelines.settings import Settings

__all__ = ["ROOT", "airflow_environment", "migrate", "require_space"]

ROOT = Path(__file__).resolve().parent.parent
# A demo run takes 10 MB, a large source's crawl 100; SQLite and Delta fail in the middle of a write where a disk fills up.
_SPACE_MEGABYTES = 300


def airflow_environment(settings: Settings, port: int = 8080) -> dict[str, str]:
    """Give the variables of an embedded Airflow on loopback; those that are set already win."""
    home = settings.state / "airflow"
    home.mkdir(parents=True, exist_ok=True)
    chosen = {
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY": _secret(home / "api.secret"),
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(home / "jwt.secret"),
        # A busy machine takes longer than the default of 30 s to import a DAG, and the task then says it is not there.
        "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "120",
        "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "180",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        # The default of 32 forked workers takes more memory than a laptop has.
        "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
        # A changed file is seen at the next refresh; the default of reading unchanged ones every 30 s keeps a core busy.
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    return {**chosen, **os.environ, "PYTHONPATH": str(ROOT)}


def migrate(settings: Settings, environment: dict[str, str]) -> None:
    """Bring the metadata database to this Airflow's version, unless that has been done."""
    stamp = settings.state / "airflow" / "migrated"
    wanted = f"{version('apache-airflow')} {environment['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN'].partition('@')[2]}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    done = subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Misconfigured("Airflow's metadata database", done.stderr.strip()[-800:], "Check its address and disk")
    stamp.write_text(wanted)


def require_space(folder: Path) -> None:
    """Raise `Misconfigured` where the disk of `folder` is nearly full."""
    free = shutil.disk_usage(folder).free // 2**20
    if free < _SPACE_MEGABYTES:
        remedy = f"Free {_SPACE_MEGABYTES} MB, or name a folder on another disk with COPYDESK_STATE"
        raise Misconfigured(str(folder), f"{free} MB are free on its disk", remedy)


def _secret(path: Path) -> str:
    """Read a secret kept for all of Airflow's processes, made on first use; 64 bytes are what its JWTs ask for."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(64))
    return path.read_text()
