"""Cards below headings over what no teasers are: the sources of a text, a site's topics and categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.phrases import groups
from pipelines.extract.teasers.card_addresses import is_list, is_slug
from pipelines.extract.teasers.card_texts import LEAST_TITLE_WORDS, words
from pipelines.extract.teasers.cards import MOST_LIST_WORDS
from pipelines.extract.teasers.headings import CARD_LEVELS, holds, parts
from pipelines.extract.teasers.roles import announces_teasers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.teasers.cards import Card

__all__ = ["without_others"]

# Groups of phrases over what a text draws on, and over what a site has lists of; none is longer.
SOURCES, LISTS = "sources", "lists"
LONGEST = 50


def without_others(outline: Outline, roles: Sequence[str], cards: Sequence[Card]) -> list[Card]:
    """Give the cards but those below sources, where all were cited, and below lists, where what is short is one of them.

    `roles` are those of `teaser_roles`.
    """
    over = headed(outline, roles, sorted({card.block for card in cards}))
    return [card for card in cards if card.block not in over or may_be_teaser(card, over[card.block])]


def headed(outline: Outline, roles: Sequence[str], blocks: Sequence[int]) -> dict[int, frozenset[str]]:
    """Give the groups of the heading over sources or lists that each of the `blocks` stands below, up to the next heading."""
    found: dict[int, frozenset[str]] = {}
    heading: int | None = None
    at = 0
    for block in blocks:
        for index in range(at, block):
            if heads(outline, index):
                heading = index
            elif heading is not None and (
                announces_teasers(outline, index, roles[index]) or parts(outline, roles, heading, index)
            ):
                heading = None
        at = max(at, block)
        if heading is not None and holds(outline, heading, block, CARD_LEVELS):
            found[block] = groups(outline.blocks[heading].text)
    return found


def heads(outline: Outline, index: int) -> bool:
    """Tell whether a block is a heading over sources or lists."""
    text = outline.blocks[index].text
    return len(text) <= LONGEST and not groups(text).isdisjoint((SOURCES, LISTS))


def may_be_teaser(card: Card, over: frozenset[str]) -> bool:
    """Tell whether a card may be a teaser below a heading of some groups of phrases: topics have short names."""
    if SOURCES in over:
        return False
    size = len(words(card.title))
    return not is_list(card.url) and (size > MOST_LIST_WORDS or (size >= LEAST_TITLE_WORDS and is_slug(card.url)))
