"""Headlines behind the body that the model took for the site's furniture: the posts next to this one, and those with their day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.cutting.classes import MAX_ATTRIBUTE
from pipelines.extract.judging.signals import target
from pipelines.extract.phrases import is_step
from pipelines.extract.selecting.announced import MOST_CARD, is_title
from pipelines.extract.teasers.card_addresses import is_list, is_named, is_numbered
from pipelines.extract.teasers.card_texts import LEAST_TITLE_WORDS, announced_title, is_dull, is_time, undressed, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Block, Container, Outline, Piece
    from pipelines.extract.judging.signals import Context

__all__ = ["MISTAKEN", "with_neighbours"]

# What headlines of other articles may be taken for.
MISTAKEN = frozenset(("promo", "chrome"))
# Blocks behind the body that are looked at.
MOST_BEHIND = 150
# Links of a block, and pieces: a longer one is no line of neighbours.
MOST_LINKS, MOST_PIECES = 4, 40
# A link of as many words is a headline whatever its address looks like.
SURE_WORDS = 6
# What content systems name the links to the posts before and after: `nav-next`, `prev_post`, `postNext`.
STEPS = re.compile(
    r"(?<![A-Za-z])(?:[Pp]rev(?:ious)?|[Nn]ext|[Oo]lder|[Nn]ewer)(?![a-z]|[-_](?:day|week|month|year|page|slide))|"
    r"(?<=[a-z])(?:Prev(?:ious)?|Next)(?![a-z])"
)
# Between the day and the rest of a card's line.
DOT = re.compile(r"\s*[·•|∙⋅]\s*")


def with_neighbours(outline: Outline, roles: Sequence[str], kept: Sequence[int], page: Context) -> Sequence[str]:
    """Give the roles where headlines behind the body that lead to the posts next to this one, or stand in a card with a day, are teasers."""
    if not kept:
        return roles
    found = list(roles)
    for index in range(kept[-1] + 1, min(len(roles), kept[-1] + 1 + MOST_BEHIND)):
        block = outline.blocks[index]
        if roles[index] not in MISTAKEN or not 0 < len(block.pieces) <= MOST_PIECES or is_short(block.text):
            continue
        if steps(outline, block, page):
            found[index] = "teaser"
            continue
        card = dated_card(outline, block, page)
        if card is not None and MISTAKEN.issuperset(roles[card.first : card.last]):
            found[card.first : card.last] = ["teaser"] * (card.last - card.first)
    return found


def is_short(text: str) -> bool:
    """Tell, of most texts, whether they have too few words for a headline: entries of menus need not be looked at."""
    return text.isascii() and text.count(" ") + 1 < LEAST_TITLE_WORDS


def steps(outline: Outline, block: Block, page: Context) -> bool:
    """Tell whether every headline that a block links is that of the post before the article or after it, and it links one."""
    linked: dict[HtmlElement, list[Piece]] = {}
    for piece in block.pieces:
        if piece.link is not None:
            linked.setdefault(piece.link, []).append(piece)
    if not 0 < len(linked) <= MOST_LINKS:
        return False
    titled = {link: said for link, said in linked.items() if is_headline(said, page)}
    if not titled:
        return False
    around = block.container.element, outline.containers[block.container.parent].element
    if any(map(names_step, around)):
        return True
    before = [piece.text for piece in block.pieces if piece.link is None]
    return all(is_called_step(link) or tells_step(said) for link, said in titled.items()) or any(map(is_step, before))


def is_headline(said: Sequence[Piece], page: Context) -> bool:
    """Tell whether the pieces of a link, without the label of a step, are a headline, and lead to another article of the same site."""
    text = undressed(" ".join([piece.text for piece in said if not is_step(piece.text)]))
    size = len(words(announced_title(text) or text))
    if size < LEAST_TITLE_WORDS or is_dull(text):
        return False
    href = address(said[0])
    return leads_to_post(href, page) and (size >= SURE_WORDS or is_named(href))


def leads_to_post(href: str, page: Context) -> bool:
    """Tell whether an address is one of the same site that may be an article's, and no further part of this one."""
    external, _, index, anchor, itself, _ = target(href, page)
    if not href or external or index or anchor or itself or is_list(href):
        return False
    return len(page.path) <= 1 or f"{page.path}/" not in href


def address(piece: Piece) -> str:
    """Give the address that a piece leads to as it stands there, empty where it has none."""
    return (piece.link.get("href") or "").strip() if piece.link is not None else ""


def tells_step(said: Sequence[Piece]) -> bool:
    """Tell whether the pieces of a link hold the label of a step, alone in its element or before a colon."""
    return any(is_step(piece.text.partition(":")[0]) for piece in said)


def is_called_step(link: HtmlElement) -> bool:
    """Tell whether a link is one to the post before or after by its `rel` or its class."""
    return not {"prev", "next"}.isdisjoint((link.get("rel") or "").split()) or names_step(link)


def names_step(element: HtmlElement) -> bool:
    """Tell whether the class of an element names the post before or after."""
    return STEPS.search((element.get("class") or "")[:MAX_ATTRIBUTE]) is not None


def dated_card(outline: Outline, block: Block, page: Context) -> Container | None:
    """Give the small container around a block that is one headline of another article, where a line in it begins with a day."""
    if not is_title(block) or not is_article(block, page):
        return None
    card = block.container
    while card.index and card.last - card.first == 1:
        card = outline.containers[card.parent]
    if not card.index or card.last - card.first > MOST_CARD:
        return None
    lines = (outline.blocks[at] for at in range(card.first, card.last))
    return card if any(one is not block and is_time(DOT.split(one.text, 1)[0]) for one in lines) else None


def is_article(block: Block, page: Context) -> bool:
    """Tell whether the linked text of a block is a headline, and the one address that it leads to another article's of the same site."""
    said = [piece for piece in block.pieces if piece.link is not None]
    if len({address(piece) for piece in said}) != 1 or not is_headline(said, page):
        return False
    href = address(said[0])
    return bool(target(href, page)[1]) or is_numbered(href) or len(words(block.text)) >= SURE_WORDS
