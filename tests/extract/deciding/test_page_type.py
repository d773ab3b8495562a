from __future__ import annotations

import pytest

from pipelines.extract.deciding.page_type import decide, model
from pipelines.extract.deciding.signs import worded
from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse
from pipelines.records import Kind
from tests.extract.deciding.judged import BODY, BRIEF, NEWS, PARAGRAPH, SITE, STORY, judge, paragraphs


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


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/live/2026/03/the-tide", Kind.LIVE),
        ("/news/liveblog-the-tide-rises-4711.html", Kind.LIVE),
        ("/sport/live-ticker/the-race", Kind.LIVE),
        ("/2026/03/live-updates-the-tide", Kind.LIVE),
        ("/2026/03/the-tide-live-updates.html", Kind.LIVE),
        ("/2026/03/live-translation-comes-to-old-phones", Kind.ARTICLE),
        ("/members/live-healthy/keep-your-teeth", Kind.ARTICLE),
        ("/how-we-live/by-the-tide", Kind.ARTICLE),
    ],
)
def test_an_address_says_that_a_page_is_live(path: str, kind: Kind) -> None:
    assert judge(f"<article>{paragraphs(BODY)}</article>", BODY, url=SITE + path, ld=NEWS).kind is kind


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


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        ("DiscussionForumPosting", Kind.FORUM),
        ("QAPage", Kind.FORUM),
        ("ProfilePage", Kind.AUTHOR),
        ("CollectionPage", Kind.SECTION),
        ("JobPosting", Kind.SERVICE),
    ],
)
def test_a_page_is_what_it_declares_itself_to_be(declared: str, kind: Kind) -> None:
    page, markup = {"@type": declared, "headline": "Old phones"}, f"<h1>Old phones</h1>{paragraphs(BODY)}"
    found = judge(markup, BODY, ld=page)
    assert (found.article, found.kind) == (False, kind)
    assert found.reason.startswith(f"a {declared} as declared, with ")
    assert judge(markup, BODY, ld=[NEWS, page]).article


def test_a_declared_profile_is_its_authors_page() -> None:
    profile, markup = "<meta property='og:type' content='profile'>", f"<h1>Ada Byron</h1>{paragraphs(BODY)}"
    assert judge(markup, BODY, head=profile).kind is Kind.AUTHOR
    assert judge(markup, BODY, head=profile, ld=NEWS).article


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


@pytest.mark.parametrize(
    "menu", ["<a>Subscribe</a> | <a>Most read</a>", "<a>Subscribe</a> / <a>Sign in</a> / <a>Access the e-paper</a>"]
)
def test_a_menu_beside_a_brief_is_no_paywall(menu: str) -> None:
    markup = f"<header>{menu}</header><h1>The ferry sails again</h1>{paragraphs(BRIEF)}"
    assert judge(markup, BRIEF).kind is not Kind.PAYWALL
    assert judge(f"{markup}<p>Subscribe now to read on.</p>", BRIEF).kind is Kind.PAYWALL


@pytest.mark.parametrize(
    "box",
    [
        "Subscribe to our newsletter, and never miss an article.",
        "Subscribe now to read our letter every Friday.",
        "Become a member and support our work.",
        "Subscribe for access to the podcast, free of charge.",
    ],
)
def test_a_box_for_letters_below_a_brief_is_no_paywall(box: str) -> None:
    markup = f"<h1>The ferry sails again</h1>{paragraphs(BRIEF)}<p>{box}</p>"
    assert judge(markup, BRIEF).kind is not Kind.PAYWALL
    assert judge(f"{markup}<p>{box} Subscribe now to read on.</p>", BRIEF).kind is Kind.PAYWALL


def test_a_declared_brief_about_checks_stands_behind_none() -> None:
    brief = f"{BRIEF} Its website asked visitors: are you a robot?"
    assert judge(paragraphs(brief), brief, ld=NEWS).kind is not Kind.BOT_WALL
    assert judge(paragraphs(brief), brief).kind is Kind.BOT_WALL


def test_a_japanese_story_is_as_long_as_its_characters_say() -> None:
    body = "\n\n".join(
        ["港の事務所は、使われなくなった電話機を桟橋の下に取り付け、四分ごとに潮位を測っていると、担当者は話した。"] * 9
    )
    markup = f"<div>続けるにはクッキーに同意してください</div><article><h1>古い電話で潮位を測る</h1>{paragraphs(body)}</article>"
    assert judge(markup, body, ld=NEWS).article


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


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/tv/harbour-drama-renewed", Kind.VIDEO),
        ("/watch/norrlift-watch-3-arrives", Kind.VIDEO),
        ("/photo/norrlift-camera-review", Kind.GALLERY),
    ],
)
def test_news_of_television_and_cameras_is_no_film_and_no_gallery(path: str, kind: Kind) -> None:
    markup, film = paragraphs(PARAGRAPH), {"@type": "VideoObject", "name": "The pier at dawn"}
    assert judge(markup, PARAGRAPH, url=SITE + path, ld=NEWS).article
    assert judge(markup, PARAGRAPH, url=SITE + path).kind is kind
    assert judge("", "The pier at dawn.", url=SITE + path, ld=NEWS).kind is kind
    if kind is Kind.VIDEO:
        assert judge(markup, PARAGRAPH, url=SITE + path, ld=[NEWS, film]).kind is kind


def test_an_empty_page_is_empty_and_an_empty_home_page_is_an_index() -> None:
    assert judge("", "").kind is Kind.EMPTY
    assert judge("", "", url=SITE).kind is Kind.INDEX


@pytest.mark.parametrize(("path", "kind"), [("/tag/tides/", Kind.TAG), ("/author/ada-byron/", Kind.AUTHOR)])
def test_a_list_without_a_word_of_text_is_named_by_its_address(path: str, kind: Kind) -> None:
    assert judge(f"<ul>{CARDS}</ul>", "", url=SITE + path).kind is kind


def test_the_same_page_is_judged_alike_again() -> None:
    assert judge(paragraphs(BODY), BODY) == judge(paragraphs(BODY), BODY)


def test_the_model_is_small_and_whole() -> None:
    fitted = model()
    assert "article" in fitted.classes
    assert len(fitted.weights) == len(fitted.classes) == len(fitted.intercepts)
    assert {len(row) for row in fitted.weights} == {len(fitted.features)} == {len(fitted.means)} == {len(fitted.scales)}
    assert all(scale > 0 for scale in fitted.scales)
    assert 0 < fitted.threshold < 1


@pytest.mark.parametrize("value", [1.0, -1.0])
def test_every_feature_has_a_name_in_a_reason(value: float) -> None:
    phrases = {name: worded(name, value) for name in model().features}
    assert all(phrase.split() == phrase.split(" ") for phrase in phrases.values())
    assert len(set(phrases.values())) == len(phrases)
    assert (phrases["links"], phrases["ld_any"]) == (
        ("much links", "much JSON-LD") if value > 0 else ("little or no links", "little or no JSON-LD")
    )
