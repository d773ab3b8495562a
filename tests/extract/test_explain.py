from __future__ import annotations

import re
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

from pipelines.extract import extract, reasons
from pipelines.extract.explain import COLOURS, HTML_LEGEND, LEGEND, Explanation, Judged, as_html, as_table, explain
from pipelines.extract.judging.model import load
from pipelines.records import Decision, Kind, Rule, Source
from tests.newsroom.site import content
from tests.newsroom.truth import truths

if TYPE_CHECKING:
    from collections.abc import Sequence

DECISION = Decision(article=True, kind=Kind.ARTICLE, score=0.97, reason="article rather than service: much body")
URL = "https://harbour-post.example/tide"
BLOCKS = [
    Judged("Old phones measure the tide", "title", 0.99, "h1", ("stands in <h1>",)),
    Judged("The harbour office has mounted eleven phones.", "body", 0.95, "p"),
    Judged("A ferry line lets its passengers steer", "teaser", 0.41, "a", ("all of it is a link",)),
]


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m [bold]x[/bold] \u202eevil\u2066 \ud800 <script>alert(1)</script>"


def page_of(blocks: Sequence[Judged], title: str = "The tide", url: str = URL) -> Explanation:
    return Explanation(url, title, DECISION, tuple(blocks))


def shown(page: Explanation, width: int = 120) -> str:
    console = Console(file=StringIO(), width=width, color_system="truecolor", force_terminal=True)
    console.print(as_table(page, width))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_table_shows_each_block_with_role_and_reason_and_marks_the_unsure() -> None:
    text = shown(page_of(BLOCKS))
    assert "title 1" in text
    assert "all of it is a link" in text
    assert "0.41?" in text
    assert "0.95?" not in text


def test_the_unsure_blocks_are_named_in_the_head() -> None:
    page = page_of(BLOCKS)
    assert "unsure: 2\n" in re.sub(r" +\n", "\n", shown(page))
    tree = html.fromstring(as_html(page))
    (link,) = tree.iter("a")
    assert tree.get_element_by_id((link.get("href") or "").removeprefix("#")).get("class") == "block r-teaser unsure"


def test_a_page_cannot_speak_to_the_terminal() -> None:
    text = shown(page_of([Judged(HOSTILE, "body", 0.9, "p", (HOSTILE,))], title=HOSTILE, url=HOSTILE))
    assert not set(text) & set("\x07\x9b\u202e\u2066\ud800")
    assert "\x1b]0" not in text
    assert "\x1b[2J" not in text
    assert "[bold]x[/bold]" in text


def test_the_html_view_holds_the_text_and_the_roles() -> None:
    tree = html.fromstring(as_html(page_of(BLOCKS)))
    assert [e.text_content() for e in tree.find_class("block")[0].iter("p")] == [BLOCKS[0].text]
    assert [e.get("class") for e in tree.find_class("block")] == [
        "block r-title",
        "block r-body",
        "block r-teaser unsure",
    ]


@settings(max_examples=50, deadline=None)
@given(
    st.text()
    | st.sampled_from(
        [HOSTILE, "</style><img src=x onerror=alert(1)>", "{{ 7*7 }}", '"><b>', "</p></div><base href=x>"]
    )
)
def test_no_markup_of_a_page_reaches_the_html_view(text: str) -> None:
    view = as_html(page_of([Judged(text, "body", 0.9, "p", (text,))], text, text))
    assert view.encode()
    plain = as_html(page_of([Judged("x", "body", 0.9, "p", ("x",))], "x", "x"))
    assert [e.tag for e in html.fromstring(view).iter()] == [e.tag for e in html.fromstring(plain).iter()]


@pytest.mark.parametrize("role", COLOURS)
def test_every_role_has_a_colour_of_its_own(role: str) -> None:
    assert f".r-{role} " in as_html(page_of([Judged("x", role, 1, "p")]))
    assert len(set(COLOURS.values())) == len(COLOURS)


def story() -> Explanation:
    url = next(url for url, truth in truths().items() if truth.source == "rackreport" and truth.teasers and truth.body)
    return explain(content(url, 1).body, url)


