"""What stands within a line of text, and what of it is not for the eye."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.markdown.markdown import markdown, plain
from pipelines.extract.parsing.parse import parse

URL = "https://harbour-post.example/science/tide"


def said(markup: str) -> list[str]:
    """Give the paragraphs that come out where all blocks are kept."""
    found = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    text = plain(found, range(len(found.blocks)))
    return text.split("\n\n") if text else []


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        pytest.param(
            "<p>It was <relative-time>last Tuesday</relative-time>, and un<tide-mark>do</tide-mark>ne.</p>",
            ["It was last Tuesday, and undone."],
            id="an element of the page's own in a paragraph",
        ),
        pytest.param(
            "<p>held in <button>escrow</button>, said<button>Ada Byron</button>who</p>",
            ["held in escrow, said Ada Byron who"],
            id="a button between words",
        ),
        pytest.param("<p>Price: 3 €<button>Buy</button></p><p><button>Print</button></p>", ["Price: 3 €"], id="others"),
        pytest.param(
            "<h3><button aria-expanded='false'>In winter?</button></h3><div>Yes.</div>",
            ["In winter?", "Yes."],
            id="a heading of an accordion",
        ),
        pytest.param("<h3>Tides <button>Copy</button></h3>", ["Tides"], id="a button beside a heading"),
        pytest.param(
            "<button aria-controls='a'>Does it float?</button><div id='a'>It does.</div><button aria-controls='m'>Menu</button>",
            ["Does it float?", "It does."],
            id="a question that opens its answer",
        ),
        pytest.param("<tide-card>One</tide-card><tide-card>Two</tide-card>", ["One", "Two"], id="cards"),
        pytest.param(
            "<blockquote><p>It rose.</p><footer>— Ada Byron</footer></blockquote><footer>Imprint</footer>",
            ["It rose.", "— Ada Byron"],
            id="the footer of a quotation",
        ),
        pytest.param(
            "<footer class='footnotes'><ol><li>A note.</li></ol></footer>",
            ["A note."],
            id="the footer that holds notes",
        ),
        pytest.param(
            "<tide-box><template shadowrootmode='open'><p>Shown.</p></template></tide-box><template>No.</template>",
            ["Shown."],
            id="a shadow root",
        ),
    ],
)
def test_what_belongs_to_the_text_is_read(markup: str, lines: list[str]) -> None:
    assert said(markup) == lines


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>its <a href='/r'>report<span class='screen-reader-text'> (new tab)</span></a></p>", "its report"),
        ("<p>£4m<span class='sr-only'>4 million pounds</span> was spent</p>", "£4m was spent"),
        ("<p><ruby>潮位<rt>ちょうい</rt></ruby>です</p>", "潮位です"),
        ("<p><ruby>潮位<rp>(</rp><rt>ちょうい</rt><rp>)</rp></ruby>です</p>", "潮位(ちょうい)です"),
        ("<h2>Tides<span class='mw-editsection'>[<a href='/e'>edit</a>]</span></h2>", "Tides"),
        ("<h2>Tides <a href='/science/tide#tides'>#</a></h2>", "Tides"),
        (f"<p>rose<sup><a href='{URL}#fn2'>2</a></sup> again</p>", "rose again"),
        ("<p>rose<sup><button popovertarget='n'>2</button></sup> again</p>", "rose again"),
        ("<p>rose <sup><a href='/table#row'>2</a></sup> again</p>", "rose 2 again"),
        ("<li>The note. <a href='#ref1'>↩︎</a></li>", "- The note."),
    ],
)
def test_what_is_no_word_of_the_text_is_left_out(markup: str, text: str) -> None:
    assert said(markup) == [text]


def test_the_first_line_of_code_keeps_its_indentation() -> None:
    found = outline(parse(b"<pre><code><span>  </span><span>a: 1</span>\n  b: 2</code></pre>").tree)
    assert markdown(found, [0], URL) == "```\n  a: 1\n  b: 2\n```"
