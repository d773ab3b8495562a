"""The verbs from any folder, and what a machine that cannot run them is told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from dags.service import _born
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def call(*command: str | Path, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Call a command; `path` is a folder of programs that stand in for the machine's own."""
    places = [str(path)] if path else []
    environment = {**os.environ, "PATH": os.pathsep.join([*places, os.environ["PATH"]])}
    environment.pop("PYTHON", None)
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh checkout as far as set-up looks at one, in a folder with a space in its name."""
    folder = tmp_path / "a checkout"
    (folder / ".ci").mkdir(parents=True)
    for name in ("Makefile", ".ci/setup", ".ci/clean", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)
    return folder


def test_help_lists_the_verbs_from_any_folder(checkout: Path, tmp_path: Path) -> None:
    for command in (("make", "help"), ("make", "-C", checkout, "help"), ("make", "-f", checkout / "Makefile")):
        done = call(*command, cwd=checkout if len(command) == 2 else tmp_path)
        assert done.returncode == 0, done.stderr
        assert 5 < len(re.findall(r"^make [a-z-]+ ", done.stdout, re.MULTILINE)) < 10


def test_a_python_that_is_too_old_is_told_with_those_that_serve(checkout: Path, tmp_path: Path) -> None:
    old = program(tmp_path / "bin", "python3", '[ "$1" = --version ] && echo "Python 3.9.2" && exit 0; exit 1')
    done = call("make", "run", cwd=checkout, path=old)
    assert done.returncode != 0
    assert "Python 3.9.2 is not supported: Python 3.11, 3.12 or 3.13 is needed" in done.stderr


def test_a_disk_without_room_is_told_before_anything_is_installed(checkout: Path, tmp_path: Path) -> None:
    full = program(tmp_path / "bin", "df", 'printf "a\\nb 1 1 12 1 1\\n"')
    program(full, "python3", f'exec {sys.executable} "$@"')
    done = call("make", "run", cwd=checkout, path=full)
    assert done.returncode != 0
    assert "12 MB free here" in done.stderr
    assert not (checkout / ".venv").exists()


@pytest.fixture
def state(checkout: Path) -> Path:
    """State of a live bucket and of the demo."""
    for name in ("bucket/raw", "demo/bucket", "airflow/processes"):
        (checkout / ".state" / name).mkdir(parents=True)
    (checkout / ".venv").mkdir()
    return checkout / ".state"


def test_clean_leaves_the_live_bucket(checkout: Path, state: Path) -> None:
    done = call("make", "clean", cwd=checkout)
    assert done.returncode == 0, done.stderr
    assert (state / "bucket" / "raw").is_dir()
    assert not (state / "demo").exists()
    assert not (checkout / ".venv").exists()


def test_the_live_bucket_is_removed_only_by_its_path(checkout: Path, state: Path) -> None:
    refused = call("make", "clean-state", "REMOVE=yes", cwd=checkout)
    assert (refused.returncode != 0, "nothing is removed" in refused.stderr) == (True, True)
    assert (state / "bucket").is_dir()
    done = call("make", "clean-state", f"REMOVE={state}", cwd=checkout)
    assert done.returncode == 0, done.stderr
    assert str(state) in done.stdout
    assert not state.exists()


@pytest.mark.parametrize("verb", ["clean", "clean-state"])
def test_nothing_is_cleaned_below_a_running_airflow(checkout: Path, state: Path, verb: str) -> None:
    pid = os.getpid()
    born = _born(pid)
    (state / "airflow" / "processes" / "scheduler.pid").write_text(f"{pid} {born}")
    refused = call("make", verb, f"REMOVE={state}", cwd=checkout)
    assert refused.returncode != 0
    assert "make down" in refused.stderr
    assert (state / "demo").is_dir()
    (state / "airflow" / "processes" / "scheduler.pid").write_text(f"{pid} 1")
    assert call("make", verb, f"REMOVE={state}", cwd=checkout).returncode == 0


def test_every_dependency_has_its_line_with_a_reason() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [re.split(r"[\[<>=!~ ]", each)[0] for each in declared]
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed = {
        word
        for line in told.splitlines()
        if line.startswith("| ")
        for word in re.findall(r"[\w-]+", line.split("|")[1])
    }
    assert [name for name in names if name not in listed and name.removeprefix("apache-airflow") not in listed] == []
