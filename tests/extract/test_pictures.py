"""The pictures that an article shows, and those on its page that are another part's."""

from __future__ import annotations

import pytest

from pipelines.extract import extract
from pipelines.records import Article, Image
from tests.extract.test_article import PARAGRAPHS

URL = "https://news.example/2026/05/fab-opens"
TITLE = "Chip maker opens its second plant"
HALL = "<figure><img src='/hall.jpg'><figcaption>The hall of the plant. Photo: Lin Wei</figcaption></figure>"
HALL_IMAGE = Image(url="https://news.example/hall.jpg", caption="The hall of the plant.", credit="Lin Wei")
CARD = "<a href='/2026/04/dock-cranes'><img src='/old.jpg'><h3>Why dock cranes are getting cheaper again</h3></a>"


def article(above: str = "", inside: str = "", behind: str = "", *, beside: str = "", head: str = "") -> Article:
    """An article with something above its first paragraph, inside, right behind its last, and beside it."""
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    markup = f"""<!doctype html><html lang="en"><head><title>{TITLE}</title>{head}
    <meta property="og:type" content="article"><meta property="article:published_time" content="2026-05-04T09:30:00+02:00">
    </head><body><header><a href="/"><img src="/top.png">News Example</a></header><main><article><h1>{TITLE}</h1>
    <p class="byline">By Ann Author</p>{above}<div class="article-body">{first}{inside}{"".join(others)}{behind}</div></article>
    {beside}</main></body></html>"""
    found = extract(markup.encode(), URL).article
    assert found is not None
    return found


def shown(above: str = "", inside: str = "", behind: str = "", *, beside: str = "") -> list[str]:
    """Files of the pictures of such an article."""
    return [image.url.rpartition("/")[2] for image in article(above, inside, behind, beside=beside).images]


def test_the_pictures_above_and_behind_the_text_are_the_articles() -> None:
    last = "<div class='media'><figure><img src='/gate.jpg'><figcaption>The gate at dusk</figcaption></figure></div>"
    gate = Image(url="https://news.example/gate.jpg", caption="The gate at dusk")
    assert article(above=HALL, behind=last).images == (HALL_IMAGE, gate)
    assert article(above="<div class='featured-image'><img src='/hall.jpg'></div>").images[0].url == HALL_IMAGE.url
    large = "<div><img src='/hall.jpg' width=900 height=600><span>By Ann Author, 4 May 2026</span></div>"
    assert article(above=large).images[0].url == HALL_IMAGE.url


@pytest.mark.parametrize(
    "above",
    [
        pytest.param("<div class='author-box'><figure><img src='/ann.jpg'></figure></div>", id="a portrait"),
        pytest.param("<figure class='avatar'><img src='/ann.jpg'></figure>", id="a named figure"),
        pytest.param("<a href='/staff/ann'><img src='/ann.jpg'></a>", id="a link to somebody"),
        pytest.param("<p><img src='/a7.jpg' alt='Picture of Ann Author'></p>", id="a picture of the author"),
        pytest.param("<div><img src='/a7.jpg'><span>By Ann Author, 4 May 2026</span></div>", id="beside the byline"),
        pytest.param("<figure><img src='/rule.svg'></figure>", id="a drawing"),
        pytest.param("<p><img src='/flag.jpg' width=64 height=48></p>", id="a flag"),
        pytest.param(f"<aside>{CARD}</aside>", id="a box at the side"),
        pytest.param(f"<div>{CARD}</div>", id="a card"),
        pytest.param("<figure><img src='/static/logo.png'></figure>", id="a logo"),
    ],
)
def test_a_picture_above_the_text_that_shows_something_else_is_none_of_the_articles(above: str) -> None:
    assert shown(above=above) == []


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param("<img src='/end.gif'>", id="no figure"),
        pytest.param("<div class='about-the-author'><figure><img src='/ann.jpg'></figure></div>", id="a portrait"),
        pytest.param(f"<section class='related'><h2>Related articles</h2>{CARD}</section>{HALL}", id="behind teasers"),
    ],
)
def test_a_picture_behind_the_text_that_is_no_figure_of_it_is_none_of_the_articles(behind: str) -> None:
    assert shown(behind=behind) == []


