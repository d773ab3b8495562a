from __future__ import annotations

import pytest

from pipelines.records import Place, TeaserKind
from tests.extract.teasers.collected import BODY, URL, found


def test_a_card_is_one_teaser_with_title_blurb_picture_and_heading() -> None:
    markup = (
        f"<article>{BODY}</article><section><h2>Explore more</h2><div class='card'>"
        "<img src='/a.jpg'><a href='/other?utm_source=x'><h3>Another story about chips</h3></a>"
        "<p>What it says in a line or two of text.</p></div></section>"
    )
    roles = {
        "Explore more": "teaser_heading",
        "Another story about chips": "teaser",
        "What it says in a line or two of text.": "teaser",
    }
    (card,) = found(markup, roles)
    assert card.url == "https://news.example/other"
    assert card.title == "Another story about chips"
    assert card.blurb == "What it says in a line or two of text."
    assert card.image == "https://news.example/a.jpg"
    assert card.heading == "Explore more"
    assert (card.place, card.position, card.kind) == (Place.AFTER, 0, TeaserKind.EDITORIAL)


def test_a_link_around_a_whole_card_gives_one_teaser() -> None:
    markup = (
        f"{BODY}<a href='/other'><div>A headline of some words</div><div>With a blurb of enough words too</div></a>"
    )
    roles = {"A headline of some words": "teaser", "With a blurb of enough words too": "teaser"}
    (card,) = found(markup, roles)
    assert (card.title, card.blurb) == ("A headline of some words", "With a blurb of enough words too")


def test_an_inline_teaser_is_named_without_its_marker() -> None:
    text = "READ MORE: Why the second plant is late"
    markup = f"{BODY}<p>READ MORE: <a href='/late'>Why the second plant is late</a></p>{BODY}"
    (card,) = found(markup, {text: "inline_teaser"})
    assert (card.title, card.place) == ("Why the second plant is late", Place.INSIDE)


def test_section_and_author_links_of_a_card_are_no_teasers() -> None:
    text = "Chips A headline of some words By Ann Author"
    markup = (
        f"{BODY}<div><a href='/tag/chips'>Chips</a> <a href='/other'>A headline of some words</a> "
        "<a href='/author/ann'>By Ann Author</a></div>"
    )
    assert [card.url for card in found(markup, {text: "teaser"})] == ["https://news.example/other"]


def test_the_same_address_twice_is_one_teaser() -> None:
    markup = f"{BODY}<p><a href='/o'>More</a></p><p><a href='/o#x'>A headline of some words</a></p>"
    cards = found(markup, {"More": "teaser", "A headline of some words": "teaser"})
    assert [card.title for card in cards] == ["A headline of some words"]


def test_a_link_to_the_page_itself_is_no_teaser() -> None:
    assert (
        found(f"{BODY}<p><a href='{URL}#c'>A headline of some words</a></p>", {"A headline of some words": "teaser"})
        == ()
    )


def test_a_file_to_download_is_no_teaser() -> None:
    markup = f"{BODY}<p><a href='/files/report.PDF?v=2'>The whole report in full</a></p>"
    assert found(markup, {"The whole report in full": "teaser"}) == ()


def test_a_teaser_in_an_aside_stands_aside() -> None:
    markup = f"{BODY}<aside><a href='/other'>A headline of some words</a></aside>"
    (card,) = found(markup, {"A headline of some words": "teaser"})
    assert card.place is Place.ASIDE


def test_dangerous_addresses_are_dropped() -> None:
    markup = f"{BODY}<p><a href='javascript:alert(1)'>A headline of some words</a></p>"
    assert found(markup, {"A headline of some words": "teaser"}) == ()


LIST = "<ol><li><a href='/2026/ferry-1'>The ferry sails on hydrogen now</a></li><li><a href='/2026/pier-2'>A pier is mended by night</a></li></ol>"


@pytest.mark.parametrize(
    "heading",
    ["<p>Most viewed</p>", "<h3>Read next</h3>", "<p><a href='/rel'>【関連記事】</a></p>", "<p>مواضيع ذات صلة</p>"],
)
def test_headlines_right_below_a_known_heading_are_teasers_whatever_they_were_taken_for(heading: str) -> None:
    roles = {"The ferry sails on hydrogen now": "promo", "A pier is mended by night": "chrome"}
    cards = found(f"<div>{BODY}<div>{heading}{LIST}</div></div>", roles)
    assert [card.title for card in cards] == list(roles)
    assert all(card.heading for card in cards)


@pytest.mark.parametrize(
    "markup",
    [
        f"<nav><p>Most viewed</p>{LIST}</nav>",
        f"<p>Most viewed</p><p>{'What a paragraph says. ' * 3}</p>{LIST}",
        "<p>Most viewed</p><p><a href='https://dock.example/2026/ferry-1'>The ferry sails on hydrogen now</a></p>",
        "<p>Most viewed</p><p><a href='/newsletters'>All letters that we send</a></p>",
        f"<p>The harbour</p>{LIST}",
    ],
)
def test_links_of_a_menu_of_other_sites_and_without_a_heading_stay_what_they_are(markup: str) -> None:
    assert found(f"{BODY}<div>{markup}</div>", {}) == ()


def test_a_card_that_begins_with_a_heading_is_named_without_it_and_heads_no_other() -> None:
    markup = (
        f"{BODY}<div><p><a href='/ferry-1'>Also on Dial: The ferry sails on hydrogen</a></p>"
        "<p><a href='/pier-2'>A pier is mended by night</a></p></div>"
    )
    roles = {"Also on Dial: The ferry sails on hydrogen": "teaser", "A pier is mended by night": "teaser"}
    cards = found(markup, roles)
    assert [card.title for card in cards] == ["The ferry sails on hydrogen", "A pier is mended by night"]
    assert [card.heading for card in cards] == [None, None]


