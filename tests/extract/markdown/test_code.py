from __future__ import annotations

import time

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.markdown.markdown import markdown, plain
from pipelines.extract.parsing.parse import parse
from tests.extract.markdown.rendered import render

URL = "https://news.example/2026/story"
SAID = "def f(x): y = x return y"
SHOWN = "def f(x):\n    y = x\n\n    return y"


def both(markup: str) -> tuple[str, str]:
    found = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    kept = range(len(found.blocks))
    return plain(found, kept), markdown(found, kept, URL)


def starlight(*lines: str) -> str:
    row = "<div class=ec-line><div class=gutter><div class=ln aria-hidden=true>{}</div></div><div class=code>{}</div></div>"
    return "".join(row.format(number, line) for number, line in enumerate(lines, 1))


def lines(line: str, between: str = "") -> str:
    return between.join(line.format(number, text) for number, text in enumerate(SHOWN.split("\n"), 1))


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<pre><code>{lines('<div class=line>{1}</div>')}</code></pre>", id="divs"),
        pytest.param(
            f"<pre><span class=sr-only>Code</span>{lines('<div>{1}</div>')}</pre>", id="a word for screen readers"
        ),
        pytest.param(f"<pre>\n{lines('<div>{1}</div>', chr(10))}\n</pre>", id="divs a line each"),
        pytest.param(
            f"<pre><code>{starlight('def f(x):', '<span class=indent>    </span>y = x', '', '    return y')}</code></pre>",
            id="Expressive Code",
        ),
        pytest.param(f"<pre class='prettyprint linenums'><ol>{lines('<li>{1}</li>')}</ol></pre>", id="items"),
        pytest.param(
            f"<pre><code><table class=hljs-ln>{lines('<tr><td class=hljs-ln-numbers><div class=hljs-ln-n></div></td><td>{1}</td></tr>')}"
            "</table></code></pre>",
            id="rows",
        ),
        pytest.param(
            f"<pre><code><table>{lines('<tr><td>{0}</td><td>{1}</td></tr>')}</table></code></pre>", id="numbered rows"
        ),
        pytest.param(
            "<pre>def f(x):\n    y = x\n<div class=toolbar><b>Python</b></div>\n    return y</pre>", id="tools"
        ),
        pytest.param(
            "<pre><button>Copy</button><code>def f(x):\n    y = x\n\n    return y\n</code><div><span>python</span></div></pre>",
            id="a frame",
        ),
        pytest.param(
            f"<table>{lines('<tr><td>{0}</td><td><pre>{1}</pre></td></tr>')}</table>", id="a table with a line a row"
        ),
        pytest.param(
            f"<table>{lines('<tr><td class=blob-num data-line-number={0}></td><td class=blob-code>{1}</td></tr>', chr(10))}</table>",
            id="GitHub",
        ),
        pytest.param(
            f"<table><tr><td class=crayon-nums>{lines('<div class=crayon-num>{0}</div>')}</td><td class=crayon-code>"
            f"{lines('<div class=crayon-line>{1}&nbsp;</div>').replace('    ', '&nbsp;' * 4)}</td></tr></table>",
            id="Crayon",
        ),
        pytest.param(
            f"<div><table><tr><td class=gutter>{lines('<div class=line>{0}</div>')}</td><td class=code><div>"
            f"{lines('<div class=line><code>{1}</code>&nbsp;</div>').replace('    ', '&nbsp;' * 4)}</div></td></tr></table></div>",
            id="SyntaxHighlighter",
        ),
    ],
)
def test_code_whose_lines_are_elements_is_one_listing(markup: str) -> None:
    said, shown = both(f"<p>a</p>{markup}<p>b</p>")
    assert said == f"a\n\n{SAID}\n\nb"
    assert "\n".join(line.rstrip() for line in shown.split("\n")) == f"a\n\n```\n{SHOWN}\n```\n\nb"


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("<span class=ln>{}</span>", id="Chroma"),
        pytest.param("<span class=ln><a href='#l{0}'>{0}</a></span>", id="Chroma's links"),
        pytest.param("<span class=linenos> {}</span>", id="Pygments"),
        pytest.param("<span class='linenumber x'>{}</span>", id="react-syntax-highlighter"),
        pytest.param("<i class=a>{}</i>", id="of any name"),
    ],
)
def test_the_numbers_of_lines_are_no_code(number: str) -> None:
    markup = "\n".join(number.format(at) + text for at, text in enumerate(SHOWN.split("\n"), 1))
    assert both(f"<pre><code>{markup}</code></pre>") == (SAID, f"```\n{SHOWN}\n```")


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("x = <i>1</i>\ny = <i>2</i>", id="within lines"),
        pytest.param("<i>1</i>,\n<i>3</i>,\n<i>4</i>", id="that do not count on"),
        pytest.param("<i>1</i>,\n<i>2</i>,\n]\nx\ny", id="of few lines"),
        pytest.param("<i>0.1</i> a\n<i>0.2</i> b", id="that are no whole ones"),
        pytest.param("<i>1</i>", id="alone"),
    ],
)
def test_other_numbers_are_code(written: str) -> None:
    _, shown = both(f"<pre>{written}</pre>")
    assert shown == f"```\n{written.replace('<i>', '').replace('</i>', '')}\n```"


