"""Blocks judged as teasers to cards: where each leads, its title, its blurb.

A card may be one link around everything, or a title, a blurb, an author and a section in blocks of their own, each with a
link of its own; what its parts are is told by where they lead and by what they look like.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipelines import urls
from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.dates.meta import is_meta
from pipelines.extract.deciding.own_pages import own_page
from pipelines.extract.metadata.leads import is_signed
from pipelines.extract.phrases import inline_title, may_be_teaser_heading
from pipelines.extract.selecting.announced import MOST_CARD
from pipelines.extract.teasers.boxes import boxes
from pipelines.extract.teasers.card_addresses import folders, is_folder, is_list, is_numbered, is_slug, is_worded, key
from pipelines.extract.teasers.card_links import leads_to, links
from pipelines.extract.teasers.card_texts import (
    announced_title,
    is_byline,
    is_dull,
    is_headless,
    is_kicker,
    is_time,
    undressed,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.cutting.blocks import Block, Outline
    from pipelines.extract.teasers.boxes import Box

__all__ = ["LINKED", "MOST_CARDS", "Card", "cards"]

LINKED = frozenset(("teaser", "inline_teaser"))
# What the blurb of a card in a row may be taken for.
UNTAKEN = frozenset(("promo", "chrome"))
MOST_UNTAKEN = 300
# What is shorter behind a title is a line of authors, a time or a section, unless it is a sentence.
LEAST_BLURB_WORDS, LEAST_SENTENCE_WORDS = 7, 4
# Characters; a longer text is of no card, and would be said again by each of a thousand before it.
MOST_BLURB = 1_000
SENTENCE_ENDS = (".", "!", "?", "…", "。", "।")
# What names a section, a topic or an author has hardly more words.
MOST_LIST_WORDS = 5
# The parts of a card stand within this many blocks of its title.
NEAR = 3
# Cards of a page; the most seen on 1,400 is 680.
MOST_CARDS = 5_000


class Page(NamedTuple):
    """The blocks of a page, judged."""

    outline: Outline
    roles: Sequence[str]
    base: str
    """What its links are relative to."""
    known: dict[int, list[tuple[str, list[str]]]]
    """Where blocks lead, as far as they were asked."""

    def links(self, index: int) -> list[tuple[str, list[str]]]:
        """Give the addresses that a block leads to with their texts."""
        if index not in self.known:
            self.known[index] = list(links(self.outline.blocks[index], self.base))
        return self.known[index]


@dataclass(slots=True)
class Card:
    """A teaser in the making."""

    url: str
    block: int
    """The block that names it."""
    title: str
    blurb: str | None = None
    box: Box | None = None
    """What is around it alone, where it stands in a row."""


class Behind(NamedTuple):
    """What is to be known of a block that stands behind a title."""

    cards: frozenset[str]
    """The cards it leads to, by their keys."""
    says: bool
    """Whether less than half of it is links."""


class Mention(NamedTuple):
    """A text that leads to an address."""

    block: int
    text: str
    headline: bool
    """Whether it stands in a heading."""

    @property
    def rank(self) -> int:
        """How much like a title it is: the lower, the more."""
        if is_headless(self.text):
            return 3 if is_dull(self.text) else 2
        return int(not self.headline)


@dataclass(slots=True)
class Target:
    """An address that a page's teasers lead to, and the texts that do, in the page's order."""

    url: str
    mentions: list[Mention] = field(default_factory=list)


def cards(outline: Outline, roles: Sequence[str], url: str, base: str) -> list[Card]:
    """Give the cards of the page at `url` in its order, one an address, `MOST_CARDS` at most.

    `roles` names each block's role; relative links are resolved against `base`.
    """
    page = Page(outline, roles, base, {})
    targets = collect(page, url)
    sections = folders([url, *(target.url for target in targets)])
    titles = [(target, title(page, target.mentions)) for target in targets]
    shown = [
        (target, named)
        for target, named in titles
        if is_named(named.text) and not lists_others(target, named.text, sections)
    ]
    around = boxes(outline, [named.block for _, named in shown])
    found = [Card(target.url, named.block, named.text, box=around.get(named.block)) for target, named in shown]
    add_blurbs(page, found, [target for target, _ in shown])
    return found


def collect(page: Page, url: str) -> list[Target]:
    """Give the addresses that blocks of teasers lead to, the page's own and files aside."""
    own = urls.normalise(url)
    itself = key(own)
    # Below an article's own address are its figures and its further pages, below that of a list are articles.
    bare = own.partition("?")[0].rstrip("/")
    parts = f"{bare}/" if is_worded(bare) or is_numbered(bare) else None
    found: dict[str, Target] = {}
    for index, block in enumerate(page.outline.blocks):
        if page.roles[index] not in LINKED:
            continue
        headline = block.container.tag in HEADINGS
        for address, texts in page.links(index):
            known = key(address)
            if known == itself or urls.same_article(address, own) or (parts and address.startswith(parts)):
                continue
            if known not in found and len(found) == MOST_CARDS:
                return list(found.values())
            # A link around nothing but an arrow is named by the text beside it.
            named = texts or [undressed(block.text)]
            found.setdefault(known, Target(address)).mentions += [Mention(index, text, headline) for text in named]
    return list(found.values())


