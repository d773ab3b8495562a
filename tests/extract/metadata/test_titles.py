"""Which of the texts that a page offers is its headline, and what of them is none of its words."""

from __future__ import annotations

import pytest

from tests.extract.head import read

TITLE = "Old phones measure the tide"
HEAD = (
    f"<title>{TITLE} - Harbour Post</title><meta property='og:title' content='{TITLE}'>"
    "<meta property='og:site_name' content='Harbour Post'>"
)


@pytest.mark.parametrize(
    "heading",
    [
        f"{TITLE}<a class='headerlink' href='#tide' title='Permalink'>#</a>",
        f"{TITLE} <a href='#tide'>¶</a>",
        f"{TITLE} <span class='badge'>Premium</span>",
        f"{TITLE} <svg></svg><span class='sr-only'>Subscriber only</span>",
        f"<span class='visually-hidden'>Article:</span> {TITLE}",
        f"{TITLE}<sup><a href='#fn1'>1</a></sup>",
        "Old phones <em>measure</em> the&shy; tide",
    ],
)
def test_a_heading_is_read_without_what_is_none_of_its_words(heading: str) -> None:
    assert read(HEAD, f"<h1>{heading}</h1>").title == TITLE


def test_the_sign_behind_a_kicker_is_read_though_no_eye_sees_it() -> None:
    heading = "<h1><span>Tide gauges</span><span class='visually-hidden'>: </span><span>Old phones measure</span></h1>"
    assert read(body=heading).title == "Tide gauges: Old phones measure"


def test_a_heading_of_nothing_but_text_for_screen_readers_is_read() -> None:
    assert read(body=f"<h1><span class='sr-only'>{TITLE}</span></h1>").title == TITLE


def test_a_sub_headline_is_a_part_of_the_headline() -> None:
    assert read(HEAD, f"<h1>{TITLE} <span>in the harbour of Ulm</span></h1>").title == f"{TITLE} in the harbour of Ulm"
    assert read("", f"<h1>{TITLE} <span>Premium</span></h1>").title == f"{TITLE} Premium"


@pytest.mark.parametrize(
    "slogan",
    [
        "Harbour Post: News for pilots</h1>",
        f"The news of the sea</h1><h2 class='headline'>{TITLE}</h2>",
        f"Harbour Post - the magazine of measure and sail</h1><p>7°</p><h2>{TITLE}</h2>",
        f"Harbour Post</h1><h2>{TITLE}</h2>",
    ],
)
def test_a_slogan_that_shares_a_word_with_the_headline_is_none(slogan: str) -> None:
    assert read(HEAD, f"<h1>{slogan}").title == TITLE


def test_a_visible_headline_stays_though_it_is_another_one_than_the_head_has() -> None:
    shown = "<h1>Eleven phones in the mud: a tide gauge</h1><h2>How it works</h2>"
    assert read(HEAD, shown).title == "Eleven phones in the mud: a tide gauge"
    head = HEAD.replace(TITLE, "Measure the sea with AI")
    assert read(head, "<h1>Harbour Post AI</h1>").title == "Harbour Post AI"


@pytest.mark.parametrize(
    ("title", "shared", "heading", "expected"),
    [
        ("港口用旧手机测量潮汐_港报", "", "港口用旧手机测量潮汐", "港口用旧手机测量潮汐"),
        ("港口用旧手机测量潮汐_科技频道_港报", "", "港口用旧手机测量潮汐", "港口用旧手机测量潮汐"),
        (
            "古い携帯で潮を測る - 港湾",
            "古い携帯で潮を測る",
            "古い携帯電話で港の潮を測る試み",
            "古い携帯電話で港の潮を測る試み",
        ),
        ("古い携帯で潮を測る - 港湾", "古い携帯で潮を測る", "海と船の総合情報サイト", "古い携帯で潮を測る"),
        (
            "港口用旧手机测量潮汐 - 港报",
            "旧手机能测量港口的潮汐水位",
            "【快讯】旧手机能测量港口的潮汐水位",
            "旧手机能测量港口的潮汐水位",
        ),
    ],
)
def test_headlines_of_scripts_without_spaces_are_compared_by_their_characters(
    title: str, shared: str, heading: str, expected: str
) -> None:
    head = f"<title>{title}</title>" + (f"<meta property='og:title' content='{shared}'>" if shared else "")
    assert read(head, f"<h1>{heading}</h1>", language="zh").title == expected


@pytest.mark.parametrize(
    "title",
    [
        "The tide | Harbour Post",
        "The tide - Harbour Post",
        "Harbour Post: The tide",
        "The tide – harbour-post.example",
        "The tide | Science | Harbour Post",
    ],
)
def test_a_headline_is_free_of_site_names(title: str) -> None:
    found = read(f"<meta property='og:site_name' content='Harbour Post'><title>{title}</title>", "<h1>The tide</h1>")
    assert found.title == "The tide"
    assert title in found.title_candidates


def test_the_name_of_a_blog_in_its_largest_heading_is_no_headline() -> None:
    head = "<title>Notes of a harbour: The tide rises</title><meta property='og:title' content='The tide rises'>"
    assert read(head, "<h1>Notes of a harbour</h1><h2>The tide rises</h2>").title == "The tide rises"
    head = "<title>The tide rises - Tidenotes</title><meta property='og:title' content='Tidenotes'>"
    assert read(head, "<h1>The tide rises</h1>").title == "The tide rises"


def test_a_section_behind_a_headline_that_stands_alone_elsewhere_is_dropped() -> None:
    head = (
        "<meta property='og:title' content='Old phones measure the tide-Science'>"
        "<meta name='title' content='Old phones measure the tide'>"
    )
    assert read(head).title == "Old phones measure the tide"


def test_a_title_without_end_is_cut() -> None:
    found = read(f"<meta property=og:title content='The tide is in town{' - a.co' * 4_000}'>")
    assert found.title == "The tide is in town"