def test_the_label_on_a_poem_is_none_of_it() -> None:
    markup = "<pre class=text><label class=hide-text>Spacing is kept</label>O tide,\n   o tiles</pre>"
    assert both(markup) == ("O tide, o tiles", "```\nO tide,\n   o tiles\n```")


def test_a_pre_that_nobody_closed_is_no_listing_of_the_page() -> None:
    _, shown = both("<pre>x = 1<p>The office.</p><h2>Phones</h2><p>Eleven.</p>")
    assert shown.count("```") == 8


def test_of_a_listing_that_is_mostly_left_out_the_kept_lines_are_told() -> None:
    found = outline(parse(f"<html><body><pre>{lines('<div>{1}</div>')}</pre></body></html>".encode()).tree)
    assert (plain(found, [1]), plain(found, [0, 2])) == ("y = x", SAID)


def test_a_table_of_commands_is_no_listing() -> None:
    rows = "<tr><th>Command<th>Does<tr><td><pre>ls</pre><td>lists<tr><td><pre>cd</pre><td>goes"
    assert both(f"<table>{rows}</table>")[1].startswith("| Command | Does |")


def test_a_listing_names_its_language_however_many_blocks_it_is() -> None:
    assert both(f"<div class=language-python><pre>{lines('<div>{1}</div>')}</pre></div>")[1].startswith("```python\n")


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<pre>" + "<span class=ln>" * 200 + "<div><i>1</i>x</div>" * 9_000, id="numbers in numbers"),
        pytest.param("<pre>" + "<div>" * 200 + "<div>1</div>" * 9_000, id="lines in lines"),
        pytest.param("<pre><div>a</div></pre>" * 9_000, id="listings"),
        pytest.param("<table><tr><td>1<td><pre>a" * 60 + "<div>b</div>" * 9_000, id="tables in code in tables"),
        pytest.param("<pre>" + "<code><div>a</div></code><div>b</div>" * 9_000, id="frames"),
    ],
)
def test_hostile_code_takes_no_longer_than_its_length(markup: str) -> None:
    started = time.process_time()
    both(markup)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        pytest.param("<pre><code class='language-python'>{0}</code></pre>", "python", id="of the code"),
        pytest.param("<pre class='lang-js prettyprint'>{0}</pre>", "js", id="of the frame"),
        pytest.param("<pre class='brush: php; toolbar: false'>{0}</pre>", "php", id="of a brush"),
        pytest.param("<pre class='lang:c++ decode:true'>{0}</pre>", "c++", id="behind a colon"),
        pytest.param(
            "<div class='highlight highlight-source-shell'><pre>{0}</pre></div>", "shell", id="of the div around"
        ),
        pytest.param(
            "<div class='highlight-python notranslate'><div><pre>{0}</pre></div></div>", "python", id="further out"
        ),
        pytest.param("<pre><code data-lang=Ruby>{0}</code></pre>", "ruby", id="of an attribute"),
        pytest.param("<div data-language=css><pre>{0}</pre></div>", "css", id="of an attribute around"),
        pytest.param("<pre><code class=rust>{0}</code></pre>", "rust", id="a bare word"),
        pytest.param("<pre class='sourceCode c'>{0}</pre>", "c", id="a letter beside another word for code"),
        pytest.param(
            "<figure class='highlight bash'><table><tr><td><pre>1</pre></td><td><pre>{0}</pre></td></tr></table></figure>",
            "bash",
            id="around the numbers of its lines",
        ),
        pytest.param("<pre class=wide>{0}</pre>", "", id="a word of layout"),
        pytest.param("<pre><code class='c'>{0}</code></pre>", "", id="a letter"),
        pytest.param("<pre><code class='swift reply'>{0}</code></pre>", "", id="a word among others"),
        pytest.param("<div class=swift><pre>{0}</pre></div>", "", id="a word around"),
        pytest.param("<div class=lang-en><pre>{0}</pre></div>", "", id="the language of the text"),
        pytest.param("<pre class=language-plaintext>{0}</pre>", "", id="none"),
        pytest.param("<div class='language-css'><p>a<p>b<p>c<pre>{0}</pre></div>", "", id="around more than the code"),
        pytest.param("<pre class='language-`x'>{0}</pre>", "", id="a mark"),
        pytest.param("<pre class='language-<b>'>{0}</pre>", "", id="an element"),
        pytest.param("<pre data-lang='a\nb'>{0}</pre>", "", id="two lines"),
        pytest.param(f"<pre class='language-{'a' * 21}'>{{0}}</pre>", "", id="too long"),
    ],
)
def test_a_fence_names_the_language_of_its_code(markup: str, language: str) -> None:
    assert f"```{language}\nx = 1\n```" in render(markup.format("x = 1")).split("\n\n")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            "<ol><li>a<pre>x\n\n  y</pre>b<li>c</ol>",
            "1. a\n\n   ```\n   x\n   \n     y\n   ```\n\n   b\n\n2. c",
            id="between its text",
        ),
        pytest.param("<ul><li><pre>x\ny</pre><li>c</ul>", "- ```\n  x\n  y\n  ```\n- c", id="alone"),
    ],
)
def test_code_in_an_item_is_of_the_item(markup: str, expected: str) -> None:
    assert render(markup) == expected
