"""Sections: articles are told from menus, tags and service links by what the page itself shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.discover import sections
from tests.discover.source import HOME, SOURCE, source

URL = f"{HOME}technology/"
HEADLINES = (
    ("a-new-fab-opens-in-dresden-in-spring", "A new fab opens in Dresden in spring"),
    ("regulators-look-at-cloud-prices-again", "Regulators look at cloud prices again"),
    ("why-the-old-modem-still-hums-at-night", "Why the old modem still hums at night"),
    ("browser-maker-drops-its-own-engine", "Browser maker drops its own engine"),
    ("satellite-operator-buys-a-rival", "Satellite operator buys a rival"),
    ("short", "Layoffs"),
)
MENU = "".join(
    f'<li><a href="/{name}/">{name.title()}</a></li>' for name in ("security", "chips", "ai", "about", "games")
)
FOOT = (
    '<footer><a href="/about">About us</a><a href="/privacy-policy/">How we handle your data and your privacy</a>'
    '<a href="/jobs">Work with us on the news of tomorrow</a></footer>'
)


def cards(template: str) -> bytes:
    items = "".join(template.format(slug=slug, title=title, n=1000 + n) for n, (slug, title) in enumerate(HEADLINES))
    return f"<!doctype html><html><body><nav><ul>{MENU}</ul></nav><main>{items}</main>{FOOT}</body></html>".encode()


LAYOUTS = {
    "dated": '<article><h2><a href="/2026/03/01/{slug}/">{title}</a></h2><p>By <a href="/author/ann/">Ann Lee</a></p></article>',
    "numbered": '<div class="card"><a href="/news/{slug}-{n}.html"><img src="a.jpg"><h3>{title}</h3></a></div>',
    "wrapped": '<a class="teaser" href="/story/{slug}"><div><span>{title}</span><span>3 min</span></div></a>',
    "plain": '<li><a href="/technology/{slug}">{title}</a> <a href="/tag/chips">chips</a></li>',
    "twice": '<div class="item"><a href="/p/{n}/{slug}"><img></a><h3><a href="/p/{n}/{slug}">{title}</a></h3></div>',
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_articles_are_found_and_nothing_else(layout: str) -> None:
    listing = sections.read(cards(LAYOUTS[layout]), URL, SOURCE)
    found = {candidate.title for candidate in listing.candidates}
    long_headlines = {title for _, title in HEADLINES[:-1]}
    assert {title for title in found if title and title.removesuffix(" 3 min") in long_headlines} == found - {"Layoffs"}
    assert len(listing.candidates) >= len(long_headlines)
    assert listing.trouble is None


def test_a_short_headline_is_kept_for_the_company_of_its_url() -> None:
    listing = sections.read(cards(LAYOUTS["numbered"]), URL, SOURCE)
    assert "Layoffs" in {candidate.title for candidate in listing.candidates}


def test_japanese_headlines_count_by_characters() -> None:
    titles = (
        "新しい半導体工場が春に開業へ向けて準備",
        "衛星通信の大手が競合他社を買収すると発表",
        "古いモデムは今も夜に鳴り続けている理由",
    )
    body = "".join(f'<li><a href="/article/{3500 + n}/">{title}</a></li>' for n, title in enumerate(titles))
    menu = '<nav><a href="/ai/">人工知能</a><a href="/net/">通信</a></nav>'
    listing = sections.read(f"<meta charset=utf-8>{menu}<ul>{body}</ul>".encode(), URL, SOURCE)
    assert tuple(candidate.title for candidate in listing.candidates) == titles


def test_declared_patterns_decide_alone() -> None:
    declared = source(articles=(r"^/p/\d+/",))
    assert len(sections.read(cards(LAYOUTS["twice"]), URL, declared).candidates) == len(HEADLINES)
    assert sections.read(cards(LAYOUTS["plain"]), URL, declared).candidates == ()


def test_the_time_in_a_card_is_its_publication() -> None:
    card = '<article><h2><a href="/x/{slug}/">{title}</a></h2><time datetime="2026-03-01T09:00:00+01:00">today</time></article>'
    listing = sections.read(cards(card), URL, SOURCE)
    assert {candidate.published for candidate in listing.candidates} == {datetime(2026, 3, 1, 8, tzinfo=UTC)}


def test_relative_links_follow_the_base_element() -> None:
    body = (
        cards(LAYOUTS["plain"])
        .replace(b'href="/technology/', b'href="')
        .replace(b"<body>", f'<head><base href="{HOME}chips/"></head><body>'.encode())
    )
    listing = sections.read(body, URL, SOURCE)
    assert listing.candidates
    assert all(candidate.url.startswith(f"{HOME}chips/") for candidate in listing.candidates)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no HTML"),
        (b"<html><script>render()</script></html>", "browser"),
        (MENU.encode(), "looks like an article"),
    ],
)
def test_a_page_without_articles_says_why(body: bytes, words: str) -> None:
    listing = sections.read(body, URL, SOURCE)
    assert listing.candidates == ()
    assert words in (listing.trouble or "")


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "piece",
    [
        "<a href=/a/b-c-d-e>",
        "<div>",
        "<li><a href=/x-{n}-y-z>t t t t",
        "<",
        "<a href='",
        "<h2>",
        "<a href=/x-{n}-y-z><div>",
        "<a href=/x-{n}-y-z><h5><li>",
    ],
)
def test_a_hostile_page_costs_no_more_than_its_size(piece: str) -> None:
    body = "".join(piece.replace("{n}", str(n)) for n in range(2_000_000 // len(piece)))
    sections.read(body.encode(), URL, SOURCE)
