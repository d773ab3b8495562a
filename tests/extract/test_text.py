from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.text import extract_text
from pipelines.records import Extraction, Kind, Place, TeaserKind
from tests.extract.shared import SHARED, needs_shared

TITLE = "Harbour Town Builds a Tide Gauge Out of Spare Phones"
FIRST = (
    "The harbour office of a small town has mounted eleven discarded phones under its pier, and they now measure the "
    "tide every four minutes. The readings agree with the official gauge to within two centimetres."
)
SECOND = (
    "Each phone listens to the echo of a click that it makes itself. Salt and gulls have destroyed two of them so far, "
    "which the office regards as a good year."
)
LAST = "The plans are free, and three other harbours have asked for them. The town will not sell what it was given."
BLURB = (
    "Introduction The arrival of cheap sensors in every workshop has changed how small councils think about the public "
    "works that they once had to order from abroad, and the question that remains is who looks after"
)
OTHER = "A Ferry Line Lets Its Passengers Steer by Vote"
THIRD = "Why Lighthouse Keepers Now Write Software"


def body_of(extraction: Extraction) -> str:
    assert extraction.article is not None
    return extraction.article.body


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def titles(extraction: Extraction) -> list[str]:
    return [teaser.title for teaser in extraction.teasers]


def test_the_first_line_is_the_headline_and_not_in_the_body() -> None:
    found = extract_text(text(TITLE, FIRST, "How it works", SECOND, LAST))
    assert found.article is not None
    assert found.article.title == TITLE
    assert found.article.body == text(FIRST, "How it works", SECOND, LAST)
    assert found.article.markdown == text(FIRST, "## How it works", SECOND, LAST)
    assert found.teasers == ()


def test_titles_and_cut_blurbs_under_a_heading_are_teasers_with_that_heading() -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Explore more", OTHER, BLURB, THIRD, BLURB))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert [(t.title, t.blurb, t.heading, t.place) for t in found.teasers] == [
        (OTHER, BLURB, "Explore more", Place.AFTER),
        (THIRD, BLURB, "Explore more", Place.AFTER),
    ]
    assert found.article is not None
    assert {t.article for t in found.teasers} == {found.article.id}


@pytest.mark.parametrize(
    "heading",
    [
        "Related",
        "RELATED ARTICLES",
        "Read also:",
        "More from the Harbour Desk",
        "► You may also like…",
        "Lire aussi",
        "À lire également :",
        "Mehr zum Thema",
        "Das könnte Sie auch interessieren",
        "Te puede interesar",
        "Leia também",
        "Leggi anche",
        "Lees ook",
        "Läs också",
        "Czytaj także",
        "Читайте также",
        "関連記事",
        "相关阅读",
        "관련 기사",
        "اقرأ أيضا",
    ],
)
def test_headings_of_many_languages_announce_teasers_without_blurbs(heading: str) -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, heading, OTHER, THIRD))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == [OTHER, THIRD]


def test_a_japanese_text_is_judged_by_its_own_punctuation() -> None:
    first = "港の事務所は、使われなくなった電話機を桟橋の下に取り付け、四分ごとに潮位を測っている。" * 2
    found = extract_text(text("港町が古い電話で潮位計を作る", first, first, "関連記事", "渡し船は乗客の投票で進む"))
    assert body_of(found) == text(first, first)
    assert titles(found) == ["渡し船は乗客の投票で進む"]


def test_a_section_of_prose_called_related_work_stays() -> None:
    lines = (FIRST, "Related work", SECOND, SECOND, "Related", FIRST, LAST, "Learn more", SECOND)
    found = extract_text(text(TITLE, *lines))
    assert body_of(found) == text(*lines)
    assert found.teasers == ()


def test_a_block_inside_the_body_ends_where_prose_goes_on() -> None:
    found = extract_text(text(TITLE, FIRST, "Related stories", OTHER, THIRD, SECOND, LAST))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert [(t.title, t.place) for t in found.teasers] == [(OTHER, Place.INSIDE), (THIRD, Place.INSIDE)]


