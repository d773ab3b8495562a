from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pipelines.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from tests.line.conftest import Line

pytestmark = pytest.mark.xdist_group("line")


def copydesk(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would; the line's environment is ours."""
    return subprocess.run(
        [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments],
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def stored_url(line: Line) -> str:
    return next(url for url, truth in line.truth.items() if truth.outcome == "stored" and "rackreport" in url)


def test_articles_are_listed_for_a_program(line: Line) -> None:
    assert line.codes
    rows = json.loads(copydesk("articles", "--json", "--limit", "3").stdout)
    assert len(rows) == 3
    assert all(row["title"] and row["topics"] for row in rows)


def test_explain_tells_a_urls_way_from_discovery_to_the_tables(line: Line) -> None:
    told = json.loads(copydesk("explain", stored_url(line), "--json").stdout)
    assert [fate["outcome"] for fate in told["fates"]] == ["stored", "unchanged", "unchanged"]
    assert told["fates"][0]["seen_in"]
    assert told["pages"][0]["status"] == 200
    assert told["article"][0]["title"] == line.truth[stored_url(line)].title


def test_explain_of_an_unknown_url_fails_with_a_way_on(line: Line) -> None:
    assert line.codes
    done = copydesk("explain", "http://never.test/x")
    assert done.returncode == 1
    assert "copydesk sources" in done.stderr


def test_explain_shows_the_blocks_of_an_archived_page(line: Line, tmp_path: Path) -> None:
    view = tmp_path / "view.html"
    told = json.loads(copydesk("explain", stored_url(line), "--blocks", "--json", "--html", str(view)).stdout)
    assert told["title"] == line.truth[stored_url(line)].title
    assert {"body", "teaser"} <= {block["role"] for block in told["blocks"]}
    assert told["title"] in view.read_text(encoding="utf-8")


def test_extract_reads_a_page_of_the_archive(line: Line) -> None:
    told = json.loads(copydesk("extract", stored_url(line), "--json").stdout)
    assert list(told) == ["decision", "article", "teasers", "missed"]
    assert told["article"]["title"] == line.truth[stored_url(line)].title
    assert told["teasers"]


def test_extract_reads_a_plain_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    prose = "The operator will build a data center in the harbour, and it has signed for the land and the power. " * 3
    cut = (
        "The company has long promised a cheaper way to cool its racks and now it says that it has found one in the "
        "ground water under its own car park, which stays at eleven degrees in every season and has so far"
    )
    file.write_text(
        f"Operator plans a data center\n\n{prose}\n\n{prose}\n\nExplore more\n\nA cheaper way to cool\n\n{cut}\n"
    )
    told = json.loads(copydesk("extract", "--text", str(file), "--json").stdout)
    assert told["article"]["title"] == "Operator plans a data center"
    assert [(teaser["title"], teaser["heading"]) for teaser in told["teasers"]] == [
        ("A cheaper way to cool", "Explore more")
    ]
    assert told["article"]["topics"][0]["id"] == "cloud"


def test_a_file_that_is_not_there_is_named() -> None:
    done = copydesk("extract", "nowhere.html")
    assert (done.returncode, "nowhere.html" in done.stderr) == (1, True)


def test_the_report_counts_every_outcome(line: Line) -> None:
    told = json.loads(copydesk("report", "first", "--json").stdout)
    assert sum(row["stored"] for row in told["sources"]) == line.counts["first"]["stored"]


def test_a_wrong_key_in_a_source_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("name: X\nhome: http://x.test/\nfeed: [http://x.test/rss]\n")
    done = copydesk("sources", COPYDESK_SOURCES=str(tmp_path))
    assert done.returncode == 2
    assert "x.yaml:3" in done.stderr.replace("\n", "")


@pytest.mark.parametrize(
    ("command", "environment", "code", "told"),
    [
        ("articles", {}, 0, "No such article in"),
        ("articles --topic cluod", {}, 2, "Topics are ai"),
        ("report", {}, 1, "no crawl has been processed yet"),
        ("explain notaurl", {}, 1, "give a file, or a URL that is archived"),
        ("extract .", {}, 1, "Is a directory"),
        ("crawl cnte", {}, 2, "Did you mean 'cnet'?"),
        ("crawl cnet", {}, 2, "CONTACT=you@example.org"),
        ("crawl cnet --since 2026-13-01", {}, 2, "does not match"),
        ("crawl cnet --revisit sometimes", {}, 2, "'always'"),
        ("articles", {"COPYDESK_BUCKET": "ftp://x"}, 2, "Use a directory or s3://"),
        ("sources", {"COPYDESK_RESOLVE": "bad"}, 2, "Write the variable as JSON"),
        ("sources", {"COPYDESK_CONFIG": "/nowhere"}, 2, "/nowhere/sources: no such folder"),
        (
            "articles",
            {"COPYDESK_BUCKET": "s3://b", "COPYDESK_S3_ENDPOINT": "http://127.0.0.1:9"},
            1,
            "Could not connect",
        ),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_with_a_way_on(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    command: str,
    environment: dict[str, str],
    code: int,
    told: str,
) -> None:
    for name in [name for name in os.environ if name.startswith("COPYDESK_")]:
        monkeypatch.delenv(name)
    for name, value in ({"COPYDESK_BUCKET": str(tmp_path)} | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COPYDESK_S3_KEY", "a")
    monkeypatch.setenv("COPYDESK_S3_SECRET", "b")
    monkeypatch.setattr(sys, "argv", ["copydesk", *command.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code or 0) == code
    assert told in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "command",
    [
        "crawl",
        "import",
        "maintain",
        "process",
        "publish",
        "report",
        "extract",
        "articles",
        "explain",
        "copies",
        "diff",
        "story",
        "sources",
    ],
)
def test_help_teaches_every_command(command: str) -> None:
    done = copydesk(command, "--help")
    assert done.returncode == 0
    assert len(done.stdout) > 300
