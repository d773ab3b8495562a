from __future__ import annotations

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.records import Place, Teaser, TeaserKind
from tests.benchmarks.teasers import Found, compared, figures

PAGE = "https://news.example/chips/new-fab-opens"
FERRY, PIER, SHOP = (f"https://www.news.example/{path}/" for path in ("the-ferry-sails", "a-pier-is-mended", "mugs"))


def teaser(url: str, kind: TeaserKind = TeaserKind.EDITORIAL) -> Teaser:
    """Make one that leads to `url`."""
    return Teaser(article="own", url=url, title="A title", place=Place.AFTER, position=0, kind=kind)


def test_links_are_compared_by_where_they_lead_and_promotions_are_none() -> None:
    markup = (
        f"<p><a href='/the-ferry-sails?from=top'>The ferry sails on</a> <a href='/author/ada'>Ada Lens</a></p>"
        f"<p><a href='{PIER}'>A pier is mended</a></p><p><a href='/legal'>Terms of all uses</a></p>"
    )
    blocks = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree).blocks
    handed = [teaser(FERRY), teaser(PIER), teaser(SHOP, TeaserKind.PROMOTION), teaser("https://elsewhere.example/a")]
    read = zip(blocks, ("teaser", "chrome", "unread"), strict=True)
    seen = compared(read, handed, PAGE)
    assert seen.wanted == {"news.example/the-ferry-sails"}
    assert seen.given == {
        "news.example/the-ferry-sails": "teaser",
        "news.example/a-pier-is-mended": "chrome",
        "elsewhere.example/a": "unread",
    }


def test_what_nobody_read_counts_as_neither_right_nor_wrong() -> None:
    pages = {
        "one": Found({"a": "teaser", "b": "chrome", "c": "unread"}, frozenset(("a", "d"))),
        "two": Found({"e": "teaser", "f": "teaser"}, frozenset("e")),
    }
    assert dict(figures(pages)) == {
        "recall": "0.667 of 3",
        "precision": "0.750 of 4",
        "taken for teasers: chrome": "1",
    }
