from __future__ import annotations

import time

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.markdown.markdown import markdown
from pipelines.extract.parsing.parse import parse
from tests.extract.markdown.rendered import READER, URL, render


def tags(markup: str) -> list[str]:
    """Give the tags that a reader sees, paragraphs aside: tight items have none."""
    shown = READER.render(render(markup))
    return [part.split(">")[0].split()[0] for part in shown.split("<")[1:] if not part.startswith(("p>", "/p>"))]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            "<ol><li><p>They say so:<blockquote><p>Unfair.</blockquote><p>True.<li>Next</ol>",
            "1. They say so:\n\n   > Unfair.\n\n   True.\n\n2. Next",
            id="a quote in an item",
        ),
        pytest.param(
            "<ul><li>a<blockquote><p>b<p>c</blockquote></ul>", "- a\n\n  > b\n  >\n  > c", id="paragraphs of it"
        ),
        pytest.param("<ul><li><blockquote>a</blockquote><li>b</ul>", "- > a\n\n- b", id="an item that is a quote"),
        pytest.param(
            "<ul><li>a<blockquote><ol><li>b<p>c<li>d</ol></blockquote>e</ul>",
            "- a\n\n  > 1. b\n  >\n  >    c\n  >\n  > 2. d\n\n  e",
            id="a list in it",
        ),
        pytest.param(
            "<ul><li><blockquote><ul><li><blockquote>a</blockquote></ul></blockquote></ul>", "- > - > a", id="depth"
        ),
        pytest.param(
            "<blockquote><ul><li>a<blockquote>b</blockquote><li>c</ul></blockquote>",
            "> - a\n>\n>   > b\n>\n> - c",
            id="in a quote",
        ),
    ],
)
def test_quotes_and_lists_stand_in_each_other_as_on_the_page(markup: str, expected: str) -> None:
    assert render(markup) == expected
    assert READER.render(expected).count("<blockquote>") == markup.count("<blockquote>")
    assert READER.render(expected).count("<li>") == markup.count("<li>")


def test_a_heading_that_begins_an_item_has_its_number() -> None:
    steps = "<ol><li><h3>Ask</h3><p>Write.</p><p>Wait.</p><li><h3>Build</h3><p>Dig.</p></ol>"
    assert render(steps) == "1. ### Ask\n\n   Write.\n\n   Wait.\n\n2. ### Build\n\n   Dig."
    assert tags(steps) == ["ol", "li", "h3", "/h3", "/li", "li", "h3", "/h3", "/li", "/ol"]


@pytest.mark.parametrize("markup", ["<blockquote>a<ul><li>b", "<ul><li><blockquote>", "<ol><li><h3>a</h3>"])
def test_nesting_without_end_takes_no_longer_than_its_length(markup: str) -> None:
    started = time.process_time()
    text = render(markup * 200 + "<p>c<p>d" * 5_000)
    assert len(text) < 3_000_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<ol><li>a<li>b</ol><ol><li>c<li>d</ol>", "1. a\n2. b\n\n1) c\n2) d", id="numbers"),
        pytest.param("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>", "- a\n\n* b\n\n- c", id="bullets"),
        pytest.param("<ol><li>a</ol><ol start=2><li>b</ol>", "1. a\n\n2) b", id="numbers that count on"),
        pytest.param("<ul><li>a<ul><li>b</ul><ul><li>c</ul></ul>", "- a\n  - b\n\n  * c", id="in an item"),
        pytest.param("<ul><li>a<ul><li>b</ul><li>c<ul><li>d</ul></ul>", "- a\n  - b\n- c\n  - d", id="in two items"),
        pytest.param("<ul><li>a</ul><p>b</p><ul><li>c</ul>", "- a\n\nb\n\n- c", id="a paragraph between"),
        pytest.param("<ul><li>a</ul><ol><li>b</ol><ul><li>c</ul>", "- a\n\n1. b\n\n- c", id="another kind between"),
        pytest.param("<blockquote><ul><li>a</ul><ul><li>b</ul></blockquote>", "> - a\n>\n> * b", id="in a quote"),
        pytest.param(
            "<blockquote><ul><li>a</ul></blockquote><ul><li>b</ul>", "> - a\n\n- b", id="in a quote and behind it"
        ),
        pytest.param(
            "<ul><li>a<blockquote>b</blockquote><li>c</ul><ul><li>d</ul>",
            "- a\n\n  > b\n\n- c\n\n* d",
            id="around a quote",
        ),
        pytest.param(
            "<ul><li><blockquote>a</blockquote></ul><ul><li><blockquote>b</blockquote></ul>",
            "- > a\n\n* > b",
            id="of quotes",
        ),
    ],
)
def test_two_lists_are_two(markup: str, expected: str) -> None:
    assert render(markup) == expected
    lists = ("<ol", "<ul")
    assert sum(map(READER.render(expected).count, lists)) == sum(map(markup.count, lists))


def test_two_lists_are_two_without_what_parts_them() -> None:
    found = outline(parse(b"<html><body><ol><li>a</ol><p>Advertisement</p><ol><li>b</ol></body></html>").tree)
    assert markdown(found, [0, 2], URL) == "1. a\n\n1) b"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c", id="behind an item"),
        pytest.param(
            "<ol><li>a</li><ol><li>b</li></ol><ul><li>c</li></ul><li>d</li></ol>",
            "1. a\n   1. b\n\n   - c\n2. d",
            id="two of them",
        ),
        pytest.param(
            "<ul><li>a</li><ul><li>b</li><ul><li>c</li></ul></ul></ul>", "- a\n  - b\n    - c", id="in each other"
        ),
        pytest.param("<ul><ul><li>a</li></ul><li>b</li></ul>", "- a\n\n* b", id="before any item"),
        pytest.param("<ul><p>a</p><ul><li>b</li></ul></ul>", "a\n\n- b", id="behind something else"),
    ],
)
def test_a_list_right_in_a_list_is_of_the_item_before_it(markup: str, expected: str) -> None:
    assert render(markup) == expected


def test_a_term_can_be_told_from_its_definition() -> None:
    terms = "<dl><dt>Ebb</dt><dd>Goes <b>out</b>.</dd><dt><b>Slack</b> <i>water</i></dt><dd>Rests.</dd></dl>"
    assert render(terms) == "**Ebb**\n\nGoes **out**.\n\n**Slack** ***water***\n\nRests."
    assert render("<dl><dt><h3>Ebb</h3><dt><code>tide</code><br>x</dl>") == "### Ebb\n\n`tide`  \n**x**"


@pytest.mark.parametrize(
    "markup",
    ["<ul><li>a</li>" + "<ul></ul>" * 30_000 + "<ul><li>b", "<ul><li>a</li>" + "<ul><li>b</li></ul>" * 9_000],
)
def test_lists_in_a_row_take_no_longer_than_their_length(markup: str) -> None:
    started = time.process_time()
    render(markup)
    assert time.process_time() - started < 5
