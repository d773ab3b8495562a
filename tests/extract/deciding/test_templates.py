"""Pages whose body says that its template is none of an article's."""

from __future__ import annotations

import pytest

from pipelines.extract.deciding.page_type import decide
from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse
from pipelines.records import Decision, Kind
from tests.extract.deciding.judged import BODY, SITE, STORY, paragraphs


def made(names: str, *, url: str = STORY) -> Decision:
    """Judge a page with an article's text, whose body has these class names."""
    page = f"<html><head><title>Old phones</title></head><body class='{names}'><h1>Old phones</h1>{paragraphs(BODY)}</body></html>"
    document = parse(page.encode())
    return decide(document, url, metadata(document, url), BODY)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("archive category category-tides category-12 wp-custom-logo", Kind.SECTION),
        ("archive tag tag-phones", Kind.TAG),
        ("archive author author-ada-byron", Kind.AUTHOR),
        ("archive date", Kind.INDEX),
        ("home blog logged-out", Kind.INDEX),
        ("search search-results", Kind.INDEX),
        ("error404 wp-embed-responsive", Kind.SOFT_404),
        ("single single-product woocommerce", Kind.PRODUCT),
        ("topic bbpress single single-topic", Kind.FORUM),
        ("tag-template tag-tides", Kind.TAG),
        ("path-taxonomy page-taxonomy", Kind.TAG),
        ("feed-view homepage-view", Kind.INDEX),
        ("mediawiki ltr ns--1 ns-special", Kind.OTHER),
        ("nojs notouch section-viewtopic ltr", Kind.FORUM),
    ],
)
def test_a_page_is_what_its_template_is_for(names: str, kind: Kind) -> None:
    found = made(names)
    assert (found.article, found.kind) == (False, kind)
    assert "template" in found.reason


@pytest.mark.parametrize(
    "names",
    [
        "post-template-default single single-post postid-12",
        "single single-post archive category blog",
        "page-template page page-id-4",
        "post-template tag-cloud",
        "item-view archive-view",
        "blog category search",
        "mediawiki ltr ns-0 ns-subject",
        "",
    ],
)
@pytest.mark.parametrize("url", [STORY, f"{SITE}/2026/05/old-phones-measure-the-tide.html"])
def test_an_article_is_one_whatever_else_its_theme_calls_it(names: str, url: str) -> None:
    assert made(names, url=url).article


def test_a_page_without_a_body_has_no_template() -> None:
    document = parse(b"<frameset><frame src='a'></frameset>")
    assert not decide(document, STORY, metadata(document, STORY), "").article
