"""The one paragraph of a brief is its body, even where it was judged to be its standfirst."""

from __future__ import annotations

import pytest

from pipelines.extract import extract
from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import Selection
from pipelines.extract.selecting.lone_standfirsts import CONFIDENCE, with_lone_standfirst

SAYS = "The ferry to the north pier sails again from Monday on, the harbour office said, after a winter in the dock."
MENU = "<p>Harbour Post</p>"


def selected(markup: str, *roles: str, kept: tuple[int, ...] = ()) -> Selection:
    """Give what is selected of a page whose blocks have these roles."""
    page = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    return with_lone_standfirst(Selection(kept, (), (), roles, (0.1,) * len(roles), 0.0), page)


def test_a_standfirst_with_no_text_below_it_is_the_body() -> None:
    found = selected(f"{MENU}<p>{SAYS}</p>", "chrome", "standfirst")
    assert (found.kept, found.roles, found.confidence) == ((1,), ("chrome", "body"), CONFIDENCE)


@pytest.mark.parametrize(
    ("markup", "roles", "kept"),
    [
        (f"<p>{SAYS}</p><p>{SAYS}</p>", ("standfirst", "body"), (1,)),
        (f"<p>{SAYS}</p><p>{SAYS}</p>", ("standfirst", "standfirst"), ()),
        ("<p>The ferry sails again.</p>", ("standfirst",), ()),
        (f"<p>{SAYS}</p><div>Subscribe to continue reading.</div>", ("standfirst", "promo"), ()),
        (f"<p>{SAYS}</p>", ("chrome",), ()),
    ],
)
def test_nothing_else_becomes_one(markup: str, roles: tuple[str, ...], kept: tuple[int, ...]) -> None:
    found = selected(markup, *roles, kept=kept)
    assert (found.kept, found.roles) == (kept, roles)


BRIEF = """<!doctype html><html lang="en"><head><title>Harbour Post drops its paywall - Harbour Post</title>
<meta property="og:type" content="article"><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour Post drops
its paywall", "datePublished": "2026-05-20T06:00:00Z", "author": [{"@type": "Person", "name": "Lena Orr"}], "isAccessibleForFree": %s}
</script></head><body><div id="fusion-app"><div class="c-stack"><nav class="main-nav"><ul><li><a href="/0/">News</a></li><li>
<a href="/1/">Reviews</a></li></ul></nav></div><section class="default-article-body"><h1 class="b-headline">Harbour Post drops its
paywall</h1><div class="ts-byline"><span>By <a href="/staff/l-orr">Lena Orr</a></span><time class="c-date" datetime="2026-05-20">May 20,
2026</time></div><article class="b-article-body article-body-wrapper"><p>The Harbour Post will drop its paywall in June, its owner said
on Monday. Readers who have a subscription keep the paper without ads, and need not sign in to read.</p></article></section></div>
</body></html>"""


def test_a_brief_of_one_paragraph_is_an_article_where_it_is_free() -> None:
    url = "https://harbour-post.example/media/2026/05/paywall-brief"
    found = extract((BRIEF % "true").encode(), url)
    assert found.article is not None
    assert found.article.body.startswith("The Harbour Post will drop")
    assert not found.article.standfirst
    assert not extract((BRIEF % "false").encode(), url).decision.article
