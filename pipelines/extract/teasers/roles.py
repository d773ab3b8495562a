"""Which blocks are teasers that the model took for something else: by what stands over them, around them and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.judging.signals import place_of, target
from pipelines.extract.phrases import is_label, is_paid_for, is_teaser_heading
from pipelines.extract.selecting.announced import MOST_CARD, ends_card, is_marked, is_title, run
from pipelines.extract.teasers.card_addresses import is_list, is_named, is_numbered, key
from pipelines.extract.teasers.card_links import leads_to
from pipelines.extract.teasers.card_texts import LEAST_TITLE_WORDS, announced_title, is_dull, words
from pipelines.extract.teasers.cards import LINKED
from pipelines.extract.teasers.neighbours import MISTAKEN, with_neighbours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Block, Outline
    from pipelines.extract.judging.signals import Context

__all__ = ["announces_teasers", "teaser_roles"]

# What the parts of a card may be taken for, beside another one.
ASTRAY = MISTAKEN | {"caption", "bio"}
# With fewer words, a link that stands alone in the midst of the body and is no heading may be a button, and one of a list whose
# address is short may name a section.
SURE_WORDS = 6
# Containers around a heading that are its box at the most: a title, a widget.
RIGHT_OVER = 2
FURNITURE = frozenset(("nav", "header", "footer"))


def teaser_roles(outline: Outline, roles: Sequence[str], kept: Sequence[int], url: str, base: str) -> Sequence[str]:
    """Give each block's role with what the page at `url` itself shows to be teasers; the body's blocks, `kept`, stay.

    Relative links are resolved against `base`.
    """
    page = place_of(url)
    shown = with_linked(outline, with_announced(outline, roles, page), kept, page)
    return with_whole_cards(outline, with_neighbours(outline, shown, kept, page), base)


def with_announced(outline: Outline, roles: Sequence[str], page: Context) -> Sequence[str]:
    """Give the roles where headlines right below a known heading of teasers are teasers, whatever they were taken for."""
    found = list(roles)
    ends: list[int] = []
    for heading, role in enumerate(roles):
        if not announces_teasers(outline, heading, role):
            continue
        ends = ends or menu_ends(outline)
        end, right_below = ends[outline.blocks[heading].container.index], True
        paid = heads_paid(outline, heading)
        for index in run(outline, heading):
            block = outline.blocks[index]
            right_below = right_below and (block.container.tag not in HEADINGS or only_link(block) is not None)
            if roles[index] not in MISTAKEN or index < end:
                continue
            if is_headline(block, page) or (right_below and is_announced(block, page, paid=paid)):
                found[index] = "teaser"
    return found


def with_linked(outline: Outline, roles: Sequence[str], kept: Sequence[int], page: Context) -> Sequence[str]:
    """Give the roles where a headline of another article of the site that stands alone in the midst of the body is a teaser.

    Between two paragraphs are no menus: what leads on there is no furniture. A headline behind "Read more:" is a teaser
    wherever it stands below the first of them.
    """
    found = list(roles)
    for index in range(kept[0] + 1, len(roles)) if kept else ():
        block = outline.blocks[index]
        if roles[index] not in MISTAKEN:
            continue
        sure = block.container.tag in HEADINGS or len(words(block.text)) >= SURE_WORDS
        alone = index < kept[-1] and sure and is_headline(block, page)
        if alone or (is_marked(block) and leads_on(block, page) is not None):
            found[index] = "inline_teaser"
    return found


def with_whole_cards(outline: Outline, roles: Sequence[str], base: str) -> Sequence[str]:
    """Give the roles where what stands beside a teaser and is all link to the same article is of its card.

    So is the headline above a link that only says "Read more".
    """
    found = list(roles)
    for index, role in enumerate(roles):
        if role not in LINKED or ASTRAY.isdisjoint(found[max(index - 1, 0) : index + 2]):
            continue
        address = only_address(outline.blocks[index], base)
        for step in (-1, 1) if address is not None else ():
            at = index + step
            while 0 <= at < len(found) and found[at] in ASTRAY and only_address(outline.blocks[at], base) == address:
                block = outline.blocks[at]
                # What else stands above a title is the kicker, unless one link is around all of the card.
                if step > 0 or block.container.tag in HEADINGS or only_link(block) is only_link(outline.blocks[index]):
                    found[at] = role
                at += step
        if index and found[index - 1] in MISTAKEN and heads_label(outline, index):
            found[index - 1] = role
    return found


def heads_label(outline: Outline, index: int) -> bool:
    """Tell whether a headline without a link stands right above a block that only says "Read more", in one card with it."""
    block, above = outline.blocks[index], outline.blocks[index - 1]
    if above.container.tag not in HEADINGS or only_link(above) is not None or not is_label(block.text):
        return False
    card = outline.containers[above.container.parent]
    return (
        card.first <= index < card.last
        and card.last - card.first <= MOST_CARD
        and len(words(above.text)) >= LEAST_TITLE_WORDS
    )


def only_address(block: Block, base: str) -> str | None:
    """Give the key of the address that all of a block's text links to; None where it links to none or to several."""
    found = {leads_to(piece, base) for piece in block.pieces if not piece.text.isspace()}
    address = found.pop() if len(found) == 1 else None
    return None if address is None else key(address)


