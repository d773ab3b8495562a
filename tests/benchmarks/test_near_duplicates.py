from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.shared
def test_copies_of_real_articles_are_found_and_little_else(shared: Path, tmp_path: Path) -> None:
    documents, pairs = tmp_path / "docs.jsonl", tmp_path / "pairs.jsonl"
    tool = [sys.executable, str(shared / "tools" / "syndicate.py")]
    subprocess.run([*tool, str(documents), "--seed", "4", "--queries", "40"], check=True, capture_output=True)
    script = str(ROOT / "tests" / "benchmarks" / "near_duplicates.py")
    subprocess.run([sys.executable, script, str(documents), str(pairs)], cwd=ROOT, check=True, capture_output=True)
    told = subprocess.run(
        [*tool, "--score", str(documents), str(pairs)], check=True, capture_output=True, text=True
    ).stdout.split()
    recall, precision = float(told[1]), float(told[3])
    assert recall >= 0.985
    assert precision >= 0.99  # two pairs of the originals are copies that the tool does not know of


def test_the_script_writes_the_pairs_of_any_file(tmp_path: Path) -> None:
    text = " ".join(f"word{n} says{n * 7 % 50} thing{n * 3 % 40}." for n in range(80))
    other = " ".join(f"noun{n} does{n * 9 % 50} stuff{n * 3 % 40}." for n in range(80))
    documents, pairs = tmp_path / "docs.jsonl", tmp_path / "pairs.jsonl"
    rows = [
        {"id": name, "host": f"{name}.example", "published": f"2026-01-0{day}T00:00:00Z", "title": "T", "body": body}
        for day, (name, body) in enumerate([("first", text), ("stranger", other), ("cut", text[:600])], 1)
    ]
    documents.write_text("".join(json.dumps(row) + "\n" for row in rows))
    script = str(ROOT / "tests" / "benchmarks" / "near_duplicates.py")
    subprocess.run([sys.executable, script, str(documents), str(pairs)], cwd=ROOT, check=True, capture_output=True)
    assert [json.loads(line) for line in pairs.read_text().splitlines()] == [{"id": "cut", "duplicate_of": "first"}]
