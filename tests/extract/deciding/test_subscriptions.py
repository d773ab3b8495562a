"""Offers of a subscription that are taken for the body, and stories about prices."""

from __future__ import annotations

import pytest

from pipelines.records import Kind
from tests.extract.deciding.judged import NEWS, PARAGRAPH, judge, paragraphs

OFFERS = {
    "en": (
        "The harbour office wants more money for its gauge.\n\nKeep reading with a digital subscription\n\nChoose the plan that suits "
        "you.\n\nDigital\n\nUnlimited articles on the web and in our app for $1 a week for the first six months, then $4 a week.\n\n"
        "Digital and print\n\nAll of Digital, and the paper at your door on Saturdays, for $3 a week.\n\nCancel at any time.\n\n"
        "Already a subscriber? Log in"
    ),
    "de": (
        "Das Hafenamt will mehr Geld für seinen Pegel.\n\nWeiterlesen mit Hafenpost plus\n\nAlle Plus-Artikel, auch in der App, für 1 € "
        "im ersten Monat, danach 9,90 € im Monat.\n\nJederzeit kündbar.\n\nJetzt testen\n\nBereits Abonnent? Hier anmelden."
    ),
    "fr": (
        "Le port veut plus d'argent.\n\nAbonnez-vous pour lire la suite\n\n1 € le premier mois, puis 9,90 € par mois, sans engagement."
        "\n\nAccès illimité à tous les articles et au journal du soir.\n\nDéjà abonné ? Connectez-vous"
    ),
    "it": (
        "Il porto chiede altri soldi.\n\nAbbonati ora e leggi tutto\n\n1 € al mese per tre mesi, disdici quando vuoi.\n\n"
        "Accesso illimitato a tutti gli articoli, sul sito e nell'app.\n\nHai già un abbonamento? Accedi"
    ),
}


@pytest.mark.parametrize("language", OFFERS)
def test_an_offer_in_the_place_of_a_text_is_a_stub(language: str) -> None:
    body = OFFERS[language]
    found = judge(f"<h1>The gauge costs more</h1>{paragraphs(body)}", body)
    assert (found.article, found.kind) == (False, Kind.PAYWALL)
    assert judge(paragraphs(body), body, ld=NEWS | {"isAccessibleForFree": False}).kind is Kind.PAYWALL


ABOUT_PRICES = [
    (
        "The Harbour Post will cost $4 a week from June on, a dollar more than now, its owner said on Monday. Paper prices have doubled "
        "since the war began, and the printers asked for more money too.\n\nSubscribers may cancel at any time. Some 900 did so after the "
        "last rise, in 2024, the owner said, and half of them came back within a year.\n\nReaders who have the paper brought to their "
        "door pay $19 a month. It is the first rise of that price since 2019, and the last for two years, she promised."
    ),
    (
        "Norrlift's new plan gives unlimited rides for 29 euros a month. It renews automatically, and can be ended by letter only.\n\n"
        f"{PARAGRAPH}\n\n{PARAGRAPH}"
    ),
    (
        "Today you get the films of Quayflix for $2 a month for the first six months, then $9. The offer ends on Monday, and new "
        "customers alone may take it.\n\nStart your free trial at the page of the firm, then pick the plan with advertising, which is "
        "billed monthly. You can cancel at any time. Save 60% if you pay for a year, and share it with two friends on any device."
    ),
]


@pytest.mark.parametrize("body", ABOUT_PRICES)
@pytest.mark.parametrize("ld", [None, NEWS])
def test_a_story_about_prices_is_no_offer(body: str, ld: object) -> None:
    assert judge(f"<article><h1>The paper costs more</h1>{paragraphs(body)}</article>", body, ld=ld).article


def test_an_article_with_an_offer_below_it_is_one() -> None:
    body = "\n\n".join([PARAGRAPH] * 5) + f"\n\n{OFFERS['en']}"
    assert judge(f"<h1>The gauge costs more</h1>{paragraphs(body)}", body).article
