from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract import extract
from pipelines.extract.parse import parse
from pipelines.extract.state import state_body

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
    assert state_body(parse(page(script)).tree) == TEXT


def test_a_page_that_scripts_draw_yields_its_article() -> None:
    article = extract(page(SCRIPTS["a string"]), URL).article
    assert article is not None
    assert all(text in article.body for text in PARAGRAPHS)
    assert "$$" not in article.body
    assert article.authors == ("Ada Byron",)


def test_a_script_without_a_body_yields_none() -> None:
    assert state_body(parse(page("var a = '<p>' + 'x'.repeat(1000) + \"<p>one</p>\";")).tree) == ""


@given(st.text(st.sampled_from('"\\<p>u03cecn {}[]\x00a'), max_size=2_000))
@settings(deadline=None, max_examples=100)
def test_no_script_breaks_the_search(script: str) -> None:
    found = state_body(parse(page(script.replace("</", ""))).tree)
    assert isinstance(found, str)


@pytest.mark.parametrize(
    "script", ['"<p ' + "\\" * 1_000_000, '"<p>' * 300_000, shipped("<p>" * 300_000), '"<p>\\"' * 200_000]
)
def test_a_hostile_script_is_read_to_its_end(script: str) -> None:
    assert isinstance(state_body(parse(page(script)).tree), str)