def test_what_decided_is_told_strongest_first_before_where_the_block_stands() -> None:
    page = story()
    body = next(block for block in page.blocks if block.role == "body" and len(block.text) > 200)
    *decided, container = [reason for reason in body.why if not reason.startswith("in <")] + [body.why[-1]]
    worth = [float(reason.rpartition("(")[2].rstrip(")")) for reason in decided]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > 1
    assert container.startswith("in <")


def test_a_block_of_links_is_told_by_its_links_or_its_place() -> None:
    page = story()
    chrome = [block for block in page.blocks if block.role == "chrome"]
    assert chrome
    assert all(any("link" in reason or "main container" in reason for reason in block.why) for block in chrome)


def test_every_property_has_columns_and_every_column_but_the_pages_a_property() -> None:
    from re import fullmatch

    columns = load().columns
    owners = {c: [name for name, pattern in reasons.PROPERTIES.items() if fullmatch(pattern, c)] for c in columns}
    assert [c for c in columns if len(owners[c]) != 1 and not c.startswith(("page_", "main_page"))] == []
    assert {name for names in owners.values() for name in names} == set(reasons.PROPERTIES)


def test_a_page_without_a_body_is_explained_by_its_containers() -> None:
    page = explain(b"<main><p>The harbour office.</p></main>", URL)
    assert [block.why for block in page.blocks] == [("in <main>",)]


def test_the_rule_that_was_applied_is_named() -> None:
    rule = Rule(since=date(2026, 2, 3), why="a new layout", remove="p")
    source = Source(id="harbour", name="Harbour Post", home="https://harbour-post.example/", rules=(rule,))
    page = explain(b"<p>" + b"The harbour office has mounted eleven phones. " * 9, URL, source=source)
    assert page.rule == "2026-02-03"
    assert "rule of 2026-02-03" in shown(page)
    assert "rule of 2026-02-03" in as_html(page)


PROSE = "<p>" + "The harbour office has mounted eleven phones under its pier. " * 9


def under(html: str, **parts: str) -> Explanation:
    """Explain a page under a rule of these parts."""
    rule = Rule(since=date(2026, 2, 3), why="a test", **parts)
    source = Source(id="harbour", name="Harbour Post", home="https://harbour-post.example/", rules=(rule,))
    return explain(html.encode(), URL, source=source)


def test_what_each_selector_of_the_rule_met_is_told() -> None:
    html = f"<h1>Tide</h1><div class=story>{PROSE}<p>Buy two.</div><p class=ad>Buy one.<b class=empty></b>"
    page = under(html, body=".nope", remove=".ad", teasers=".empty")
    told = (
        "the rule's body '.nope' meets nothing: left to the extractor",
        "the rule's remove '.ad' meets 1 element, 1 block",
        "the rule's teasers '.empty' meets 1 element, no block of its own: left to the extractor",
    )
    assert page.remarks == ("under the source's rule of 2026-02-03", *told)
    assert all(line in as_html(page).replace("&#39;", "'") for line in told)
    assert "body '.nope' meets nothing" in shown(page)


def test_a_block_that_the_rule_overruled_names_the_rule_for_its_reason() -> None:
    beside = PROSE.removeprefix("<p>").replace("phones", "gauges")
    html = f"<h1>Tide</h1><div class=story>{PROSE}<p class=ad>Buy one.</div><p>{beside}"
    page = under(html, body=".story", remove=".ad")
    why = {block.text: block.why[0] for block in page.blocks}
    assert why["Buy one."] == "by the rule's remove"
    assert why[beside.strip()] == "outside the rule's body"


def test_a_body_that_no_block_holds_is_told() -> None:
    body = " ".join(["The harbour office has mounted eleven phones under its pier."] * 12)
    ld = f'{{"@type":"NewsArticle","headline":"Tide","articleBody":"{body}"}}'
    page = explain(f"<script type='application/ld+json'>{ld}</script><h1>Tide</h1><p>Wait.".encode(), URL)
    assert page.reader == "the page's JSON-LD"
    assert "the page's JSON-LD gave more" in shown(page)
    assert "JSON-LD gave more" in as_html(page)


