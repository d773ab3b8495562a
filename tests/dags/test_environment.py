"""What a run asks of its machine, and what a look at the DAG files costs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dags.environment import require_space
from pipelines.errors import Misconfigured
from tests.conftest import ROOT

ENGINES = ("polars", "deltalake", "pyarrow", "trafilatura", "onnxruntime", "lxml")
LOOK = f"""
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(f"dags.{{name}}")
print(*sorted(set({ENGINES}) & sys.modules.keys()))
"""
IGNORED = set((ROOT / "dags" / ".airflowignore").read_text().replace("\\", "").split())
DAGS = [path.stem for path in sorted((ROOT / "dags").glob("*.py")) if path.name not in IGNORED]


def test_a_disk_without_space_is_told_before_a_run(tmp_path: Path) -> None:
    require_space(tmp_path)
    # No byte is free on the kernel's own file system.
    with pytest.raises(Misconfigured, match="/proc: 0 MB are free on its disk"):
        require_space(Path("/proc"))


@pytest.mark.airflow
def test_a_look_at_the_dag_files_imports_no_engine() -> None:
    """The scheduler looks every few minutes, and each crawl's task does."""
    assert {"backfill", "collect", "maintain", "process", "publish"} <= set(DAGS)
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *DAGS, "crawl_operator"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
