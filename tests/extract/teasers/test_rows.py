"""Cards in a row: a label in one of them is that card's alone, and so is what else stands in its box."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.teasers.roles import teaser_roles
from pipelines.extract.teasers.teasers import teasers
from pipelines.records import Teaser, TeaserKind

URL = "https://news.example/chips/new-fab-opens"
BODY = "<p>The plant opened on Monday.</p>"
FERRY = "The ferry sails on hydrogen now"
PIER = "A pier is mended by night"
CRANE = "A crane for pier four is here"
TITLES = (FERRY, PIER, CRANE)


def found(markup: str, roles: dict[str, str] | None = None) -> tuple[Teaser, ...]:
    """Collect the teasers behind `BODY`: all blocks are parts of teasers but those whose text has another of the `roles`."""
    page = outline(parse(f"<html><body>{BODY}<section>{markup}</section></body></html>".encode()).tree)
    named = ["body" if block.text in BODY else (roles or {}).get(block.text, "teaser") for block in page.blocks]
    return teasers(page, teaser_roles(page, named, [0], URL, URL), [0], URL, "own", base=URL)


def card(title: str, label: str = "", below: str = "") -> str:
    """Give a card with a picture, a label and a headline."""
    address = f"/2026/{title.lower().replace(' ', '-')}"
    picture = f"<a href='{address}'><img src='/{len(title)}.jpg'></a>"
    return (
        f"<article class='card'>{picture}<span>{label}</span><h3><a href='{address}'>{title}</a></h3>{below}</article>"
    )


LABELS = ["Paid content", "Trending", "Most read", "In case you missed it", "Meistgelesen", "À lire", "おすすめ"]


@pytest.mark.parametrize("label", LABELS)
def test_a_label_in_a_card_heads_no_other(label: str) -> None:
    row = card(FERRY) + card(PIER, label) + card(CRANE)
    assert [teaser.heading for teaser in found(f"<h2>More stories</h2>{row}")] == ["More stories"] * 3
    assert [teaser.heading for teaser in found(row)] == [None, label, None]


def test_the_button_of_a_card_heads_no_other_of_its_row() -> None:
    row = "".join(card(title, below="<p>Read more</p>") for title in TITLES)
    assert [teaser.heading for teaser in found(f"<h2>Related posts</h2>{row}")] == ["Related posts"] * 3


def test_a_heading_in_the_first_box_of_a_row_is_over_all() -> None:
    first = f"<div><p>Most read</p><a href='/2026/ferry-1'>{FERRY}</a></div>"
    second = f"<div><a href='/2026/pier-2'>{PIER}</a></div>"
    assert [teaser.heading for teaser in found(first + second)] == ["Most read"] * 2


def test_boxes_with_headings_of_their_own_keep_them() -> None:
    boxes = "".join(
        f"<div><p>{heading}</p><a href='/2026/{heading[:4]}-1'>{title}</a></div>"
        for heading, title in (("Previous article", FERRY), ("Next article", PIER))
    )
    roles = {"Previous article": "teaser_heading", "Next article": "teaser_heading"}
    assert [teaser.heading for teaser in found(boxes, roles)] == ["Previous article", "Next article"]


SPONSORED = [
    "Sponsored", "Sponsored by Quill", "Advertisement", "Partner content", "Promoted", "Ad", "Anzeige", "Werbung", "Publicidad",
    "Contenido patrocinado", "Publicité", "Sponsorisé", "Sponsorizzato", "Advertentie", "Gesponsord", "Reklama",
    "Artykuł sponsorowany", "広告", "タイアップ", "推广", "赞助", "광고",
]  # fmt: skip


@pytest.mark.parametrize("label", SPONSORED)
def test_a_label_makes_its_card_sponsored_and_no_other(label: str) -> None:
    kinds = [TeaserKind.EDITORIAL, TeaserKind.SPONSORED, TeaserKind.EDITORIAL]
    for paid in (card(PIER, label), card(PIER, below=f"<p>{label}</p>")):
        row = card(FERRY) + paid + card(CRANE)
        assert [teaser.kind for teaser in found(f"<h2>More stories</h2>{row}")] == kinds


@pytest.mark.parametrize("label", ["Advertising", "PR", "News", "Podcast", "Paid leave", "Partner"])
def test_a_section_that_writes_of_advertising_is_editorial(label: str) -> None:
    row = card(FERRY) + card(PIER, label) + card(CRANE)
    assert {teaser.kind for teaser in found(row)} == {TeaserKind.EDITORIAL}


def test_pr_is_a_label_of_advertisements_in_east_asia() -> None:
    title = "止まらないバックアップの作り方"
    row = f"<div><a href='/2026/1-x'>{CRANE}</a></div><div><span>PR</span><p><a href='/2026/2-x'>{title}</a></p></div>"
    assert [teaser.kind for teaser in found(row)] == [TeaserKind.EDITORIAL, TeaserKind.SPONSORED]


@pytest.mark.parametrize(
    "inside",
    [
        f"<a href='/2026/pier-2'><span>Anzeige</span> <b>{PIER}</b></a>",
        f"<a href='/2026/pier-2'><div>Anzeige</div><h3>{PIER}</h3></a>",
        f"<span>Anzeige</span> <a href='/2026/pier-2'>{PIER}</a>",
    ],
)
def test_a_card_that_stands_alone_has_its_label_in_its_link_or_its_line(inside: str) -> None:
    assert [teaser.kind for teaser in found(inside)] == [TeaserKind.SPONSORED]


def test_a_label_between_cards_is_of_none() -> None:
    row = f"<div><a href='/2026/ferry-1'>{FERRY}</a></div><p>Anzeige</p><div><a href='/2026/pier-2'>{PIER}</a></div>"
    assert {teaser.kind for teaser in found(row)} == {TeaserKind.EDITORIAL}


PAID = [
    "Paid content",
    "Contenido patrocinado",
    "Anzeige",
    "Materiał partnera",
    "Le contenu de nos partenaires",
    "スポンサー",
]


@pytest.mark.parametrize("heading", PAID)
def test_a_sole_link_under_a_heading_that_says_it_was_paid_for_is_sponsored(heading: str) -> None:
    title = "Five ways to keep what the tide takes"
    for link in (
        f"<ul><li><a href='/brands/the-tide'>{title}</a></li></ul>",
        f"<a href='https://quill.example/tide'><h4>{title}</h4></a>",
    ):
        (teaser,) = found(f"<div><h3>{heading}</h3>{link}</div>", {heading: "promo", title: "promo"})
        assert (teaser.title, teaser.heading, teaser.kind) == (title, heading, TeaserKind.SPONSORED)


def test_the_heading_over_an_empty_place_for_an_advertisement_is_over_nothing_else() -> None:
    place = "<div><div><h3>Anzeige</h3></div></div>"
    (teaser,) = found(f"{place}<div><a href='/2026/ferry-1'>{FERRY}</a></div>", {"Anzeige": "promo"})
    assert (teaser.heading, teaser.kind) == (None, TeaserKind.EDITORIAL)


def test_a_short_sentence_in_the_box_of_a_card_is_its_blurb_whatever_it_was_taken_for() -> None:
    says, note = "Inside a yard in Wales.", "We may earn money by links."
    row = card(FERRY, below=f"<p>{says}</p>") + card(PIER, below=f"<p>{note} <a href='/terms'>See why.</a></p>")
    roles = {says: "promo", f"{note} See why.": "promo"}
    assert [teaser.blurb for teaser in found(row, roles)] == [says, None]
    assert [teaser.blurb for teaser in found(f"{card(FERRY)}<p>{says}</p>", roles)] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "By Jon Ek · 5 min read",
        "Nov 24, 2026 • 4 min read",
        "Written by Kofi Mensah, 3 hours ago",
        "By Ada Byron, Senior Reporter | November 24, 2026",
        "Par Jeanne Moreau, publié le 3 mars 2026 à 12h30",
        "Por Juan Pérez | 12 de marzo de 2026",
    ],
)
def test_a_line_of_author_and_time_is_no_blurb(line: str) -> None:
    assert [teaser.blurb for teaser in found(card(FERRY, below=f"<p>{line}</p>"))] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "By the time it docks, the ferry is late",
        "By Monday, all of it will be new.",
        "Nov 24, 2026 • The engineer who built it sails along",
    ],
)
def test_a_sentence_that_begins_as_a_byline_is_a_blurb(line: str) -> None:
    assert [teaser.blurb for teaser in found(card(FERRY, below=f"<p>{line}</p>"))] == [line]
