"""A card whose one link says "Read more" is named by the headline above it, whatever that was taken for."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.teasers.roles import teaser_roles

URL = "https://news.example/chips/new-fab-opens"
HEADLINE = "The ferry sails on hydrogen now"


def role(markup: str, label: str) -> str:
    """Give the role of the headline, taken for a promotion, where the link below it was known as a teaser."""
    page = outline(parse(f"<html><body><p>The plant opened.</p>{markup}</body></html>".encode()).tree)
    texts = [block.text for block in page.blocks]
    taken = ["teaser" if text == label else "promo" if text == HEADLINE else "body" for text in texts]
    return teaser_roles(page, taken, [0], URL, URL)[texts.index(HEADLINE)]


@pytest.mark.parametrize("label", ["Read more", "Więcej", "阅读全文"])
def test_a_headline_right_above_a_label_is_of_its_card(label: str) -> None:
    link = f"<a href='/chips/2026/the-ferry-sails'>{label}</a>"
    assert role(f"<article><h3>{HEADLINE}</h3>{link}</article>", label) == "teaser"
    assert role(f"<div><h3>{HEADLINE}</h3><p>{link}</p></div>", label) == "teaser"


def test_a_headline_in_another_box_or_above_another_text_is_not() -> None:
    link = "<a href='/chips/2026/the-ferry-sails'>{}</a>"
    assert role(f"<div><h3>{HEADLINE}</h3></div><div>{link.format('Read more')}</div>", "Read more") == "promo"
    assert role(f"<div><h3>{HEADLINE}</h3><p>{link.format('Ada Byron')}</p></div>", "Ada Byron") == "promo"
    many = "<p>It says more.</p>" * 6
    assert role(f"<div><h3>{HEADLINE}</h3><p>{link.format('Read more')}</p>{many}</div>", "Read more") == "promo"