def test_a_sub_heading_after_a_block_belongs_to_the_body() -> None:
    found = extract_text(text(TITLE, FIRST, "Read more", OTHER, THIRD, "Salt", SECOND, LAST))
    assert body_of(found) == text(FIRST, "Salt", SECOND, LAST)
    assert titles(found) == [OTHER, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        f"READ MORE: {OTHER}",
        f"Read also: {OTHER}",
        f"[Related: {OTHER}]",
        f"READ NEXT {OTHER}",
        f"Lire aussi : {OTHER}",
        f"Lesen Sie auch – {OTHER}",
        f"» Te puede interesar: {OTHER}",
        f"Also read | {OTHER}",
        f"関連記事：{OTHER}",
    ],
)
def test_an_inline_teaser_is_cut_out_of_the_body(line: str) -> None:
    found = extract_text(text(TITLE, FIRST, line, SECOND, LAST))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert [(t.title, t.heading, t.place) for t in found.teasers] == [(OTHER, None, Place.INSIDE)]


def test_a_sentence_that_begins_like_an_inline_teaser_stays() -> None:
    sentence = "Read: the office wants every harbour on this coast to copy its plans, and to send back what they learn."
    found = extract_text(text(TITLE, FIRST, sentence, LAST))
    assert sentence in body_of(found)


def test_list_markers_are_no_part_of_a_teasers_title() -> None:
    found = extract_text(text(TITLE, FIRST, LAST, "Related articles", f"- {OTHER}", f"- {THIRD}."))
    assert titles(found) == [OTHER, f"{THIRD}."]


def test_a_list_of_the_article_stays_a_list() -> None:
    found = extract_text(text(TITLE, FIRST, "What it takes", "- eleven phones", "- a pier", "2. patience", LAST))
    assert found.article is not None
    assert found.article.body == text(FIRST, "What it takes", "- eleven phones", "- a pier", "2. patience", LAST)
    assert text("- a pier", "2. patience") in found.article.markdown


def test_cut_blurbs_under_titles_are_teasers_under_an_unknown_heading_too() -> None:
    found = extract_text(text(TITLE, FIRST, LAST, "From the quay", OTHER, BLURB, THIRD, BLURB))
    assert body_of(found) == text(FIRST, LAST)
    assert [t.heading for t in found.teasers] == ["From the quay"] * 2
    assert found.decision.score < extract_text(text(TITLE, FIRST, LAST)).decision.score


def test_an_article_cut_in_its_last_paragraph_keeps_it() -> None:
    found = extract_text(text(TITLE, FIRST, "Salt and gulls", SECOND, "What comes next", BLURB))
    assert body_of(found).endswith(BLURB)


def test_furniture_of_teasers_is_neither_title_nor_blurb() -> None:
    found = extract_text(
        text(
            TITLE,
            FIRST,
            LAST,
            "Related posts",
            OTHER,
            "March 3, 2026",
            "5 min read",
            BLURB,
            "Read more",
            THIRD,
            "Read more",
        )
    )
    assert [(t.title, t.blurb) for t in found.teasers] == [(OTHER, BLURB), (THIRD, None)]


def test_what_the_site_says_for_itself_is_a_promotion() -> None:
    found = extract_text(text(TITLE, FIRST, "Advertisement", SECOND, LAST, "Sign up for our newsletter"))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert [t.kind for t in found.teasers] == [TeaserKind.PROMOTION] * 2


def test_a_byline_under_the_headline_names_the_authors() -> None:
    found = extract_text(text(TITLE, "By Ada Byron and Grace de la Cruz", "March 3, 2026", FIRST, LAST))
    assert found.article is not None
    assert found.article.authors == ("Ada Byron", "Grace de la Cruz")
    assert found.article.body == text(FIRST, LAST)


def test_a_text_that_opens_with_a_paragraph_is_titled_by_its_first_sentence() -> None:
    found = extract_text(text(SECOND, LAST))
    assert found.article is not None
    assert found.article.title == "Each phone listens to the echo of a click that it makes itself."
    assert found.article.body == text(SECOND, LAST)


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    wrapped = "The harbour office of a small town has mounted\neleven discarded phones under its pier, and they\nmeasure the tide.\n"
    found = extract_text(f"{TITLE}\n\n{wrapped}\n{wrapped}")
    assert body_of(found).split("\n\n")[0] == " ".join(wrapped.split())


