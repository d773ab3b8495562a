from __future__ import annotations

import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fromstring

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.markdown.markdown import markdown, plain
from pipelines.extract.parsing.parse import parse
from tests.extract.markdown.rendered import READER, URL, render


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
        pytest.param("<p>press <kbd>Ctrl</kbd><kbd>C</kbd></p>", "press `Ctrl` `C`", id="keys"),
        pytest.param(
            "<p>press <kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd>.</p>", "press `Ctrl` `+` `C`.", id="a key of keys"
        ),
        pytest.param("<p>from <s>£40</s> <del>£<b>35</b></del> £30", "from ~~£40~~ ~~£35~~ £30", id="struck out"),
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
        pytest.param("<ol start=4><li>a<li>b</ol>", "4. a\n5. b", id="start"),
        pytest.param("<ol><li>a<li value=7>b<li>c</ol>", "1. a\n7) b\n8) c", id="value"),
        pytest.param("<ol reversed><li>a<li>b</ol>", "2. a\n1) b", id="reversed"),
        pytest.param("<ol start=x><li>a<li value=''>b</ol>", "1. a\n2. b", id="no numbers"),
        pytest.param("<ol start=-1><li>a<li>b<li>c</ol>", "- a\n0. b\n1. c", id="below zero"),
        pytest.param("<ol start=99999999999><li>a</ol>", "1. a", id="beyond nine digits"),
        pytest.param("<ul><li>a<ol start=4><li>b</ol></ul>", "- a\n\n  4. b", id="a number inside an item"),
        pytest.param("<ol start=10><li>a<ul><li>b</ul><li>c</ol>", "10. a\n    - b\n11. c", id="inside a wide number"),
        pytest.param("<ul><li><p>a<p>more of a<li>b</ul>", "- a\n\n  more of a\n\n- b", id="paragraphs of an item"),
        pytest.param("<ul><li><ul><li><ul><li>a</ul></ul></ul>", "- a", id="lists that only indent"),
    ],
)
def test_items_of_lists_have_the_numbers_that_readers_see(markup: str, expected: str) -> None:
    assert render(markup) == expected


def test_a_list_of_thousands_is_numbered_in_one_pass() -> None:
    assert render("<ol>" + "<li>a" * 30_000).endswith("\n30000. a")


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
        pytest.param('<p>Look!<a href="/x">Here</a></p>', r"Look\![Here](https://news.example/x)", id="no picture"),
        pytest.param("<p>&amp;copy; &amp;lt;b&amp;gt; &amp;#8364;", r"\&copy; \&lt;b\&gt; \&#8364;", id="references"),
        pytest.param("<p>AT&amp;T; R&amp;D, &amp; &amp;amp", "AT&T; R&D, & &amp", id="ampersands"),
        pytest.param("<p>&amp;<a href='javascript:0'>copy;</a>", r"\&copy;", id="a reference in pieces"),
        pytest.param("<p>a<b>&amp;</b>copy;", r"a\&copy;", id="a reference begun in bold"),
        pytest.param("<p>a<br>--", "a  \n\\--", id="underline"),
        pytest.param("<h2>Notes in C #</h2>", r"## Notes in C \#", id="hashes behind a heading"),
        pytest.param("<p><b>a<strong>b</strong></b>", "**ab**", id="bold in bold"),
        pytest.param("<p>so <b>(1)</b>that", "so **(1**)that", id="a bracket before a letter"),
        pytest.param("<p>東京<b>「港」</b>は", "東京「**港**」は", id="brackets between letters"),
        pytest.param("<p>a<b>.</b>b", "a.b", id="bold without a letter"),
        pytest.param("<p><i>a</i><b><i>b</i>c</b>", "*a*b**c**", id="both between bold and italic"),
        pytest.param("<p><code>a</code><b><code>b</code></b>", "`ab`", id="code beside code"),
    ],
)
def test_text_of_a_page_cannot_become_markup(markup: str, expected: str) -> None:
    assert render(markup) == expected


WRAPPED = {
    "paragraph": "<p>{0}</p>",
    "heading": "<h3>{0}</h3>",
    "bullets": "<ul><li>{0}</li><li>{0}<p>{0}</p></li></ul>",
    "numbers": "<ol start=9><li>{0}</li><li>{0}<ol start=4><li>{0}</li></ol></li><li value=7>{0}</li></ol>",
    "quote": "<blockquote><p>{0}</p><ul><li>{0}</li></ul></blockquote>",
    "table": "<table><tr><td>{0}</td><td>b</td></tr><tr><td>a</td><td>{0}</td></tr></table>",
}
TROUBLE = st.text("a1 港「é€\\`*_[]()<>|~&#!.:;=-+\n", min_size=1, max_size=8) | st.sampled_from(
    ["&copy;", "&#8364", ";", "1. a", "- ", "# ", "---", "![", "](x)", "<b>", "``"]
)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        ["b", "i", "code", "del", "strong", "span", "a href='/x-&amp;copy;`(*)|'", "a href='javascript:0'"]
    )
    content = st.lists(inner, min_size=1, max_size=4).map("".join)
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", tags, content)


