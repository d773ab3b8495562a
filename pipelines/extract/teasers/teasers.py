"""The teasers of a page: its cards, each with the heading over it, its place, and whose interest it serves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import PICTURES
from pipelines.extract.images.images import picture
from pipelines.extract.teasers.cards import cards
from pipelines.extract.teasers.headings import headings
from pipelines.extract.teasers.kind import kind
from pipelines.extract.teasers.lead_ins import lead_in
from pipelines.extract.teasers.others import without_others
from pipelines.extract.teasers.roles import only_link
from pipelines.records import Place, Teaser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.teasers.cards import Card

__all__ = ["teasers"]

# How many containers above a title belong to its card.
CARD_LEVELS = 4
# Pictures of a link that are looked at.
MOST_PICTURES = 5


def teasers(
    outline: Outline, roles: Sequence[str], kept: Sequence[int], url: str, article: str, *, base: str
) -> tuple[Teaser, ...]:
    """Give the page's teasers in its order; `roles` are those of `teaser_roles`, `kept` the blocks of the body.

    Relative links are resolved against `base`.
    """
    found = without_others(outline, roles, cards(outline, roles, url, base))
    over = headings(outline, roles, found)
    over |= {block: lead_in(outline.blocks[block]) for block, heading in over.items() if heading is None}
    shown = pictures(outline, found, kept, base)
    known: dict[int, bool] = {}
    return tuple(
        Teaser(
            article=article,
            url=card.url,
            title=card.title,
            blurb=card.blurb,
            image=shown.get(card.block),
            heading=over[card.block],
            place=place(outline, kept, card.block),
            position=position,
            kind=kind(outline, card, over[card.block], url, known),
        )
        for position, card in enumerate(found)
    )


def pictures(outline: Outline, found: Sequence[Card], kept: Sequence[int], base: str) -> dict[int, str]:
    """Give, by the block of its title, the picture of each card: the last before it or the first in it, else one in its link.

    What the body stands behind is its own.
    """
    shown: dict[int, str] = {}
    starts = sorted({card.block for card in found})
    places = [at for _, _, at in outline.images]
    in_links: dict[HtmlElement, str | None] = {}
    last = 0
    for block in starts:
        first, last = last, bisect_right(places, block)
        before = bisect_left(kept, block)
        first = max(first, bisect_right(places, kept[before - 1])) if before else first
        near = [element for element, _, at in outline.images[first:last] if in_one_card(outline, at, block)]
        image = next((image for element in reversed(near) if (image := picture(element, base))), None)
        address = image.url if image is not None else in_link(only_link(outline.blocks[block]), base, in_links)
        if address is not None:
            shown[block] = address
    return shown


def in_link(link: HtmlElement | None, base: str, known: dict[HtmlElement, str | None]) -> str | None:
    """Give the address of the first picture in a link; `known` keeps what was found in those that several cards share."""
    # Most links hold no elements.
    if link is None or not len(link):
        return None
    if link not in known:
        shown = (
            image.url for element in islice(link.iter(*PICTURES), MOST_PICTURES) if (image := picture(element, base))
        )
        known[link] = next(shown, None)
    return known[link]


def in_one_card(outline: Outline, image_at: int, block: int) -> bool:
    """Tell whether a picture that stands before block `image_at` is in the card around `block`."""
    container = outline.blocks[block].container
    for _ in range(CARD_LEVELS):
        if container.first <= image_at and container.last - container.first <= 2 * CARD_LEVELS and image_at <= block:
            return True
        container = outline.containers[container.parent]
    return False


def place(outline: Outline, kept: Sequence[int], block: int) -> Place:
    """Tell where a card stands towards the body."""
    container = outline.blocks[block].container
    while container.index:
        if container.tag == "aside" and not (kept and container.first <= kept[0] < container.last):
            return Place.ASIDE
        container = outline.containers[container.parent]
    if kept and kept[0] < block < kept[-1]:
        return Place.INSIDE
    return Place.AFTER if kept and block > kept[-1] else Place.ASIDE
