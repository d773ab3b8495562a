"""Lines that have readers follow the site are none of the text; what only begins like one is."""

from __future__ import annotations

import html

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept, prose


@pytest.mark.parametrize(
    "line",
    [
        "Follow Dockpix on Instagram, Facebook, X and YouTube.",
        "Follow me on Instagram for new cranes along with fan favourites!",
        "Be sure to follow us on social media.",
        "Reach the reporters on Twitter at https://twitter.com/adalens and https://twitter.com/bobpier",
        "Join me on TikTok: @The Harbour Master",
        "Folgen Sie uns auf Instagram und Facebook!",
        "Suivez-nous sur Facebook et Instagram.",
        "Síguenos en Instagram",
    ],
)
def test_what_has_readers_follow_is_none_of_the_text(line: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], html.escape(line), *PARAGRAPHS[2:4]])) == PARAGRAPHS[:4]


@pytest.mark.parametrize(
    "line",
    [
        "Follow the guide on YouTube to the second step, and wait until the light turns green.",
        "Follow these steps on Facebook to hide the harbour from your friends. Then log out.",
        "You can find us pilots on the pier at night, said Ada Byron.",
        "Please note that the harbour is on Facebook now.",
    ],
)
def test_what_tells_how_to_is_the_text(line: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:4]])) == [*PARAGRAPHS[:2], line, *PARAGRAPHS[2:4]]