def test_in_a_narrow_terminal_the_reasons_stand_below_the_text() -> None:
    lines = [line.rstrip() for line in shown(page_of(BLOCKS), width=80).splitlines()]
    assert any(line.endswith("eleven phones.") for line in lines)
    assert any("all of it is a link" in line and "ferry" not in line for line in lines)


def test_the_bar_shows_the_whole_of_a_long_page_and_needs_no_colours() -> None:
    blocks = [Judged("x", role, 1, "p") for role in ["chrome"] * 900 + ["body"] * 900 + ["teaser"] * 900]
    bar = "".join(c for c in shown(page_of(blocks)).partition("sure:")[0] if c in "█▒░")
    assert len(bar) == 400
    assert re.fullmatch("░{133,134}█{133,134}▒{133,134}", bar)


def test_text_from_right_to_left_is_shown_so() -> None:
    tree = html.fromstring(as_html(page_of([Judged("اقرأ أيضا", "teaser", 1, "p", ("under “اقرأ أيضا” (+1.0)",))])))
    assert [e.get("dir") for e in tree.find_class("block")[0].iter("p")] == ["auto"]
    assert [e.text for e in tree.iter("bdi")] == ["under “اقرأ أيضا” (+1.0)"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_terminal_view_says_what_its_signs_mean(width: int) -> None:
    told = " ".join(re.sub(r"\x1b\[[\d;]*m", "", shown(page_of(BLOCKS), width)).split())
    assert f"{LEGEND} unsure: 2" in told
    assert all(sign in LEGEND for sign in ("sure:", "?:", "█", "▒", "░"))


def test_the_html_view_says_what_its_signs_mean() -> None:
    (legend,) = html.fromstring(as_html(page_of(BLOCKS))).find_class("legend")
    assert legend.text == HTML_LEGEND
    assert "bar" not in HTML_LEGEND


AMIDST = (
    "The harbour office has mounted eleven phones under its pier, and each of them measures the tide every minute.",
    "It will replace the two gauges that the city had bought in 1968, which nobody is left to repair any more.",
    "“We had to learn how to glue a phone to a wet wall,” said the master of the harbour on Monday morning.",
    "The phones were thrown away by a school in the north; their screens are broken, their sensors are not.",
)
FERRY = "A ferry line lets its passengers steer"
BUTTON = f"<div class='toolbar share'><a class=button href='/2026/11/19/a-ferry-line-lets-its-passengers-steer'>{FERRY}</a></div>"


def test_a_block_that_its_link_made_a_teaser_is_shown_as_one_with_what_it_was_taken_for() -> None:
    paragraphs = "".join(f"<p>{text}</p>{BUTTON if at == 1 else ''}" for at, text in enumerate(AMIDST))
    content = f"<title>Phones</title><article><h1>Phones measure the tide</h1>{paragraphs}</article>".encode()
    page = explain(content, URL)
    (block,) = [block for block in page.blocks if block.text == FERRY]
    assert (block.role, *block.why[:2]) == ("inline_teaser", "names teaser 0", "taken for promo, linked as a teaser")
    assert [teaser.title for teaser in extract(content, URL).teasers] == [FERRY]
    assert "names teaser 0" in as_html(page)


def test_every_teaser_of_the_output_is_named_by_one_block_and_no_other_is() -> None:
    url = story().url or ""
    named = [reason for block in story().blocks for reason in block.why if reason.startswith("names teaser ")]
    given = extract(content(url, 1).body, url).teasers
    assert named
    assert sorted(named) == sorted(f"names teaser {teaser.position}" for teaser in given)


def test_a_block_that_names_a_teaser_is_judged_a_teaser() -> None:
    page = story()
    roles = {block.role for block in page.blocks if any(reason.startswith("names teaser") for reason in block.why)}
    assert roles <= {"teaser", "inline_teaser"}
