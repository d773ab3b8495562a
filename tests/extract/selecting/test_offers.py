"""Tables of offers are no body; tables that compare are."""

from __future__ import annotations

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept, prose

ROW = "<tr><td>{shop}</td><td>{price}</td><td><a rel='{rel}' href='https://shop.example/{shop}'>View deal</a></td></tr>"


def table(rel: str, price: str) -> str:
    return (
        "<table>"
        + "".join(ROW.format(shop=shop, price=price, rel=rel) for shop in ("Dockmart", "Pierbuy"))
        + "</table>"
    )


@pytest.mark.parametrize("price", ["$1,299", "1.299 €", "12 900 kr"])
def test_a_table_of_offers_is_left_out_with_its_heading(price: str) -> None:
    box = f"<div class=widget><h4>Best prices</h4>{table('sponsored nofollow', price)}</div>"
    assert kept(prose(PARAGRAPHS[:2]) + box + prose(PARAGRAPHS[2:4])) == PARAGRAPHS[:4]


@pytest.mark.parametrize(
    "box",
    [
        table("nofollow", "$1,299"),
        table("sponsored", "Forty tons"),
        table(
            "sponsored", "$1,299, and that for a crane that lifts forty tons and turns around in less than two minutes"
        ),
    ],
)
def test_a_table_of_the_text_stays(box: str) -> None:
    assert len(kept(prose(PARAGRAPHS[:2]) + box)) == 8


def test_a_heading_over_more_than_offers_stays() -> None:
    section = f"<section><h2>What it costs</h2>{table('sponsored', '$9')}{prose(PARAGRAPHS[2:3])}</section>"
    assert kept(prose(PARAGRAPHS[:2]) + section) == [*PARAGRAPHS[:2], "What it costs", PARAGRAPHS[2]]
