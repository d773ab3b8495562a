"""Headings of the body below which all was left out: those of boxes with promotions or teasers, and of lists of teasers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.judging.second_look import RIVALS, TEASERS
from pipelines.extract.judging.signals import place_of, target

if TYPE_CHECKING:
    from pipelines.extract.cutting.blocks import Block, Container, Outline
    from pipelines.extract.judging.signals import Context
    from pipelines.extract.selecting.body import Selection

__all__ = ["without_emptied"]

# What may stand below such a heading, the buttons of its box among it.
LEFT_OUT = frozenset((*RIVALS, "chrome"))
# Blocks of a box: a heading, what it offers, a button and its small print. A section has more.
MOST_BOX = 5
# How likely what is left out may be the article's: where the text was lost, its heading is not to be lost as well.
MOST_DOUBT = 0.3
# Containers around a heading of which one is its box.
LEVELS = 4
# What leads in a list says so by its end, in not so many words.
LEADS_IN = (":", "…", "...")
MOST_WORDS = 20
# Blocks of such a list; lists may stand in lists, and each would be gone through for each that leads one in.
MOST_LISTED = 500


def without_emptied(selection: Selection, outline: Outline, url: str) -> Selection:
    """Take out of the body each heading below which all of its box, or of a list, was left out as promotion or teaser.

    `url` is the page's: what leads to another site may be where a product is sold that the text is about.
    """
    page = place_of(url)
    headings = (index for index in selection.kept if outline.blocks[index].container.tag in HEADINGS)
    found = {
        index: "teaser_heading" if selection.roles[index + 1] in TEASERS else "promo"
        for index in headings
        if is_empty(outline, selection, index, page)
    }
    found |= {index: "teaser_heading" for index in selection.kept if leads_in_teasers(outline, selection, index)}
    if not found:
        return selection
    roles = tuple(found.get(index, role) for index, role in enumerate(selection.roles))
    return replace(selection, kept=tuple(index for index in selection.kept if index not in found), roles=roles)


def is_empty(outline: Outline, selection: Selection, heading: int, page: Context) -> bool:
    """Tell whether all below a heading in its box was left out without doubt, and begins with a promotion or teaser.

    A box with a picture says something without words.
    """
    below, last = heading + 1, box_end(outline, heading)
    if below >= last or selection.roles[below] not in RIVALS:
        return False
    for index in range(below, last):
        if (
            selection.roles[index] not in LEFT_OUT
            or selection.body[index] > MOST_DOUBT
            or leads_away(outline.blocks[index], page)
        ):
            return False
    images = outline.images
    first = bisect_left(images, below, key=itemgetter(2))
    return first == len(images) or images[first][2] > last


def leads_in_teasers(outline: Outline, selection: Selection, index: int) -> bool:
    """Tell whether a heading or a lead-in stands right over a list that was left out as teasers without doubt."""
    block, below = outline.blocks[index], index + 1
    if below == len(outline.blocks) or selection.roles[below] not in LEFT_OUT:
        return False
    if block.container.tag not in HEADINGS and not (
        block.text.endswith(LEADS_IN) and block.text.count(" ") < MOST_WORDS
    ):
        return False
    around = list_from(outline, below)
    if around is None or around.last - around.first > MOST_LISTED:
        return False
    inside = slice(around.first, around.last)
    roles, doubt = selection.roles[inside], max(selection.body[inside])
    return (
        doubt <= MOST_DOUBT and LEFT_OUT.issuperset(roles) and 2 * sum(role in TEASERS for role in roles) >= len(roles)
    )


def list_from(outline: Outline, index: int) -> Container | None:
    """Give the largest list that begins with a block."""
    found, container = None, outline.blocks[index].container
    while container.index and container.first == index:
        found = container if container.tag in {"ul", "ol"} else found
        container = outline.containers[container.parent]
    return found


def leads_away(block: Block, page: Context) -> bool:
    """Tell whether a block links to another site."""
    return any(bool(target(piece.link.get("href") or "", page)[0]) for piece in block.pieces if piece.link is not None)


def box_end(outline: Outline, heading: int) -> int:
    """Give the index after the last block of the smallest container that holds a heading and more; 0 where it is none's box."""
    container = outline.blocks[heading].container
    for _ in range(LEVELS):
        if container.last > heading + 1:
            return container.last if container.first == heading and container.last - heading <= MOST_BOX else 0
        container = outline.containers[container.parent]
    return 0
