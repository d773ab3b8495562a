"""Headings below which all was left out go too; those over a table, a list or a picture stay."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import Selection
from pipelines.extract.selecting.emptied import without_emptied

TEXT = "<p>The harbour office has mounted eleven phones under its pier.</p>"
TITLE = "The Brief"
URL = "https://harbour-post.example/tide"


def heading_role(markup: str, left_out: dict[str, str], title: str = TITLE) -> str:
    """Give the role of the heading, where the blocks of the given texts were left out in roles of their own."""
    page = outline(parse(f"<html><body><article>{markup}</article></body></html>".encode()).tree)
    roles = tuple(left_out.get(block.text, "body") for block in page.blocks)
    kept = tuple(index for index, role in enumerate(roles) if role == "body")
    body = tuple(0.4 if block.text == "Our price." else 0.2 for block in page.blocks)
    selection = without_emptied(Selection(kept, (), (), roles, body, 0.9), page, URL)
    at = [block.text for block in page.blocks].index(title)
    assert (at in selection.kept) == (selection.roles[at] == "body")
    return selection.roles[at]


@pytest.mark.parametrize(
    "markup",
    [
        f"{TEXT}<div><h4>{TITLE}</h4><p>Our letter.</p><a href='/sign-up'>Sign up</a></div>{TEXT}",
        f"{TEXT}<div><div><h2>{TITLE}</h2></div><p>Our letter.</p></div>{TEXT}",
        f"{TEXT}<div><h2>{TITLE}</h2><p>Our letter.</p><h3>What else</h3><p>Our letter.</p></div>{TEXT}",
    ],
)
def test_a_heading_over_nothing_but_promotions_goes(markup: str) -> None:
    left_out = {"Our letter.": "promo", "Sign up": "chrome", "What else": "promo"}
    assert heading_role(markup, left_out) == "promo"


def test_a_heading_over_teasers_announces_them() -> None:
    markup = f"{TEXT}<div><h4>{TITLE}</h4><p>A pier is mended.</p></div>{TEXT}"
    assert heading_role(markup, {"A pier is mended.": "teaser"}) == "teaser_heading"


@pytest.mark.parametrize(
    "markup",
    [
        f"{TEXT}<h3>{TITLE}</h3><p>Our letter.</p>{TEXT}",
        f"{TEXT}<h3>{TITLE}</h3>{TEXT}<p>Our letter.</p>",
        f"{TEXT}<div><h2>{TITLE}</h2><p>Our letter.</p><h3>And</h3>{TEXT}</div><h2>The tide</h2>",
        f"{TEXT}<div><h3>{TITLE}</h3><p>Menu</p></div>{TEXT}",
        f"{TEXT}<div><h3>{TITLE}</h3><p>Eleven phones.</p><p>Our letter.</p></div>{TEXT}",
        f"{TEXT}<div><h3>{TITLE}</h3><img src='/pier.jpg'><p>Our letter.</p></div>{TEXT}",
        f"{TEXT}<div><h3>{TITLE}</h3></div><p>Our letter.</p>{TEXT}",
        f"{TEXT}<div><h3>{TITLE}</h3><p>Our price.</p></div>{TEXT}",
        f"{TEXT}<div><h3>{TITLE}</h3><p><a href='https://dock.example/x'>See it at Dock</a></p></div>{TEXT}",
        f"{TEXT}<div><p>{TITLE}</p><p>Our letter.</p></div>{TEXT}",
    ],
)
def test_a_heading_over_text_a_picture_or_a_product_stays_and_one_whose_text_may_be_lost(markup: str) -> None:
    assert (
        heading_role(
            markup,
            {
                "Our letter.": "promo",
                "Our price.": "promo",
                "See it at Dock": "promo",
                "Menu": "chrome",
                "Eleven phones.": "caption",
            },
        )
        == "body"
    )


LIST = "<ul><li>A pier is mended.</li><li>A crane is built.</li><li>All of it</li></ul>"
TEASERS = {"A pier is mended.": "teaser", "A crane is built.": "teaser", "All of it": "chrome"}


@pytest.mark.parametrize("over", ["<h3>{}</h3>", "<p>{}:</p>", "<p>{}…</p>", "<div><p>{}...</p></div>"])
@pytest.mark.parametrize("behind", ["", TEXT, "<h3>The tide</h3>"])
def test_what_leads_in_a_list_of_teasers_goes_with_them(over: str, behind: str) -> None:
    said = over.partition("{}")[2].partition("<")[0]
    markup = f"{TEXT}{over.format(TITLE)}<div>{LIST}</div>{behind}"
    assert heading_role(markup, TEASERS, TITLE + said) == "teaser_heading"


@pytest.mark.parametrize(
    ("markup", "left_out"),
    [
        (f"{TEXT}<p>{TITLE}</p>{LIST}", TEASERS),
        (f"{TEXT}<h3>{TITLE}</h3>{LIST}", dict.fromkeys(TEASERS, "chrome")),
        (f"{TEXT}<h3>{TITLE}</h3>{LIST}", {"A pier is mended.": "teaser"}),
        (f"{TEXT}<h3>{TITLE}</h3>{LIST.replace('All of it', 'Our price.')}", TEASERS | {"Our price.": "teaser"}),
        (f"{TEXT}<h3>{TITLE}</h3><p>A pier is mended.</p>", TEASERS),
    ],
)
def test_over_what_may_be_text_it_stays(markup: str, left_out: dict[str, str]) -> None:
    assert heading_role(markup, left_out) == "body"


def test_a_list_too_long_for_teasers_is_not_gone_through() -> None:
    # Lists may stand in lists, each led in by a line: the whole would be gone through for every one.
    nested = "".join(f"<ul><li><p>{TITLE if level == 399 else f'Part {level}'}:</p>" for level in range(400))
    markup = f"{TEXT}{nested}<ul>{'<li>A pier is mended.</li>' * 30_000}</ul>{'</li></ul>' * 400}"
    assert heading_role(markup, {"A pier is mended.": "teaser"}, f"{TITLE}:") == "body"
