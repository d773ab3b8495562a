from __future__ import annotations

import json

import pytest

from pipelines.extract.metadata import metadata
from pipelines.extract.page_type import decide, model
from pipelines.extract.parse import parse
from pipelines.records import Decision, Kind

SITE = "https://www.harbour-post.example"
STORY = f"{SITE}/science/2026/03/04/old-phones-measure-the-tide-at-the-town-pier"
PARAGRAPH = (
    "The harbour office has mounted eleven discarded phones under its pier, and they now measure the tide every four "
    "minutes, said Ada Byron, who keeps the gauge. The readings agree with the official one to within two centimetres."
)
BODY = "\n\n".join([PARAGRAPH] * 6)
NEWS = {
    "@type": "NewsArticle",
    "headline": "Old phones measure the tide",
    "datePublished": "2026-03-04T12:00:00Z",
    "author": {"@type": "Person", "name": "Ada Byron"},
}


def judge(markup: str, body: str, *, url: str = STORY, head: str = "", ld: object = None) -> Decision:
    script = f"<script type='application/ld+json'>{json.dumps(ld)}</script>" if ld else ""
    page = f"<html><head><title>Old phones measure the tide</title>{head}{script}</head><body>{markup}</body></html>"
    document = parse(page.encode())
    return decide(document, url, metadata(document, url), body)


def paragraphs(body: str) -> str:
    return "".join(f"<p>{line}</p>" for line in body.split("\n\n"))


def test_a_story_is_an_article_and_the_reason_says_why() -> None:
    found = judge(f"<article><h1>Old phones</h1>{paragraphs(BODY)}</article>", BODY, ld=NEWS)
    assert (found.article, found.kind) == (True, Kind.ARTICLE)
    assert found.score > 0.8
    assert found.reason.startswith("article rather than ")


def test_a_story_without_any_claims_is_an_article() -> None:
    assert judge(f"<h1>Old phones</h1>{paragraphs(BODY)}", BODY).article


def test_a_live_blog_is_kept_and_marked() -> None:
    live = NEWS | {"@type": "LiveBlogPosting"}
    found = judge(f"<article>{paragraphs(BODY)}</article>", BODY, ld=live)
    assert (found.article, found.kind) == (True, Kind.LIVE)


CARDS = "".join(
    f"<div class='card listing'><h3><a href='/s/{n}'>Another story of the harbour, number {n}</a></h3><time>4 March</time></div>"
    for n in range(40)
)
TITLES = "\n".join(f"Another story of the harbour, number {n}" for n in range(40))


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/", {Kind.INDEX}),
        ("/tag/tides/", {Kind.TAG, Kind.SECTION}),
        ("/author/ada-byron/", {Kind.AUTHOR, Kind.SECTION}),
        ("/category/science/", {Kind.SECTION}),
    ],
)
def test_a_page_of_cards_is_no_article(path: str, kinds: set[Kind]) -> None:
    found = judge(f"<ul>{CARDS}</ul>", TITLES, url=SITE + path)
    assert not found.article
    assert found.kind in kinds
    assert found.reason


def test_a_shop_page_is_a_product() -> None:
    offer = {"@type": "Product", "name": "Tide gauge", "offers": {"@type": "Offer", "price": "19.00"}}
    markup = (
        "<div class='product'><span class='price'>$19.00</span><form class='cart'><button>Add to cart</button></form>"
        * 8
    )
    body = "Tide gauge\n$19.00\nAdd to cart\nIn stock\nFree shipping on orders over $50.\nYou may return your gauge."
    found = judge(
        markup, body, url=f"{SITE}/products/tide-gauge", ld=offer, head="<meta property='og:type' content='product'>"
    )
    assert (found.article, found.kind) == (False, Kind.PRODUCT)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Just a moment...", "Checking your browser before accessing the site.", Kind.BOT_WALL),
        ("Access denied", "You have been blocked.", Kind.BOT_WALL),
        ("Harbour Post", "Please verify you are human to go on.", Kind.BOT_WALL),
        ("Before you continue", "We value your privacy. Accept all cookies to go on.", Kind.CONSENT),
        ("Harbour Post", "Wir und unsere Partner verwenden Cookies.", Kind.CONSENT),
        ("Page not found", "The page you asked for has moved.", Kind.SOFT_404),
        ("404 | Harbour Post", "Sorry.", Kind.SOFT_404),
        ("Seite nicht gefunden", "Leider.", Kind.SOFT_404),
        ("The tide", "Subscribe now to continue reading.", Kind.PAYWALL),
    ],
)
def test_what_stands_in_the_way_of_an_article_is_named(title: str, text: str, kind: Kind) -> None:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    document = parse(page.encode())
    found = decide(document, STORY, metadata(document, STORY), text)
    assert (found.article, found.kind) == (False, kind)


def test_a_story_about_walls_stands_behind_none() -> None:
    body = BODY + "\n\nAre you a robot? Page not found. Subscribe to continue reading, accept all cookies."
    markup = f"<article><h1>Why every page asks: are you a robot?</h1>{paragraphs(body)}</article>"
    assert judge(markup, body, ld=NEWS).article


def test_a_page_that_is_not_free_and_shows_nothing_is_a_stub() -> None:
    found = judge(
        "<p>The harbour office has mounted phones.</p>",
        "The harbour office has mounted phones.",
        ld=NEWS | {"isAccessibleForFree": False},
    )
    assert found.kind is Kind.PAYWALL


def test_a_film_or_gallery_with_a_caption_is_none() -> None:
    caption = (
        "A film of the pier at dawn, taken with one of the eleven phones that the harbour office has mounted there."
    )
    assert judge("<video></video>", caption, head="<meta property='og:type' content='video.other'>").kind is Kind.VIDEO
    assert judge("<img>", caption, url=f"{SITE}/gallery/pier-at-dawn").kind is Kind.GALLERY


def test_an_empty_page_is_empty_and_an_empty_home_page_is_an_index() -> None:
    assert judge("", "").kind is Kind.EMPTY
    assert judge("", "", url=SITE).kind is Kind.INDEX


def test_the_same_page_is_judged_alike_again() -> None:
    assert judge(paragraphs(BODY), BODY) == judge(paragraphs(BODY), BODY)


def test_the_model_is_small_and_whole() -> None:
    fitted = model()
    assert "article" in fitted.classes
    assert len(fitted.weights) == len(fitted.classes) == len(fitted.intercepts)
    assert {len(row) for row in fitted.weights} == {len(fitted.features)} == {len(fitted.means)} == {len(fitted.scales)}
    assert all(scale > 0 for scale in fitted.scales)
    assert 0 < fitted.threshold < 1
