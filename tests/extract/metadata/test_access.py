from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.metadata.access import PAY, access, spoken, stated
from pipelines.extract.parsing.parse import parse
from pipelines.records import Access

URL = "https://harbour-post.example/2026/03/04/tide"
WHOLE = "The harbour office has mounted eleven phones under its pier. They measure the tide."
CUT = "The harbour office has mounted eleven phones under its pier. They measure…"
PROMPT = "<div class='paywall'>Subscribe to continue reading this article.</div>"


def evidence(markup: str = "", head: str = "", **article: object) -> Evidence:
    script = json.dumps({"@type": "NewsArticle", "headline": "The tide", **article})
    page = f"<html><head>{head}<script type='application/ld+json'>{script}</script></head><body>{markup}</body></html>"
    return Evidence(parse(page.encode()), URL)


@pytest.mark.parametrize(
    ("tier", "expected"),
    [("free", Access.FREE), ("metered", Access.METERED), ("locked", Access.PAYWALLED), ("something", Access.FREE)],
)
def test_the_content_tier_is_believed(tier: str, expected: Access) -> None:
    assert stated(evidence(head=f"<meta property='article:content_tier' content='{tier}'>")) is expected


@pytest.mark.parametrize("value", [False, "False", "false", "http://schema.org/False", "no"])
def test_an_article_that_is_not_free_is_paywalled_however_it_is_written(value: object) -> None:
    assert stated(evidence(isAccessibleForFree=value)) is Access.PAYWALLED


def test_a_part_that_is_not_free_restricts_the_article() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"}
    assert stated(evidence(hasPart=[part])) is Access.PAYWALLED
    assert stated(evidence(hasPart=part)) is Access.PAYWALLED


def test_whole_text_behind_a_declared_wall_is_paywalled() -> None:
    part = {"isAccessibleForFree": False, "cssSelector": ".paid"}
    found = evidence(f"<div class='paid'>{WHOLE * 5}</div>", isAccessibleForFree=False, hasPart=part)
    assert access(found, WHOLE, stated(found)) is Access.PAYWALLED


def test_a_text_whose_paid_part_is_not_there_is_cut() -> None:
    part = {"isAccessibleForFree": False, "cssSelector": ".paid"}
    found = evidence("<div class='paid'></div>", isAccessibleForFree=False, hasPart=part)
    assert access(found, WHOLE, stated(found)) is Access.CUT


def test_a_text_that_ends_in_the_middle_before_a_prompt_is_cut() -> None:
    found = evidence(PROMPT)
    assert access(found, CUT, Access.FREE) is Access.CUT
    assert access(found, WHOLE, Access.FREE) is Access.FREE


@pytest.mark.parametrize(
    "prompt",
    [
        "Artiklen er kun for abonnenter",
        "Aby czytać dalej, wykup dostęp",
        "Wykup subskrypcję",
        "Článek je pouze pro předplatitele",
        "För att läsa vidare krävs prenumeration",
        "Endast för prenumeranter",
        "Материал доступен только подписчикам",
        "Доступно только подписчикам",
        "开通会员阅读全文",
        "유료회원 전용 기사입니다",
        "Conteúdo exclusivo para assinantes",
        "Matéria exclusiva para assinantes",
        "Dit artikel is alleen voor abonnees",
        "Contenuto riservato agli abbonati",
        "Artikkeli on vain tilaajille",
    ],
)
def test_a_prompt_is_known_in_many_languages(prompt: str) -> None:
    assert access(evidence(f"<div class='paywall'>{prompt}</div>"), CUT, Access.FREE) is Access.CUT


def test_an_ellipsis_alone_cuts_no_free_text() -> None:
    assert access(evidence(), CUT, Access.FREE) is Access.FREE


def test_a_metered_text_stays_metered() -> None:
    assert access(evidence(PROMPT), CUT, Access.METERED) is Access.METERED


@pytest.mark.parametrize(
    "markup",
    [
        "<a>Subscribe</a> <a>Most read</a>",
        "<a>Subscribe</a> | <a>Sign in</a> / <a>Access the e-paper</a>",
        "<button>Subscribe</button><button>Read aloud</button>",
        "<ul><li>Subscribe</li><li>Articles</li></ul>",
        "<div>Subscribe<p>Read the tide tables</p></div>",
        "<p>Choose Subscription, and press Cancel. You can read until the end of the month.</p>",
        "<p>Subscribe | Read | Listen</p>",
    ],
)
def test_words_that_merely_stand_beside_each_other_ask_for_nothing(markup: str) -> None:
    found = evidence(f"<div class='paywall'>{markup}</div>")
    assert PAY.search(spoken(found.tree, 1_000)) is None
    assert access(found, CUT, Access.FREE) is Access.FREE


@pytest.mark.parametrize(
    "markup",
    [
        "<a>Subscribe</a> to continue reading",
        "<p><b>Subscribe</b> now,<br>and <i>read</i> on",
        "Already have an account? <a>Sign in</a> or <a>subscribe to read</a>",
        "<p>Jetzt\n\n  weiterlesen</p>",
        "<p>Il vous reste 80 % de cet article à lire.",
    ],
)
def test_a_prompt_is_read_across_its_links_and_lines(markup: str) -> None:
    assert access(evidence(f"<div class='paywall'>{markup}</div>"), CUT, Access.FREE) is Access.CUT


def test_the_text_of_an_element_is_cut_to_lines_and_bounded() -> None:
    found = evidence(
        "<p>One <b>and</b>\n two<script>x()</script></p>three<div>four</div><a>five</a><a>six</a> and <a>seven</a>"
    )
    body = next(found.walk("body"))
    assert spoken(body, 1_000).split("\n") == ["One and two", "three", "four", "five", "six and seven"]
    assert spoken(body, 10) == "One and tw"


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_selector_of_a_page_raises(selector: str, body: str) -> None:
    found = evidence(isAccessibleForFree=False, hasPart={"isAccessibleForFree": False, "cssSelector": selector})
    assert access(found, body, stated(found)) in Access


@pytest.mark.parametrize(
    ("selector", "is_there"),
    [
        (".paid", True),
        ("div.paid", True),
        ("main .paid", True),
        ("main > #story.paid", True),
        (".paid, .free", True),
        (".free", False),
        ("aside .paid", False),
        ("p.paid", False),
    ],
)
def test_a_page_s_own_selector_is_read(selector: str, is_there: bool) -> None:
    part = {"isAccessibleForFree": False, "cssSelector": selector}
    page = f"<main><div id=story class='long paid'>{WHOLE * 5}</div></main><p class=free>{WHOLE}</p>"
    found = evidence(page, isAccessibleForFree=False, hasPart=part)
    assert access(found, WHOLE, Access.PAYWALLED) is (Access.PAYWALLED if is_there else Access.CUT)


@pytest.mark.parametrize("selector", ["i~i~i", ".\\1 x", "div[class]", ":not(p)", "", "p:nth-child(2)"])
def test_a_selector_of_another_kind_says_nothing(selector: str) -> None:
    part = {"isAccessibleForFree": False, "cssSelector": selector}
    found = evidence("<div></div>", isAccessibleForFree=False, hasPart=part)
    assert access(found, WHOLE, Access.PAYWALLED) is Access.PAYWALLED