def test_a_headline_alone_in_the_midst_of_the_body_is_a_teaser() -> None:
    title = "Why the second plant at the port is late"
    link = f"<div><h4><a href='/chips/why-the-second-plant-is-late'>{title}</a></h4></div>"
    (card,) = found(f"{BODY}{link}{BODY}", {title: "promo"})
    assert (card.title, card.place) == (title, Place.INSIDE)
    assert found(f"{BODY}{BODY}{link}", {title: "promo"}) == ()
    button = "<p><a href='/shop/crane-4-of-wood-12'>$19 from the toy shop</a></p>"
    assert found(f"{BODY}{button}{BODY}", {"$19 from the toy shop": "promo"}) == ()


@pytest.mark.parametrize(
    "card",
    [
        "<h2>Why the second plant is late</h2><h3>And what the third one learns from it</h3><p>news.example</p>",
        "<div>On News Example</div><div>Why the second plant is late</div>",
    ],
)
def test_what_all_leads_to_one_article_is_one_card(card: str) -> None:
    roles = {"And what the third one learns from it": "teaser", "On News Example": "teaser"}
    (teaser,) = found(f"{BODY}<a href='/chips/late'>{card}</a>{BODY}", roles)
    assert teaser.title == "Why the second plant is late"


@pytest.mark.parametrize(
    "address",
    [
        "/2026-05-05/ferry.html",
        "/best/ferry-rides/",
        "/view/?no=20260505101112",
        "/2026/jun/07/ferry-rides",
    ],
)
def test_right_below_a_known_heading_a_headline_need_not_have_an_articles_address(address: str) -> None:
    title = "The five ferries that sail on hydrogen now"
    (card,) = found(f"{BODY}<div><h3>Read next</h3><p><a href='{address}'>{title}</a></p></div>", {})
    assert (card.title, card.url, card.heading) == (title, f"https://news.example{address}", "Read next")


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/ferries'>All that we have written about the ferries</a>",
        "<a href='/tag/ferry-boats'>All that we have written about the ferries</a>",
        "<a href='/best/ferry-rides/'>Ferry rides and more</a>",
        "<a href='https://dock.example/best/ferry-rides/'>The five ferries that sail on hydrogen now</a>",
    ],
)
def test_lists_and_other_sites_below_a_known_heading_are_no_teasers(link: str) -> None:
    assert found(f"{BODY}<div><h3>Read next</h3><p>{link}</p></div>", {}) == ()


def test_an_address_told_by_its_parameter_is_not_the_pages_own() -> None:
    link = "<a href='/view/?no=20260701093000'>A pier is mended by night and by day</a>"
    page = "https://news.example/view/?no=20260708101500"
    assert len(found(f"{BODY}<div><h3>Read next</h3><p>{link}</p></div>", {}, page)) == 1


def test_a_marked_headline_is_a_teaser_whatever_it_was_taken_for() -> None:
    marked = "<div>Read next: <a href='/late/'>Why it is late</a></div>"
    (inside,) = found(f"{BODY}{marked}{BODY}", {"Read next: Why it is late": "promo"})
    (behind,) = found(f"{BODY}{marked}", {"Read next: Why it is late": "chrome"})
    assert (inside.title, inside.place, behind.place) == ("Why it is late", Place.INSIDE, Place.AFTER)


def test_the_texts_of_one_link_are_one_card_with_its_picture() -> None:
    card = (
        "<a href='/p/late'><div>Why the plant is late</div><div>Nobody in the port has noticed it for a whole year.</div>"
        "<img src='/late.jpg'></a>"
    )
    roles = {"Nobody in the port has noticed it for a whole year.": "teaser"}
    (teaser,) = found(f"{BODY}{card}{BODY}", roles)
    assert (teaser.title, teaser.blurb) == (
        "Why the plant is late",
        "Nobody in the port has noticed it for a whole year.",
    )
    assert teaser.image == "https://news.example/late.jpg"


def test_a_picture_before_a_paragraph_is_of_no_card_behind_it() -> None:
    card = "<p>Read next: <a href='/late'>Why it is late</a></p>"
    markup = f"<div><img src='/pier.jpg'>{BODY}{card}{BODY}</div>"
    (teaser,) = found(markup, {"Read next: Why it is late": "inline_teaser"})
    assert teaser.image is None


def test_a_heading_of_the_same_level_parts_cards_from_a_known_one() -> None:
    lists = (
        f"<h2>Read next</h2>{LIST}<h2>From the shipyards</h2><p><a href='/2026/crane-3'>A crane for pier four</a></p>"
    )
    roles = {
        "The ferry sails on hydrogen now": "teaser",
        "A pier is mended by night": "teaser",
        "A crane for pier four": "teaser",
    }
    cards = found(f"{BODY}<div>{lists}</div>", roles)
    assert [card.heading for card in cards] == ["Read next", "Read next", "From the shipyards"]


def test_the_button_of_a_card_heads_no_other() -> None:
    rich = "<aside><a href='/2026/09/30/late'><h3>Why the plant is late</h3><span>Read more</span></a></aside>"
    roles = {
        "Why the plant is late": "inline_teaser",
        "Read more": "teaser_heading",
        "The ferry sails on hydrogen now": "teaser",
        "A pier is mended by night": "teaser",
    }
    cards = found(f"<div>{BODY}{rich}{BODY}{LIST}{BODY}</div>", roles)
    assert [card.heading for card in cards] == [None, None, None]
