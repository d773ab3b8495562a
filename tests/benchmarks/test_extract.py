from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.extract_table import GOALS, Goal
from tests.newsroom.site import content
from tests.newsroom.truth import truths

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
STORIES = [url for url, truth in truths().items() if truth.source == "chipwire" and truth.body and not truth.variant_of]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Folder of a small set: pages of the newsroom, one of them broken beyond reading."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    for number, url in enumerate(STORIES[:2]):
        (folder / f"{number}.html.gz").write_bytes(gzip.compress(content(url, 1).body))
    (folder / "deep.html.gz").write_bytes(gzip.compress(b"<div>" * 500_000))
    return folder


def run(folder: Path, rows: Sequence[object]) -> subprocess.CompletedProcess[str]:
    """Run the program as a plain script from the root of the repository."""
    (folder.parent / "set.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    places = [str(folder.parent / "set.jsonl"), str(folder), str(folder.parent / "out.jsonl")]
    command = [sys.executable, "tests/benchmarks/extract.py", *places]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def written(folder: Path) -> dict[str, dict[str, object]]:
    lines = (folder.parent / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def test_a_set_needs_neither_labels_nor_addresses(pages: Path) -> None:
    done = run(pages, [{"id": "0", "url": STORIES[0]}, {"page": "harbour/1"}, {"id": "deep", "url": None}])
    assert done.returncode == 0, done.stderr
    rows = written(pages)
    assert rows["0"]["title"] == truths()[STORIES[0]].title
    assert rows["harbour/1"]["title"] == truths()[STORIES[1]].title
    assert rows["0"]["seconds"]
    assert rows["deep"]["body"] == ""
    assert "deep: page of about 500,000 tags" in done.stderr


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([{"id": "0"}, {"id": "9"}], "1 pages of the set are not below"),
        ([{"url": "https://harbour-post.example/"}], "set.jsonl:1: a row needs `id`"),
        (["0"], "set.jsonl:1: a row needs `id`"),
    ],
)
def test_what_a_set_lacks_is_named(pages: Path, rows: Sequence[object], complaint: str) -> None:
    done = run(pages, rows)
    assert done.returncode == 1
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_every_figure_of_the_table_has_one_goal() -> None:
    assert len({(goal.set, goal.figure) for goal in GOALS}) == len(GOALS)


def test_a_goal_is_reached_from_its_side() -> None:
    assert Goal("x", "f1", 0.9).reached(0.9)
    assert not Goal("x", "f1", 0.9).reached(0.89)
    assert Goal("x", "leak_pages", at_most=0.1).reached(0.1)
    assert not Goal("x", "leak_pages", at_most=0.1).reached(0.11)
