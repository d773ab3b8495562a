"""`<base href>`: what relative addresses are resolved against, and what it leaves alone."""

from __future__ import annotations

import pytest

from pipelines import urls
from pipelines.extract import extract
from pipelines.records import Extraction, Kind
from tests.extract.deciding.test_several import hub
from tests.extract.deciding.test_several import page as of_several
from tests.extract.head import read
from tests.extract.test_article import PARAGRAPHS, TEASERS

URL = "https://news.example/2026/05/fab-opens"
OWN = "https://news.example/2026/05/"
HOSTILE = (
    "javascript:alert(1)//",
    "data:text/html,x",
    "http://",
    "https://[",
    "mailto:desk@news.example",
    "http://a b/",
)


def page(base: str, canonical: str = "") -> bytes:
    """An article with relative addresses: a link and a picture in its text, and two teasers with pictures."""
    title = "Chip maker opens its second plant"
    cards = "".join(
        f"<li class=card><img src=card-{at}.jpg><a href={at}-{text.lower().replace(' ', '-')}>{text}</a></li>"
        for at, text in enumerate(TEASERS)
    )
    told = f"<p>It was told <a href=earlier#then>earlier</a>. {PARAGRAPHS[0]}</p><figure><img src=plant.jpg></figure>"
    return f"""<!doctype html><html lang="en"><head><title>{title}</title>{base}{canonical}
    <meta property="og:type" content="article"><meta property="og:image" content="lead.jpg">
    <meta property="article:published_time" content="2026-05-04T09:30:00+02:00"></head><body>
    <main><article><h1>{title}</h1><p class="byline">By Ann Author</p><div class="article-body">{told}
    {"".join(f"<p>{line}</p>" for line in PARAGRAPHS[1:])}</div></article>
    <section class="related-articles"><h2>Related articles</h2><ul>{cards}</ul></section></main></body></html>""".encode()


def addresses(found: Extraction) -> list[str]:
    """All that was resolved on the page."""
    article = found.article
    assert article is not None
    assert article.lead_image is not None
    link = article.markdown.partition("](")[2].partition("#then)")[0]
    cards = [address for teaser in found.teasers for address in (teaser.url, teaser.image)]
    return [link, article.lead_image.url, *(image.url for image in article.images), *map(str, cards)]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", OWN),
        ("<base href=/archive/page.html?x=1>", "https://news.example/archive/"),
        ("<base href=../../>", "https://news.example/"),
        ("<base href=//static.example/a/b>", "https://static.example/a/"),
        ("<base href=https://news.example/2026/05/>", OWN),
        ("<base target=_blank><base href=' /archive/ '><base href=/later/>", "https://news.example/archive/"),
        *((f"<base href='{href}'><base href=/later/>", OWN) for href in HOSTILE),
    ],
)
def test_relative_addresses_are_resolved_against_the_first_base(base: str, expected: str) -> None:
    found = extract(page(base), URL)
    slugs = [f"{at}-{text.lower().replace(' ', '-')}" for at, text in enumerate(TEASERS)]
    names = ["earlier", "lead.jpg", "plant.jpg", slugs[0], "card-0.jpg", slugs[1], "card-1.jpg"]
    assert addresses(found) == [expected + name for name in names]


def test_a_base_leaves_the_article_its_address() -> None:
    own = extract(page(""), URL).article
    based = extract(page("<base href=https://mirror.example/x/>"), URL).article
    assert own is not None
    assert based is not None
    assert (based.id, based.url, based.canonical_url) == (own.id, URL, URL)


def test_a_canonical_address_is_relative_to_the_base_and_of_the_pages_own_site() -> None:
    link = "<link rel=canonical href=fab-opens-again>"
    assert read(f"<base href=/2026/>{link}", url=URL).canonical_url == "https://news.example/2026/fab-opens-again"
    away = read(f"<base href=https://wire.example/2026/>{link}", url=URL)
    assert (away.canonical_url, away.syndicated_from) == (URL, "https://wire.example/2026/fab-opens-again")


def test_with_a_base_on_another_host_the_pages_site_stays_its_own() -> None:
    at = "https://harbour-post.example/2026/03/old-phones-measure-the-tide.html"
    base, own = b"<head><base href=https://mirror.example/>", b"href='https://harbour-post.example/"
    assert extract(of_several().replace(b"<head>", base), at).decision.kind is Kind.ARTICLE
    assert extract(of_several().replace(b"<head>", base).replace(b"href='/", own), at).decision.kind is Kind.SEVERAL
    assert extract(hub(PARAGRAPHS[:1]).replace(b"<head>", base), at).decision.article
    linked = hub(PARAGRAPHS[:1]).replace(b"<head>", base).replace(b"href='/", own)
    assert extract(linked, at).decision.kind is Kind.INDEX


def test_links_to_a_place_on_the_page_lead_to_no_other_whatever_the_base() -> None:
    html = hub(PARAGRAPHS[:1]).replace(b"<head>", b"<head><base href=/>").replace(b"href='/2026/05/0", b"href='#")
    assert extract(html, "https://harbour-post.example/2026/03/all-about-the-tide.html").decision.article


@pytest.mark.parametrize("href", [*HOSTILE, "x" * 3000, "\x00", "\ud800", "//"])
def test_a_base_that_is_no_web_address_is_passed_over(href: str) -> None:
    assert urls.base(URL, href) in (URL, "https://news.example/2026/05/")
