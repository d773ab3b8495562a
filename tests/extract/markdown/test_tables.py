from __future__ import annotations

import time

import pytest

from tests.extract.markdown.rendered import READER, render

TABLE = "<table><tr><th>a<th>b<tr><td>c<td>d</table>"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            f"<ol><li>x{TABLE}<p>y<li>z</ol>",
            "1. x\n\n   | a | b |\n   | --- | --- |\n   | c | d |\n\n   y\n\n2. z",
            id="an item",
        ),
        pytest.param(
            f"<blockquote><p>x{TABLE}<p>y</blockquote>",
            "> x\n>\n> | a | b |\n> | --- | --- |\n> | c | d |\n>\n> y",
            id="a quote",
        ),
        pytest.param(
            f"<ul><li>{TABLE}<li>x</ul>", "- | a | b |\n  | --- | --- |\n  | c | d |\n- x", id="an item without text"
        ),
    ],
)
def test_a_table_stays_in_what_it_stands_in(markup: str, expected: str) -> None:
    assert render(markup) == expected
    shown = READER.render(expected)
    assert all(shown.count(f"<{tag}>") == markup.count(f"<{tag}>") for tag in ("table", "blockquote", "ol", "ul", "li"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "<tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table><td>e<td>f<tr><td>g<td>h<td>i",
            "| a b c d | e | f |\n| --- | --- | --- |\n| g | h | i |",
            id="a small table in a cell is its text",
        ),
        pytest.param(
            f"<tr><td>{TABLE}<td>{TABLE}<tr><td>e<td>f",
            "| a | b |\n| --- | --- |\n| c | d |\n\n| a | b |\n| --- | --- |\n| c | d |\n\ne\n\nf",
            id="more table than text is layout",
        ),
        pytest.param(
            f"<tr><td>e<td>f<tr><td>g<td><table><tr><th>a<th>b{'<tr><td>c<td>d' * 6}</table><tr><td>{'<p>h' * 30}",
            "| e | f |\n| --- | --- |\n| g |  |\n\n| a | b |\n| --- | --- |\n"
            + "| c | d |\n" * 6
            + "\n"
            + "\n\n".join("h" * 30),
            id="a large table in a cell is one",
        ),
        pytest.param(
            f"<tr><td>e{TABLE}<p>f<p>g<p>h<p>i",
            "e\n\n| a | b |\n| --- | --- |\n| c | d |\n\nf\n\ng\n\nh\n\ni",
            id="in a table that is none",
        ),
        pytest.param(
            "<tfoot><tr><td>Sum<td>3</tfoot><tbody><tr><td>Gull<td>1<tr><td>Heron<td>2",
            "| Gull | 1 |\n| --- | --- |\n| Heron | 2 |\n| Sum | 3 |",
            id="the foot comes last",
        ),
        pytest.param(
            "<tr><th>Boat<th>Sail<th>Motor<tr><td>Gull<td><img alt=Yes src=y.png><td><svg role=img aria-label=No></svg>"
            "<tr><td>Heron<td><svg><title>Yes</title></svg><td><i role=img aria-label='a|b'></i>",
            "| Boat | Sail | Motor |\n| --- | --- | --- |\n| Gull | Yes | No |\n| Heron | Yes | a\\|b |",
            id="an icon says what it stands for",
        ),
        pytest.param(
            f"<tr><th>Boat<th>View<tr><td>Gull<td><img alt='{'A gull at sea ' * 4}'><tr><td>Heron<td><img>",
            "| Boat | View |\n| --- | --- |\n| Gull |  |\n| Heron |  |",
            id="a photograph says nothing",
        ),
        pytest.param(
            "<tr><th>Command<th>Does<tr><td><pre>ls\n  -la</pre><td>lists<tr><td><pre>a|b</pre><td>pipes",
            "| Command | Does |\n| --- | --- |\n| `ls -la` | lists |\n| `a\\|b` | pipes |",
            id="code in a cell",
        ),
    ],
)
def test_cells_say_what_they_say_on_the_page(rows: str, expected: str) -> None:
    assert render(f"<table>{rows}</table>") == expected


def test_pictures_make_no_table_of_a_layout() -> None:
    rows = "<tr><td><img alt=Ann><td>Words of hers.<tr><td><img alt=Ben><td>Words of his."
    assert render(f"<table>{rows}</table>") == "Words of hers.\n\nWords of his."


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("<table><tr><td>a<td>b<tr><td>c<td>d<td>" * 300, id="tables in tables"),
        pytest.param("<table><tr><td>a<td>b<tr><td>c<td>d<td>" + "<table><tr><td>" * 300 + "e", id="one in many"),
        pytest.param(
            "<table>" + "<tr><td>a<td>b<td><table><tr><td>" + "<p>c" * 13 + "</table>" * 2_000, id="a table cut often"
        ),
        pytest.param("<table><tr><td>a<td>b<tr><td>c<td>" + "<td><img alt=d>" * 90_000, id="icons"),
        pytest.param(
            "<table><tr><td>a<td>b<tr><td>c<td>d<td>" + "<i role=img>" * 1_500 + "<b></b>" * 50_000, id="elements"
        ),
    ],
)
def test_hostile_cells_take_no_longer_than_their_length(table: str) -> None:
    started = time.process_time()
    assert len(render(table)) < 3_000_000
    assert time.process_time() - started < 5
