"""Lines in which a site speaks of itself are none of the text; sentences of reporting on the same are."""

from __future__ import annotations

import html

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept, prose


@pytest.mark.parametrize(
    "line",
    [
        "If you buy something through a link in this article, we may earn commission.",
        "When you purchase through links on our site, Dockpix may receive an affiliate commission. Here is how it works.",
        "We may earn a commission from purchases you make after clicking these links.",
        "This post contains affiliate links.",
        "As an Amazon Associate, I earn from qualifying purchases.",
        "Dieser Artikel enthält Affiliate-Links.",
        "Wenn Sie über einen Link auf dieser Seite kaufen, erhalten wir eine kleine Provision.",
        "Cet article contient des liens d’affiliation.",
        "Este artículo contiene enlaces de afiliados.",
        "本記事のリンクにはアフィリエイトが含まれます。",
        "This post is also available in 日本語 and Deutsch.",
        "Diesen Artikel gibt es auch auf Englisch.",
        "Download our app for iOS and Android to read Dockpix offline.",
        "Comments on Hacker News and Lobsters.",
        "Discuss this article in our forum.",
        "More AP stories on harbours: https://apnews.com/Harbours and https://twitter.com/AP",
        "AP technology: https://apnews.com/technology",
        "Follow AP’s coverage of harbours at https://apnews.com/hub/harbours",
        "Read more of AP's coverage at apnews.com/harbours.",
        "Our Standards: The Thomson Reuters Trust Principles.",
    ],
)
def test_a_site_speaking_of_itself_is_none_of_the_text(line: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], html.escape(line), *PARAGRAPHS[2:4]])) == PARAGRAPHS[:4]


@pytest.mark.parametrize(
    "line",
    [
        "Affiliate programs: streamers earn a commission when viewers buy games, gear, or software via affiliate links.",
        "“We earn a commission on each purchase,” said Ada Byron.",
        "No affiliate links. No paid promotion. I have used every crane in this list.",
        "The report is also available in Estonian.",
        "The app is available in twelve countries, and the harbour wants more.",
        "Comments on the plan are due by March.",
        "Users discuss the outage on Reddit and on Mastodon, where the harbour answers them every day.",
        "AP said on Monday that the harbour follows its plan at https://harbour.example/plan to the letter.",
        "Our standards for cranes are the highest, the harbour writes at harbour.example.",
    ],
)
def test_reporting_on_the_same_is_the_text(line: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:4]])) == [*PARAGRAPHS[:2], line, *PARAGRAPHS[2:4]]
