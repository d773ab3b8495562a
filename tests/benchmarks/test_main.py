from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.__main__ import STAGES, known

ROOT = Path(__file__).parents[2]


def bench(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *arguments],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_stages_are_listed() -> None:
    done = bench()
    assert done.returncode == 0
    assert all(name in done.stdout for name, stage in STAGES.items() if known(stage))


def test_an_unknown_stage_is_told_with_those_that_there_are() -> None:
    done = bench("extarct")
    assert done.returncode == 2
    assert "extarct" in done.stderr
    assert "near_duplicates" in done.stderr


def test_absent_development_data_is_told_with_its_place(tmp_path: Path) -> None:
    done = bench("replay", COPYDESK_SHARED=str(tmp_path))
    assert done.returncode == 2
    assert str(tmp_path / "data" / "pages") in done.stderr


def test_further_arguments_reach_the_benchmark() -> None:
    done = bench("crawl", "--help")
    assert done.returncode == 0
    assert "usage: " in done.stdout
