"""The commands that compare, run over tables that went through resolve and journal."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pipelines import urls
from pipelines.bucket import open_bucket
from pipelines.cli import main
from pipelines.cli.output import product
from pipelines.settings import Settings
from tests.dedupe.batches import commit, met

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OUTAGE = "https://www.harbour.example/news/outage"
COPY = "https://wire.example/2026/outage"
LATER = "https://dock.example/outage-blamed"
TEXT = (
    "Harbour Cloud went down for six hours on Monday after a faulty router update in Lisbon, taking thousands of web "
    "shops offline. The operator said that it had tested the update in a smaller hall, where it did no harm, and that "
    "its engineers needed until noon to find the router that refused all others."
)
REPORT = (
    "A faulty router update in Lisbon caused the six hour outage at Harbour Cloud that took thousands of web shops "
    "offline on Monday, the firm said. Shops now count what the morning has cost them and ask who is to pay for it."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bucket with a story of three articles: one in three versions, its copy, and another report."""
    folder: Path = tmp_path_factory.mktemp("comparing") / "bucket"
    bucket = open_bucket(Settings(bucket=str(folder)))
    title = "Harbour Cloud outage takes shops offline"
    short = "https://harb.example/x1"
    commit(bucket, met(OUTAGE, title, TEXT, hour=1, asked=short), met(COPY, title, f"By the wire. {TEXT}", hour=3))
    commit(bucket, met(LATER, "Router update blamed for Harbour Cloud outage", REPORT, hour=4))
    commit(bucket, met(OUTAGE, title, TEXT.replace("six hours", "seven hours"), hour=1, seen=9))
    headline = "Harbour Cloud outage takes web shops offline"
    commit(bucket, met(OUTAGE, headline, TEXT.replace("six hours", "eight hours"), hour=1, seen=12))
    return folder


@dataclass(frozen=True)
class Done:
    """What a command left."""

    code: int
    out: str
    told: str
    """What a person reads, on one line."""


@pytest.fixture
def copydesk(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The command line, as it starts from a shell."""
    monkeypatch.setenv("COPYDESK_BUCKET", str(folder))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["copydesk", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, told = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, " ".join(told.split()))

    return run


@pytest.mark.parametrize(
    "address",
    [
        COPY,
        urls.article_id(COPY),
        "wire.example/2026/outage/",
        "http://m.wire.example/2026/outage?utm_source=feed#top",
        "https://wire.example/2026/outage/amp",
        "http://harb.example/x1/?utm_medium=social",
    ],
)
def test_any_known_form_of_an_address_shows_the_family_with_its_evidence(
    copydesk: Callable[..., Done], address: str
) -> None:
    family = json.loads(copydesk("copies", address, "--json").out)
    assert [row["url"] for row in family] == [OUTAGE, COPY]
    assert family[0]["copy"] is None
    copy = family[1]["copy"]
    assert copy["of"] == urls.article_id(OUTAGE)
    assert copy["share"] > 0.8
    assert "published first" in copy["reason"]


def test_copies_are_shown_to_a_person(copydesk: Callable[..., Done]) -> None:
    shown = copydesk("copies", OUTAGE)
    assert shown.code == 0
    assert "origin" in shown.out


def test_an_address_that_is_not_known_fails_with_a_way_on(copydesk: Callable[..., Done]) -> None:
    for command in ("copies", "diff", "story"):
        done = copydesk(command, "https://never.example/x")
        assert done.code == 1
        assert "copydesk explain" in done.told


def test_the_changes_of_an_article_are_shown_in_order(copydesk: Callable[..., Done]) -> None:
    edits = json.loads(copydesk("diff", OUTAGE, "--json").out)
    assert [(edit["number"], edit["change"]) for edit in edits] == [(2, "silently_edited"), (3, "silently_edited")]
    assert "[-six-]{+seven+}" in edits[0]["diff"]
    assert edits[1]["title"] == "Harbour Cloud outage takes web shops offline"


def test_any_two_versions_are_compared_and_any_is_read(copydesk: Callable[..., Done]) -> None:
    (edit,) = json.loads(copydesk("diff", OUTAGE, "--versions", "1", "3", "--json").out)
    assert "[-six-]{+eight+}" in edit["diff"]
    assert copydesk("diff", OUTAGE, "--text", "2").out.count("seven hours") == 1
    missing = copydesk("diff", OUTAGE, "--text", "7")
    assert (missing.code, "1 to 3" in missing.told) == (1, True)


def test_a_story_is_found_by_its_id_and_by_each_of_its_articles(copydesk: Callable[..., Done]) -> None:
    told = json.loads(copydesk("story", LATER, "--json").out)
    assert [row["url"] for row in told["articles"]] == [OUTAGE, COPY, LATER]
    again = json.loads(copydesk("story", told["story"]["id"], "--json").out)
    assert again == told
    assert "3 articles of 3 sources" in copydesk("story", OUTAGE).out


@pytest.mark.parametrize("columns", ["80", "400"])
def test_a_urls_way_is_told_whole_in_a_terminal_of_any_width(
    columns: str, copydesk: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product, "_width", int(columns))
    told = copydesk("explain", OUTAGE).out
    assert "raw/warc/source=harbour/date=" in told
    assert urls.article_id(OUTAGE) in told
    assert "…" not in told
