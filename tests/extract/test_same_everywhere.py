from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What differs between machines and runs: hashing, order, locale, time zone, number of threads.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
MACHINES = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", **dict.fromkeys(THREADS, "1")},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Chicago", "LC_ALL": "C.UTF-8", **dict.fromkeys(THREADS, "4")},
]


def run(seed: int, machine: dict[str, str]) -> str:
    command = [sys.executable, "-m", "tests.extract.digests", str(seed)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | machine, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.timeout(600)
def test_the_same_bytes_give_the_same_result_on_every_machine_and_in_every_order() -> None:
    first, second = (run(seed, machine) for seed, machine in enumerate(MACHINES))
    assert len(first.splitlines()) > 20
    assert first == second
