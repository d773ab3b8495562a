"""What `--text` is given: a page is told from a text about pages."""

from __future__ import annotations

import pytest

from pipelines.errors import Reject
from pipelines.extract.text.text import decoded, extract_text
from tests.extract.test_article import PARAGRAPHS, page

PROSE = "\n\n".join(PARAGRAPHS)
LISTING = "<!DOCTYPE html>\n<html>\n<body>\n<div class=a>\n<p>Hello</p>\n</div>\n</body>\n</html>"


@pytest.mark.parametrize(
    "markup",
    [
        page(),
        b"\xef\xbb\xbf\n<!-- saved from the web --><!doctype html><p>Tide",
        b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><p>Tide</p></html>',
        b"<HTML><BODY>Tide",
        "<html lang=en><p>Tide".encode("utf-16"),
        f"<article><h1>Tide</h1>{''.join(f'<p>{line}</p>' for line in PARAGRAPHS)}</article>".encode(),
        "\n".join(f"  <p>{line}</p>" for line in PARAGRAPHS).encode(),
    ],
)
def test_a_page_is_told_that_it_is_no_text(markup: bytes) -> None:
    with pytest.raises(Reject, match="looks like HTML; leave out --text"):
        decoded(markup)


@pytest.mark.parametrize(
    "text",
    [
        f"How to write a page\n\n{PROSE}\n\n{LISTING}",
        f"How to write a page\n\n{PROSE}\n\n<p>A paragraph</p> is written so. {PROSE}",
        f"<div> and <p> compared\n\n{PROSE}",
        f"<p>Hello</p>\n\n{PROSE}\n\n<p>Hello</p>",
        f"<b>Bold</b> claims of a chip maker\n\n{PROSE}",
        f"<https://news.example/chips>\n\n{PROSE}",
        f"<3 for old chips\n\n{PROSE}",
    ],
)
def test_a_text_that_holds_tags_or_code_is_read(text: str) -> None:
    assert extract_text(decoded(text.encode())).decision.article


HOSTILE = {"comment": "<!--" * 30_000, "xml": "<?" * 60_000, "tags": "\n<p" * 40_000, "spaces": " " * 120_000 + "<"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_beginnings_of_markup_take_no_time(text: str) -> None:
    assert decoded(text.encode()) == text
