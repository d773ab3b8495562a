"""A private PostgreSQL for Airflow's metadata, where its programs are installed; reached by a Unix socket only."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from pipelines.errors import RetryLater

__all__ = ["start", "stop"]

# Debian keeps the server's programs off PATH, by version.
_DEBIAN = Path("/usr/lib/postgresql")
# PostgreSQL refuses to run as root; where we are root it runs under the account of Debian's package.
_ACCOUNT = "postgres"


def start(folder: Path) -> tuple[str | None, str]:
    """Start the server in `folder`; gives its SQLAlchemy address, None where it cannot run here, and the reason."""
    programs = _programs()
    if programs is None:
        return None, "PostgreSQL is not installed"
    if importlib.util.find_spec("psycopg2") is None:
        return None, "PostgreSQL's driver is not installed: uv sync --extra postgres"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    server = _Server(programs, folder, _user(folder))
    if os.geteuid() == 0 and not server.may_run():
        return None, "PostgreSQL refuses to run as root, and its own account cannot reach the state folder"
    server.start()
    address = f"postgresql+psycopg2://airflow@/airflow?host={quote(str(folder))}"
    return address, f"PostgreSQL in {folder}"


def stop(folder: Path) -> None:
    """Stop the server if it runs."""
    programs = _programs()
    if programs is not None and (folder / "data").exists():
        server = _Server(programs, folder, _user(folder))
        if server.is_up():
            server.run("pg_ctl", "-D", server.data, "-m", "fast", "-w", "stop")


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    if found is not None:
        # Debian's wrappers and links leave the neighbours behind.
        return Path(found).resolve().parent
    return max(_DEBIAN.glob("*/bin"), default=None, key=lambda path: int(path.parent.name))


def _user(folder: Path) -> str | None:
    """Name the account to run under where we are root: the one that Debian's package makes; else null for our own."""
    if os.geteuid() != 0:
        return None
    try:
        shutil.chown(folder, _ACCOUNT, _ACCOUNT)
    except LookupError:
        return None
    return _ACCOUNT


class _Server(NamedTuple):
    """One server's programs, folder and account."""

    programs: Path
    folder: Path
    user: str | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def may_run(self) -> bool:
        """Tell whether the account can work in the folder: a parent may be closed to it."""
        return self.user is not None and self._call("test", "-w", self.folder).returncode == 0

    def is_up(self) -> bool:
        return self._call(self.programs / "pg_ctl", "-D", self.data, "status").returncode == 0

    def start(self) -> None:
        """Make the cluster and the database where they are not yet; no TCP port, only a socket in the folder."""
        if not (self.data / "PG_VERSION").exists():
            self.run("initdb", "-D", self.data, "-U", "airflow", "--auth=trust", "-E", "UTF8")
        if not self.is_up():
            options = f"-k {self.folder} -c listen_addresses=''"
            self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", options, "start")
        made = self._call(self.programs / "createdb", "-h", self.folder, "-U", "airflow", "airflow")
        if made.returncode != 0 and "already exists" not in made.stderr:
            raise RetryLater(f"PostgreSQL: {made.stderr.strip()}")

    def run(self, program: str, *arguments: object) -> None:
        done = self._call(self.programs / program, *arguments)
        if done.returncode != 0:
            raise RetryLater(f"PostgreSQL: {(done.stderr or done.stdout).strip()[-500:]}")

    def _call(self, *command: object) -> subprocess.CompletedProcess[str]:
        """Call a program. Its output goes through files: a server that it leaves behind would keep a pipe open."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            words = [str(part) for part in command]
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=False, cwd="/", user=self.user,
                group=self.user, extra_groups=None if self.user is None else [],
            )  # fmt: skip
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(words, done.returncode, out.read(), err.read())
