"""The teasers of a page: its cards, each with the heading over it, its place, and whose interest it serves."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pipelines.extract.announced import is_title, run
from pipelines.extract.blocks import HEADINGS
from pipelines.extract.card_addresses import key
from pipelines.extract.card_texts import LEAST_TITLE_WORDS, announced_title, words
from pipelines.extract.cards import LINKED, cards, leads_to
from pipelines.extract.images import picture
from pipelines.extract.phrases import is_teaser_heading
from pipelines.extract.signals import place_of, target
from pipelines.extract.teaser_kind import kind
from pipelines.records import Place, Teaser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.blocks import Block, Outline
    from pipelines.extract.cards import Card
    from pipelines.extract.signals import Context

__all__ = ["teasers"]

# What headlines of other articles may be taken for.
MISTAKEN = frozenset(("promo", "chrome"))
# And what the parts of a card may be, beside another one.
ASTRAY = MISTAKEN | {"caption", "bio"}
# With fewer words, a link that stands alone in the midst of the body may be a button.
SURE_WORDS = 6
FURNITURE = frozenset(("nav", "header", "footer"))
# How many containers above a title belong to its card.
CARD_LEVELS = 4


def teasers(
    outline: Outline, roles: Sequence[str], kept: Sequence[int], url: str, article: str, *, base: str
) -> tuple[Teaser, ...]:
    """Give the page's teasers in its order; `roles` names each block's role, `kept` are the blocks of the body.

    Relative links are resolved against `base`.
    """
    roles = with_whole_cards(outline, with_linked(outline, with_announced(outline, roles, url), kept, url), base)
    found = cards(outline, roles, url, base)
    over = headings(outline, roles, [card.block for card in found])
    shown = pictures(outline, found, base)
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


def with_announced(outline: Outline, roles: Sequence[str], url: str) -> Sequence[str]:
    """Give the roles where headlines right below a known heading of teasers are teasers, whatever they were taken for."""
    found = list(roles)
    page = place_of(url)
    for heading, block in enumerate(outline.blocks):
        if not is_heading(block, roles[heading]):
            continue
        end = menu_end(outline, heading)
        for index in run(outline, heading):
            if roles[index] in MISTAKEN and index >= end and is_headline(outline.blocks[index], page):
                found[index] = "teaser"
    return found


def with_linked(outline: Outline, roles: Sequence[str], kept: Sequence[int], url: str) -> Sequence[str]:
    """Give the roles where a headline of another article of the site that stands alone in the midst of the body is a teaser.

    Between two paragraphs are no menus: what leads on there is no furniture.
    """
    found = list(roles)
    page = place_of(url)
    for index in range(kept[0] + 1, kept[-1]) if kept else ():
        block = outline.blocks[index]
        if roles[index] in MISTAKEN and len(words(block.text)) >= SURE_WORDS and is_headline(block, page):
            found[index] = "inline_teaser"
    return found


def with_whole_cards(outline: Outline, roles: Sequence[str], base: str) -> Sequence[str]:
    """Give the roles where what stands beside a teaser and is all link to the same article is of its card."""
    found = list(roles)
    for index, role in enumerate(roles):
        if role not in LINKED:
            continue
        address = only_address(outline.blocks[index], base)
        for step in (-1, 1) if address is not None else ():
            at = index + step
            while 0 <= at < len(found) and found[at] in ASTRAY and only_address(outline.blocks[at], base) == address:
                # What else stands above a title is the kicker.
                if step > 0 or outline.blocks[at].container.tag in HEADINGS:
                    found[at] = role
                at += step
    return found


def only_address(block: Block, base: str) -> str | None:
    """Give the key of the address that all of a block's text links to; None where it links to none or to several."""
    found = {leads_to(piece, base) for piece in block.pieces if not piece.text.isspace()}
    address = found.pop() if len(found) == 1 else None
    return None if address is None else key(address)


def menu_end(outline: Outline, heading: int) -> int:
    """Give the index after the menu, header or footer around a heading, whose links are the site's furniture; 0 without one."""
    container, end = outline.blocks[heading].container, 0
    while container.index:
        if container.tag in FURNITURE:
            end = container.last
        container = outline.containers[container.parent]
    return end


def is_headline(block: Block, page: Context) -> bool:
    """Tell whether a block is nothing but the headline of one other article of the site that `page` is of."""
    links = {(piece.link.get("href") or "").strip() for piece in block.pieces if piece.link is not None}
    if len(links) != 1 or not is_title(block) or len(words(block.text)) < LEAST_TITLE_WORDS:
        return False
    external, article, _, _, self_link, _ = target(links.pop(), page)
    return bool(article and not external and not self_link)


def is_heading(block: Block, role: str) -> bool:
    """Tell whether a block announces teasers, and is none."""
    return role == "teaser_heading" or (is_teaser_heading(block.text) and announced_title(block.text) is None)


def headings(outline: Outline, roles: Sequence[str], blocks: Sequence[int]) -> dict[int, str | None]:
    """Give the heading over each card: the last one before it, where its container also holds the card."""
    found: dict[int, str | None] = {}
    last, at = None, 0
    for block in sorted(set(blocks)):
        for index in range(at, block):
            if is_heading(outline.blocks[index], roles[index]):
                last = index
        at = max(at, block)
        found[block] = outline.blocks[last].text if last is not None and holds(outline, last, block) else None
    return found


def holds(outline: Outline, heading: int, block: int) -> bool:
    """Tell whether one of the containers next around a heading holds a block too."""
    container = outline.blocks[heading].container
    for _ in range(CARD_LEVELS):
        if container.first <= block < container.last and container.index:
            return True
        container = outline.containers[container.parent]
    return False


def pictures(outline: Outline, found: Sequence[Card], base: str) -> dict[int, str]:
    """Give, by the block of its title, the picture of each card: the last before it or the first in it."""
    shown: dict[int, str] = {}
    starts = sorted({card.block for card in found})
    places = [at for _, _, at in outline.images]
    last = 0
    for block in starts:
        first, last = last, bisect_right(places, block)
        near = [element for element, _, at in outline.images[first:last] if in_one_card(outline, at, block)]
        image = next((image for element in reversed(near) if (image := picture(element, base))), None)
        if image is not None:
            shown[block] = image.url
    return shown


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
