"""Blocks judged as teasers to cards: where each leads, its title, its blurb, its picture.

A card may be one link around everything, or a title, a blurb, an author and a section in blocks of their own, each with a
link of its own; what its parts are is told by where they lead and by what they look like.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipelines import urls
from pipelines.extract.blocks import HEADINGS
from pipelines.extract.images import picture
from pipelines.extract.lines import is_meta
from pipelines.extract.phrases import inline_title, is_label, is_teaser_heading
from pipelines.extract.signals import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipelines.extract.blocks import Block, Outline, Piece

__all__ = ["CARD_LEVELS", "LEAST_TITLE_WORDS", "MOST_CARDS", "Card", "announced_title", "cards", "pictures", "words"]

LINKED = frozenset(("teaser", "inline_teaser"))
# A link with fewer words is the section or the author of its card, unless it is all the card has.
LEAST_TITLE_WORDS = 3
# A headline of more words is a blurb; the longest of 8,000 real headlines had 27.
MOST_TITLE_WORDS = 27
# What is shorter and stands over a headline is its kicker.
MOST_KICKER_WORDS = 4
LEAST_BLURB_WORDS = 7
# What names a section, a topic or an author has hardly more words.
MOST_LIST_WORDS = 5
# In scripts without spaces two characters count as a word.
WIDE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What is downloaded is no article.
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|epub|mp[34]|m4[av]|ics)(?:[?#]|$)", re.IGNORECASE)
# The parts of a card stand within this many blocks of its title.
NEAR = 3
# How many containers above a title belong to its card.
CARD_LEVELS = 4
# Where one element's text ends and the next one's begins without a space: "3h agoWhy the second plant is late".
SEAM = re.compile(r"(?:[^\W\d_]{2}|[\d.!?:)\]»”])\Z")
OPENING = re.compile(r"[^\W\d_][^\W\d_]|\d+ ")
# Marks of lists, arrows and what no reader sees, before or behind a title.
DRESS = " \t\n\r\xa0\u200b\u200c\u200d\ufeff•·|:;,–—←→▶►▸"
# Arrows that are quotation marks where both stand in a title.
ANGLES = (("«", "»"), ("‹", "›"))
LEADING_DASH = re.compile(r"\A-\s+")
CREDIT = re.compile(r"\s*(?:©|\(c\)|credit:|photo:|foto:)", re.IGNORECASE)
# The time since or until, and how long a text takes, in few words: "Showbiz / 4 h ago", "Guides·9 min".
CLOCK = re.compile(
    r"\d\s?(?:min|mins|minutes?|minuten|h|hrs?|hours?|std|stunden?|days?|tagen?|weeks?|months?|years?)\b", re.IGNORECASE
)
MOST_CLOCK_WORDS = 6
# Cards of a page; the most seen on 1,400 is 680.
MOST_CARDS = 5_000
# Folders around an address that are looked at.
MOST_FOLDERS = 10
# Folders of pages that list others, beside those that `INDEX` knows.
LISTS = re.compile(
    r"/(?:autor(?:en|es)?|auteurs?|autore|redakteure?|rubri\w+|sekce|sezioni|themen?|temas?|tema|contributors?|"
    r"columnists?|staff|writers?|archives?)/",
    re.IGNORECASE,
)
# The last part of an article's address: words joined, or a number that is no year.
SLUG = re.compile(r"(?:\w+[-_]){3}|(?!(?:19|20)\d\d(?:\D|$))\d{4}")
# Parameters that may name the page, where others say where the reader came from.
NAMES_A_PAGE = re.compile(r"\w?|.*id|.*(?:article|story|page|item|key|title|slug)", re.IGNORECASE)


class Page(NamedTuple):
    """The blocks of a page, judged."""

    outline: Outline
    roles: Sequence[str]
    base: str
    """What its links are relative to."""


@dataclass(slots=True)
class Card:
    """A teaser in the making."""

    url: str
    block: int
    """The block that names it."""
    title: str
    blurb: str | None = None


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
    page = Page(outline, roles, base)
    targets = collect(page, url)
    sections = folders([url, *(target.url for target in targets)])
    titles = [(target, title(page, target.mentions)) for target in targets]
    shown = [
        (target, named) for target, named in titles if named.text and not lists_others(target, named.text, sections)
    ]
    found = [Card(target.url, named.block, named.text) for target, named in shown]
    add_blurbs(page, found, [target for target, _ in shown])
    return found


def collect(page: Page, url: str) -> list[Target]:
    """Give the addresses that blocks of teasers lead to, the page's own and files aside."""
    own = urls.normalise(url)
    itself = key(own)
    found: dict[str, Target] = {}
    for index, block in enumerate(page.outline.blocks):
        if page.roles[index] not in LINKED:
            continue
        headline = block.container.tag in HEADINGS
        for address, texts in links(block, page.base):
            known = key(address)
            if known == itself or urls.same_article(address, own):
                continue
            if known not in found and len(found) == MOST_CARDS:
                return list(found.values())
            # A link around nothing but an arrow is named by the text beside it.
            named = texts or [undressed(block.text)]
            found.setdefault(known, Target(address)).mentions += [Mention(index, text, headline) for text in named]
    return list(found.values())


