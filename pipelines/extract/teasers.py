"""Blocks judged as teasers to cards: the link, its title, blurb, picture, the block's heading, place and kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines import urls
from pipelines.extract.announced import is_title, run
from pipelines.extract.images import picture
from pipelines.extract.phrases import inline_title, is_label, is_teaser_heading
from pipelines.extract.signals import INDEX, place_of
from pipelines.extract.signals import target as seen_in
from pipelines.extract.teaser_kind import kind, promotes
from pipelines.records import Place, Teaser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.blocks import Block, Outline
    from pipelines.extract.signals import Context

__all__ = ["teasers"]

LINKED = frozenset(("teaser", "inline_teaser"))
# What headlines of other articles may be taken for.
MISTAKEN = frozenset(("promo", "chrome"))
FURNITURE = frozenset(("nav", "header", "footer"))
# A link with fewer words is the section or the author of its card, unless it is all the card has.
LEAST_TITLE_WORDS = 3
# In scripts without spaces two characters count as a word.
WIDE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What is downloaded is no article.
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|epub|mp[34]|m4[av]|ics)(?:[?#]|$)", re.IGNORECASE)
# Cards of a page; the most seen on 1,400 is 680.
MOST_CARDS = 5_000
# A card's blurb stands within this many blocks of its title.
NEAR = 3
# How many containers above a title belong to its card.
CARD_LEVELS = 4


@dataclass(slots=True)
class Card:
    """A teaser in the making."""

    url: str
    block: int
    title: str
    blurb: str | None = None


def teasers(
    outline: Outline, roles: Sequence[str], kept: Sequence[int], url: str, article: str, *, base: str
) -> tuple[Teaser, ...]:
    """Give the page's teasers in its order; `roles` names each block's role, `kept` are the blocks of the body.

    Relative links are resolved against `base`.
    """
    own = urls.normalise(url)
    cards: dict[str, Card] = {}
    roles = with_announced(outline, roles, url)
    for index, block in enumerate(outline.blocks):
        if roles[index] not in LINKED:
            continue
        for target, text in targets(block, base):
            if urls.same_article(target, own):
                continue
            card = cards.get(target)
            if card is None and len(cards) == MOST_CARDS:
                break
            if card is None:
                cards[target] = Card(target, index, text)
            elif len(words(card.title)) < LEAST_TITLE_WORDS and len(text) > len(card.title):
                card.title = text
    add_blurbs(outline, roles, list(cards.values()))
    over = headings(outline, roles, [card.block for card in cards.values()])
    pictures = card_pictures(outline, list(cards.values()), base)
    known: dict[int, bool] = {}
    return tuple(
        Teaser(
            article=article,
            url=card.url,
            title=card.title,
            blurb=card.blurb,
            image=pictures.get(card.block),
            heading=over[card.block],
            place=place(outline, kept, card.block),
            position=position,
            kind=kind(
                outline,
                outline.blocks[card.block],
                over[card.block],
                known,
                promotion=promotes(card.title, card.url, url),
            ),
        )
        for position, card in enumerate(cards.values())
    )


def words(text: str) -> list[str]:
    """Words of a title; in scripts without spaces, pairs of characters."""
    wide = WIDE.findall(text)
    return text.split() if not wide else wide[::2]


def targets(block: Block, base: str) -> Iterator[tuple[str, str]]:
    """Give the addresses a teaser block leads to with their texts: titles where there are some, else the longest."""
    texts: dict[str, list[str]] = {}
    for piece in block.pieces:
        if piece.link is None:
            continue
        href = (piece.link.get("href") or "").strip()
        # A place on the page, by whatever base: scripts see to such links.
        target = urls.absolute(base, href) if href[:1] not in ("", "#") else None
        if target is not None and not FILE.search(target):
            texts.setdefault(target, []).append(piece.text)
    found = [(target, " ".join("".join(said).split())) for target, said in texts.items()]
    titled = [
        (target, text) for target, text in found if len(words(text)) >= LEAST_TITLE_WORDS and not INDEX.search(target)
    ]
    if not titled and found:
        titled = [max(found, key=lambda entry: len(entry[1]))]
    for target, text in titled:
        # A link that says "read the story" is named by the block around it.
        name = block.text if is_label(text) or len(words(text)) < LEAST_TITLE_WORDS else text
        yield target, inline_title(name) or announced_title(name) or name


def announced_title(text: str) -> str | None:
    """Give the title behind a phrase of headings, as in "More on chips: A headline"; None where there is none."""
    lead, _, title = text.partition(":")
    return title.strip() if len(words(title)) >= LEAST_TITLE_WORDS and is_teaser_heading(lead) else None


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
    targets = {(piece.link.get("href") or "").strip() for piece in block.pieces if piece.link is not None}
    if len(targets) != 1 or not is_title(block) or len(words(block.text)) < LEAST_TITLE_WORDS:
        return False
    external, article, _, _, self_link, _ = seen_in(targets.pop(), page)
    return bool(article and not external and not self_link)


def is_heading(block: Block, role: str) -> bool:
    """Tell whether a block announces teasers, and is none."""
    return role == "teaser_heading" or (is_teaser_heading(block.text) and announced_title(block.text) is None)


def add_blurbs(outline: Outline, roles: Sequence[str], cards: Sequence[Card]) -> None:
    """Give each card the first longer text behind its title that belongs to no other card."""
    starts = {card.block for card in cards}
    for card in cards:
        for index in range(card.block + 1, min(card.block + 1 + NEAR, len(outline.blocks))):
            if index in starts or roles[index] not in LINKED:
                break
            text = outline.blocks[index].text
            if len(words(text)) > 2 * LEAST_TITLE_WORDS and text != card.title:
                card.blurb = text
                break


def card_pictures(outline: Outline, cards: Sequence[Card], base: str) -> dict[int, str]:
    """Give, by the block of its title, the picture of each card: the last before it or the first in it."""
    found: dict[int, str] = {}
    starts = sorted({card.block for card in cards})
    places = [at for _, _, at in outline.images]
    last = 0
    for block in starts:
        first, last = last, bisect_right(places, block)
        near = [element for element, _, at in outline.images[first:last] if in_one_card(outline, at, block)]
        shown = next((image for element in reversed(near) if (image := picture(element, base))), None)
        if shown is not None:
            found[block] = shown.url
    return found


def in_one_card(outline: Outline, image_at: int, block: int) -> bool:
    """Tell whether a picture that stands before block `image_at` is in the card around `block`."""
    container = outline.blocks[block].container
    for _ in range(CARD_LEVELS):
        if container.first <= image_at and container.last - container.first <= 2 * CARD_LEVELS and image_at <= block:
            return True
        container = outline.containers[container.parent]
    return False


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
