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


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "<tr><th></th><th>Gull</th><th>Heron</th></tr><tr><td>Sonar</td><td> </td><td>yes</td></tr>",
            "|  | Gull | Heron |\n| --- | --- | --- |\n| Sonar |  | yes |",
            id="cells without text",
        ),
        pytest.param(
            "<tr><th>Boat</th><th>Year</th><th>Price</th></tr><tr><td rowspan=2>Gull</td><td>2025</td><td>1,700</td></tr>"
            "<tr><td>2026</td><td>1,900</td></tr>",
            "| Boat | Year | Price |\n| --- | --- | --- |\n| Gull | 2025 | 1,700 |\n|  | 2026 | 1,900 |",
            id="a cell over two rows",
        ),
        pytest.param(
            "<tr><th rowspan=2>Boat</th><th colspan=2>Price</th></tr><tr><th>2025</th><th>2026</th></tr><tr><td>Gull<td>1<td>2",
            "| Boat | Price |  |\n| --- | --- | --- |\n|  | 2025 | 2026 |\n| Gull | 1 | 2 |",
            id="a cell over two columns",
        ),
        pytest.param(
            "<caption>Boats <b>of the year</b></caption><tr><th>Boat<th>Price<tr><td>Gull<td>9",
            "Boats **of the year**\n\n| Boat | Price |\n| --- | --- |\n| Gull | 9 |",
            id="a caption stands before",
        ),
        pytest.param(
            "<thead><tr><th rowspan=9>Boat<th>Price<tbody><tr><td>Gull<td>9",
            "| Boat | Price |\n| --- | --- |\n| Gull | 9 |",
            id="no cell reaches out of its row group",
        ),
        pytest.param(
            "<tr><th rowspan=0>Boat<th>Price<tr><td>7<tr><td>9",
            "| Boat | Price |\n| --- | --- |\n|  | 7 |\n|  | 9 |",
            id="a cell over all that is left",
        ),
        pytest.param(
            "<tr><td><td>a<td><td>b<tr><td><td>c<td><td>d",
            "| a | b |\n| --- | --- |\n| c | d |",
            id="columns that only part others",
        ),
        pytest.param(
            "<tr><td>a<td colspan=x rowspan=-1><td>b<tr><td>c<td><td>d",
            "| a | b |\n| --- | --- |\n| c | d |",
            id="spans that are no numbers",
        ),
        pytest.param(
            "<tr><td>a<td><code>x|y</code><tr><td>c<td>d",
            "| a | `x\\|y` |\n| --- | --- |\n| c | d |",
            id="a bar in code",
        ),
        pytest.param(
            r"<tr><td>a<td><code>x\|&lt;i></code><tr><td>c<td>d",
            "| a | x\\\\\\|\\<i\\> |\n| --- | --- |\n| c | d |",
            id="a bar behind a backslash in code",
        ),
        pytest.param(
            "<tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td><table><tr><td><td>f<tr><td>g<td>h</table>",
            "| a | b |\n| --- | --- |\n| c | d |\n| e | f g h |",
            id="a table in a table",
        ),
    ],
)
def test_each_value_of_a_table_stands_in_its_column(rows: str, expected: str) -> None:
    assert render(f"<table>{rows}</table>") == expected


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("<tr>" + "<td colspan=1000000000 rowspan=1000000000>a" * 1_000 + "<tr><td>b" * 5_000, id="spans"),
        pytest.param("<tr><td>a<td>b<tr>" + "<td>" * 190_000 + "c<td>d" * 1_000, id="cells without text"),
        pytest.param("".join(f"<tr>{'<td>' * row}a" for row in range(600)), id="a diagonal"),
        pytest.param("<table><tr><td>a<td>b<tr><td>c<td>" * 300 + "<tr><td>d" * 30_000, id="tables in tables"),
        pytest.param("<table><tr><td colspan=1000 rowspan=2>a<tr><td>b</table>" * 9_000, id="tables"),
    ],
)
def test_a_hostile_table_takes_no_longer_than_its_length(table: str) -> None:
    started = time.process_time()
    text = render(f"<table>{table}</table>")
    assert len(text) < 3_000_000
    assert time.process_time() - started < 10