SPANS = st.lists(st.recursive(TROUBLE.map(escape) | st.just("<br>"), element, max_leaves=8), max_size=4).map("".join)


def said(markup: str) -> str:
    return " ".join(fromstring(f"<div>{markup}</div>").text_content().split())


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(sorted(WRAPPED)), SPANS), min_size=1, max_size=3))
def test_a_page_says_the_same_through_its_markdown(parts: list[tuple[str, str]]) -> None:
    page = "".join(WRAPPED[tag].format(text) for tag, text in parts)
    found = outline(parse(f"<html><body>{page}</body></html>".encode()).tree)
    blocks = " ".join(block.text for block in found.blocks)
    shown = READER.render(markdown(found, range(len(found.blocks)), URL))
    assert said(shown) == blocks
    assert "<img" not in shown


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b", id="paragraphs"),
        pytest.param("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b", id="two quotes"),
        pytest.param(
            "<blockquote>a<blockquote><p>b<p>c</blockquote>d</blockquote>e",
            "> a\n>\n> > b\n> >\n> > c\n>\n> d\n\ne",
            id="a quote in a quote",
        ),
        pytest.param(
            "<blockquote>a<ul><li>b<li>c</ul><pre>d</pre></blockquote>", "> a\n>\n> - b\n> - c\n>\n> ```\n> d\n> ```"
        ),
    ],
)
def test_a_quote_is_one_whatever_stands_in_it(markup: str, expected: str) -> None:
    assert render(markup) == expected
    assert READER.render(expected).count("<blockquote>") == markup.count("<blockquote>")


@pytest.mark.parametrize(
    "end", ["&#13;", "&#13;&#13;", "&#13;\n", "\n", "&#11;", "&#12;", "&#x2028;", "&#x2029;", "&#x85;"]
)
@pytest.mark.parametrize(
    "wrapped", ["{0}", "<blockquote>{0}</blockquote>", "<ul><li>{0}</ul>", "<ul><li><h3>{0}</h3>{0}</ul>"]
)
@pytest.mark.parametrize("tag", ["pre", "p", "code", "h2", "b"])
def test_no_end_of_a_line_leads_out_of_its_element(tag: str, wrapped: str, end: str) -> None:
    text = f"<{tag}>The harbour office{end}{end}&lt;script>alert(1)&lt;/script>{end}    has phones.{end}~~~{end}```</{tag}>"
    assert "<script" not in READER.render(render(wrapped.format(text)))


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


def both(markup: str) -> tuple[str, str]:
    found = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    kept = range(len(found.blocks))
    return plain(found, kept), markdown(found, kept, URL)


def test_the_mark_of_a_footnote_is_none_of_the_words() -> None:
    said = "One, two, in 2020 and four."
    assert both(
        "<p>One<sup><a href='#n1'>1</a></sup>, two<a href='#n2'><sup>[2]</sup></a>, in 2020<sup>[<a href='#n3'><b>3</b></a>]</sup>"
        " and four<sup id='r4'><a href='#n4'>*</a>, <a href='#n5'>†</a></sup>.<a class='footnote-anchor' href='#n6'>6</a>"
        "<p><sup><a href='#n7'>7</a></sup>"
    ) == (said, said)


def test_other_links_to_a_place_on_the_page_stay() -> None:
    said, _ = both(
        "<p>See <a href='#n1'>1</a>, <sup><a href='/n'>2</a></sup>, <sup><a href='#n3'>below</a></sup>, <sup>4</sup> <sup><a>5</a></sup>"
    )
    assert said == "See 1, 2, below, 4 5"


def test_marks_in_marks_are_looked_at_in_one_pass() -> None:
    started = time.process_time()
    said, _ = both("<p>or<sup><a href='#n'>" * 500 + "1" + "<i></i>" * 100_000)
    assert said.replace("\n", "") == "or" * 500 + "1"
    assert time.process_time() - started < 5


def test_an_exclamation_mark_before_a_link_makes_no_picture() -> None:
    assert render("<p>Look!<a href='/a'>here</a> and <i>there!</i><a href='/b'>too</a></p>") == (
        "Look\\![here](https://news.example/a) and *there!*[too](https://news.example/b)"
    )


def test_a_text_of_more_links_than_an_article_has_keeps_the_words_alone() -> None:
    links = "<a href='/a'>tide</a> " * 5_000
    assert render(f"<p>{links}</p>").count("](https://news.example/a)") == 5_000
    assert render(f"<p>{links}<a href='/b'>out</a></p>") == "tide " * 5_000 + "out"
