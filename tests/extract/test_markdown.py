from __future__ import annotations

import pytest

from pipelines.extract.blocks import outline
from pipelines.extract.markdown import markdown, plain
from pipelines.extract.parse import parse

URL = "https://news.example/2026/story"


def render(markup: str) -> str:
    found = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    return markdown(found, range(len(found.blocks)), URL)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<h2>Part</h2><p>Text.</p>", "## Part\n\nText.", id="heading"),
        pytest.param("<ul><li>a</li><li>b</li></ul>", "- a\n- b", id="list"),
        pytest.param("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b", id="numbers"),
        pytest.param("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b", id="nested"),
        pytest.param("<blockquote><p>Said.</p></blockquote>", "> Said.", id="quote"),
        pytest.param("<p>so <b>bold</b> and <i>slanted</i></p>", "so **bold** and *slanted*", id="emphasis"),
        pytest.param("<p>run <code>a`b</code></p>", "run ``a`b``", id="code"),
        pytest.param("<pre>x = 1\n  y</pre>", "```\nx = 1\n  y\n```", id="preformatted"),
        pytest.param('<p>see <a href="/a?b=1">this</a>.</p>', "see [this](https://news.example/a?b=1).", id="link"),
        pytest.param(
            "<table><tr><th>Chip</th><th>Price</th></tr><tr><td>A|1</td><td>9</td></tr></table>",
            "| Chip | Price |\n| --- | --- |\n| A\\|1 | 9 |",
            id="table",
        ),
        pytest.param("<table><tr><td><p>Laid out.</p></td></tr></table>", "Laid out.", id="layout table"),
    ],
)
def test_structure_is_kept(markup: str, expected: str) -> None:
    assert render(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>2 * 3 * 4 _x_ [y]</p>", r"2 \* 3 \* 4 \_x\_ \[y\]", id="marks"),
        pytest.param("<p># no heading</p>", r"\# no heading", id="hash"),
        pytest.param("<p>1. no list</p>", r"1\. no list", id="number"),
        pytest.param("<p>- no list</p>", r"\- no list", id="dash"),
        pytest.param("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", r"\<script\>alert(1)\</script\>", id="html"),
        pytest.param('<p><a href="javascript:alert(1)">go</a></p>', "go", id="script link"),
        pytest.param('<p><a href="data:text/html,x">go</a></p>', "go", id="data link"),
        pytest.param('<p><a href="/x)(y">go</a></p>', "[go](https://news.example/x%29%28y)", id="brackets"),
    ],
)
def test_text_of_a_page_cannot_become_markup(markup: str, expected: str) -> None:
    assert render(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>Two:</p><ul><li>a</li><li>b <b>c</b></li></ul>", "Two:\n\n- a\n\n- b c", id="bullets"),
        pytest.param("<ul><li><p>a</p><p>more of a</p></li></ul>", "- a\n\nmore of a", id="paragraphs of an item"),
        pytest.param("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n- b", id="nested"),
        pytest.param("<ol><li>a</li><li>b</li></ol>", "a\n\nb", id="numbers"),
        pytest.param("<h2>Part</h2><p>2 * 3</p>", "Part\n\n2 * 3", id="nothing is escaped"),
        pytest.param("<ul><li>- a</li></ul>", "- a", id="a mark of the page's own"),
    ],
)
def test_plain_text_marks_the_items_of_bulleted_lists(markup: str, expected: str) -> None:
    found = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    assert plain(found, range(len(found.blocks))) == expected
