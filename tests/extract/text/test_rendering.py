"""The Markdown of a plain text: which of its lines are headings, quotations, or neither."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, SECOND, TITLE, text

ADDRESS = "https://harbour.example/tides"


def markdown(*lines: str) -> list[str]:
    article = extract_text(text(TITLE, *lines)).article
    assert article is not None
    return article.markdown.split("\n\n")


@pytest.mark.parametrize("names", [("HOST", "GUEST"), ("Ada Byron", "Gus Lamb"), ("Q", "A")])
def test_a_question_in_a_transcript_is_no_heading(names: tuple[str, str]) -> None:
    host, guest = names
    told = (f"{host}: What kind of hum?", f"{guest}: {FIRST}", f"{host}: And the gulls?", f"{guest}: {SECOND}")
    assert markdown(*told) == list(told)


def test_a_heading_may_hold_a_colon() -> None:
    assert markdown(FIRST, "Analysis: what the tide is worth", SECOND, LAST)[1] == "## Analysis: what the tide is worth"


@pytest.mark.parametrize("line", [ADDRESS, f"![A pier]({ADDRESS}.jpg)", "www.harbour.example"])
def test_an_address_or_a_picture_is_no_heading(line: str) -> None:
    assert not markdown(FIRST, line, SECOND, LAST)[1].startswith("#")


def test_a_paragraph_that_breaks_off_is_no_heading() -> None:
    told = f"The office has drawn a map of its tides. It can be found at\n{ADDRESS} and is new."
    assert markdown(FIRST, told, LAST)[1].startswith("The office has drawn")


def test_a_quoted_line_is_a_quotation() -> None:
    for quoted in ("> Can we have it by ten?", "> We cannot wait any longer, says the office."):
        assert markdown(FIRST, quoted, SECOND, LAST) == [FIRST, quoted, SECOND, LAST]


def test_a_byte_order_mark_is_no_part_of_the_title() -> None:
    article = extract_text("\ufeff" + text(TITLE, FIRST, LAST)).article
    assert article is not None
    assert article.title == TITLE


def test_a_short_line_above_a_list_is_a_heading() -> None:
    for mark in ("-", "1."):
        found = extract_text(text(TITLE, FIRST, "What it takes", f"{mark} eleven phones and a pier", LAST)).article
        assert found is not None
        assert text("## What it takes", f"{mark} eleven phones and a pier") in found.markdown


def test_the_last_row_of_a_table_or_a_verse_is_no_heading() -> None:
    rows = ("Pier 3.1 12.4 1", "Quay 21.0 43.9 18", "Buoy 1.8 3.2 4")
    found = extract_text(text(TITLE, FIRST, *rows, SECOND, "Two headings", "One below the other", LAST)).article
    assert found is not None
    assert text(*rows, SECOND) in found.markdown
    assert text("## One below the other", LAST) in found.markdown


def test_a_line_in_bold_is_read_without_its_marks() -> None:
    found = extract_text(
        text(f"**{TITLE}**", FIRST, "**What failed**", SECOND, "A **bold** claim of 2**3 phones.", LAST)
    ).article
    assert found is not None
    assert found.title == TITLE
    assert found.body == text(FIRST, "What failed", SECOND, "A **bold** claim of 2**3 phones.", LAST)
    assert text("## What failed", SECOND) in found.markdown


@pytest.mark.parametrize(
    "line", ["__init__", "__init__ and __main__", "** What a night **", "**bold** and **bold**", "2 ** 3 ** 4"]
)
def test_marks_that_are_not_around_a_line_stay(line: str) -> None:
    found = extract_text(text(TITLE, FIRST, line, SECOND)).article
    assert found is not None
    assert line in found.body
