"""What stands around a plain text that came by mail or was copied: above the headline, and below the end."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles

STORY = text(FIRST, SECOND, LAST)
HEAD = "From: Ada Byron <ada@harbour.example>\nTo: desk@harbour.example\nDate: Wed, 14 Oct 2026 09:12:00 +0200"


@pytest.mark.parametrize(
    "above",
    [
        "FOR IMMEDIATE RELEASE",
        "Embargoed until 14 October 2026, 9 a.m.",
        "Pressemitteilung",
        "View in browser: https://harbour.example/v/123",
        "View this email in your browser",
        "Im Browser ansehen",
        "Voir dans le navigateur",
        "Skip to content",
        "Skip to content\nMenu\nHome\nNews\nHome › News › Harbours",
        "Skip to content\nThe Harbour Post\nNews\nReviews\nOpinion\nLog in\nHome > News > Harbours",
        "Skip to content\nThe Harbour Post\nNews\nReviews\nOpinion",
        "---",
        HEAD,
        "\ufeff",
    ],
)
def test_what_stands_above_a_headline_is_passed_over(above: str) -> None:
    found = extract_text(text(above, TITLE, STORY))
    assert found.article is not None
    assert (found.article.title, found.article.body) == (TITLE, STORY)


def test_the_subject_of_a_mail_is_its_headline() -> None:
    found = extract_text(text(f"{HEAD}\nSubject: Re: Fwd: {TITLE}", STORY))
    assert found.article is not None
    assert (found.article.title, found.article.body) == (TITLE, STORY)


def test_a_name_and_a_section_below_a_headline_are_no_menu() -> None:
    found = extract_text(text("Skip to content\nMenu\nNews", TITLE, "Ada Byron", "Harbours", STORY))
    assert found.article is not None
    assert found.article.title == TITLE


@pytest.mark.parametrize(
    "headline", ["From the quay: eleven phones", "Press releases nobody reads", "View from a browser", "Date: unknown"]
)
def test_a_headline_that_begins_like_a_frame_is_one(headline: str) -> None:
    found = extract_text(text(headline, STORY))
    assert found.article is not None
    assert (found.article.title, found.article.body) == (headline, STORY)


@pytest.mark.parametrize(
    "below",
    [
        ("You are receiving this email because you signed up at harbour.example.", "Unsubscribe", "View in browser"),
        ("Unsubscribe | Manage preferences | View in browser", "Harbour Post, 12 Long Street, Orrin"),
        ("This email was sent to ada@harbour.example. To unsubscribe, click here: https://harbour.example/u",),
        ("Sie erhalten diese E-Mail, weil Sie sich angemeldet haben. Abmelden",),
        ("Se désabonner", "Vous recevez ce message parce que vous êtes inscrit à notre lettre."),
        ("-- ", "Ada Byron", "Reporter, Harbour Post", "+1 555 0100"),
        ("###", "Media contact", "Petra Holm", "press@harbour.example", "+46 8 555 0100"),
        ("Media contact:", "Petra Holm", "press@harbour.example", "+46 8 555 0100", "###"),
        ("-30-",),
        ("ENDS", "For further information, please contact:", "Petra Holm, press@harbour.example"),
        ("Pressekontakt", "Petra Holm", "presse@hafen.example"),
    ],
)
def test_what_stands_below_the_end_leaves_the_body(below: tuple[str, ...]) -> None:
    for lines in (text(STORY, *below), f"{STORY}\n\n" + "\n".join(below)):
        found = extract_text(text(TITLE, lines))
        assert body_of(found) == STORY
        assert found.teasers == ()
    for lines in (text(*below, "Explore more", OTHER, THIRD), text("Explore more", OTHER, THIRD, *below)):
        found = extract_text(text(TITLE, STORY, lines))
        assert body_of(found) == STORY
        assert [title for title in titles(found) if title in (OTHER, THIRD)] == [OTHER, THIRD]


@pytest.mark.parametrize(
    "lines",
    [
        ("###", FIRST, "###", LAST),
        ("Contact", SECOND, LAST),
        ("This email was sent to nobody, the office says, and the letter was never printed.", *[FIRST] * 16),
        ("--", *[FIRST] * 3),
        ("--", "It rained.", "Nobody came."),
        ("The message was sent to all harbours on Monday.", LAST),
        ("This message was sent to the crew at dawn.", LAST),
        ("To unsubscribe is hard, the office found.", LAST),
        ("Unsubscribe", FIRST, LAST),
        ("Ende", "Der Hafen schläft.", "Niemand ruft."),
        ("For more information", "The plans hang in the office.", LAST),
    ],
)
def test_what_looks_like_an_end_in_the_midst_of_a_text_is_none(lines: tuple[str, ...]) -> None:
    kept = [line for line in lines if line not in ("###", "--")]
    assert body_of(extract_text(text(TITLE, FIRST, SECOND, *lines))) == text(FIRST, SECOND, *kept)


HOSTILE = {
    "senders": "From: a@b\n" * 90_000,
    "rules": "---\n" * 90_000,
    "menu": "Skip to content\n" * 90_000,
    "bars": "a | " * 500_000,
    "subject": "From: a@b\nSubject: " + "re: " * 500_000,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_frame_takes_no_time(hostile: str) -> None:
    assert extract_text(hostile).decision.reason
