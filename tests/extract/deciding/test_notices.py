"""Titles that are messages of the site, and headlines that only hold their words."""

from __future__ import annotations

import json

import pytest

from pipelines.extract.deciding.page_type import decide
from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse
from pipelines.records import Decision, Kind
from tests.extract.deciding.judged import BRIEF, NEWS, PARAGRAPH, STORY, judge, paragraphs


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
        ("Making sure you’re not a bot!", Kind.BOT_WALL, "a check of visitors"),
        ("Let’s confirm you are human", Kind.BOT_WALL, "a check of visitors"),
        ("Verification required", Kind.BOT_WALL, "a check of visitors"),
        ("Your access to this site has been limited by the site owner", Kind.BOT_WALL, "a check of visitors"),
        ("Nur einen Moment…", Kind.BOT_WALL, "a check of visitors"),
        ("Es wird geprüft, dass Sie kein Roboter sind", Kind.BOT_WALL, "a check of visitors"),
        ("Un instant…", Kind.BOT_WALL, "a check of visitors"),
        ("Um momento…", Kind.BOT_WALL, "a check of visitors"),
        ("Один момент…", Kind.BOT_WALL, "a check of visitors"),
        ("しばらくお待ちください...", Kind.BOT_WALL, "a check of visitors"),
        ("请稍候…", Kind.BOT_WALL, "a check of visitors"),
        ("잠시만 기다리십시오…", Kind.BOT_WALL, "a check of visitors"),
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
        ("harbour-post.example | 520: Web server is returning an unknown error", Kind.SOFT_404, "an error of the site"),
        ("harbour-post.example | 522: Connection timed out", Kind.SOFT_404, "an error of the site"),
        ("Nie znaleziono strony - Port", Kind.SOFT_404, "a missing page"),
        ("Sayfa bulunamadı", Kind.SOFT_404, "a missing page"),
        ("الصفحة غير موجودة | الميناء", Kind.SOFT_404, "a missing page"),
        ("Сторінку не знайдено", Kind.SOFT_404, "a missing page"),
        ("This domain may be for sale", Kind.SOFT_404, "a page of the host"),
        ("Account suspended", Kind.SOFT_404, "a page of the host"),
        ("Welcome to nginx!", Kind.SOFT_404, "a page of the host"),
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
    "Two trains wait as connection timed out between signals",
    "Chat site's account suspended after protest",
    "Website is for sale, and with it a town's memory",
    "Account suspended: what firms owe those they lock out",
    "Sayfa bulunamadı: bir hatanın tarihi",
    "Nur einen Moment zu spät: Fähre verpasst Flut",
    "Ein Roboter lernt das Falten",
    "Un momento clave para el puerto",
    "Un instant de grâce au bout du quai",
    "Verification required of all pilots from May on",
    "Making sure you're not a bot costs the web a billion hours",
    "お待ちください、船が来るまで",
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


CHECKS = [
    "Bestätigen Sie, dass Sie ein Mensch sind. Dies kann einige Sekunden dauern.",
    "Vérification que vous êtes humain. Cela peut prendre quelques secondes.",
    "lemuelle.example necesita revisar la seguridad de su conexión antes de continuar.",
    "Ta strona musi sprawdzić bezpieczeństwo połączenia, zanim otworzy artykuł.",
    "あなたが人間であることを確認しています。これには数秒かかる場合があります。",
    "正在验证您是否是真人。这可能需要几秒钟时间。",
    "Проверяем, человек ли вы. Это может занять несколько секунд.",
    "Please enable JS and disable any ad blocker",
    "Your computer or network may be sending automated queries, so we cannot serve you now.",
    "You’re almost there. Press & hold to confirm you’re a human.",
]


@pytest.mark.parametrize("text", CHECKS)
def test_a_check_of_visitors_says_so_in_their_language(text: str) -> None:
    found = titled("harbour-post.example", text)
    assert (found.article, found.kind) == (False, Kind.BOT_WALL)


SHORT = [
    "Ein Roboter hat am Montag in Velmark zum ersten Mal eine Fähre vertäut, ohne dass ein Mensch ihm half, so die Werft.",
    "To restart the phone, press and hold the button at its side for ten seconds, the harbour office said in a note to its crews.",
    "Unusual activity detected at the volcano on Monday kept the ferry in port, and the office asked all crews to stay near it.",
    "Это не робот, а человек, сказали в порту: паром в понедельник пришвартовал капитан, и никто ему не помогал.",
]


@pytest.mark.parametrize("text", SHORT)
def test_a_brief_about_robots_and_buttons_is_no_check(text: str) -> None:
    assert titled("The ferry sails again", text).kind is not Kind.BOT_WALL


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("The domain harbour-post.example may be for sale. Click here to ask for its price.", Kind.SOFT_404),
        ("Diese Domain steht zum Verkauf. Fragen Sie uns nach dem Preis.", Kind.SOFT_404),
        ("Before you go on we need to check your browser. Please confirm you are human.", Kind.BOT_WALL),
    ],
)
def test_under_the_servers_name_alone_no_article_stands(said: str, kind: Kind) -> None:
    text = f"{said} {APOLOGY} {APOLOGY}"
    assert titled("www.harbour-post.example", text).kind is kind
    assert titled("The ferry sails again", text).kind is not kind
    body = f"{said} {PARAGRAPH}\n\n{PARAGRAPH}"
    assert titled("www.harbour-post.example", body, ld=NEWS).article


def test_a_domain_that_is_for_sale_is_the_hosts_page_or_news() -> None:
    assert titled("harbour-post.example is for sale!", APOLOGY).kind is Kind.SOFT_404
    assert titled("old-quay.example is for sale", "\n\n".join([PARAGRAPH] * 3)).article


def test_a_story_under_the_servers_name_alone_is_one() -> None:
    body = "\n\n".join([PARAGRAPH] * 3)
    assert titled("www.harbour-post.example", body, heading="Old phones measure the tide").article


def test_a_field_for_comments_below_a_brief_is_no_check() -> None:
    field = "<form><noscript>Verify you are human to comment.</noscript><p>Verify you are human to comment.</p></form>"
    assert judge(f"<h1>The ferry sails again</h1>{paragraphs(BRIEF)}{field}", BRIEF).kind is not Kind.BOT_WALL
    assert judge(f"<h1>The ferry sails again</h1>{field}{paragraphs(BRIEF)}", BRIEF).kind is Kind.BOT_WALL


def test_a_hidden_notice_beside_the_headline_is_no_title() -> None:
    markup = f"<div hidden><h1>Your browser is out of date</h1></div><h1>Old phones</h1>{paragraphs(BRIEF)}"
    assert judge(markup, BRIEF).kind is not Kind.EMPTY
