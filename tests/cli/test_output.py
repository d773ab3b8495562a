"""What the commands print: tables on standard output, whole, in any encoding; notes on standard error."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from pipelines import urls
from pipelines.bucket import open_bucket
from pipelines.settings import Settings
from tests.cli.shell import copydesk
from tests.dedupe.batches import commit, met

if TYPE_CHECKING:
    from pathlib import Path

OUTAGE = (
    "https://www.harbour.example/news/outage-of-the-harbour-cloud-that-took-thousands-of-web-shops-offline-in-lisbon"
)
COPY = "https://wire.example/2026/03/02/outage-of-the-harbour-cloud-that-took-thousands-of-web-shops-offline-in-lisbon"
ALONE = "https://minato.example/kiji"
TITLE = "港のクラウドが六時間停止、数千の店舗が影響を受け、原因はリスボンでの誤った経路更新と運営会社が発表し、再発防止を約束"
TEXT = (
    "Harbour Cloud went down for six hours on Monday after a faulty router update in Lisbon, taking thousands of web "
    "shops offline. The operator said that it had tested the update in a smaller hall, where it did no harm, and that "
    "its engineers needed until noon to find the router that refused all others – “at last”."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bucket with an article, its copy and one in Japanese."""
    folder: Path = tmp_path_factory.mktemp("output") / "bucket"
    bucket = open_bucket(Settings(bucket=str(folder)))
    title = "Harbour Cloud outage takes shops offline"
    commit(bucket, met(OUTAGE, title, TEXT, hour=1), met(COPY, title, f"By the wire. {TEXT}", hour=3))
    commit(bucket, met(ALONE, TITLE, "リスボンの港で測られた水位は昨日より高い。" * 9, hour=5))
    commit(bucket, met(OUTAGE, title, TEXT.replace("six hours", "“seven” hours"), hour=1, seen=9))
    return folder


def test_each_row_of_a_table_is_a_line_in_a_pipe_with_nothing_cut(folder: Path) -> None:
    articles = copydesk(folder, "articles").stdout.decode()
    assert [TITLE in line for line in articles.splitlines()].count(True) == 1
    copies = copydesk(folder, "copies", OUTAGE)
    (row,) = [line for line in copies.stdout.decode().splitlines() if COPY in line]
    assert "published first" in row
    assert "…" not in copies.stdout.decode()
    assert not copies.stderr


def test_a_narrow_window_gets_every_cell_whole(folder: Path) -> None:
    told = copydesk(folder, "copies", OUTAGE, COLUMNS="80").stdout.decode()
    assert COPY in "".join(part.strip() for part in told.splitlines())
    assert "…" not in told
    assert TITLE in "".join(
        part.strip() for part in copydesk(folder, "articles", COLUMNS="80").stdout.decode().splitlines()
    )


def test_what_a_command_is_asked_for_is_on_standard_output(folder: Path) -> None:
    assert "harbour" in copydesk(folder, "report").stdout.decode()
    assert "404-media" in copydesk(folder, "sources").stdout.decode()


def test_an_article_without_copies_is_told_so_without_a_table(folder: Path) -> None:
    done = copydesk(folder, "copies", ALONE)
    assert (done.stdout, done.stderr.decode().strip()) == (b"", "No copies are known of it.")


def test_an_encoding_that_does_not_hold_the_news_stops_no_command(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>{TITLE}</title><h1>{TITLE}</h1><p>{TEXT}", encoding="utf-8")
    commands = (["articles"], ["diff", OUTAGE], ["extract", str(page)], ["explain", str(page)])
    for command in commands:
        done = copydesk(folder, *command, PYTHONIOENCODING="latin-1")
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), command
    rows = json.loads(copydesk(folder, "articles", "--json", PYTHONIOENCODING="latin-1").stdout.decode("ascii"))
    assert TITLE in [row["title"] for row in rows]


def test_a_url_is_known_by_its_articles_id_and_in_capitals(folder: Path) -> None:
    by_url = json.loads(copydesk(folder, "explain", ALONE, "--json").stdout)
    for name in (urls.article_id(ALONE), ALONE.replace("https://minato", "HTTPS://Minato")):
        assert json.loads(copydesk(folder, "explain", name, "--json").stdout) == by_url
    done = copydesk(folder, "explain", "a" * 16)
    assert (done.returncode, b"no article is stored under this id" in done.stderr) == (1, True)


@pytest.mark.parametrize("command", ["explain", "extract"])
def test_an_empty_name_is_no_folder(command: str, folder: Path) -> None:
    done = copydesk(folder, command, "")
    assert (done.returncode, done.stderr.decode().strip()) == (
        1,
        "failed no page is named; give a file, or a URL that is archived",
    )


@pytest.mark.parametrize(
    ("command", "paragraphs", "code"),
    [("extract", 30, 0), ("extract", 0, 1), ("extract --json", 30, 0), ("explain", 30, 0)],
)
def test_a_reader_that_has_read_enough_changes_no_exit_code(
    command: str, paragraphs: int, code: int, folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>{TITLE}</title><h1>{TITLE}</h1>" + f"<p>{TEXT}" * paragraphs, encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = copydesk(folder, *command.split(), str(page), out=pipe)
    assert (done.returncode, b"Broken pipe" in done.stderr) == (code, False)
