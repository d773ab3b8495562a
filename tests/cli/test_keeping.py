"""`copydesk maintain` tells what it did, and keeps what a week may need."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from pipelines import limits
from pipelines.bucket import Directory
from pipelines.cli import main
from pipelines.errors import Misconfigured
from pipelines.store import journal, tables
from pipelines.store.tables import Rows
from tests.conftest import ROOT
from tests.store.test_journal import article

if TYPE_CHECKING:
    from pathlib import Path


def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", ["copydesk", "maintain", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    shown = capsys.readouterr()
    return shown.out or shown.err


def test_what_was_done_is_told_and_a_dry_run_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYDESK_BUCKET", str(tmp_path))
    bucket = Directory(tmp_path)
    for number in (1, 2, 3):
        journal.catch_up(bucket)
        journal.propose(bucket, number, [], {"articles": Rows(insert=(article(str(number)),))})
    nothing = {"compacted": 0, "into": 0, "removed": 0}
    dry = json.loads(told(capsys, monkeypatch, "--dry-run", "--json"))
    assert dry == {
        "dry_run": True,
        "tables": {**dict.fromkeys(tables.TABLES, nothing), "articles": {"compacted": 3, "into": 3, "removed": 0}},
        "work": {"extracted": 0, "journal": 0},
    }
    assert "A dry run: nothing was done" in told(capsys, monkeypatch, "--dry-run")
    # What was put together a moment ago stays for a week: a reader may be in the middle of it.
    assert "3 small files into 1, 0 superseded files removed" in told(capsys, monkeypatch)
    assert json.loads(told(capsys, monkeypatch, "--json"))["tables"]["articles"] == nothing
    assert tables.scan(bucket, "articles").collect().height == 3


def test_a_retention_below_a_week_is_refused_with_its_line(tmp_path: Path) -> None:
    lines = (ROOT / "config" / "limits.yaml").read_text().splitlines(keepends=True)
    number = next(at for at, line in enumerate(lines, 1) if "retention_days" in line)
    lines[number - 1] = "  retention_days: 6\n"
    (tmp_path / "limits.yaml").write_text("".join(lines))
    with pytest.raises(Misconfigured, match=f"limits.yaml:{number}"):
        limits.load(tmp_path / "limits.yaml")