def only_link(block: Block) -> HtmlElement | None:
    """Give the element around a block's first linked text."""
    return next((piece.link for piece in block.pieces if piece.link is not None), None)


def menu_ends(outline: Outline) -> list[int]:
    """Give, for each container, the index after the menu, header or footer around it, whose links are furniture; 0 without one."""
    ends: list[int] = []
    for container in outline.containers:
        around = ends[container.parent] if container.index else 0
        ends.append(around or (container.last if container.index and container.tag in FURNITURE else 0))
    return ends


def is_headline(block: Block, page: Context) -> bool:
    """Tell whether a block is nothing but the headline of one other article of the site that `page` is of."""
    if not is_title(block) or len(words(block.text)) < LEAST_TITLE_WORDS:
        return False
    href = leads_on(block, page)
    return href is not None and (bool(target(href, page)[1]) or is_numbered(href))


def is_announced(block: Block, page: Context, *, paid: bool = False) -> bool:
    """Tell the same of a block right below a heading of teasers, where a slug may be short, and what is paid for another site's.

    `paid` where the heading says so.
    """
    if not is_title(block) or len(words(block.text)) < SURE_WORDS or is_dull(block.text):
        return False
    link = only_link(block)
    paid = paid or (link is not None and "sponsored" in (link.get("rel") or ""))
    href = leads_on(block, page, elsewhere=paid)
    return href is not None and not is_list(href) and (paid or is_named(href))


def leads_on(block: Block, page: Context, *, elsewhere: bool = False) -> str | None:
    """Give the one address that a block links to; None for several, for lists and places of the page, and for other sites' (unless `elsewhere`)."""
    found = {(piece.link.get("href") or "").strip() for piece in block.pieces if piece.link is not None}
    href = found.pop() if len(found) == 1 else ""
    external, _, index, anchor, itself, _ = target(href, page)
    # Of an address whose parameter names the article, all pages have the path.
    itself = itself and not is_numbered(href)
    return None if not href or index or anchor or itself or (external and not elsewhere) else href


def announces_teasers(outline: Outline, index: int, role: str) -> bool:
    """Tell whether a block announces teasers, and is neither one itself nor the button of one."""
    block = outline.blocks[index]
    known = is_teaser_heading(block.text) and announced_title(block.text) is None
    if role != "teaser_heading" and not known and not heads_paid(outline, index):
        return False
    link = only_link(block)
    within = index > 0 and link is only_link(outline.blocks[index - 1])
    return link is None or not (within or ends_card(outline, block.container))


def heads_paid(outline: Outline, index: int) -> bool:
    """Tell whether a block is a heading that says that what is in its box was paid for.

    Elsewhere "Advertisement" stands over the place of one, that scripts fill.
    """
    block = outline.blocks[index]
    if block.container.tag not in HEADINGS or not is_paid_for(block.text):
        return False
    box = block.container
    for _ in range(RIGHT_OVER):
        box = outline.containers[box.parent]
    return index + 1 < box.last
