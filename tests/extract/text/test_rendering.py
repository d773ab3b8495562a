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
