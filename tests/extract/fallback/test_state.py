from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract import extract
from pipelines.extract.fallback.state import state
from pipelines.extract.parsing.parse import parse

if TYPE_CHECKING:
    from pipelines.records import Article

URL = "https://harbour-post.example/2026/03/04/old-phones-measure-the-tide"
PARAGRAPHS = [
    "The harbour office has mounted eleven discarded phones under its pier, and they now measure the tide every hour.",
    "The readings agree with those of the official gauge to within two centimetres, says the engineer who built it.",
    "Each phone costs less than its mounting. When one dies, a boat brings another, and the software notices the change.",
    "“We wanted a gauge that a school could build,” she says; two schools on the coast have built one since the autumn.",
    "Two more towns on the coast have asked for the plans, which stand on the harbour's website for everyone to use.",
]
MARKUP = (
    "<figure><p class='caption'>The pier at dawn.</p></figure>"
    + "$$AD$$".join(f"<p class='text'>{text}</p>" for text in PARAGRAPHS)
    + "<h3>What comes next</h3><ul><li><p>A gauge for the lake.</p></li></ul>"
)
TEXT = "\n\n".join([*PARAGRAPHS, "What comes next", "A gauge for the lake."])


def shipped(value: object) -> str:
    """Write JSON as frameworks put it into a script."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e")


SCRIPTS = {
    "a string": f"window.__STATE__ = {shipped({'article': {'title': 'x', 'html': MARKUP}})};",
    "a string in a string": f"self.__next_f.push({shipped([1, '5:' + json.dumps({'body': MARKUP})])})",
    "a chunk of markup": f"self.__next_f.push({shipped([1, MARKUP])})",
    "plain JSON": json.dumps({"props": {"pageProps": {"body": MARKUP}}}),
}


def page(script: str, shell: str = "<div id='root'></div>") -> bytes:
    return (
        "<!doctype html><html lang='en'><head><title>Old phones measure the tide</title><meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2026-03-04T09:30:00Z'><meta name='author' content='Ada Byron'></head>"
        f"<body>{shell}<script>{script}</script></body></html>"
    ).encode()


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_the_body_is_found_in_the_state_that_the_scripts_draw_from(script: str) -> None:
    assert state(parse(page(script)).tree).text == TEXT


def test_a_page_that_scripts_draw_yields_its_article() -> None:
    article = extract(page(SCRIPTS["a string"]), URL).article
    assert article is not None
    assert all(text in article.body for text in PARAGRAPHS)
    assert "$$" not in article.body
    assert article.authors == ("Ada Byron",)


SAID = {
    "title": "Old phones measure the tide",
    "publishedAt": "2026-03-04T09:30:00+01:00",
    "authors": [{"displayName": "Ada Byron"}, {"displayName": "Karl Ritter"}],
}
SHELL = (
    "<!doctype html><html lang='en'><head><title>Loading... | Harbour Post</title><meta property='og:type' content='article'>"
    "<meta property='og:site_name' content='Harbour Post'>{}</head><body><div id='root'></div><script>{}</script></body></html>"
)


def drawn(script: str, head: str = "") -> Article:
    article = extract(SHELL.format(head, script).encode(), URL.replace("/2026/03/04", "")).article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(f"window.__STATE__ = {shipped({'article': SAID | {'html': MARKUP}})};", id="beside it"),
        pytest.param(json.dumps({"title": "Harbour Post", "page": SAID | {"content": {"html": MARKUP}}}), id="around it"),
        pytest.param(f"f.push({shipped([1, '5:' + json.dumps(SAID | {'body': MARKUP})])})", id="in a string"),
        pytest.param(
            json.dumps({"page": {"headline": SAID["title"], "author": "By Ada Byron and Karl Ritter"}
            | {"date": 1772613000, "content": {"rendered": MARKUP}}}),
            id="by other names",
        ),
    ],
)  # fmt: skip
def test_the_object_that_holds_the_body_says_what_the_head_does_not(script: str) -> None:
    article = drawn(script)
    assert article.title == SAID["title"]
    assert article.authors == ("Ada Byron", "Karl Ritter")
    assert article.published is not None
    assert article.published.isoformat()[:10] == "2026-03-04"
    assert article.published_rule is not None
    assert article.published_rule.startswith("state:")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            {"excerpt": "<p>Eleven phones do what a gauge did.</p>"}, "Eleven phones do what a gauge did.", id="told"
        ),
        pytest.param({"dek": "A gauge for all", "excerpt": "x"}, "A gauge for all", id="the most telling"),
        pytest.param({"excerpt": "Tides"}, None, id="a label"),
        pytest.param({"excerpt": "Eleven phones do what a gauge did until […]"}, None, id="cut"),
        pytest.param({"excerpt": PARAGRAPHS[0]}, None, id="how the body begins"),
        pytest.param({"excerpt": ["x" * 600], "dek": {"y": 1}}, None, id="of the wrong kind"),
    ],
)
def test_the_summary_beside_a_body_of_the_state_is_the_standfirst(
    said: dict[str, object], expected: str | None
) -> None:
    assert drawn(f"window.__STATE__ = {shipped(SAID | said | {'html': MARKUP})};").standfirst == expected


def test_the_head_is_believed_before_the_state() -> None:
    head = (
        "<meta property='og:title' content='Eleven phones under a pier'><meta name='author' content='Eva Lind'>"
        "<meta property='article:published_time' content='2026-03-05'>"
    )
    article = drawn(f"window.__STATE__ = {shipped(SAID | {'html': MARKUP})};", head)
    assert (article.title, article.authors) == ("Eleven phones under a pier", ("Eva Lind",))
    assert article.published_rule == "meta:article:published_time"


def test_values_of_the_wrong_kind_say_nothing() -> None:
    article = drawn(json.dumps({"title": ["x" * 400], "date": {"y": 1}, "authors": [[], 3, None], "html": MARKUP}))
    assert article.authors == ()
    assert article.published is None


def test_headings_of_the_state_stay_headings_in_the_markdown() -> None:
    article = drawn(f"window.__STATE__ = {shipped(SAID | {'html': MARKUP})};")
    assert "\n\n### What comes next\n\n" in article.markdown
    assert "\n\nWhat comes next\n\n" in article.body


def test_lists_links_quotes_and_code_of_the_state_stay_in_the_markdown() -> None:
    said = (
        "<ul><li>A gauge <a href='/lake'>for the lake</a>.</li><li>A gauge for <b>the sea</b>.</li></ul>"
        "<blockquote><p>It floats.</p><p>It must.</p></blockquote><pre><code class=language-sh>tide --now\n  --log</code></pre>"
        "<p onclick='x()'>&lt;script>alert(1)&lt;/script> <a href='javascript:x()'>go</a></p>"
    )
    article = drawn(f"window.__STATE__ = {shipped(SAID | {'html': MARKUP + said + '<p>That is all.</p>'})};")
    assert article.markdown.endswith(
        "* A gauge [for the lake](https://harbour-post.example/lake).\n* A gauge for **the sea**.\n\n> It floats.\n>\n> It must.\n\n"
        "```sh\ntide --now\n  --log\n```\n\n\\<script\\>alert(1)\\</script\\> go\n\nThat is all."
    )
    assert "\n\nA gauge for the lake.\n\nA gauge for the sea.\n\nIt floats.\n\n" in article.body


def test_markup_of_the_state_has_the_bounds_of_a_page() -> None:
    deep = "<p>One.<p>Two.<p>Three." + "<div>" * 3_000 + "<p>Four."
    assert state(parse(page(f"var a = {shipped([deep, MARKUP])};")).tree).text == TEXT
    many = "<p>x" * 40_001
    assert state(parse(page(f"var a = {shipped([many, MARKUP])};")).tree).text == TEXT


def test_a_script_without_a_body_yields_none() -> None:
    assert state(parse(page("var a = '<p>' + 'x'.repeat(1000) + \"<p>one</p>\";")).tree).text == ""


@given(st.text(st.sampled_from('"\\<p>u03cecn {}[]\x00a'), max_size=2_000))
@settings(deadline=None, max_examples=100)
def test_no_script_breaks_the_search(script: str) -> None:
    found = state(parse(page(script.replace("</", ""))).tree)
    assert isinstance(found.text, str)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('"<p ' + "\\" * 1_000_000, id="backslashes"),
        pytest.param('"<p>' * 300_000, id="quotes"),
        pytest.param(shipped("<p>" * 300_000), id="empty paragraphs"),
        pytest.param('"<p>\\"' * 200_000, id="quotes and backslashes"),
        pytest.param("{[" * 900_000 + shipped(MARKUP), id="brackets"),
        pytest.param("{" + "[1," * 600_000 + shipped(MARKUP), id="lists"),
        pytest.param(shipped([{"a": []}] * 150_000 + [MARKUP]), id="objects"),
        pytest.param(json.dumps([json.dumps([json.dumps(["{[1,"] * 9_000 + [MARKUP])] * 9)]), id="strings in strings"),
    ],
)
def test_a_hostile_script_is_read_to_its_end(script: str) -> None:
    assert isinstance(state(parse(page(script)).tree).text, str)
