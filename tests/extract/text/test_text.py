from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.text.text import extract_text
from pipelines.records import Kind, Place, TeaserKind
from tests.extract.harbour import BLURB, FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles
from tests.extract.shared import SHARED, needs_shared


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


@pytest.mark.parametrize("below", [LAST, "The inquiry ends in March."])
def test_behind_headlines_without_blurbs_the_last_paragraph_is_the_articles(below: str) -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, "Related stories", OTHER, THIRD, below))
    assert body_of(found) == text(FIRST, SECOND, below)
    assert [(t.title, t.blurb) for t in found.teasers] == [(OTHER, None), (THIRD, None)]


def test_one_headline_is_not_followed_by_a_blurb_of_several_sentences() -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, "Related stories", OTHER, LAST))
    assert body_of(found) == text(FIRST, SECOND, LAST)


def test_whole_blurbs_that_take_turns_with_headlines_are_blurbs() -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, "Related stories", OTHER, LAST, THIRD, LAST))
    assert body_of(found) == text(FIRST, SECOND)
    assert [(t.title, t.blurb) for t in found.teasers] == [(OTHER, LAST), (THIRD, LAST)]


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


SHORT = (
    "Nobody at the company had asked for it. Eleven passengers in three found the button and began to press it until",
    "Each winter a dozen of them meet at the foot of a tower and compare what they have written since the",
)


def test_a_blurb_that_was_cut_early_is_no_headline() -> None:
    for lines in ((OTHER, SHORT[0], THIRD, SHORT[1]), (OTHER, BLURB, THIRD, SHORT[1])):
        found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Explore more", *lines))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert [(t.title, t.blurb) for t in found.teasers] == [(OTHER, lines[1]), (THIRD, lines[3])]


@pytest.mark.parametrize(
    "headlines",
    [
        (OTHER, "Why the Keepers of All Lighthouses on This Coast Now Write Software at Night and Sleep by Day"),
        (
            OTHER,
            THIRD,
            "Why the Keepers of All Lighthouses on This Coast Now Write Software at Night and Sleep by Day",
            OTHER + "s",
        ),
        (OTHER, "The Gulls Are Back. So Are the Phones", THIRD, "The Pier Is Gone. Now What?"),
    ],
)
def test_a_long_headline_among_short_ones_is_no_blurb(headlines: tuple[str, ...]) -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Explore more", *headlines))
    assert [(t.title, t.blurb) for t in found.teasers] == [(headline, None) for headline in headlines]


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
    "hostile", ["a" * 3_000_000, "a b " * 700_000, "Related\n" * 99_000, "- " * 500_000, "READ MORE: x y\n" * 99_000]
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


@pytest.mark.parametrize(
    "speech",
    [('"Is it on?" she asked.',), ("„Läuft es?“, fragte sie.",), ("“Is it on?”", "“It is.”"), ("— ¿Funciona? —dijo.",)],
)
def test_a_text_may_begin_with_speech(speech: tuple[str, ...]) -> None:
    found = extract_text(text(*speech, FIRST, SECOND, LAST))
    assert found.article is not None
    assert found.article.title in speech[0]
    assert found.article.body == text(*speech, FIRST, SECOND, LAST)


def test_a_headline_may_begin_with_a_quotation_above_another() -> None:
    for headline in (
        "“Nobody Asked the Gulls”: Four Answers From a Pilot",
        "“Nobody asked”, says a pilot of the harbour",
    ):
        found = extract_text(text(headline, "“They never answer,” he says.", FIRST, LAST))
        assert found.article is not None
        assert (found.article.title, found.article.body) == (
            headline,
            text("“They never answer,” he says.", FIRST, LAST),
        )


def test_a_headline_may_be_a_quotation() -> None:
    found = extract_text(text("“We would do it again”", FIRST, SECOND, LAST))
    assert found.article is not None
    assert (found.article.title, found.article.body) == ("“We would do it again”", text(FIRST, SECOND, LAST))


@pytest.mark.parametrize(
    "row", ["Share this article: Facebook | X", "Teilen: WhatsApp, E-Mail", "Share Facebook X LinkedIn"]
)
def test_a_row_of_networks_is_no_other_article(row: str) -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, "RELATED ARTICLES", OTHER, THIRD, row))
    assert titles(found) == [OTHER, THIRD]
    assert body_of(extract_text(text(TITLE, FIRST, row, SECOND, LAST))) == text(FIRST, SECOND, LAST)


def test_shares_that_are_traded_are_no_row_of_networks() -> None:
    for line in ("Share of Facebook", "Share prices: what X is worth"):
        assert line in body_of(extract_text(text(TITLE, FIRST, line, SECOND, LAST)))