def test_single_newlines_part_paragraphs_too() -> None:
    assert body_of(extract_text(text(TITLE, FIRST, SECOND, LAST).replace("\n\n", "\r\n"))) == text(FIRST, SECOND, LAST)


@pytest.mark.parametrize(
    ("given_text", "kind"),
    [
        ("", Kind.EMPTY),
        (" \n\x00\n", Kind.EMPTY),
        (TITLE, Kind.EMPTY),
        (text(TITLE, "Two words."), Kind.EMPTY),
        (text("Harbour news", "A short word of welcome.", "Related", OTHER, THIRD, TITLE), Kind.INDEX),
    ],
)
def test_a_text_without_prose_is_no_article(given_text: str, kind: Kind) -> None:
    found = extract_text(given_text)
    assert found.article is None
    assert (found.decision.article, found.decision.kind) == (False, kind)


def test_a_text_is_named_by_its_url_or_else_by_its_hash() -> None:
    named = extract_text(text(TITLE, FIRST, LAST), url="https://harbour.example/tide?utm_source=x").article
    unnamed = extract_text(text(TITLE, FIRST, LAST)).article
    assert named is not None
    assert unnamed is not None
    assert named.canonical_url == "https://harbour.example/tide"
    assert unnamed.url.startswith("ni:///sha-256;")
    assert unnamed == extract_text(text(TITLE, FIRST, LAST)).article


def test_marks_of_markdown_in_the_text_are_escaped() -> None:
    found = extract_text(
        text(TITLE, FIRST, "It costs 2*3*4 <b>crowns</b> in [this] shop, said nobody at all today.", LAST)
    )
    assert found.article is not None
    assert r"2\*3\*4 \<b\>crowns\</b\> in \[this\]" in found.article.markdown


LINES = st.sampled_from(
    [TITLE, FIRST, SECOND, LAST, BLURB, OTHER, "Related", "Explore more", "READ MORE: x y z", "", "- a b"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES | st.text(max_size=80), max_size=30).map("\n".join))
def test_every_line_of_the_body_comes_from_the_text(given_text: str) -> None:
    found = extract_text(given_text)
    assert found == extract_text(given_text)
    if found.article is not None:
        source = "".join(given_text.split())
        assert all(
            "".join(line.split()) in source.replace("\x00", "")
            for line in found.article.body.split("\n\n")
            if line in (FIRST, SECOND, LAST, BLURB)
        )
        assert [teaser.position for teaser in found.teasers] == list(range(len(found.teasers)))


@pytest.mark.parametrize(
    "hostile", ["a" * 3_000_000, "a b " * 700_000, "Related\n" * 200_000, "- " * 500_000, "READ MORE: x y\n" * 100_000]
)
def test_a_hostile_text_is_read_in_linear_time(hostile: str) -> None:
    assert extract_text(hostile).decision.reason


@pytest.mark.shared
@needs_shared
def test_the_text_that_started_it_yields_its_article_and_five_teasers() -> None:
    (path,) = (SHARED / "data" / "seed").glob("*.txt")
    given_text = path.read_text(encoding="utf-8")
    found = extract_text(given_text)
    before, _, after = given_text.partition("\n\nExplore more\n\n")
    assert found.article is not None
    assert f"{found.article.title}\n\n{found.article.body}" == before
    assert [t.heading for t in found.teasers] == ["Explore more"] * 5
    assert [line for t in found.teasers for line in (t.title, t.blurb)] == after.strip().split("\n\n")


HEADLINES = (OTHER, THIRD, "Gulls Learn to Open Parcel Lockers in Three Ports")


def test_headlines_at_the_end_are_teasers_without_a_heading_too() -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, *HEADLINES))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == list(HEADLINES)
    assert found.decision.score < extract_text(text(TITLE, FIRST, LAST)).decision.score