def title(page: Page, mentions: Sequence[Mention]) -> Mention:
    """Give what names a card: a heading, else the first text long enough; of a kicker and what is under it, the latter.

    Where nothing that leads there is a title, as "Read the story", the headline above is, or the block around it.
    """
    ranks = [mention.rank for mention in mentions]
    best = min(ranks)
    alike = [mention for mention, rank in zip(mentions, ranks, strict=True) if rank == best]
    named = alike[0]
    if best > 1:
        named = max(alike, key=lambda mention: len(mention.text))
        named = named._replace(text=undressed(page.outline.blocks[named.block].text))
        if is_dull(named.text):
            named = headline_above(page, named.block) or named
    else:
        below = alike[1] if len(alike) > 1 else None
        if below is not None and below.block <= named.block + NEAR and is_kicker(named.text, below.text):
            named = below
    return named._replace(text=inline_title(named.text) or announced_title(named.text) or named.text)


def headline_above(page: Page, index: int) -> Mention | None:
    """Give the headline without a link above a link such as "Read the story": a teaser's, or any that is in one box with the link."""
    for above in range(index - 1, max(index - 1 - NEAR, -1), -1):
        block = page.outline.blocks[above]
        if any(leads_to(piece, page.base) is not None for piece in block.pieces):
            return None
        if block.container.tag in HEADINGS and not is_dull(block.text):
            near = page.roles[above] in LINKED or is_boxed(page.outline, above, index)
            return Mention(above, block.text, headline=True) if near else None
    return None


def is_boxed(outline: Outline, heading: int, index: int) -> bool:
    """Tell whether the box around a heading holds a block further down and little else."""
    box = outline.containers[outline.blocks[heading].container.parent]
    return box.first <= index < box.last <= box.first + MOST_CARD


def is_named(text: str) -> bool:
    """Tell whether a card has a name: neither a time, as comments have, nor that of a site's page about itself."""
    return bool(text) and not is_time(text) and own_page([text], "") is None


def lists_others(target: Target, name: str, sections: set[str]) -> bool:
    """Tell whether a link is to a section, a topic or an author: its address is named so, or a folder of others on the page."""
    dull = is_dull(name)
    if not dull and any(len(words(mention.text)) > MOST_LIST_WORDS for mention in target.mentions):
        return False
    if is_list(target.url):
        return True
    if is_slug(target.url):
        return False
    more = may_be_teaser_heading(name) and not is_numbered(target.url)
    return dull or more or is_folder(target.url, sections)


def add_blurbs(page: Page, found: Sequence[Card], targets: Sequence[Target]) -> None:
    """Give each card the first longer text behind its title that belongs to no other card; before, a title if it has none."""
    keys = {key(card.url) for card in found}
    titles = {card.title for card in found}
    known: dict[int, Behind] = {}
    for card, target in zip(found, targets, strict=True):
        inside = [mention for mention in target.mentions if mention.block == card.block]
        texts = [
            mention.text
            for mention in (*inside, *mentions_behind(page, card, keys, known))
            if mention.text not in titles
            and ((mention.headline and len(mention.text) <= MOST_BLURB) or is_blurb(mention.text))
        ]
        if texts and is_headless(card.title) and is_kicker(card.title, texts[0]):
            card.title = texts.pop(0)
        own = (text for text in texts if is_blurb(text) and not is_meta(text) and not is_byline(text))
        card.blurb = next((text for text in own if (inline_title(text) or announced_title(text)) != card.title), None)


def is_blurb(text: str) -> bool:
    """Tell whether a text behind a title says enough for a blurb, and not too much."""
    return len(text) <= MOST_BLURB and len(words(text)) >= (
        LEAST_SENTENCE_WORDS if text.endswith(SENTENCE_ENDS) else LEAST_BLURB_WORDS
    )


def mentions_behind(page: Page, card: Card, keys: set[str], known: dict[int, Behind]) -> Iterator[Mention]:
    """Yield the texts behind the title of a card, up to the next card.

    `keys` are those of all cards; `known` keeps what was found out about blocks, which several cards may stand before.
    """
    own = {key(card.url)}
    inside = card.box.last if card.box is not None else 0
    for index in range(card.block + 1, min(card.block + 1 + NEAR, len(page.outline.blocks))):
        block = page.outline.blocks[index]
        if page.roles[index] not in LINKED and not (index < inside and may_be_blurb(block, page.roles[index])):
            return
        if index not in known:
            known[index] = behind(block, page.links(index), keys)
        if len(known[index].cards) > 1 or not known[index].cards <= own:
            return
        if known[index].cards or known[index].says:
            yield Mention(index, block.text, block.container.tag in HEADINGS)


def may_be_blurb(block: Block, role: str) -> bool:
    """Tell whether a block in the box of a card, taken for a promotion or the site's furniture, may be its blurb: sentences without a link."""
    if role not in UNTAKEN or len(block.text) > MOST_UNTAKEN or not block.text.endswith(SENTENCE_ENDS):
        return False
    return not is_signed(block.text) and all(piece.link is None for piece in block.pieces)


def behind(block: Block, leads: Sequence[tuple[str, list[str]]], keys: set[str]) -> Behind:
    """Tell where a block leads, and whether it is more than the line of a card's author and section."""
    led = frozenset([key(address) for address, _ in leads])
    return Behind(led & keys, not led or 2 * linked_letters(block) < len(block.text))


def linked_letters(block: Block) -> int:
    """Count the characters of a block's links."""
    return sum(len(piece.text.strip()) for piece in block.pieces if piece.link is not None)