def test_a_figure_beside_the_article_is_none_of_its_own() -> None:
    assert shown(beside=f"<section>{HALL}</section>") == []


def test_without_a_picture_in_the_head_the_first_of_the_article_stands_for_it() -> None:
    assert article(above=HALL).lead_image == HALL_IMAGE
    head = "<meta property='og:image' content='/pier.jpg'>"
    assert article(above=HALL, head=head).lead_image == Image(url="https://news.example/pier.jpg")
    assert article(beside=HALL).lead_image is None


def test_without_a_headline_among_the_blocks_the_pictures_begin_with_the_element_around_the_text() -> None:
    def markup(before: str, within: str) -> bytes:
        text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
        head = f"<title>{TITLE}</title><meta property='og:type' content='article'>"
        return f"<html lang=en><head>{head}</head><body>{before}<div>{within}{text}</div></body></html>".encode()

    outside, inside = extract(markup(HALL, ""), URL).article, extract(markup("", HALL), URL).article
    assert outside is not None
    assert inside is not None
    assert (outside.images, inside.images) == ((), (HALL_IMAGE,))


def test_the_pictures_of_an_amp_page_are_those_around_its_text_too() -> None:
    lead = "<figure><amp-img src='/hall.jpg' width=1200 height=800><noscript><img src='/hall.jpg'></noscript></amp-img></figure>"
    found = article(above=lead)
    assert [image.url for image in found.images] == [HALL_IMAGE.url]
    assert found.lead_image == found.images[0]


@pytest.mark.parametrize(
    "frame",
    [
        "<div class='wp-caption alignnone'><a href='/hall.jpg'><img src='/hall.jpg'></a><p class='wp-caption-text'>{}</p></div>",
        "<dl class='gallery-item'><dt><img src='/hall.jpg'></dt><dd class='wp-caption-text gallery-caption'>{}</dd></dl>",
    ],
)
def test_what_stood_for_a_figure_before_there_was_one_has_caption_and_credit(frame: str) -> None:
    told = frame.format("The hall of the plant. Photo: Lin Wei")
    assert article(inside=told).images == (HALL_IMAGE,)
    assert article(above=told).images == (HALL_IMAGE,)
    assert article(behind=told).images == (HALL_IMAGE,)
    head = "<meta property='og:image' content='/hall.jpg'>"
    assert article(above=told, head=head).lead_image == HALL_IMAGE


def test_an_element_that_is_merely_named_for_images_is_no_figure() -> None:
    told = (
        "<div class='image-block'><img src='/hall.jpg'>"
        f"<div class='text'>{PARAGRAPHS[0].replace('Monday', 'Friday')} It has a hall for two lines.</div></div>"
    )
    assert article(inside=told).images == (Image(url=HALL_IMAGE.url),)


@pytest.mark.parametrize(
    "frame",
    [
        "<div class='image'><img src='/hall.jpg'><div class='caption'>{}</div></div>",
        "<img src='/hall.jpg'><p class='caption'>{}</p>",
        "<p><img src='/hall.jpg'></p><p class='img-caption'>{}</p>",
        "<table class='tr-caption-container'><tr><td><img src='/hall.jpg'></td></tr><tr><td class='tr-caption'>{}</td></tr></table>",
        "<div class='field--name-field-image'><img src='/hall.jpg'><div class='field--name-field-caption'>{}</div></div>",
    ],
)
def test_a_caption_right_below_a_picture_is_the_pictures_without_a_figure(frame: str) -> None:
    assert article(inside=frame.format("The hall of the plant. Photo: Lin Wei")).images == (HALL_IMAGE,)
    credit = "The hall of the plant. <span class='credit'>Photo: Lin Wei</span>"
    assert article(inside=frame.format(credit)).images == (HALL_IMAGE,)
    sold = "The hall of the plant. Photo: Lin Wei <a href='/shop'>Buy photo</a>"
    assert article(inside=frame.format(sold)).images == (HALL_IMAGE,)