def links(block: Block, base: str) -> Iterator[tuple[str, list[str]]]:
    """Give the addresses a block leads to with their texts: those with titles where there are some, else the longest."""
    found: dict[str, list[list[str]]] = {}
    last, gap = None, ""
    for piece in block.pieces:
        address = leads_to(piece, base)
        if address is None:
            last, gap = (last, " ") if piece.style == "n" else (None, "")
            continue
        texts = found.setdefault(address, [[]])
        if address == last and not gap and begins_anew(texts[-1][-1], piece.text):
            texts.append([piece.text])
        else:
            texts[-1] += [gap, piece.text]
        last, gap = address, ""
    spoken = {
        address: [text for text in (undressed("".join(parts)) for parts in texts) if text]
        for address, texts in found.items()
        if not FILE.search(address)
    }
    titled = [
        address
        for address, texts in spoken.items()
        if not INDEX.search(address) and any(len(words(text)) >= LEAST_TITLE_WORDS for text in texts)
    ]
    if not titled:
        titled = sorted(spoken, key=lambda address: -len(" ".join(spoken[address])))[:1]
    yield from ((address, spoken[address]) for address in titled)


def leads_to(piece: Piece, base: str) -> str | None:
    """Give the address of a piece's link; None for a place on the page itself, which scripts see to."""
    href = (piece.link.get("href") or "").strip() if piece.link is not None else ""
    return urls.absolute(base, href) if href[:1] not in {"", "#"} else None


def begins_anew(before: str, text: str) -> bool:
    """Tell whether a text is the next part of a card, set off by its style alone, and not the rest of a word."""
    opening = OPENING.match(text)
    return opening is not None and not opening.group()[0].islower() and SEAM.search(before[-2:]) is not None


def undressed(text: str) -> str:
    """Give a text of a link without list marks and arrows around it and labels behind it."""
    text = " ".join(text.split()).strip(DRESS)
    for left, right in ANGLES:
        if (left in text) != (right in text):
            text = text.strip(DRESS + left + right)
    text = LEADING_DASH.sub("", text)
    front, bar, back = text.rpartition(" | ")
    return front if bar and is_label(back) else text


def title(page: Page, mentions: Sequence[Mention]) -> Mention:
    """Give what names a card: a heading, else the first text long enough; of a kicker and what is under it, the latter.

    Where nothing that leads there is a title, as "Read the story", the headline above is, or the block around it.
    """
    best = min(mention.rank for mention in mentions)
    first = next(index for index, mention in enumerate(mentions) if mention.rank == best)
    named = mentions[first]
    if best > 1:
        named = max((mention for mention in mentions if mention.rank == best), key=lambda mention: len(mention.text))
        named = named._replace(text=undressed(page.outline.blocks[named.block].text))
        if is_dull(named.text):
            named = headline_above(page, named.block) or named
    else:
        below = next((mention for mention in mentions[first + 1 :] if mention.rank == best), None)
        if below is not None and below.block <= named.block + NEAR and is_kicker(named.text, below.text):
            named = below
    return named._replace(text=inline_title(named.text) or announced_title(named.text) or named.text)


def headline_above(page: Page, index: int) -> Mention | None:
    """Give the headline without a link above a link such as "Read the story"."""
    for above in range(index - 1, max(index - 1 - NEAR, -1), -1):
        block = page.outline.blocks[above]
        if page.roles[above] not in LINKED or any(piece.link is not None for piece in block.pieces):
            return None
        if block.container.tag in HEADINGS and not is_dull(block.text):
            return Mention(above, block.text, headline=True)
    return None


