"""Buttons, fields and notices of a page amid a plain text and below it, and headings of articles that look like them."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles

STORY = text(FIRST, SECOND, LAST)


@pytest.mark.parametrize(
    "lines",
    [
        ("Listen to this article (6 min)",),
        ("Image 1 of 3", "Click to enlarge"),
        ("Twitter", "Facebook", "Like this:", "Like Loading..."),
        ("Print | Email | Share",),
        ("Enter your email", "Subscribe", "By signing up, you agree to our Privacy Policy and Terms."),
        ("Article continues below advertisement",),
        ("विज्ञापन",),
        ("Compartir en Facebook", "Compartir en X", "Copiar enlace"),
        ("この記事をシェアする",),
        ("Share this:", "Click to share on Facebook (Opens in new window)", "Loading..."),
        ("View this post on Instagram", "A post shared by The Plaster Gull (@plastergull)"),
        ("This article is for subscribers only.", "Already a subscriber? Sign in"),
        ("This article contains affiliate links. If you buy something through them, we may earn a commission.",),
        ("（责任编辑：王磊）",),
        ("Thanks for reading Harbour Notes! Subscribe for free to receive new posts and support my work.",),
        ("Harbour Notes is a reader-supported publication. To receive new posts, consider becoming a subscriber.",),
    ],
)
def test_what_a_page_has_around_its_text_is_none_of_it(lines: tuple[str, ...]) -> None:
    for told in ((FIRST, *lines, SECOND, LAST), (FIRST, SECOND, LAST, *lines)):
        assert body_of(extract_text(text(TITLE, *told))) == STORY


@pytest.mark.parametrize(
    "row",
    [
        "Previous Post",
        "Leave a Reply Cancel reply",
        "Your email address will not be published. Required fields are marked *",
        "Comments are closed.",
        "Categories: Design, Harbours",
        "Artikel merken",
        "Drucken",
        "Fehler melden",
        "Réutiliser ce contenu",
        "5 thoughts on “Harbour Town Builds a Tide Gauge”",
        "댓글 4",
    ],
)
def test_a_button_among_headlines_is_no_other_article(row: str) -> None:
    for lines in ((OTHER, row, THIRD, row), (row, OTHER, THIRD)):
        found = extract_text(text(TITLE, STORY, "Most read", *lines))
        assert body_of(found) == STORY
        assert titles(found) == [OTHER, THIRD]


@pytest.mark.parametrize(
    "lines",
    [
        ("Reply", SECOND, LAST),
        ("Drucken", "Jede Seite kostet die Stadt vier Pfennige, und sie druckt gern.", LAST),
        ("Post navigation", "The pilots read the letters from a boat.", LAST),
        ("Facebook", SECOND, "Twitter", LAST),
        ("Email", "Twelve pages a minute", "Scan", "Four pages a minute", LAST),
        ("- Save", "- Print", LAST),
        ("“By signing up, you agree to our terms,” the letter says, and nobody has read on.", LAST),
        ("Image 1 of 3 was taken at dawn, and the others at noon.", LAST),
        ("A post shared by the harbour was seen by four thousand people.", LAST),
        ("The harbour's letter is a reader of tides, and this article is for subscribers of the tide.", LAST),
    ],
)
def test_a_heading_a_row_or_a_sentence_may_look_like_a_button(lines: tuple[str, ...]) -> None:
    assert body_of(extract_text(text(TITLE, FIRST, *lines))) == text(FIRST, *lines)