@pytest.mark.parametrize(
    "lines",
    [
        ("The office wants three things:", *HEADLINES),
        ("Why phones?", SECOND, "What is next?", LAST),
        ("Who won", "Ada Byron, Harbour Post", "Grace de la Cruz, Pier Review", "Idris Vaughan, Quay Weekly"),
        ("How did it begin?", SECOND, "And the gulls?", "They come at dawn, and they like the screens best of all."),
        ("“We would do it again,” says the harbour master.", "“And cheaper.”"),
        ("Explore more", SECOND, "Related work", LAST),
        (
            "Further reading",
            "- Smith, J. (2021). Tides and phones. Journal of Harbours 12(3), 45-67.",
            "- Byron, A. (2019). Clicks under water. Proceedings of the Pier Society.",
        ),
        ("The town's own letter is called a newsletter by those who have never had to print one in the rain.",),
    ],
)
def test_an_article_may_end_with_a_list_questions_or_references(lines: tuple[str, ...]) -> None:
    assert body_of(extract_text(text(TITLE, FIRST, SECOND, *lines))) == text(FIRST, SECOND, *lines)


@pytest.mark.parametrize(
    "offer",
    [
        "Sign up for our daily newsletter and never miss a story from the quay.",
        "Get the best of Harbour Post delivered to your inbox every morning, for free and for as long as you like.",
        "Inscrivez-vous à notre newsletter pour recevoir chaque matin l'essentiel de l'actualité du port.",
        "Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen das Wichtigste aus dem Hafen.",
        "Suscríbete a nuestro boletín y recibe cada mañana lo mejor del puerto, sin coste alguno.",
    ],
)
def test_an_offer_of_a_newsletter_is_a_promotion_wherever_it_stands(offer: str) -> None:
    for lines in ((FIRST, offer, SECOND, LAST), (FIRST, SECOND, LAST, offer)):
        found = extract_text(text(TITLE, *lines))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert [(t.title, t.kind) for t in found.teasers] == [(offer, TeaserKind.PROMOTION)]


def test_a_sentence_under_an_offer_goes_with_it() -> None:
    below = "The Quay Letter comes on Fridays. You can unsubscribe at any time."
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Sign up for our newsletter", below))
    assert body_of(found) == text(FIRST, SECOND, LAST)


BIO = "Ada Byron is a senior reporter at Harbour Post, where she covers ports and machines. Follow her on Mastodon."


@pytest.mark.parametrize(
    "added",
    [
        (BIO,),
        ("About the author", BIO),
        ("About the author", "Ada lives on a barge. She has a cat."),
        ("Über die Autorin", "Birgit Sommerfeld ist Redakteurin bei der Hafenpost."),
        ("Birgit Sommerfeld ist Redakteurin bei der Hafenpost.",),
        ("Tags: tides, phones, harbours",),
        ("Topics", "Tides", "Phones", "Harbours"),
        ("© 2026 Harbour Post. All rights reserved.",),
        (f"The post {TITLE} appeared first on Harbour Post.",),
        ("Der Beitrag Hafen baut Pegel erschien zuerst auf Hafenpost.",),
        ("Continue reading on harbour-post.example",),
        (BIO, "Tags: tides", "© 2026 Harbour Post"),
    ],
)
def test_what_a_site_adds_below_is_no_part_of_the_article(added: tuple[str, ...]) -> None:
    for teasers in ((), ("Related stories", OTHER, THIRD)):
        for lines in ((*added, *teasers), (*teasers, *added)):
            found = extract_text(text(TITLE, FIRST, SECOND, LAST, *lines))
            assert body_of(found) == text(FIRST, SECOND, LAST)
            assert titles(found) == list(teasers[1:])


def test_a_reporter_in_the_news_is_news() -> None:
    told = "Ada Byron is a reporter at Harbour Post. She was the first to see the phones, and she told the council."
    assert told in body_of(extract_text(text(TITLE, FIRST, told, SECOND, LAST)))


@pytest.mark.parametrize(
    "heading",
    [
        "Weiterlesen",
        "Das könnte Sie interessieren",
        "Nos autres articles",
        "Editors' Picks",
        "Also on Harbour Post",
        "注目記事",
        "인기 뉴스",
        "精彩推荐",
        "Популярные статьи",
        "Te recomendamos",
    ],
)
def test_further_headings_announce_teasers_with_bullets_too(heading: str) -> None:
    for mark in ("", "• "):
        found = extract_text(text(TITLE, FIRST, SECOND, LAST, heading, f"{mark}{OTHER}", f"{mark}{THIRD}"))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert titles(found) == [OTHER, THIRD]
