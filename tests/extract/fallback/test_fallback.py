"""The body by other means: who is asked for it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from pipelines.extract import extract

if TYPE_CHECKING:
    from types import FrameType

    from pipelines.records import Article

BODY = " ".join(["The harbour office has mounted eleven phones under its pier."] * 12)
STATED = json.dumps({"@type": "NewsArticle", "headline": "Tide", "articleBody": BODY})


@pytest.mark.parametrize(
    ("head", "asked"), [(f"<script type='application/ld+json'>{STATED}</script>", False), ("", True)]
)
def test_trafilatura_is_asked_only_where_the_page_itself_does_not_tell(head: str, *, asked: bool) -> None:
    entered = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "trafilatura" in frame.f_code.co_filename:
            entered.add(frame.f_code.co_filename)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        extract(f"{head}<h1>Tide</h1><p>Wait.".encode(), "http://harbour-post.example/2026/02/03/tide")
    finally:
        sys.setprofile(before)
    assert bool(entered) is asked


PARAGRAPHS = [
    f"<p>The harbour office has mounted {at} phones under its pier, and they measure the tide.</p>" for at in range(8)
]


def stated(body: str, shell: str = "<p>Wait.") -> Article:
    claimed = json.dumps(
        {"@type": "NewsArticle", "headline": "Tide", "datePublished": "2026-02-03", "articleBody": body}
    )
    page = (
        f"<script type='application/ld+json'>{claimed.replace('</', '<' + chr(92) + '/')}</script><h1>Tide</h1>{shell}"
    )
    article = extract(page.encode(), "http://harbour-post.example/2026/02/03/tide").article
    assert article is not None
    return article


def test_markup_in_json_ld_stays_in_the_markdown() -> None:
    article = stated(
        "".join(PARAGRAPHS) + "<h2>Costs</h2><ul><li><a href='/few'>Few</a>.</li><li>None.</li></ul><p>That is all.</p>"
    )
    assert article.markdown.count("\n\nThe harbour") == 7
    end = "\n\n## Costs\n\n- [Few](http://harbour-post.example/few).\n- None.\n\nThat is all."
    assert article.markdown.endswith(end)
    assert article.body.endswith("\n\nCosts\n\nFew.\n\nNone.\n\nThat is all.")


def test_a_body_in_json_ld_without_markup_keeps_its_lines() -> None:
    lines = [text.removeprefix("<p>").removesuffix("</p>") for text in PARAGRAPHS]
    article = stated("\n".join([*lines, "2 * 3 <b>is</b> 6, says the engineer who built it."]))
    assert article.body == "\n\n".join([*lines, "2 * 3 is 6, says the engineer who built it."])
    assert article.markdown.endswith("\n\n2 \\* 3 is 6, says the engineer who built it.")


@pytest.mark.parametrize(
    "written",
    [
        "{first} &amp; Sons said: &ldquo;It rose.&rdquo;\n{second}",
        "{first} &amp; Sons said: &ldquo;It rose.&rdquo;<br><br>{second}<br />",
        "&lt;p&gt;{first} &amp;amp; Sons said: &amp;ldquo;It rose.&amp;rdquo;&lt;/p&gt;&lt;p&gt;{second}&lt;/p&gt;",
    ],
)
def test_a_body_in_json_ld_may_be_escaped_for_html(written: str) -> None:
    line = "The harbour office has mounted eleven phones under its pier. " * 6
    article = stated(written.format(first=line, second=line.strip()))
    assert article.body == f"{line}& Sons said: “It rose.”\n\n{line.strip()}"