@pytest.mark.parametrize("button", ["Video", "<a href='/hall'>View all (4)</a>"])
def test_a_button_below_a_picture_is_no_caption(button: str) -> None:
    told = f"<div class='image'><img src='/hall.jpg'><div class='caption'>{button}</div></div>"
    assert article(inside=told).images == (Image(url=HALL_IMAGE.url),)


def test_of_several_pictures_above_a_caption_the_last_has_it() -> None:
    told = "<img src='/gate.jpg'><img src='/hall.jpg'><p class='caption'>The hall of the plant. Photo: Lin Wei</p>"
    assert article(inside=told).images == (Image(url="https://news.example/gate.jpg"), HALL_IMAGE)


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(
            f"<aside><h4>Read more</h4><p><img src='/old.jpg'></p>{CARD.replace('/old', '/older')}</aside>",
            id="beside a teaser",
        ),
        pytest.param(
            "<aside><figure><a href='/2026/04/dock-cranes'><img src='/old.jpg'></a></figure><h4>Read more</h4>"
            "<a href='/2026/04/dock-cranes'>Why dock cranes are getting cheaper again</a></aside>",
            id="in a link to it",
        ),
        pytest.param(
            "<div class='newsletter'><img src='/mail.jpg'><p>Sign up for our free newsletter and get the best stories every morning.</p></div>",
            id="a newsletter",
        ),
        pytest.param("<p><a href='/live'><img src='/live.jpg' width='728' height='90'></a></p>", id="a banner"),
        pytest.param(
            "<p><a href='/live'><img src='/live.jpg' width='300' height='250'></a></p>", id="an advertisement"
        ),
    ],
)
def test_a_picture_in_a_box_in_the_midst_of_the_text_is_none_of_the_articles(box: str) -> None:
    assert shown(inside=box) == []


def test_a_gallery_in_one_figure_has_all_its_pictures_with_the_caption_of_the_figure() -> None:
    images = "".join(f"<div class='kg-gallery-image'><img src='/{name}.jpg'></div>" for name in ("g1", "g2", "g3"))
    gallery = f"<figure class='kg-gallery-card'><div>{images}</div><figcaption>Three views. Photo: Lin Wei</figcaption></figure>"
    expected = tuple(
        Image(url=f"https://news.example/g{at}.jpg", caption="Three views.", credit="Lin Wei") for at in (1, 2, 3)
    )
    assert article(inside=gallery).images == expected
    assert article(above=gallery).images == expected


def test_a_figure_in_a_gallery_has_its_own_caption_before_that_of_the_gallery() -> None:
    inner = [
        "<figure><img src='/g1.jpg'><figcaption>The boilers</figcaption></figure>",
        "<figure><img src='/g2.jpg'></figure>",
    ]
    gallery = (
        f"<figure class='wp-block-gallery'>{''.join(inner)}<figcaption>Two views. Photo: Lin Wei</figcaption></figure>"
    )
    head = "<meta property='og:image' content='/g1.jpg'>"
    found = article(inside=gallery, head=head)
    assert found.images == (
        Image(url="https://news.example/g1.jpg", caption="The boilers", credit="Lin Wei"),
        Image(url="https://news.example/g2.jpg", caption="Two views.", credit="Lin Wei"),
    )
    assert found.lead_image == found.images[0]


