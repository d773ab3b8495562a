"""Tables of contents in a plain text, and lists that only look like them."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, SECOND, TITLE, body_of, text

SECTIONS = text("Why phones?", FIRST, "What failed", SECOND, "What comes next", LAST)


@pytest.mark.parametrize("heading", ["Table of contents", "In this article:", "Inhaltsverzeichnis", "Sommaire", "目次"])
@pytest.mark.parametrize("mark", ["", "- ", "1. "])
def test_a_table_of_contents_is_none_of_the_text(heading: str, mark: str) -> None:
    table = [f"{mark}{entry}" for entry in ("Why phones?", "What failed", "What comes next")]
    for above in ((), ("Phones are patient, and they have nothing to do.",)):
        assert body_of(extract_text(text(TITLE, *above, heading, *table, SECTIONS))) == text(*above, SECTIONS)


@pytest.mark.parametrize(
    "lines",
    [
        ("Contents", "- eleven phones", "- a pier", "- patience"),
        ("In this article:", "- Why phones?", "- Who pays"),
        ("Contents", SECOND),
        ("Contents", "Why phones?", SECOND, "Why phones?", LAST),
    ],
)
def test_a_list_that_stands_once_stays(lines: tuple[str, ...]) -> None:
    told = text(FIRST, *lines, LAST)
    assert body_of(extract_text(text(TITLE, told))) == told
