"""The README's commands, as they stand there, on the line's bucket. The `make` ones are run by `.ci/readme`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.line.conftest import Line

pytestmark = pytest.mark.xdist_group("line")


def blocks(kind: str) -> str:
    found = re.findall(
        rf"^```{kind}\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found
    return "".join(found)


@pytest.fixture
def checkout(line: Line, tmp_path: Path) -> Path:
    """A folder with what `make run` leaves in a checkout."""
    (tmp_path / ".state" / "demo").mkdir(parents=True)
    (tmp_path / ".state" / "demo" / "bucket").symlink_to(line.root)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    command = tmp_path / ".venv" / "bin" / "copydesk"
    command.write_text(f"#!{sys.executable}\nfrom pipelines.cli import main\nmain()\n")
    command.chmod(0o755)
    return tmp_path


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    return subprocess.run(
        command,
        cwd=checkout,
        env={**bare, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_copydesk_command_of_the_readme_works(checkout: Path) -> None:
    lines = [line for line in blocks("sh").splitlines() if "make" not in line.split("#")[0]]
    assert sum("bin/copydesk" in line for line in lines) >= 5
    done = run(checkout, "bash", "-euo", "pipefail", "-c", "\n".join(lines))
    assert done.returncode == 0, done.stderr
    told = done.stdout[done.stdout.index('{\n "decision"') :]
    assert json.loads(told)["article"]["title"]


def test_polars_pandas_and_duckdb_read_the_bucket_as_the_readme_says(checkout: Path) -> None:
    done = run(checkout, sys.executable, "-c", blocks("python"))
    assert done.returncode == 0, done.stderr
    assert "demo-chipwire" in done.stdout
    assert done.stdout.count("published") >= 2


def test_every_make_command_of_the_readme_is_a_verb() -> None:
    verbs = set(re.findall(r"^([a-z-]+): .*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z-]+)", blocks("sh"), re.MULTILINE)) <= verbs
    assert 0 < len(verbs) < 10
