"""Readers' comments below a plain text, and what only looks like them."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles

STORY = text(FIRST, SECOND, LAST)
ONE, ANOTHER = (
    "My uncle did this in 1974, with a bell and a stick.",
    "Your uncle had no gulls. We have, and they eat bells.",
)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "2 Comments",
            "Idris",
            "14 October 2026 at 9:14",
            ONE,
            "Reply",
            "petra_h",
            "15 October 2026 at 8:02",
            ANOTHER,
            "Reply",
        ),
        ("Comments", "Idris says:", ONE, "Reply", "Petra says:", ANOTHER, "Reply"),
        (
            "Kommentare (2)",
            "Idris",
            "14.10.2026, 09:14 Uhr",
            ONE,
            "Antworten",
            "Petra",
            "14.10.2026, 10:02 Uhr",
            ANOTHER,
            "Antworten",
        ),
        ("2 thoughts on “Harbour Town Builds a Tide Gauge”", "Idris says:", ONE, "Petra says:", ANOTHER),
        ("2 commentaires", "Idris", "il y a 2 heures", ONE, "Répondre", "Petra", "il y a 1 heure", ANOTHER, "Répondre"),
        (
            "コメント 2件",
            "港の猫",
            "2026年10月14日",
            "うちの港にもほしい。",
            "返信する",
            "かもめ",
            "2026年10月15日",
            "かもめは反対です。",
            "返信する",
        ),
    ],
)
def test_comments_below_an_article_are_its_readers(lines: tuple[str, ...]) -> None:
    for teasers in ((), ("Related stories", OTHER, THIRD)):
        found = extract_text(text(TITLE, STORY, *lines, *teasers))
        assert body_of(found) == STORY
        assert titles(found) == list(teasers[1:])


@pytest.mark.parametrize(
    "lines",
    [
        ("Comments", SECOND, LAST),
        ("Comments", "14 October 2026", ONE, "15 October 2026", ANOTHER, LAST),
        ("2 comments", SECOND, FIRST, "14 October 2026", LAST),
        ("Responses", "Ada Byron, Harbour Post", ONE, LAST),
    ],
)
def test_an_article_may_have_a_section_of_comments(lines: tuple[str, ...]) -> None:
    told = text(FIRST, SECOND, "What happened", LAST)
    assert body_of(extract_text(text(TITLE, told, *lines))).endswith(text(*lines[1:]))


def test_a_count_of_comments_above_a_live_report_heads_no_comments() -> None:
    told = text("14 October 2026", FIRST, "15 October 2026", SECOND, "16 October 2026", LAST)
    assert body_of(extract_text(text(TITLE, "The day in short, as we saw it.", "12 comments", told))).endswith(told)
