"""What a page links among its teasers and no teaser is: sources, lists, comments, posts, parts of the article, menus."""

from __future__ import annotations

import pytest

from pipelines.extract.teasers.no_articles import is_no_article
from tests.extract.teasers.collected import BODY, URL, found

FERRY = "The ferry sails on hydrogen now"
LINK = f"<p><a href='/harbour/the-ferry-sails-on-hydrogen'>{FERRY}</a></p>"


@pytest.mark.parametrize(
    "address",
    [
        "https://twitter.com/harbour/status/4711",
        "https://x.com/harbour",
        "https://t.co/4711abc",
        "https://www.linkedin.com/company/harbour-works/",
        "https://www.facebook.com/sharer/sharer.php?u=https://news.example/a",
        "https://maps.app.goo.gl/4711",
        "https://www.google.co.uk/maps/place/Harbour",
        "https://news.example/cdn-cgi/l/email-protection",
        "https://news.example/a-ferry-sails-north/comment-page-2/",
        "https://news.example/a-ferry-sails-north?replytocom=4711",
        "https://code.example/a?permalink_comment_id=4711#gistcomment-4711",
        "https://news.example/2026/05/",
        "https://news.example/blog/2026/05/04",
    ],
)
def test_comments_posts_maps_and_days_are_no_articles(address: str) -> None:
    assert is_no_article(address)
    assert found(f"{BODY}<p><a href='{address}'>{FERRY}</a></p>", {FERRY: "teaser"}) == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/pulse/the-ferry-sails-on-hydrogen",
        "https://news.example/2026/05/the-ferry-sails",
        "https://news.example/2026/05/04/4711",
        "https://news.example/x.com/the-ferry",
        "https://news.example/comments-on-a-ferry",
        "https://news.example/maps-of-the-harbour",
    ],
)
def test_what_only_looks_like_one_is_an_article(address: str) -> None:
    assert not is_no_article(address)


def test_a_name_that_is_a_time_is_a_comments() -> None:
    time = "December 20, 2025"
    assert found(f"{BODY}<p><a href='/notes/the-ferry-sails-on'>{time}</a></p>", {time: "teaser"}) == ()


@pytest.mark.parametrize("name", ["Privacy policy", "Terms of service", "Datenschutzerklärung"])
def test_a_page_of_the_site_about_itself_is_no_teaser(name: str) -> None:
    assert found(f"{BODY}<p><a href='/legal/our-terms-of-the-year'>{name}</a></p>", {name: "teaser"}) == ()


def test_what_stands_below_an_articles_own_address_is_a_part_of_it() -> None:
    markup = f"{BODY}<p><a href='/chips/new-fab-opens-its-doors/figures/a-plan-of-it-all'>{FERRY}</a></p>"
    assert found(markup, {FERRY: "teaser"}, url="https://news.example/chips/new-fab-opens-its-doors") == ()


@pytest.mark.parametrize("path", ["/chips", "/sections/1001"])
def test_a_list_has_its_articles_below_it(path: str) -> None:
    markup = f"{BODY}<p><a href='{path}/a-plan-of-it-all'>{FERRY}</a></p>"
    assert len(found(markup, {FERRY: "teaser"}, url=f"https://news.example{path}")) == 1


@pytest.mark.parametrize("heading", ["Sources:", "References & Sources", "Verwendete Quellen", "参考文献", "Fuentes"])
def test_what_was_cited_is_not_recommended(heading: str) -> None:
    markup = f"{BODY}<section><h2>{heading}</h2>{LINK}</section>"
    assert found(markup, {FERRY: "teaser"}) == ()
    assert len(found(markup.replace(heading, "Further reading"), {FERRY: "teaser"})) == 1


def test_sources_end_where_teasers_are_announced() -> None:
    markup = f"{BODY}<section><h2>Sources</h2><p>The yard itself.</p><h2>Read next</h2>{LINK}</section>"
    assert [teaser.title for teaser in found(markup, {FERRY: "teaser"})] == [FERRY]


@pytest.mark.parametrize("heading", ["Categories", "Related topics", "Schlagwörter", "タグ"])
def test_what_is_short_below_a_heading_over_lists_is_one(heading: str) -> None:
    short = "Ferries and tugs"
    markup = f"{BODY}<section><h3>{heading}</h3>{LINK}<p><a href='/harbour/ferries-tugs'>{short}</a></p></section>"
    assert [teaser.title for teaser in found(markup, {FERRY: "teaser", short: "teaser"})] == [FERRY]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ada Lens, Chief Pilot", "/executive/ada-lens"),
        ("Harbour Works", "/company/harbour-works"),
        ("Teens and adults (19)", "/blogs?category=168"),
        ("More ferries", "/ferries"),
        ("See all cranes", "/cranes"),
    ],
)
def test_people_companies_and_sections_are_lists(name: str, address: str) -> None:
    assert found(f"{BODY}<p><a href='{address}'>{name}</a></p>", {name: "teaser"}) == ()


def test_many_short_names_in_one_block_are_a_menu() -> None:
    names = [f"The best crane {number}" for number in range(8)]
    block = "".join(f"<a href='/the-best-crane-of-{number}'>{name}</a> " for number, name in enumerate(names))
    assert found(f"{BODY}<div>{block}</div>", {" ".join(names): "teaser"}) == ()
    long = [f"Why crane {number} is better than all the others" for number in range(8)]
    block = "".join(f"<a href='/why-a-crane-is-better-{number}'>{name}</a> " for number, name in enumerate(long))
    assert len(found(f"{BODY}<div>{block}</div>", {" ".join(long): "teaser"})) == len(long)


@pytest.mark.parametrize("button", ["Read our review", "View photos", "Open in a new tab", "詳細を見る", "Découvrir"])
def test_a_button_is_named_by_the_headline_in_its_box(button: str) -> None:
    link = f"<p><a href='/reviews/a-lamp-for-the-pier'>{button}</a></p>"
    box = f"<div><h3>A lamp for the pier</h3><p>It is bright.</p>{link}</div>"
    (teaser,) = found(f"{BODY}{box}", {button: "inline_teaser"})
    assert teaser.title == "A lamp for the pier"
    # The heading of a chapter names what the chapter says.
    chapter = f"<div><h3>A lamp for the pier</h3><p>It is bright.</p>{link}{BODY * 6}</div>"
    (teaser,) = found(chapter, {button: "inline_teaser"})
    assert teaser.title == button


def test_a_button_that_nothing_names_leads_nowhere_worth_a_teaser() -> None:
    assert found(f"{BODY}<p><a href='/webcams'>Watch now</a></p>", {"Watch now": "teaser"}) == ()


def test_the_page_itself_is_none_whatever_counts_the_visit() -> None:
    url = f"{URL}-its-doors-today/"
    assert found(f"{BODY}<p><a href='{url}?intcid=top'>{FERRY}</a></p>", {FERRY: "teaser"}, url=url) == ()
