"""The heading over each card of a page, told from the labels that cards have of their own."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.teasers.cards import LINKED
from pipelines.extract.teasers.roles import announces_teasers, only_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.teasers.cards import Card

__all__ = ["CARD_LEVELS", "headings", "holds", "parts"]

# How many containers above a heading may hold its cards.
CARD_LEVELS = 4
# And above one that none knows, to what it stands right over.
RIGHT_OVER = 2
LOWEST = max(HEADINGS.values())


def headings(outline: Outline, roles: Sequence[str], cards: Sequence[Card]) -> dict[int, str | None]:
    """Give the heading over each card, by its block: the last one before it, where its container also holds the card.

    One that nobody knows for a heading of teasers counts where it stands right over the card and parts it from a known one.
    One within the box of a card is a label of that card alone, and its heading only where there is no other.
    """
    found: dict[int, str | None] = {}
    boxed = {index: card for card in cards if card.box is not None for index in range(card.box.first, card.box.last)}
    labels: dict[int, int] = {}
    known: int | None = None
    other: int | None = None
    at = 0
    for block in sorted({card.block for card in cards}):
        for index in range(at, block):
            if announces_teasers(outline, index, roles[index]):
                card = boxed.get(index)
                # Where the first of a row was taken for a heading, each has one of its own: "Previous article", "Next article".
                if card is not None and known not in boxed and is_label_of(outline, index, card, known):
                    labels[card.block] = index
                else:
                    known, other = index, None
            elif known is not None and parts(outline, roles, known, index):
                other = index
        at = max(at, block)
        over = next(
            (
                heading
                for heading, levels in ((other, RIGHT_OVER), (known, CARD_LEVELS))
                if heading is not None and holds(outline, heading, block, levels)
            ),
            labels.get(block),
        )
        found[block] = None if over is None else outline.blocks[over].text
    return found


def is_label_of(outline: Outline, index: int, card: Card, known: int | None) -> bool:
    """Tell whether a known heading in the box of a card is a label of that card alone, and not the heading of its row.

    It is no heading by its element, and there is one over the card, or another card or a picture before it.
    """
    if outline.blocks[index].container.tag in HEADINGS or card.box is None:
        return False
    if (
        not card.box.leads
        or index > card.block
        or (known is not None and holds(outline, known, card.block, CARD_LEVELS))
    ):
        return True
    last = bisect_right(outline.images, index, key=itemgetter(2))
    return last > 0 and outline.images[last - 1][1] >= card.box.container


def parts(outline: Outline, roles: Sequence[str], heading: int, index: int) -> bool:
    """Tell whether a block is a heading too, of the same level as the one before or a higher, and no card's."""
    block, before = outline.blocks[index], outline.blocks[heading]
    if block.container.tag not in HEADINGS or roles[index] in LINKED or only_link(block) is not None:
        return False
    return HEADINGS[block.container.tag] <= HEADINGS.get(before.container.tag, LOWEST)


def holds(outline: Outline, heading: int, block: int, levels: int) -> bool:
    """Tell whether one of so many containers next around a heading holds a block too."""
    container = outline.blocks[heading].container
    for _ in range(levels):
        if container.first <= block < container.last and container.index:
            return True
        container = outline.containers[container.parent]
    return False
