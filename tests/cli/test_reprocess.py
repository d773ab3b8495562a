"""`copydesk reprocess` tells what differs, and says on one line where it was asked for nothing that is there."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from pipelines.bucket import Directory
from pipelines.cli import main
from pipelines.store import journal
from tests.reprocess import desk
from tests.reprocess.desk import CHANGED, HALL, declare

if TYPE_CHECKING:
    from pathlib import Path

DAYS = ("--since", "2026-03-01", "--until", "2026-03-05")


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """An installation that has read one page, and has another rule since."""
    desk.settle(tmp_path, monkeypatch)
    declare(tmp_path)
    bucket = Directory(tmp_path / "bucket")
    desk.processed([desk.crawled(bucket, "wire", 1, (HALL, desk.SECOND_HALL))])
    declare(tmp_path, CHANGED)
    return bucket


def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str, code: int = 0) -> str:
    monkeypatch.setattr(sys, "argv", ["copydesk", "reprocess", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr()
    assert (ended.value.code or 0) == code, shown.err
    return " ".join((shown.out + shown.err).split())


def test_a_look_tells_what_apply_does(
    bucket: Directory, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = told(capsys, monkeypatch, *DAYS, "--report", str(tmp_path / "found.html"))
    assert "1 pages of 1 files: 0 same, 0 differ, 0 become articles, 1 cease to be, 0 fail now" in shown
    assert f"ceases to be {HALL} stored: new article -> empty: 0 words of body" in shown
    assert "Nothing was written: --apply brings this into the tables." in shown
    assert HALL in (tmp_path / "found.html").read_text()
    assert journal.head(bucket) == 1
    monkeypatch.setattr(sys, "argv", ["copydesk", "reprocess", *DAYS, "--apply", "--json"])
    with pytest.raises(SystemExit):
        main()
    done = json.loads(capsys.readouterr().out)
    assert (done["applied"], done["cease"], journal.head(bucket)) == (True, 1, 2)
    assert "The tables hold what today's code reads." in told(capsys, monkeypatch, *DAYS, "--apply")


@pytest.mark.parametrize(
    "asked",
    [
        (
            ("--since", "2025-03-01", "--until", "2025-03-02"),
            0,
            "holds no file of 2025-03-01 up to 2025-03-02, all sources",
        ),
        (("--since", "2026-03-02", "--until", "2026-03-02"), 2, "until: 2026-03-02 is not after 2026-03-02"),
        (("--since", "2999-01-01", "--until", "2999-01-02"), 2, "yet to come"),
        (("--since", "1.3.2026", "--until", "2026-03-02"), 2, "Invalid value for '--since'"),
        ((*DAYS, "--source", "wier"), 2, "Did you mean 'wire'?"),
        ((*DAYS, "--url", "http://wire.test/never"), 1, "no crawl has met http://wire.test/never"),
        ((*DAYS, "--report", "found.txt"), 2, "found.txt is neither .html nor .json"),
    ],
)
def test_what_is_not_there_or_no_range_is_told(
    asked: tuple[tuple[str, ...], int, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments, code, says = asked
    desk.settle(tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "200")
    declare(tmp_path)
    (tmp_path / "bucket").mkdir()
    assert says in told(capsys, monkeypatch, *arguments, code=code)
