from __future__ import annotations

import json

import pytest

from pipelines.extract.metadata import metadata
from pipelines.extract.page_type import decide, model, worded
from pipelines.extract.parse import parse
from pipelines.extract.words import count
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


def titled(title: str, body: str, *, head: str = "", ld: object = None, heading: str | None = None) -> Decision:
    """Judge a page whose title and only heading are these."""
    script = f"<script type='application/ld+json'>{json.dumps(ld)}</script>" if ld else ""
    page = f"<html><head><title>{title}</title>{head}{script}</head><body><h1>{heading or title}</h1>{paragraphs(body)}</body></html>"
    document = parse(page.encode())
    return decide(document, STORY, metadata(document, STORY), body)


APOLOGY = (
    "We are sorry for the trouble. Please try again in a few minutes, or go back to the home page and look for what you "
    "wanted there. If it does not help, write to us."
)


@pytest.mark.parametrize(
    ("title", "kind", "what"),
    [
        ("Attention Required! | Cloudflare", Kind.BOT_WALL, "a check of visitors"),
        ("Are you a robot?", Kind.BOT_WALL, "a check of visitors"),
        ("Access to this page has been denied.", Kind.BOT_WALL, "a check of visitors"),
        ("Oops! The page you’re looking for can’t be found | Harbour Post", Kind.SOFT_404, "a missing page"),
        ("Sorry, we can't find the page you were looking for", Kind.SOFT_404, "a missing page"),
        ("Error 404: page not found – Harbour Post", Kind.SOFT_404, "a missing page"),
        ("410 Gone", Kind.SOFT_404, "a missing page"),
        ("This article is no longer available", Kind.SOFT_404, "a missing page"),
        ("Nothing found - The Harbour Post", Kind.SOFT_404, "a missing page"),
        ("Die angeforderte Seite wurde nicht gefunden", Kind.SOFT_404, "a missing page"),
        ("Page not found - Harbour Post - News from the north coast every day", Kind.SOFT_404, "a missing page"),
        ("403 Forbidden", Kind.BOT_WALL, "a check of visitors"),
        ("Web server is down | harbour-post.example | Cloudflare", Kind.SOFT_404, "an error of the site"),
        ("Page introuvable", Kind.SOFT_404, "a missing page"),
        ("お探しのページは見つかりませんでした｜港新聞", Kind.SOFT_404, "a missing page"),
        ("500 – Internal server error", Kind.SOFT_404, "an error of the site"),
        ("503 Service Temporarily Unavailable", Kind.SOFT_404, "an error of the site"),
        ("Something went wrong | Harbour Post", Kind.SOFT_404, "an error of the site"),
        ("Es ist ein Fehler aufgetreten", Kind.SOFT_404, "an error of the site"),
        ("Service momentanément indisponible", Kind.SOFT_404, "an error of the site"),
        ("エラーが発生しました", Kind.SOFT_404, "an error of the site"),
        ("Site under maintenance", Kind.SOFT_404, "a site under maintenance"),
        ("We'll be back soon!", Kind.SOFT_404, "a site under maintenance"),
        ("Wartungsarbeiten - Hafenpost", Kind.SOFT_404, "a site under maintenance"),
        ("Site en maintenance", Kind.SOFT_404, "a site under maintenance"),
        ("ただいまメンテナンス中です", Kind.SOFT_404, "a site under maintenance"),
        ("451: Unavailable due to legal reasons", Kind.BOT_WALL, "a page closed to the visitor's country"),
        ("This content is not available in your region", Kind.BOT_WALL, "a page closed to the visitor's country"),
        ("429 Too Many Requests", Kind.BOT_WALL, "a refusal of too many visits"),
        ("Your browser is out of date", Kind.EMPTY, "a demand for another browser"),
        ("JavaScript is required", Kind.EMPTY, "a demand for another browser"),
    ],
)
def test_a_title_that_is_a_message_heads_no_article(title: str, kind: Kind, what: str) -> None:
    found = [titled(title, APOLOGY), titled("Harbour Post", APOLOGY, heading=title)]
    assert [(each.kind, each.reason.partition(" (")[0]) for each in found] == [(kind, what)] * 2


