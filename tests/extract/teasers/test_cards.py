"""What a card is made of: its title, its blurb, where it leads, and what of it is none."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.sandbox import Sandbox
from pipelines.extract.teasers.cards import MOST_CARDS, Card, cards

URL = "https://news.example/harbour/2026/new-crane-for-pier-four"
FERRY = "/harbour/2026/the-ferry-sails-on-hydrogen"
PIER = "/harbour/2026/a-pier-is-mended-by-night"
SAYS = "The yard expects to be done with all of it by the spring tide."


def found(markup: str, url: str = URL) -> list[Card]:
    """Collect the cards of a page all of whose blocks were judged as teasers."""
    page = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    return cards(page, ["teaser"] * len(page.blocks), url, url)


def shown(markup: str, url: str = URL) -> list[tuple[str, str | None]]:
    """Give title and blurb of each card."""
    return [(card.title, card.blurb) for card in found(markup, url)]


@pytest.mark.parametrize(
    "above",
    [
        "13 hrs ago",
        "Vor 1 Std.",
        "11 min read",
        "February 13, 2025",
        "Guides · 9 min",
        "© Ada Lens / Dockpix",
        "Read more",
    ],
)
def test_what_says_nothing_of_the_article_is_no_title(above: str) -> None:
    markup = f"<a href='{FERRY}'><div>{above}</div><div>The ferry sails on hydrogen now</div></a>"
    assert shown(markup) == [("The ferry sails on hydrogen now", None)]


def test_a_kicker_is_not_the_title_of_its_headline() -> None:
    markup = f"<a href='{FERRY}'><div>FRESH OFF PIER</div><div>The ferry sails on hydrogen now</div><p>{SAYS}</p></a>"
    assert shown(markup) == [("The ferry sails on hydrogen now", SAYS)]


def test_a_short_headline_keeps_its_place_before_a_sentence() -> None:
    assert shown(f"<a href='{FERRY}'><div>Hydrogen for ferries</div><p>{SAYS}</p></a>") == [
        ("Hydrogen for ferries", SAYS)
    ]


def test_a_heading_is_the_title_wherever_it_stands_in_the_card() -> None:
    markup = f"<a href='{FERRY}'><div>What the yard told us of it</div><h3>Hydrogen, and then what</h3></a>"
    assert [card.title for card in found(markup)] == ["Hydrogen, and then what"]


def test_parts_set_off_by_style_alone_are_parted() -> None:
    markup = (
        f"<p><a href='{FERRY}'><i>3h ago</i><span>The ferry sails on hydrogen now</span><span>Ada Lens</span>"
        f"<span>{SAYS}</span></a></p>"
    )
    assert shown(markup) == [("The ferry sails on hydrogen now", SAYS)]


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("The <b>e</b><span>Ferry</span> sails again", "The eFerry sails again"),
        ("<span>T</span>he ferry sails again", "The ferry sails again"),
        ("Water is H<span>2</span>O on the ferry", "Water is H2O on the ferry"),
        ("The ferry sails<br>on hydrogen now", "The ferry sails on hydrogen now"),
    ],
)
def test_a_word_in_several_styles_stays_one(inside: str, title: str) -> None:
    assert [card.title for card in found(f"<p><a href='{FERRY}'>{inside}</a></p>")] == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("← The ferry sails on hydrogen", "The ferry sails on hydrogen"),
        ("• The ferry sails on hydrogen »", "The ferry sails on hydrogen"),
        ("- The ferry sails - on hydrogen", "The ferry sails - on hydrogen"),
        (":The ferry sails on hydrogen", "The ferry sails on hydrogen"),
        ("\u200bThe ferry sails on hydrogen\u200b", "The ferry sails on hydrogen"),
        ("The ferry sails on hydrogen | Read more", "The ferry sails on hydrogen"),
        ("« Nous partons », dit la capitaine", "« Nous partons », dit la capitaine"),
        ("»Wir legen ab«, sagt die Kapitänin", "»Wir legen ab«, sagt die Kapitänin"),
        (".NET on the ferry, a year later", ".NET on the ferry, a year later"),
        ("[The ferry sails on hydrogen]", "The ferry sails on hydrogen"),
        ("【→ The ferry sails on hydrogen】", "The ferry sails on hydrogen"),
        ("[Video] The ferry [in colour]", "[Video] The ferry [in colour]"),
        (">> The ferry sails on hydrogen", "The ferry sails on hydrogen"),
        ("The ferry sails on hydrogen ▶️", "The ferry sails on hydrogen"),
        ("The ferry sails on hydrogen ✈️", "The ferry sails on hydrogen ✈️"),
        ("<nav> and the ferry's <main>", "<nav> and the ferry's <main>"),
    ],
)
def test_arrows_and_labels_are_no_part_of_a_title(text: str, title: str) -> None:
    assert [card.title for card in found(f"<p><a href='{FERRY}'>{escape(text)}</a></p>")] == [title]


AGES = [
    "vor 3 Stunden", "il y a 3 h", "3 uur geleden", "3 ore fa", "3 godz. temu", "před 3 hodinami", "acum 3 ore", "3 órája",
    "för 3 timmar sedan", "for 3 timer siden", "3 tuntia sitten", "3 saat önce", "πριν 3 ώρες", "3 часа назад", "3 години тому",
    "преди 3 часа", "منذ 3 ساعات", "לפני 3 שעות", "۳ ساعت پیش", "3 घंटे पहले", "৩ ঘণ্টা আগে", "3 ชั่วโมงที่แล้ว", "3 giờ trước",
    "3 jam lalu", "3 jam yang lalu", "3時間前", "30分前", "3小时前", "3 天前", "3小時前", "3시간 전",
]  # fmt: skip


@pytest.mark.parametrize("age", AGES)
def test_the_time_since_in_an_element_of_its_own_is_no_part_of_a_title(age: str) -> None:
    title = "The ferry sails on hydrogen now"
    behind, before = f"<span>{title}</span> <span>{age}</span>", f"<span>{age}</span>\n<span>{title}</span>"
    for inside in (behind, before, f"{title}<small>{age}</small>", f"<div>{age}</div><div>{title}</div>"):
        assert shown(f"<p><a href='{FERRY}'>{inside}</a></p>") == [(title, None)]


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("The ferry was built in <b>3 days</b>", "The ferry was built in 3 days"),
        ("How the ferry was built in <span>3 days</span>", "How the ferry was built in 3 days"),
        ("Die Fähre sank vor 3 Stunden", "Die Fähre sank vor 3 Stunden"),
        ("<span>Ferry</span> after ferry after <span>Ferry</span>", "Ferry after ferry after Ferry"),
        ("3 days<span> without a ferry</span>", "3 days without a ferry"),
        ("What the ferry does <i>next</i>", "What the ferry does next"),
    ],
)
def test_a_time_that_a_title_speaks_of_stays(inside: str, title: str) -> None:
    assert [card.title for card in found(f"<p><a href='{FERRY}'>{inside}</a></p>")] == [title]


def test_a_link_that_only_says_read_more_is_named_by_the_headline_above_it() -> None:
    markup = f"<div><h3>The ferry sails on hydrogen</h3><p>{SAYS}</p><p><a href='/ferry'>Read more</a></p></div>"
    assert [card.title for card in found(markup)] == ["The ferry sails on hydrogen"]


@pytest.mark.parametrize(
    "label",
    [
        "Więcej", "Číst dále", "Tovább", "Ler mais", "Ver más", "Continua a leggere", "Читать полностью", "Читати далі",
        "Прочетете повече", "קראו עוד", "اقرأ المزيد", "ادامه مطلب", "বিস্তারিত", "Xem chi tiết", "Selengkapnya", "詳しくはこちら",
        "阅读全文", "繼續閱讀", "자세히 보기", "Devamını oku", "Διαβάστε περισσότερα", "Lue lisää", "อ่านต่อ", "और पढ़ें",
    ],
)  # fmt: skip
def test_read_more_is_no_title_in_any_language(label: str) -> None:
    markup = f"<div><h3>The ferry sails on hydrogen</h3><p>{SAYS}</p><p><a href='/ferry'>{label} »</a></p></div>"
    assert [card.title for card in found(markup)] == ["The ferry sails on hydrogen"]


def test_a_link_that_only_says_read_more_is_named_by_the_headline_below_it() -> None:
    markup = f"<div><p><a href='{FERRY}'>Read more</a></p><h3>The ferry sails on hydrogen now</h3><p>{SAYS}</p></div>"
    assert shown(markup) == [("The ferry sails on hydrogen now", SAYS)]


def test_a_link_around_an_arrow_is_named_by_the_text_beside_it() -> None:
    assert shown(f"<p>The ferry sails on hydrogen <a href='{FERRY}'>»</a></p>") == [
        ("The ferry sails on hydrogen", None)
    ]
    assert found(f"<p><a href='{FERRY}'>»</a> →</p>") == []


@pytest.mark.parametrize(
    "other",
    [
        "<a href='/author/ada-lens'>Ada Lens</a>",
        "<a href='/autor/ada-lens-1762'>Ada Lens</a>",
        "<a href='/category/harbour/'>Harbour news</a>",
        "<a href='/harbour/'>Harbour / 5 h ago</a>",
        "<a href='/harbour/2026/'>All of this year</a>",
        "<a href='/pier/'>Read more</a>",
    ],
)
def test_authors_and_sections_of_cards_are_no_teasers(other: str) -> None:
    markup = f"<div><h3><a href='{FERRY}'>The ferry sails on hydrogen now</a></h3><p>{other}</p></div>"
    assert [card.title for card in found(markup)] == ["The ferry sails on hydrogen now"]


def test_a_block_of_the_sites_own_pages_holds_no_teaser() -> None:
    owned = "".join(f"<a href='/{name.lower()}'>{name}</a>" for name in ("Press", "Contact", "Imprint", "Archive"))
    house = "<a href='/publisher-0172'>Harbour Publishing House</a>"
    assert found(f"<div>{house}{owned}</div>") == []
    read_on = "".join(f"<a href='{FERRY}-{day}'>The ferry sails on day {day}</a>" for day in range(5))
    assert len(found(f"<div>{read_on}{owned}</div>")) == 5


def test_an_article_may_stand_in_a_folder_named_like_a_list() -> None:
    markup = "<p><a href='/topics/what-the-tide-tables-say'>What the tide tables say, and what they don't</a></p>"
    assert len(found(markup)) == 1


def test_one_article_is_one_card_whichever_link_of_the_page_leads_there() -> None:
    markup = (
        f"<p><a href='{FERRY}?pos=most_read'>The ferry sails on hydrogen now</a></p>"
        f"<p><a href='{FERRY}?pos=picks'>The ferry sails on hydrogen now</a></p>"
        f"<p><a href='{URL}?pos=picks'>New crane for pier four</a></p>"
    )
    assert [card.url for card in found(markup)] == [f"https://news.example{FERRY}?pos=most_read"]


@pytest.mark.parametrize("query", ["?clipId={}", "?id={}", "?p={}", "?article={}"])
def test_addresses_that_differ_in_what_names_the_page_are_several(query: str) -> None:
    markup = "".join(
        f"<p><a href='/watch-this-from-pier-1234{query.format(number)}'>Film number {number} of the ferry</a></p>"
        for number in (1, 2)
    )
    assert len(found(markup)) == 2


def test_a_blurb_is_never_of_the_next_card() -> None:
    first, second = "The ferry sails on hydrogen now", "A pier is mended by night, and nobody sleeps"
    markup = f"<p><a href='{FERRY}'>{first}</a></p><p><a href='{PIER}'>{second}</a></p>"
    assert shown(markup * 2) == [(first, None), (second, None)]


def test_a_short_sentence_below_a_title_is_its_blurb_and_a_few_words_are_not() -> None:
    card = f"<div><h3><a href='{FERRY}'>The ferry sails on hydrogen now</a></h3><p>{{}}</p></div>"
    assert shown(card.format("The yard is content.")) == [("The ferry sails on hydrogen now", "The yard is content.")]
    assert shown(card.format("By Ada Lens, Sound")) == [("The ferry sails on hydrogen now", None)]


def test_a_marked_title_is_no_blurb_of_itself() -> None:
    marked = f"<p>READ ALSO: <a href='{FERRY}'>The ferry sails on hydrogen now</a></p>"
    below = f"<p><a href='{FERRY}'>READ ALSO: The ferry sails on hydrogen now</a></p>"
    assert shown(marked + below) == [("The ferry sails on hydrogen now", None)]


def test_an_author_between_title_and_blurb_parts_no_card() -> None:
    markup = (
        f"<div><h3><a href='{FERRY}'>The ferry sails on hydrogen now</a></h3>"
        f"<p>By <a href='/author/ada'>Ada Lens</a>, three days ago</p><p>{SAYS}</p></div>"
    )
    assert shown(markup) == [("The ferry sails on hydrogen now", SAYS)]


DEAR = {
    "links": "".join(
        "<p>"
        + "".join(
            f"<a href='/n-{block}-{link}-x-y'>The ferry sails on through night {link}</a> " for link in range(20_000)
        )
        + "</p>"
        for block in (1, 2)
    ),
    "styles": f"<p><a href='{FERRY}'>{'<i>ab</i>Cd' * 50_000}</a></p>",
    "folders": "".join(
        f"<p><a href='/{'a/' * 900}{number}-x'>The ferry sails {number}</a></p>" for number in range(5_000)
    ),
    "mentions": "".join(f"<p><a href='{FERRY}'>The ferry sails {number}</a></p>" for number in range(30_000)),
}


def counted(markup: str) -> int:
    """Count the cards of a page, in a worker."""
    return len(found(markup))


@pytest.mark.timeout(300)
def test_no_page_takes_longer_than_a_page_may() -> None:
    with Sandbox(workers=1, seconds=10, megabytes=1024, preload=["tests.extract.teasers.test_cards"]) as sandbox:
        counts = {name: result.value for name, result in zip(DEAR, sandbox.map(counted, DEAR.values()), strict=True)}
    assert counts == {"links": MOST_CARDS, "styles": 1, "folders": MOST_CARDS, "mentions": 1}


PARTS = st.sampled_from([
    f"<a href='{FERRY}'>The ferry sails on hydrogen</a>", f"<a href='{PIER}'>A pier is mended by night</a>",
    "<a href='/author/ada'>Ada Lens</a>", "<a href='//[bad'>x</a>", "<a href=''>y</a>", "<h3>Explore more</h3>", "<br>",
    "<i>3h ago</i>", SAYS, "<div>", "</div>", f"<a href='{URL}#x'>itself</a>", "<a href='/x.pdf'>The whole report in full</a>",
])  # fmt: skip


@given(st.lists(PARTS, max_size=12))
def test_whatever_a_page_holds_each_card_has_a_title_and_an_address_of_its_own(parts: list[str]) -> None:
    taken = found("".join(parts))
    assert all(card.title.strip() and card.url.startswith("https://") for card in taken)
    assert len({card.url for card in taken}) == len(taken)
    assert not {card.blurb for card in taken} & {card.title for card in taken}


def test_two_links_to_one_article_are_two_texts() -> None:
    links = f"<a href='{FERRY}'>The ferry sails on hydrogen</a> <a href='{FERRY}'>Read more about the ferry</a>"
    assert [title for title, _ in shown(f"<li>{links}</li>")] == ["The ferry sails on hydrogen"]
