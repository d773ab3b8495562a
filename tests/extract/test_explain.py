from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

from pipelines.extract.article import Examined
from pipelines.extract.blocks import outline
from pipelines.extract.body import Selection
from pipelines.extract.explain import COLOURS, Judged, as_html, as_table, judged
from pipelines.extract.metadata import metadata
from pipelines.extract.parse import parse
from pipelines.records import Decision, Extraction, Kind

DECISION = Decision(article=True, kind=Kind.ARTICLE, score=0.97, reason="article rather than service: much body")
URL = "https://harbour-post.example/tide"
BLOCKS = [
    Judged("Old phones measure the tide", "title", 0.99, "h1", ("stands in <h1>",)),
    Judged("The harbour office has mounted eleven phones.", "body", 0.95, "p"),
    Judged("A ferry line lets its passengers steer", "teaser", 0.41, "a", ("all of it is a link",)),
]


def shown(blocks: list[Judged], title: str = "The tide") -> str:
    console = Console(file=StringIO(), width=120, color_system="truecolor", force_terminal=True)
    console.print(as_table(URL, title, DECISION, blocks))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_table_shows_each_block_with_role_and_reason_and_marks_the_unsure() -> None:
    text = shown(BLOCKS)
    assert "title" in text
    assert "all of it is a link" in text
    assert "0.41?" in text
    assert "0.95?" not in text


def test_a_page_cannot_speak_to_the_terminal() -> None:
    text = shown(
        [Judged("\x1b]0;owned\x07 [bold]x[/bold] \x9b31m \u202eevil", "body", 0.9, "p")], title="[red]\x1b[2Jt"
    )
    assert "\x1b]0" not in text
    assert "\x1b[2J" not in text
    assert "\x9b" not in text
    assert "[bold]x[/bold]" in text
    assert "[red]" in text


def test_the_html_view_holds_the_text_and_the_roles() -> None:
    tree = html.fromstring(as_html(URL, "The tide", DECISION, BLOCKS))
    assert [e.text_content() for e in tree.find_class("block")[0].iter("p")] == [BLOCKS[0].text]
    assert [e.get("class") for e in tree.find_class("block")] == [
        "block r-title",
        "block r-body",
        "block r-teaser unsure",
    ]


@settings(max_examples=50, deadline=None)
@given(
    st.text()
    | st.sampled_from(["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "{{ 7*7 }}", '"><b>'])
)
def test_no_markup_of_a_page_reaches_the_html_view(text: str) -> None:
    block = Judged(text, "body", 0.9, "p", (text,))
    view = html.fromstring(as_html(text, text, DECISION, [block]))
    plain = html.fromstring(as_html("x", "x", DECISION, [Judged("x", "body", 0.9, "p", ("x",))]))
    assert [e.tag for e in view.iter()] == [e.tag for e in plain.iter()]


@pytest.mark.parametrize("role", COLOURS)
def test_every_role_has_a_colour_of_its_own(role: str) -> None:
    assert f".r-{role} " in as_html(URL, "The tide", DECISION, [Judged("x", role, 1, "p")])
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_the_facts_of_a_block_are_those_of_its_source() -> None:
    page = b"<main><p>The harbour office.</p></main><aside class='related'><p><a href='/x'>A ferry line</a></p></aside>"
    document = parse(page)
    selection = Selection(kept=(0,), standfirst=(), roles=("body", "teaser"), body=(0.9, 0.2), confidence=0.9)
    found = Examined(
        document, outline(document.tree), selection, metadata(document, URL), Extraction(decision=DECISION)
    )
    assert judged(found) == [
        Judged("The harbour office.", "body", 0.9, "p", ("3 words", "in <main>")),
        Judged("A ferry line", "teaser", 0.8, "p", ("3 words", "100% link", "in <aside 'related'>")),
    ]
