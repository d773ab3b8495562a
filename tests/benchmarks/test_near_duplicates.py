from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import near_duplicates

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.shared
def test_copies_of_real_articles_are_found_and_little_else(shared: Path, tmp_path: Path) -> None:
    documents, pairs = tmp_path / "docs.jsonl", tmp_path / "pairs.jsonl"
    tool = [sys.executable, str(shared / "tools" / "syndicate.py")]
    subprocess.run([*tool, str(documents), "--seed", "4", "--queries", "40"], check=True, capture_output=True)
    found = near_duplicates.pairs(near_duplicates.read(documents))
    near_duplicates.write(found, pairs)
    told = subprocess.run(
        [*tool, "--score", str(documents), str(pairs)], check=True, capture_output=True, text=True
    ).stdout.split()
    recall, precision = float(told[1]), float(told[3])
    assert recall >= 0.985
    assert precision >= 0.99  # two pairs of the originals are copies that the tool does not know of
