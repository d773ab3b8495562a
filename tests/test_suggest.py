"""Suggestions: what archives and lists name waits in the source's memory for its next crawl."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from crawlers import caller
from crawlers.memory import Memory
from crawlers.suggest import app
from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured, RetryLater
from pipelines.records import Channel, Role
from pipelines.settings import Settings
from tests.discover.archives import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAYS = ("--since", "2026-03-01", "--until", "2026-03-02")


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation with one source and archives on loopback."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "example.yaml").write_text("name: Example\nhome: https://www.example.org/\n", encoding="utf-8")
    monkeypatch.setattr(caller, "PAUSE", 0.0)
    with serving() as url:
        where = url.removeprefix("http://")
        for name, value in {
            "SOURCES": str(folder),
            "BUCKET": str(tmp_path / "bucket"),
            "STATE": str(tmp_path / "state"),
            "RESOLVE": json.dumps({"archive.test": where}),
        }.items():
            monkeypatch.setenv(f"COPYDESK_{name}", value)
        yield


def run(*arguments: str, given: str | None = None) -> str:
    result = CliRunner().invoke(app, list(arguments), input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def waiting() -> dict[str, str | None]:
    """Give the URLs that wait for a visit, with the channel they were found by."""
    memory = Memory.load(open_bucket(Settings()), "example", datetime.now(UTC).date())
    return {
        known.url: proposed.channel
        for known in memory.all(Role.ARTICLE)
        if known.last is None and (proposed := known.proposed("example"))
    }


def test_what_the_wayback_machine_saw_waits_for_the_next_crawl() -> None:
    told = run("archive", "example", *DAYS, "--server", "http://archive.test/cdx/search/cdx")
    assert told.startswith("3 articles of example, 3 of them not known before")
    assert set(waiting().values()) == {Channel.ARCHIVE}
    assert "https://www.example.org/2026/03/01/second-story-of-march" in waiting()


def test_what_is_known_is_not_suggested_again() -> None:
    run("archive", "example", *DAYS, "--server", "http://archive.test/cdx/search/cdx")
    told = run("archive", "example", *DAYS, "--server", "http://archive.test/cdx/search/cdx")
    assert "0 of them not known before" in told
    assert len(waiting()) == 3


def test_an_archive_that_does_not_answer_is_told() -> None:
    with pytest.raises(RetryLater, match="HTTP 404"):
        run("archive", "example", *DAYS, "--server", "http://archive.test/nowhere")


def test_a_list_of_candidates_is_taken() -> None:
    lines = [
        {
            "url": "https://www.example.org/a-new-fab-opens",
            "source": "x",
            "channel": "teaser",
            "seen_in": "https://x.org/",
        },
        {"url": "https://www.example.org/tag/fabs", "source": "x", "channel": "teaser", "seen_in": "https://x.org/"},
        {
            "url": "https://elsewhere.example.com/a-b-c-d",
            "source": "x",
            "channel": "teaser",
            "seen_in": "https://x.org/",
        },
    ]
    run("take", "example", "-", given="\n".join(map(json.dumps, lines)))
    assert waiting() == {"https://www.example.org/a-new-fab-opens": Channel.TEASER}


def test_a_broken_line_is_told_by_its_number() -> None:
    with pytest.raises(Misconfigured, match="line 2"):
        run("take", "example", "-", given='\n{"url": 1}\n')


def test_the_news_files_of_a_day_are_listed() -> None:
    told = run("warcs", *DAYS, "--server", "http://archive.test")
    assert "CC-NEWS-20260301020000-" in told.splitlines()[0]
    assert all(line.startswith("http://archive.test/crawl-data/CC-NEWS/2026/03/") for line in told.splitlines())