HEADLINES = (
    "404 Media sues the city over records",
    "404 homes without power after storm",
    "Error 404: what the code means for publishers",
    "Error 404 – what the code means – and whom it helps",
    "Security check of the port finds three holes",
    "Forbidden fruit: why the harbour grows figs",
    "Not found: one pilot boat",
    "410 workers lose their jobs",
    "500 – a number that the harbour will not forget so soon",
    "12 million pieces of content removed by video site",
    "How a story gone viral ruined a small café",
    "Divers search the wreck, nothing found",
    "Oops! Minister sends draft budget to reporters",
    "Unusual activity detected at volcano",
    "Press access denied at summit",
    "DDoS protection by Cloudflare fails for an hour",
    "Are you a robot? Firms test job applicants",
    "Just a moment with the harbour master",
    "This page is gone: the end of a web archive",
    "Service unavailable: how one bad update took down the port",
    "Chat app is down for thousands of users in the north",
    "Film not available in your country? Regulator asks why",
    "Lift under maintenance for the third month, tenants say",
    "Die Seite der Verlierer: nicht gefunden, sagt der Trainer",
    "メンテナンス中の橋で事故、けが人なし",
)


@pytest.mark.parametrize("title", HEADLINES)
@pytest.mark.parametrize("ld", [NEWS, None])
def test_a_headline_with_the_words_of_a_message_heads_an_article(title: str, ld: object) -> None:
    body = "\n\n".join([PARAGRAPH] * 2)
    assert titled(title, body, ld=ld).article
    assert titled(f"{title} - Harbour Post", body, ld=ld, heading=title).article


@pytest.mark.parametrize("title", ["Access denied", "Just a moment", "Nothing found | Harbour Post"])
def test_an_article_that_says_so_may_have_a_message_for_its_title(title: str) -> None:
    body, dated = (
        "\n\n".join([PARAGRAPH] * 2),
        "<meta property='article:published_time' content='2026-03-04T09:30:00Z'>",
    )
    declared = f"<meta property='og:type' content='article'>{dated}"
    assert titled(title, body, ld=NEWS).article
    assert titled(title, body, head=declared).article
    assert not titled(title, body, head="<meta property='og:type' content='article'>").article
    assert not titled(title, APOLOGY, ld=NEWS).article


def test_a_hidden_notice_beside_the_headline_is_no_title() -> None:
    markup = f"<div hidden><h1>Your browser is out of date</h1></div><h1>Old phones</h1>{paragraphs(BRIEF)}"
    assert judge(markup, BRIEF).kind is not Kind.EMPTY


@pytest.mark.parametrize(
    "menu", ["<a>Subscribe</a> | <a>Most read</a>", "<a>Subscribe</a> / <a>Sign in</a> / <a>Access the e-paper</a>"]
)
def test_a_menu_beside_a_brief_is_no_paywall(menu: str) -> None:
    markup = f"<header>{menu}</header><h1>The ferry sails again</h1>{paragraphs(BRIEF)}"
    assert judge(markup, BRIEF).kind is not Kind.PAYWALL
    assert judge(f"{markup}<p>Subscribe now to read on.</p>", BRIEF).kind is Kind.PAYWALL


def test_a_declared_brief_about_checks_stands_behind_none() -> None:
    brief = f"{BRIEF} Its website asked visitors: are you a robot?"
    assert judge(paragraphs(brief), brief, ld=NEWS).kind is not Kind.BOT_WALL
    assert judge(paragraphs(brief), brief).kind is Kind.BOT_WALL


NOTICES = {
    "en": (
        "Before you continue",
        "We value your privacy",
        (
            "We and our 842 partners store and access information on your device, such as identifiers in cookies, to show you "
            "advertising and to measure it. You may accept or manage your choices below, or object where legitimate interest is "
            "claimed. Your choices will be signalled to our partners. You can withdraw your consent at any time, by way of the "
            "link at the bottom of each page."
        ),
    ),
    "en-group": (
        "Harbour Post is part of the Quayside family of brands",
        "Harbour Post is part of the Quayside family of brands",
        (
            "When you use our sites and apps, we use cookies to provide them to you, to keep out spam, and to count visits.\n"
            "If you click 'Accept all', we and our partners, 240 of them, will also use your precise location.\n"
            "If you do not want this, click 'Reject all'. To customise your choices, click 'Manage privacy settings'."
        ),
    ),
    "de": (
        "Hafenpost",
        "Mit Werbung weiterlesen",
        (
            "Besuchen Sie unsere Seiten wie gewohnt mit Werbung und Tracking. Ihre Zustimmung können Sie jederzeit widerrufen; "
            "wie, steht in unserer Datenschutzerklärung.\nPur-Abo für 4,90 Euro im Monat\nLesen Sie die Hafenpost ohne "
            "Werbetracking. Wir und unsere bis zu 180 Partner verarbeiten sonst Daten von Ihrem Gerät."
        ),
    ),
    "fr": (
        "Le Port",
        "Le respect de votre vie privée est notre priorité",
        (
            "Avec votre accord, nos 640 partenaires et nous utilisons des cookies pour mesurer vos visites et choisir la "
            "publicité. Vous pouvez retirer votre consentement à tout moment. Tout accepter. Continuer sans accepter."
        ),
    ),
    "es": (
        "El Puerto",
        "Tu privacidad es importante para nosotros",
        (
            "Nosotros y nuestros 640 socios guardamos información en tu dispositivo para mostrarte anuncios. Puedes retirar tu "
            "consentimiento cuando quieras, en nuestra política de privacidad. Aceptar y continuar. Rechazar y suscribirse."
        ),
    ),
    "pl": (
        "Port",
        "Cenimy Twoją prywatność",
        (
            "My i nasi 640 partnerzy przechowujemy informacje na urządzeniu, aby wybierać i mierzyć reklamy. Swoją zgodę możesz "
            "wycofać w każdej chwili. Przejdź do serwisu."
        ),
    ),
    "ja": (
        "港新聞",
        "続行する前に",
        (
            "当社とパートナーは、広告を選び、その効果を測るために、クッキーを使用します。同意するか、設定を変更してください。"
            "お客様の選択はいつでも変えられます。"
        ),
    ),
}


