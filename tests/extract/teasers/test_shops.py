"""What a page leads to that is for sale, and what only looks like it."""

from __future__ import annotations

import pytest

from pipelines.extract.teasers.shops import sells
from pipelines.records import TeaserKind
from tests.extract.teasers.collected import BODY, found

PAGE = "https://news.example/reviews/a-lamp-for-the-pier"


@pytest.mark.parametrize(
    "url",
    [
        "https://amzn.to/3abcDEF",
        "https://www.amazon.co.jp/dp/B000000000?tag=news-22",
        "https://www.ebay.de/itm/4711",
        "https://lamps.pxf.io/c/1/2/3",
        "https://howl.me/clABC",
        "https://news.example/out/link/4711/?merchant=Lamps",
        "https://news.example/go/lamp-maker/",
        "https://shop-of-lamps.example/basket/addProductToCart/?id=4711",
        "https://lamps.example/product/pier-lamp/",
        "https://lamps.example/en-gb/collections/bright/products/pier-lamp",
    ],
)
def test_a_thing_for_sale_is_told_by_its_address(url: str) -> None:
    assert sells(url, PAGE)
    (card,) = found(f"{BODY}<p><a href='{url}'>A lamp for every pier</a></p>", {"A lamp for every pier": "teaser"})
    assert card.kind is TeaserKind.PROMOTION


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://news.example/products/pier-lamp-review", PAGE),
        ("https://news.example/2026/amazon.com-sells-lamps", PAGE),
        ("https://notamazon.com/lamps", PAGE),
        ("https://news.example/go-to-the-pier", PAGE),
        ("https://news.example/go/why-go-is-fast-enough", PAGE),
        ("https://news.example/production/a-film", PAGE),
        ("https://lamps.example/product/pier-lamp", "https://lamps.example/product/desk-lamp"),
        ("https://www.amazon.com/news/lamps", "https://www.amazon.com/news/piers"),
    ],
)
def test_an_article_is_for_no_ones_basket(url: str, page: str) -> None:
    assert not sells(url, page)


def test_the_blog_of_a_shop_leads_to_its_goods() -> None:
    assert sells("https://lamps.example/products/pier-lamp", "https://lamps.example/blogs/news/why-piers-need-light")
    assert not sells("https://lamps.example/blogs/news/a-lamp", "https://lamps.example/blogs/news/why-piers-need-light")
