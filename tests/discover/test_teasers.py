"""Teasers: editorial links of the site are candidates, advertising and other sites are not."""

from __future__ import annotations

from crawlers.discover import teasers
from pipelines.records import Channel, Place, Teaser, TeaserKind
from tests.discover.source import HOME, SOURCE

URL = f"{HOME}2026/03/01/an-article-with-teasers"


def teaser(url: str | None, kind: TeaserKind = TeaserKind.EDITORIAL) -> Teaser:
    return Teaser(article="a", url=url, title="Why the old modem still hums", place=Place.AFTER, position=0, kind=kind)


def test_editorial_teasers_of_the_site_are_candidates_once() -> None:
    link = f"{HOME}2026/02/01/why-the-old-modem-still-hums"
    given = [
        teaser(link),
        teaser(f"{link}?utm_source=more"),
        teaser(f"{HOME}deals/buy-a-modem-now", TeaserKind.PROMOTION),
        teaser(f"{HOME}partner/modems-by-a-sponsor", TeaserKind.SPONSORED),
        teaser("https://elsewhere.example.com/why-it-hums-there-too"),
        teaser(None),
    ]
    (candidate,) = teasers.read(given, URL, SOURCE).candidates
    assert (candidate.url, candidate.channel, candidate.seen_in) == (link, Channel.TEASER, URL)
    assert candidate.title == "Why the old modem still hums"
