"""Tags that a page shows with its article, where its head names none."""

from __future__ import annotations

import pytest

from tests.extract.head import read

HEADING = "<h1>Old phones measure the tide</h1>"
LIST = "<ul class='tags'><li><a rel='tag' href='/t/tide'>#tide</a></li><li><a rel='tag' href='/t/phones'>phones</a></li></ul>"
FIELD = (
    "<div class='field--name-field-tags'><div>Tags</div><div><div><a href='/t/1'>tide</a></div>"
    "<div><a href='/t/2'>phones</a></div></div></div>"
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<article>{HEADING}<p>Text.</p>{LIST}</article>", id="in the article around the heading"),
        pytest.param(f"{HEADING}<article><p>Text.</p>{FIELD}</article>", id="in Drupal's field"),
        pytest.param(f"{HEADING}<p>Text.</p>{LIST}", id="the only list behind the heading"),
        pytest.param(
            f"<article>{HEADING}<p>Text.</p>{LIST}</article><article><h2>Ferries</h2>{LIST.replace('tide', 'ferry')}</article>",
            id="with teasers that have tags of their own",
        ),
        pytest.param(
            f"<article class='post category-sea'>{HEADING}<span class='cat-links'><a rel='category tag' href='/c'>Sea</a></span>{LIST}</article>",
            id="beside categories",
        ),
    ],
)
def test_tags_are_read_from_the_links_of_an_article_whose_head_has_none(body: str) -> None:
    assert read(body=body).tags == ("tide", "phones")
    assert read("<meta name='keywords' content='ferry'>", body).tags == ("ferry",)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{LIST}{HEADING}", id="above the heading"),
        pytest.param(f"{HEADING}<div class='tagcloud'>{LIST}</div>", id="in a cloud"),
        pytest.param(f"{HEADING}<aside>{LIST}</aside>", id="beside the text"),
        pytest.param(f"{HEADING}<div class='post-categories'>{LIST}</div>", id="as categories"),
        pytest.param(f"{HEADING}<div><p>One</p>{LIST}</div><div><p>Other</p>{LIST}</div>", id="in two teasers"),
        pytest.param(f"{HEADING}<ul>{LIST * 20}</ul>", id="in all lists of the site"),
    ],
)
def test_links_that_are_not_clearly_of_the_article_are_no_tags(body: str) -> None:
    assert read(body=body).tags == ()


def test_of_keywords_that_name_their_values_the_tags_are_kept() -> None:
    head = "<meta name='keywords' content='Topic:Sea,Tag:Tide,LayerCake:0,Publication:harbour-post,Tag:Old phones'>"
    assert read(head).tags == ("Tide", "Old phones")
    assert read("<meta name='keywords' content='Tide 2:1,Review:tide gauge'>").tags == ("Tide 2:1", "Review:tide gauge")