@pytest.mark.parametrize("language", NOTICES)
def test_a_consent_notice_is_none_of_the_article_at_its_address(language: str) -> None:
    title, heading, body = NOTICES[language]
    page = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1>{paragraphs(body)}</body></html>"
    document = parse(page.encode())
    found = decide(document, STORY, metadata(document, STORY), body)
    assert (found.article, found.kind) == (False, Kind.CONSENT)
    assert f"of {round(count(body))} words of body ask for consent" in found.reason


BRIEF = "The ferry to the north pier sails again from Monday on, the harbour office said, after a winter in the dock."
BANNER = "<div class=banner><p>We value your privacy. We and our partners use cookies. <button>Accept all cookies</button></p></div>"


@pytest.mark.parametrize(
    ("head", "ld"),
    [
        ("<meta property='article:published_time' content='2026-03-04T09:30:00Z'>", None),
        ("<meta name=author content='Ada Byron'>", None),
        ("", NEWS),
    ],
)
def test_a_short_article_beside_a_banner_is_no_consent_wall(head: str, ld: object) -> None:
    title = "The ferry sails again"
    story = f"{head}<title>{title}</title>{BANNER}<article><h1>{title}</h1>{paragraphs(BRIEF)}</article>"
    assert judge(story, BRIEF, ld=ld).kind is not Kind.CONSENT
    assert judge(story, "The ferry sails again.", ld=ld).kind is Kind.CONSENT


@pytest.mark.parametrize(
    ("title", "body", "head"),
    [
        ("The ferry sails again", BRIEF, ""),
        ("Before you continue", BRIEF, "<meta name=author content='Ada Byron'>"),
        (
            "The ferry sails again",
            "We value your privacy: you can read on, or manage cookies.",
            "<meta name=author content='Ada Byron'>",
        ),
    ],
)
def test_a_notice_that_shows_a_line_of_the_page_stays_a_consent_wall(title: str, body: str, head: str) -> None:
    page = f"{head}<title>{title}</title>{BANNER}<h1>{title}</h1>{paragraphs(body)}"
    assert judge(page, body).kind is Kind.CONSENT


def test_a_japanese_story_is_as_long_as_its_characters_say() -> None:
    body = "\n\n".join(
        ["港の事務所は、使われなくなった電話機を桟橋の下に取り付け、四分ごとに潮位を測っていると、担当者は話した。"] * 9
    )
    markup = f"<div>続けるにはクッキーに同意してください</div><article><h1>古い電話で潮位を測る</h1>{paragraphs(body)}</article>"
    assert judge(markup, body, ld=NEWS).article


ABOUT_CONSENT = (
    "“We and our 842 partners store and access information on your device,” says the banner of a newspaper in the north. "
    "Few of its readers have ever clicked through to the list of names, a study of the university found on Monday.\n\n"
    "Of two thousand readers who were asked, nine had withdrawn their consent since. Most of them click “Accept all” before "
    "the page is there, said Ada Byron, who led the study. The regulator wants browsers to answer from next year on."
)


@pytest.mark.parametrize("title", ["Nobody reads the banner", "Why “We value your privacy” means the opposite"])
@pytest.mark.parametrize("ld", [None, NEWS])
def test_a_story_about_consent_is_no_notice(title: str, ld: object) -> None:
    markup = f"<article><h1>{title}</h1>{paragraphs(ABOUT_CONSENT)}</article>"
    assert judge(markup, ABOUT_CONSENT, ld=ld).article


def test_a_story_with_its_author_may_be_headed_like_a_notice() -> None:
    markup = f"<article><h1>Your privacy matters</h1>{paragraphs(ABOUT_CONSENT)}</article>"
    assert judge(markup, ABOUT_CONSENT, ld=NEWS).article


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
