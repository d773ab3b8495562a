"""`copydesk extract` and `copydesk explain` on files: real processes, hostile pages among them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lxml import html

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
    assert truths()[URL].body[0][:60] in done.stderr
    assert "teaser" in done.stderr


def test_the_blocks_are_given_to_a_program_and_to_a_browser(file: Path, tmp_path: Path) -> None:
    view = tmp_path / "view.html"
    done = copydesk("explain", str(file), "--url", URL, "--json", "--html", str(view), folder=tmp_path)
    told = json.loads(done.stdout)
    assert list(told) == ["url", "title", "decision", "blocks", "rule"]
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
    ("arguments", "complaint"), [(("no.html",), "No such file"), (("{}", "--source", "x"), "x.yaml")]
)
def test_what_cannot_be_read_is_named(arguments: tuple[str, ...], complaint: str, file: Path, tmp_path: Path) -> None:
    done = copydesk("explain", *(argument.format(file) for argument in arguments), folder=tmp_path)
    assert done.returncode in {1, 2}
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