def is_kicker(text: str, below: str) -> bool:
    """Tell whether a text is the few words above a headline, and `below` the headline."""
    size = len(words(below))
    few = len(words(text)) <= MOST_KICKER_WORDS or text.isupper()
    return few and MOST_KICKER_WORDS < size <= MOST_TITLE_WORDS and not below.endswith((".", "。", "…", "]"))


def is_headless(text: str) -> bool:
    """Tell whether a card's title is none, for want of a better one."""
    return is_dull(text) or len(words(text)) < LEAST_TITLE_WORDS


def is_dull(text: str) -> bool:
    """Tell whether a text of a link is no title: a label, a date, a reading time, a credit."""
    if is_label(text) or is_meta(text) or is_teaser_heading(text) or CREDIT.match(text):
        return True
    return len(text.split()) <= MOST_CLOCK_WORDS and CLOCK.search(text) is not None


def announced_title(text: str) -> str | None:
    """Give the title behind a phrase of headings, as in "More on chips: A headline"; None where there is none."""
    lead, _, behind = text.partition(":")
    return behind.strip() if len(words(behind)) >= LEAST_TITLE_WORDS and is_teaser_heading(lead) else None


def words(text: str) -> list[str]:
    """Words of a title; in scripts without spaces, pairs of characters."""
    wide = WIDE.findall(text)
    return text.split() if not wide else wide[::2]


@lru_cache(maxsize=4096)
def key(address: str) -> str:
    """Give what is the same for all forms of an address: an article's path, whichever link of the page was followed."""
    bare, _, query = address.partition("?")
    if not query or not is_slug(bare):
        return address
    names = {pair.partition("=")[0] for pair in query.split("&")}
    return address if any(map(NAMES_A_PAGE.fullmatch, names)) else bare


def is_slug(address: str) -> bool:
    """Tell whether the last part of an address's path names one article."""
    path = urlsplit(address).path.rstrip("/")
    return SLUG.search(path[path.rfind("/") + 1 :]) is not None


def folders(addresses: Iterable[str]) -> set[str]:
    """Give the folders around addresses, each as host and path."""
    found = set()
    for address in addresses:
        parts = urlsplit(address)
        path = parts.path.rstrip("/")
        for _ in range(min(path.count("/"), MOST_FOLDERS)):
            path = path[: path.rfind("/")]
            found.add(f"{parts.netloc}{path}")
    return found


def lists_others(target: Target, name: str, sections: set[str]) -> bool:
    """Tell whether a link is to a section, a topic or an author: its address is named so, or a folder of others on the page."""
    dull = is_dull(name)
    if not dull and any(len(words(mention.text)) > MOST_LIST_WORDS for mention in target.mentions):
        return False
    parts = urlsplit(target.url)
    path = parts.path.rstrip("/")
    if INDEX.search(parts.path) or LISTS.search(f"{path}/"):
        return True
    return not is_slug(target.url) and (dull or f"{parts.netloc}{path}" in sections)


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
            if mention.text not in titles and (mention.headline or len(words(mention.text)) >= LEAST_BLURB_WORDS)
        ]
        if texts and is_headless(card.title) and is_kicker(card.title, texts[0]):
            card.title = texts.pop(0)
        card.blurb = next((text for text in texts if len(words(text)) >= LEAST_BLURB_WORDS and not is_meta(text)), None)


def mentions_behind(page: Page, card: Card, keys: set[str], known: dict[int, Behind]) -> Iterator[Mention]:
    """Yield the texts behind the title of a card, up to the next card.

    `keys` are those of all cards; `known` keeps what was found out about blocks, which several cards may stand before.
    """
    own = {key(card.url)}
    for index in range(card.block + 1, min(card.block + 1 + NEAR, len(page.outline.blocks))):
        if page.roles[index] not in LINKED:
            return
        block = page.outline.blocks[index]
        if index not in known:
            known[index] = behind(block, page.base, keys)
        if len(known[index].cards) > 1 or not known[index].cards <= own:
            return
        if known[index].cards or known[index].says:
            yield Mention(index, block.text, block.container.tag in HEADINGS)


def behind(block: Block, base: str, keys: set[str]) -> Behind:
    """Tell where a block leads, and whether it is more than the line of a card's author and section."""
    led = frozenset([key(address) for address, _ in links(block, base)])
    return Behind(led & keys, not led or 2 * linked_letters(block) < len(block.text))


def linked_letters(block: Block) -> int:
    """Count the characters of a block's links."""
    return sum(len(piece.text.strip()) for piece in block.pieces if piece.link is not None)


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