def test_a_picture_in_several_sizes_and_the_buttons_beside_it_are_one_picture() -> None:
    images = "<img src='/hall.jpg'><img src='/hall-300x200.jpg'><img src='/zoom.svg'><img src='/more.png' width=24>"
    figure = (
        f"<figure>{images}<figcaption><img src='/ann.jpg'>The hall of the plant. Photo: Lin Wei</figcaption></figure>"
    )
    assert article(inside=figure).images == (HALL_IMAGE,)


def test_the_pictures_of_a_gallery_are_bounded() -> None:
    images = "".join(f"<img src='/g{at}.jpg'>" for at in range(2_000))
    assert len(article(inside=f"<figure>{images}</figure>").images) == 50


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param("<img src='data:image/gif;base64,R0lGOD' data-src='/hall.jpg'>", id="data-src"),
        pytest.param("<img src='/1x1.gif' data-lazy-src='/hall.jpg'>", id="data-lazy-src"),
        pytest.param("<img src='/hall-20x13-blur.jpg' data-srcset='/hall.jpg 1600w'>", id="data-srcset"),
        pytest.param(
            "<img src='/placeholder.png' srcset='/hall-320.jpg 320w, /hall.jpg 1600w, /m.jpg 640w'>", id="srcset"
        ),
        pytest.param("<img srcset='/hall-1.jpg, /hall.jpg 2x'>", id="srcset of densities"),
        pytest.param("<img srcset='/hall-320.jpg 320w,/hall.jpg 1600w'>", id="srcset without spaces"),
        pytest.param("<img srcset='data:image/gif;base64,R0lGOD 2w, /hall.jpg'>", id="srcset with a placeholder"),
        pytest.param(
            "<picture><source srcset='/hall.jpg 1200w, /s.webp 600w'><img src='data:image/gif;base64,R0lGOD'></picture>",
            id="source",
        ),
        pytest.param(
            "<img class=lazy src='/placeholder.png'><noscript><img src='/hall.jpg'></noscript>", id="noscript"
        ),
        pytest.param(
            "<picture><img src='/blank.gif'></picture> <noscript><img src='/hall.jpg'></noscript>",
            id="noscript behind both",
        ),
        pytest.param("<img src='/hall.jpg' data-src='/hall-{width}.jpg'>", id="an address to be filled in"),
        pytest.param("<img src='/hall.jpg' srcset='/hall-2000.jpg 2000w'>", id="src"),
        pytest.param("<img src='/hall.jpg' width=564 height=0>", id="a height to be found out"),
    ],
)
def test_a_placeholder_gives_way_to_the_picture_whose_place_it_holds(shown: str) -> None:
    for figure in (shown, f"<figure>{shown}</figure>"):
        assert [image.url for image in article(inside=figure).images] == [HALL_IMAGE.url]


def test_an_address_may_hold_commas() -> None:
    image = "<img srcset='/w_300,c_fill/hall.jpg 300w, /w_900,c_fill/hall.jpg 900w'>"
    assert [found.url for found in article(inside=image).images] == ["https://news.example/w_900,c_fill/hall.jpg"]


@pytest.mark.parametrize(
    "image",
    [
        "<img src='https://count.example/t?id=1' width=1 height=1>",
        "<img src='/t.gif' height='1px'>",
        "<img class='wp-smiley' src='/smile.png'>",
        "<img src='https://s.w.org/images/core/emoji/15.0/72x72/1f600.png'>",
        "<img class='latex' src='https://s0.wp.com/latex.php?latex=x'>",
        "<img class='mwe-math-fallback-image-inline' src='/math/render/svg/1f600'>",
    ],
)
def test_what_counts_readers_or_stands_for_a_sign_is_no_picture(image: str) -> None:
    assert shown(inside=f"<p>{image} and some words</p>", above=f"<figure>{image}</figure>") == []


def test_a_srcset_of_many_candidates_is_read_to_a_bound() -> None:
    candidates = ", ".join(f"/hall-{at}.jpg {at + 1}w" for at in range(100_000))
    assert shown(inside=f"<img srcset='{candidates}'>") == ["hall-49.jpg"]
