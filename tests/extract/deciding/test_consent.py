"""Notices that ask for consent, and stories beside or about them."""

from __future__ import annotations

import pytest

from pipelines.extract.deciding.page_type import decide
from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse
from pipelines.extract.words import count
from pipelines.records import Kind
from tests.extract.deciding.judged import BRIEF, NEWS, STORY, judge, paragraphs

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
    "de-group": (
        "Hafenpost gehört zur Kaimauer-Markenfamilie",
        "Hafenpost gehört zur Kaimauer-Markenfamilie",
        (
            "Wenn Sie unsere Seiten aufrufen, verwenden wir Cookies, um sie Ihnen zu zeigen und Besuche zu zählen.\n"
            "Wenn Sie auf „Alle akzeptieren“ klicken, verarbeiten wir und 240 Partner auch Ihren Standort.\n"
            "Die Websites und Apps der Hafenpost werden in zwölf Ländern gelesen."
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


@pytest.mark.parametrize("language", NOTICES)
def test_a_consent_notice_of_which_no_body_was_found_is_one(language: str) -> None:
    title, heading, text = NOTICES[language]
    page = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1>{paragraphs(text)}</body></html>"
    document = parse(page.encode())
    assert decide(document, STORY, metadata(document, STORY), "").kind is Kind.CONSENT


def test_a_page_without_a_body_is_empty_whatever_is_below_its_headline() -> None:
    notice = (
        "<p>We use cookies.</p><p>The ferry sails again from Monday on, and the office sells cards for all of May.</p>"
    )
    assert judge(f"<h1>The ferry sails again</h1>{notice}", "").kind is Kind.EMPTY


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


TREATIES = {
    "nl": "De havens van het noorden bereikten maandag een akkoord over de prijs van stroom aan de kade, na twee jaar praten.",
    "fr": "Le port veut accepter et signer l'accord sur le prix du courant à quai, après deux ans de débats avec les îles.",
    "es": "El puerto va a aceptar todas las condiciones de las islas sobre el precio de la luz en el muelle, dijo el alcalde.",
    "da": "Havnen skal have et samtykke fra øerne, før den må bygge en ny mole, siger ministeren efter to års forhandling.",
    "ja": "港の町と島の村は、岸壁の電気料金を下げる案に同意しており、来月にも協定に署名すると町長が月曜日に明らかにした。",
}


@pytest.mark.parametrize("language", TREATIES)
@pytest.mark.parametrize("ld", [NEWS, None])
def test_a_brief_about_an_agreement_asks_for_none(language: str, ld: object) -> None:
    body = TREATIES[language]
    assert judge(f"<h1>Treaty of the ports</h1>{paragraphs(body)}", body, ld=ld).kind is not Kind.CONSENT


@pytest.mark.parametrize(
    "body",
    [
        "Rada portu dała w poniedziałek swoją zgodę na budowę nowego mola, po dwóch latach rozmów z mieszkańcami wyspy.",
        "Il porto vuole accettare tutti i patti con le isole sul prezzo della luce al molo, dopo due anni di trattative.",
        "The regulator wants browsers to show one button only, accept all or nothing, and will say so in a letter next week.",
    ],
)
def test_a_declared_brief_may_speak_of_consent_in_its_one_sentence(body: str) -> None:
    assert judge(f"<h1>Treaty of the ports</h1>{paragraphs(body)}", body, ld=NEWS).kind is not Kind.CONSENT


@pytest.mark.parametrize(
    "button", ["Akkoord", "Akkoord en doorgaan", "Samtykke", "Aceptar todas", "Accepter et fermer", "同意する"]
)
def test_a_button_that_asks_for_it_does(button: str) -> None:
    markup = f"<div><p>Cookies.</p><button>{button}</button></div><p>{BRIEF}</p>"
    assert judge(markup, BRIEF).kind is Kind.CONSENT


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
