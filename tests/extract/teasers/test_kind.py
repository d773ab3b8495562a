"""Whose interest a teaser serves: told by its link, its address, its title and what stands around it."""

from __future__ import annotations

import pytest

from pipelines.records import TeaserKind
from tests.extract.teasers.collected import BODY, found


def test_what_is_paid_for_says_so() -> None:
    markup = f"{BODY}<div class='sponsored-card'><a href='https://ads.example/x'>Buy this thing right now</a></div>"
    (card,) = found(markup, {"Buy this thing right now": "teaser"})
    assert card.kind is TeaserKind.SPONSORED


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Electrician for the harbour cranes", "https://jobs.news.example/offer/4711"),
        ("Electrician for the harbour cranes", "https://news.example/stellenmarkt/kranelektrik"),
        ("Leitung Hafenbetrieb (m/w/d)", "https://offers.example/4711"),
        ("A mug with the harbour on it", "https://shop.news.example/mugs/harbour"),
        ("Ten per cent off all lamps", "https://news.example/vouchers/lamps"),
        ("Meet us at the harbour in May", "https://news.example/events/harbour-days"),
        ("How to keep a crane in shape", "https://news.example/resources/webinars/cranes"),
        ("The state of all harbours", "https://news.example/whitepapers/harbours"),
        ("Save 20% on all lamps", "https://news.example/vouchercodes/lamps"),
        ("Lamps: discount code for May", "https://news.example/lifestyle/lamps-in-may"),
        ("CLICK HERE TO GET THE HARBOUR APP", "https://news.example/apps-products"),
        ("Get the new Harbour News app", "https://news.example/a-new-app"),
    ],
)
def test_what_the_publisher_sells_is_its_own_promotion(title: str, address: str) -> None:
    (card,) = found(f"{BODY}<p><a href='{address}'>{title}</a></p>", {title: "teaser"})
    assert card.kind is TeaserKind.PROMOTION


@pytest.mark.parametrize(
    "folder", ["advertorial", "sponsored", "partner-content", "brandvoice", "anzeige", "contenido-patrocinado"]
)
def test_what_stands_in_a_folder_of_advertisements_was_paid_for(folder: str) -> None:
    title = "How lamps are made here"
    (card,) = found(f"{BODY}<p><a href='/{folder}/how-lamps-are-made'>{title}</a></p>", {title: "teaser"})
    assert card.kind is TeaserKind.SPONSORED


@pytest.mark.parametrize(
    "address",
    ["/podcasts/episode-88-lamps", "/city/events/night-of-lamps", "/news/sponsored-lamps-go-out", "/partner/lamps-2"],
)
def test_podcasts_and_news_of_events_are_editorial(address: str) -> None:
    (card,) = found(
        f"{BODY}<p><a href='{address}'>The night of the lamps</a></p>", {"The night of the lamps": "teaser"}
    )
    assert card.kind is TeaserKind.EDITORIAL


def test_on_a_shops_own_pages_its_other_articles_are_editorial() -> None:
    address = "https://shop.example.org/journal/how-lamps-are-made"
    markup = f"{BODY}<p><a href='{address}'>How lamps are made here</a></p>"
    (card,) = found(markup, {"How lamps are made here": "teaser"}, "https://shop.example.org/journal/how-mugs-are-made")
    assert card.kind is TeaserKind.EDITORIAL


def test_what_is_paid_for_below_a_known_heading_may_lead_to_another_site() -> None:
    link = "<a rel='sponsored' href='https://dock.example/hearing?u=1'>Captains are stunned by this new horn</a>"
    (card,) = found(f"{BODY}<div><h3>Sponsored stories</h3><p>{link}</p></div>", {})
    assert card.kind is TeaserKind.SPONSORED


@pytest.mark.parametrize("address", ["https://whatsapp.com/channel/abc", "https://t.me/dock", "https://wa.me/12"])
def test_a_channel_of_the_publisher_is_its_own_promotion(address: str) -> None:
    text = "Follow the harbour on our channel"
    (card,) = found(f"{BODY}<p><a href='{address}'>{text}</a></p>", {text: "teaser"})
    assert card.kind is TeaserKind.PROMOTION
