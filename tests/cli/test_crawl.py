"""What `copydesk crawl` says to a person."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import Settings
from tests.conftest import ROOT
from tests.crawlers.scripted import HOME, Scripted, declared, feed, limited, of, page, status
from tests.processes import environment

STORIES = ("/2026/11/a-story-that-stands.html", "/2026/11/another-story-that-stands.html")
SITE = {"/feed": feed(*STORIES), **{path: page(f"<h1>{path}</h1>") for path in STORIES}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(bucket=str(tmp_path / "bucket"), state=tmp_path / "state", sources=tmp_path / "sources")
    return limited(made, retries=0)


def copydesk(settings: Settings, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would."""
    return subprocess.run(
        [Path(sys.executable).with_name("copydesk"), *arguments],
        env=environment(settings, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_source_has_a_line_of_counts_and_its_troubles_below(settings: Settings) -> None:
    with Scripted(of({**SITE, "/forbidden": status(403)}), "scripted.test", "shut.test") as site:
        made = declared(settings, site.resolve, feeds=[f"{HOME}feed", f"{HOME}gone"])
        shut = "http://shut.test/"
        made = declared(made, site.resolve, "shut", home=shut, feeds=[f"{shut}forbidden"])
        done = copydesk(made, "crawl", "scripted", "shut")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("note")]
    assert done.returncode == 1
    assert re.fullmatch(r"scripted: 1 failed, 2 fetched, \d read \(.* s\)", lines[0])
    assert lines[1] == f"  {HOME}gone: HTTP 404"
    assert re.fullmatch(r"shut: 1 failed, \d read \(.* s\)", lines[2])
    assert lines[3] == "  http://shut.test/forbidden: HTTP 403"
    assert lines[4] == "  failed: none of its feeds, sitemaps and sections could be read"
    assert len(lines) == 5
    assert done.stdout == ""


def test_days_that_end_before_they_begin_are_misconfigured(settings: Settings) -> None:
    with Scripted(of(SITE)) as site:
        days = ("--since", "2026-11-02", "--until", "2026-11-02")
        done = copydesk(declared(settings, site.resolve), "crawl", "scripted", *days)
        assert site.log == []
    assert done.returncode == 2
    assert "--until: 2026-11-02 is not after --since 2026-11-02" in " ".join(done.stderr.split())


def test_the_log_is_shown_to_who_asks_for_it_and_where_this_program_is_at_fault(settings: Settings) -> None:
    with Scripted(of(SITE)) as site:
        made = declared(settings, site.resolve)
        assert "[scrapy.core.engine] INFO: Spider opened" in copydesk(made, "crawl", "scripted", "-v").stderr
        torn = settings.state / "spool" / "scripted" / "date=no-day"
        torn.mkdir()
        (torn / "no-name.warc.gz.open").mkdir()
        done = copydesk(made, "crawl", "scripted")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "a fault of this program: IsADirectoryError" in done.stderr
