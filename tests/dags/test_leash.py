"""A run ends with whoever started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

# A command as `dags.once` is one: held on the leash, with a child of its own that would run on for long.
COMMAND = """
import pathlib, subprocess, sys
from dags import leash
leash.held()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
pathlib.Path("pids").write_text(f"{__import__('os').getpid()} {child.pid}")
child.wait()
"""


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def started(folder: Path) -> tuple[subprocess.Popen[bytes], list[int]]:
    (folder / "long_command.py").write_text(COMMAND)
    leash = subprocess.Popen(
        [sys.executable, "-m", "dags.leash", "long_command"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"},
    )
    deadline = time.monotonic() + 60
    while not (folder / "pids").exists() or not (folder / "pids").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return leash, [int(pid) for pid in (folder / "pids").read_text().split()]


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_whatever_ends_the_starter_ends_the_command_and_its_children(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    leash, pids = started(tmp_path)
    leash.send_signal(number)
    assert leash.wait(30) == code
    deadline = time.monotonic() + 30
    while any(map(runs, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_exit_code_is_the_commands(tmp_path: Path) -> None:
    (tmp_path / "short_command.py").write_text("raise SystemExit(7)\n")
    done = subprocess.run(
        [sys.executable, "-m", "dags.leash", "short_command"],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
        check=False,
    )
    assert done.returncode == 7
