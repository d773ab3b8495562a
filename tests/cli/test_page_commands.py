"""`copydesk extract` and `copydesk explain` on files: real processes, hostile pages among them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from lxml import html

from pipelines.cli.guarded import Asked, explained
from tests.newsroom.site import content
from tests.newsroom.truth import truths

if TYPE_CHECKING:
    from pathlib import Path

URL = next(url for url, truth in truths().items() if truth.source == "rackreport" and truth.teasers and truth.body)


def copydesk(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments],
        env={**os.environ, "COLUMNS": "200", "COPYDESK_BUCKET": str(folder / "bucket")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(content(URL, 1).body)
    return path


def test_a_file_is_explained_block_by_block(file: Path, tmp_path: Path) -> None:
    done = copydesk("explain", str(file), "--url", URL, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert truths()[URL].body[0][:60] in done.stdout
    assert "teaser" in done.stdout
    assert not done.stderr


def test_the_blocks_are_given_to_a_program_and_to_a_browser(file: Path, tmp_path: Path) -> None:
    view = tmp_path / "view.html"
    done = copydesk("explain", str(file), "--url", URL, "--json", "--html", str(view), folder=tmp_path)
    told = json.loads(done.stdout)
    assert list(told) == ["url", "title", "decision", "blocks", "rule", "met", "reader"]
    assert list(told["blocks"][0]) == ["text", "role", "score", "tag", "why"]
    assert len(html.parse(view).getroot().find_class("block")) == len(told["blocks"])


def test_a_page_cannot_speak_through_the_commands(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    prose = "<p>" + "The harbour office has mounted eleven phones under its pier. " * 9
    ld = r'{"@type":"NewsArticle","headline":"\ud800 \u001b]0;owned\u0007"}'
    page.write_text(
        f"<title>&#27;]0;owned&#7;</title><script type='application/ld+json'>{ld}</script>"
        f"<h1>&#x202e;evil&#27;[2J</h1>{prose}<p class='&#27;[31m'>&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    view = tmp_path / "view.html"
    for arguments in (("explain",), ("explain", "--html", str(view)), ("extract",), ("extract", "--json")):
        done = copydesk(*arguments, str(page), folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert not set(done.stdout + done.stderr) & set("\x07\x1b\x9b\u202e")
    assert next(html.parse(view).getroot().iter("script"), None) is None


@pytest.mark.parametrize("command", ["extract", "explain"])
def test_a_page_over_a_limit_ends_the_command_with_its_reason(command: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<div>" * 500_000)
    done = copydesk(command, str(page), folder=tmp_path)
    assert done.returncode == 1
    assert "page of about 500,000 tags, over the limit" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"), [(("no.html",), "No such file"), (("{}", "--source", "x"), "no source has the id 'x'")]
)
def test_what_cannot_be_read_is_named(arguments: tuple[str, ...], complaint: str, file: Path, tmp_path: Path) -> None:
    done = copydesk("explain", *(argument.format(file) for argument in arguments), folder=tmp_path)
    assert done.returncode in {1, 2}
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


SOURCE = """name: Rack Report
home: https://rackreport.test/
feeds: [https://rackreport.test/feed]
rules:
  - since: {since}
    headline: h1
    why: a test
"""


def declared(folder: Path, since: object = "2026-01-01", name: str = "rackreport.yaml") -> str:
    """Write the file of a source with a rule since that day."""
    path = folder / name
    path.write_text(SOURCE.format(since=since), encoding="utf-8")
    return str(path)


def test_a_rule_of_a_later_day_is_not_in_force_yet(file: Path, tmp_path: Path) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    done = copydesk(
        "explain", str(file), "--url", URL, "--json", "--source", declared(tmp_path, tomorrow), folder=tmp_path
    )
    assert json.loads(done.stdout)["rule"] is None
    assert f"the first is of {tomorrow}" in done.stderr


def test_rules_on_a_page_of_another_host_are_told(file: Path, tmp_path: Path) -> None:
    source = declared(tmp_path)
    done = copydesk("extract", str(file), "--url", "https://dock.test/x", "--json", "--source", source, folder=tmp_path)
    assert "dock.test is no host of rackreport" in done.stderr
    assert json.loads(done.stdout)["article"]


def test_rules_for_plain_text_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "body.txt"
    text.write_text("The harbour office measures the tide.")
    done = copydesk("extract", "--text", str(text), "--source", declared(tmp_path), folder=tmp_path)
    assert (done.returncode, "plain text has no elements" in done.stderr) == (2, True)


def test_a_page_for_plain_text_is_refused_with_the_way_out(file: Path, tmp_path: Path) -> None:
    done = copydesk("extract", "--text", str(file), folder=tmp_path)
    assert (done.returncode != 0, "looks like HTML; leave out --text" in done.stderr) == (True, True)


def test_a_source_whose_file_has_no_fit_name_is_told_so(file: Path, tmp_path: Path) -> None:
    done = copydesk("explain", str(file), "--source", declared(tmp_path, name="Rack_Report.yaml"), folder=tmp_path)
    assert done.returncode == 2
    assert "'Rack_Report' is no id" in done.stderr
    assert "Name the file" in done.stderr


CANONICAL = '<link rel="canonical" href="{}">'
OPEN_GRAPH = '<meta property="og:url" content="{}">'


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (CANONICAL.format("https://harbour.example/tide"), "https://harbour.example/tide"),
        (CANONICAL.format("/tide") + OPEN_GRAPH.format("https://harbour.example/tide"), "https://harbour.example/tide"),
        (CANONICAL.format("https://harbour.example/"), None),
        (OPEN_GRAPH.format("javascript:alert(1)"), None),
        ("", None),
    ],
)
def test_a_page_without_an_address_has_the_one_that_it_declares(head: str, address: str | None) -> None:
    page = Asked(f"{head}<p>The harbour office measures the tide.".encode(), url=None)
    assert explained(page).url == address


def test_the_given_address_goes_before_the_declared_one() -> None:
    page = Asked(CANONICAL.format("https://harbour.example/tide").encode(), url="https://dock.example/x")
    assert explained(page).url == "https://dock.example/x"


PROSE = "<p>" + "The harbour office has mounted eleven phones under its pier. " * 9
TABLE = (
    f"<title>Tide</title><h1>Tide *measured* by #phones</h1><article>{PROSE}<table><tr><th>Pier</th><th>Phones</th></tr>"
    f"<tr><td>North</td><td>7</td></tr><tr><td>South</td><td>4</td></tr></table>{PROSE.replace('eleven', 'new')}</article>"
    "<section class='related'><h2>Related stories</h2><h3><a href='/2026/11/20/a-ferry-line-lets-its-passengers-steer'>"
    "A ferry line lets its passengers steer</a></h3></section>"
)
WALL = "<title>Just a moment...</title><p>Verifying you are human. This may take a few seconds.</p>"


def written(folder: Path, page: str) -> str:
    """Write a page to a file."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    return str(path)


def test_the_article_is_printed_as_markdown_and_nothing_beside_it(tmp_path: Path) -> None:
    done = copydesk("extract", "--markdown", written(tmp_path, TABLE), "--url", URL, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    title, *body = done.stdout.rstrip("\n").split("\n\n")
    assert title == r"# Tide \*measured\* by #phones"
    assert "| Pier | Phones |\n| --- | --- |\n| North | 7 |\n| South | 4 |" in body
    assert body[-1].endswith("phones under its pier.")


def test_markdown_of_a_plain_text_is_printed_too(tmp_path: Path) -> None:
    prose = "The harbour office has mounted eleven phones under its pier. " * 9
    done = copydesk("extract", "--text", "--markdown", written(tmp_path, f"The tide\n\n{prose}"), folder=tmp_path)
    assert done.stdout == f"# The tide\n\n{prose.strip()}\n"


def test_where_no_article_is_no_markdown_is_printed_but_the_decision_told(tmp_path: Path) -> None:
    done = copydesk("extract", "--markdown", written(tmp_path, WALL), "--url", URL, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "failed no article: bot_wall" in done.stderr


def test_markdown_and_json_at_once_are_refused(file: Path, tmp_path: Path) -> None:
    done = copydesk("extract", "--markdown", "--json", str(file), folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "JSON holds the Markdown already" in done.stderr
    assert "Leave out" in done.stderr


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_page_that_is_no_article_is_shown_and_not_wanted(form: tuple[str, ...], tmp_path: Path) -> None:
    done = copydesk("extract", written(tmp_path, WALL), "--url", URL, *form, folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "bot_wall" in done.stdout


def test_why_a_page_is_no_article_is_explained_and_wanted(tmp_path: Path) -> None:
    done = copydesk("explain", written(tmp_path, WALL), "--url", URL, folder=tmp_path)
    assert (done.returncode, "no article, bot_wall" in done.stdout) == (0, True)


@pytest.mark.parametrize("command", ["extract", "explain"])
def test_the_help_of_a_command_on_pages_names_its_exit_codes(command: str, tmp_path: Path) -> None:
    told = copydesk(command, "--help", folder=tmp_path).stdout
    assert "Exit codes: 0" in told


def test_a_page_whose_address_nothing_tells_has_none_in_what_is_shown(tmp_path: Path) -> None:
    page, view = written(tmp_path, TABLE), tmp_path / "view.html"
    facts = copydesk("extract", page, folder=tmp_path)
    blocks = copydesk("explain", page, folder=tmp_path)
    assert copydesk("explain", page, "--html", str(view), folder=tmp_path).returncode == 0
    for shown in (facts.stdout, blocks.stdout, view.read_text(encoding="utf-8")):
        assert "no address" in shown
        assert "unknown.invalid/page" not in shown
    assert all("--url gives it" in done.stderr for done in (facts, blocks))


def test_a_program_gets_null_for_an_address_that_nothing_tells(tmp_path: Path) -> None:
    page = written(tmp_path, TABLE)
    told = json.loads(copydesk("extract", page, "--json", folder=tmp_path).stdout)
    assert [told["article"][name] for name in ("id", "url", "canonical_url")] == [None] * 3
    assert [teaser["article"] for teaser in told["teasers"]] == [None]
    assert json.loads(copydesk("explain", page, "--json", folder=tmp_path).stdout)["url"] is None


def test_teasers_of_a_page_without_address_are_of_no_article_where_it_is_none_either(tmp_path: Path) -> None:
    page = written(tmp_path, WALL + TABLE[TABLE.index("<section") :])
    told = json.loads(copydesk("extract", page, "--json", folder=tmp_path).stdout)
    assert told["article"] is None
    assert [teaser["article"] for teaser in told["teasers"]] == [None]


@pytest.mark.parametrize("command", ["extract", "explain"])
@pytest.mark.parametrize("url", ["notaurl", "ftp://harbour.example/x"])
def test_an_address_that_is_none_is_told_by_its_option(command: str, url: str, tmp_path: Path) -> None:
    done = copydesk(command, written(tmp_path, WALL), "--url", url, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"misconfigured --url: {url!r}")
    assert "Give a whole address" in done.stderr


@pytest.mark.parametrize(
    ("source", "remedy"),
    [("arstechnika", "Did you mean ars-technica"), ("zzzzzzzz", "Name a YAML file, or one of those in")],
)
def test_a_source_that_is_not_there_is_told_with_those_that_may_be_meant(
    source: str, remedy: str, tmp_path: Path
) -> None:
    done = copydesk("extract", written(tmp_path, WALL), "--url", URL, "--source", source, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"misconfigured --source: no source has the id {source!r}. {remedy}")


def test_a_text_without_markup_is_told_how_to_be_read(tmp_path: Path) -> None:
    text = "Old phones measure the tide\n\n" + "The harbour office has mounted eleven phones under its pier. " * 9
    page = written(tmp_path, text)
    assert "note the file has no markup: `copydesk extract --text`" in copydesk("extract", page, folder=tmp_path).stderr
    assert "no markup" not in copydesk("extract", page, "--text", folder=tmp_path).stderr


def test_a_file_that_is_no_page_is_called_what_it_is(tmp_path: Path) -> None:
    done = copydesk("extract", written(tmp_path, "%PDF-1.7 without a tag"), folder=tmp_path)
    assert (done.returncode, done.stderr, done.stdout) == (1, "", "not_html (1.00): a PDF file, not a page\n")
