"""Links to other articles that show what they are ("Explore more", "READ MORE: ..."): teasers, whatever a model says."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.dates.meta import is_meta
from pipelines.extract.judging.signals import place_of, target
from pipelines.extract.phrases import fold, inline_title, is_teaser_heading
from pipelines.extract.selecting.channels import leads_to_channels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.extract.cutting.blocks import Block, Container, Outline
    from pipelines.extract.judging.model import BlockModel, Verdicts

__all__ = ["announced"]

# A headline is all link; a paragraph that cites another article is not.
LINKED_SHARE = 0.9
# A lone link that says more than a name or a number is a headline.
LONE_WORDS = 4
# So many headlines in one block are a row of teasers.
ROW = 3
# Shorter link texts are buttons and names of sections; in scripts without spaces a headline may be one word of 8 letters.
TITLE_WORDS, TITLE_LETTERS = 3, 8
# A marker in a language that no list of phrases knows shows by standing so often before a headline.
REPEATED = 3
MARKER = re.compile(r"(\S+ .{,60}\S)\s*[:|–—»›►→]\s*")
# An arrow before a headline is a marker of its own.
ARROW = re.compile(r"\s*(?:[→⟶➔➜➡►▶▸»›👉]|>{1,3})")
# "On Harbour Post | ...", "En Harbour Post: ...".
NAMED = re.compile(r"\S{1,4} (\S.{2,40}?)\s*[:|–—»›]")
# Blocks of a card: section, date, headline, blurb, "read more"; and how far behind its headline a blurb stands.
MOST_CARD, BEHIND = 5, 4
# Containers between a block and the card that it shares with its headline.
CARD_LEVELS = 20
# More headlines in a row are a list of their own; headings may stand inside each other's rows.
MOST_ANNOUNCED = 200
# Characters; a card that says more than a blurb is a section of the article, such as a product of a buyer's guide.
LONGEST_BLURB = 300


def announced(outline: Outline, verdicts: Verdicts, model: BlockModel, url: str) -> Verdicts:
    """Give the verdicts with every announced headline, and the text in its card, judged as a teaser; `url` is the page's.

    A paragraph that is nothing but a link to a channel of the publisher is judged as a promotion.
    """
    body, roles = verdicts.body.copy(), verdicts.roles.copy()
    wanted = (verdicts.body >= model.threshold).tolist()
    teasers = ((roles.argmax(axis=1) == model.roles.index("teaser")) & (body < model.threshold)).tolist()
    repeated = repeatedly_marked(outline, url)
    for index, block in enumerate(outline.blocks):
        found: list[tuple[int, str]] = []
        if is_teaser_heading(block.text) and not is_title(block) and not ends_card(outline, block.container):
            found = announces(outline, index)
        if wanted[index]:
            if index in repeated or is_marked(block) or is_headed(block, url) or is_lone_link(block, url):
                found = [(index, "inline_teaser")]
            elif is_blurb(outline, index, teasers, url):
                found = [(index, "teaser")]
            elif leads_to_channels(block):
                found = [(index, "promo")]
        elif is_row(block, url):
            roles[index] = 0
            roles[index, model.roles.index("teaser")] = 1
        # Elsewhere the model knows better: "Most read" in a menu is the site's furniture.
        if found and not any(wanted[at] for at, _ in found):
            found = [entry for entry in found[1:] if is_doubtful(outline, verdicts, model, index, entry[0])]
        for at, role in found:
            body[at] = 0
            roles[at] = 0
            roles[at, model.roles.index(role)] = 1
    return replace(verdicts, body=body, roles=roles)


def ends_card(outline: Outline, container: Container) -> bool:
    """Tell whether the one block of a container is the last of what holds it and others: a card's "Read more" announces nothing."""
    while container.index and container.last - container.first == 1:
        at, container = container.first, outline.containers[container.parent]
        if container.last - container.first > 1:
            return container.last == at + 1
    return False


def announces(outline: Outline, heading: int) -> list[tuple[int, str]]:
    """Give a heading and the cards right behind it with their roles; nothing where there are none, or one is an article's section."""
    cards = list(run(outline, heading))
    if not cards or any(len(outline.blocks[card].text) > LONGEST_BLURB for card in cards):
        return []
    return [(heading, "teaser_heading"), *((card, "teaser") for card in cards)]


def is_doubtful(outline: Outline, verdicts: Verdicts, model: BlockModel, heading: int, card: int) -> bool:
    """Tell whether a card is a linked headline that the model takes for anything but furniture, under a heading it knows."""
    said = [model.roles[int(verdicts.roles[at].argmax())] for at in (heading, card)]
    return said[0] == "teaser_heading" and said[1] in {"promo", "body"} and is_title(outline.blocks[card])


def is_blurb(outline: Outline, index: int, teasers: list[bool], url: str) -> bool:
    """Tell whether a block stands in a small card below the headline of another article of the same site.

    `teasers` tells which blocks the model takes for teasers: a headline that it gives to the body heads a section.
    """
    before = (at for at in range(index - 1, max(-1, index - 1 - BEHIND), -1) if teasers[at])
    title = next((at for at in before if is_title(outline.blocks[at])), None)
    if title is None or headlines(outline.blocks[title], url) != [True]:
        return False
    container = outline.blocks[index].container
    while container.first > title:
        container = outline.containers[container.parent]
    return container.last - container.first <= MOST_CARD


def run(outline: Outline, heading: int) -> Iterator[int]:
    """Yield the blocks of the cards right behind a heading: linked headlines, and what shares a card with the last.

    A heading of a higher level begins another section.
    """
    title = heading
    level = HEADINGS.get(outline.blocks[heading].container.tag, 0)
    for index in range(heading + 1, min(heading + 1 + MOST_ANNOUNCED, len(outline.blocks))):
        block = outline.blocks[index]
        if HEADINGS.get(block.container.tag, level) < level:
            return
        if is_title(block):
            title = index
        elif title == heading or not shares_card(outline, block.container, title, heading):
            return
        yield index


def is_title(block: Block) -> bool:
    """Tell whether a block is nothing but a linked headline, or that and its day."""
    linked = "".join([piece.text for piece in block.pieces if piece.link is not None])
    if len(linked) < TITLE_LETTERS:
        return False
    words = linked.split()
    enough = len(words) >= TITLE_WORDS or (not linked.isascii() and len(linked) >= TITLE_LETTERS)
    if sum(map(len, words)) >= LINKED_SHARE * (len(block.text) - block.text.count(" ")):
        return enough
    return enough and is_meta(
        "".join([piece.text for piece in block.pieces if piece.link is None]).strip(" \t\n()（）[]")
    )


def is_marked(block: Block) -> bool:
    """Tell whether a block is a marker such as "READ MORE:" and one linked headline."""
    linked = "".join([piece.text for piece in block.pieces if piece.link is not None])
    title = inline_title(block.text) if linked else None
    return title is not None and len("".join(linked.split())) >= LINKED_SHARE * len("".join(title.split()))


def is_headed(block: Block, url: str) -> bool:
    """Tell whether a block is one headline of the same site behind a heading of teasers, or behind the site's name and a bar."""
    first = next((at for at, piece in enumerate(block.pieces) if piece.link is not None), 0)
    if first == 0 or block.pieces[-1].link is None or headlines(block, url) != [True]:
        return False
    lead = "".join([piece.text for piece in block.pieces[:first]]).strip()
    if is_teaser_heading(lead):
        return True
    named = NAMED.fullmatch(lead)
    return named is not None and fold(named[1]).replace(" ", "") in place_of(url).host.split(".")[:-1]


def repeatedly_marked(outline: Outline, url: str) -> set[int]:
    """Give the blocks that are one headline of the same site behind a marker which stands before others as well."""
    marked: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(outline.blocks):
        if block.pieces[0].link is not None or block.pieces[-1].link is None:
            continue
        first = next(at for at, piece in enumerate(block.pieces) if piece.link is not None)
        marker = MARKER.fullmatch("".join(piece.text for piece in block.pieces[:first]).strip())
        if marker and headlines(block, url) == [True]:
            marked[fold(marker[1])].append(index)
    return {index for group in marked.values() if len(group) >= REPEATED for index in group}


def is_lone_link(block: Block, url: str) -> bool:
    """Tell whether a paragraph is nothing but one link to another article of the same site, and no sentence."""
    tag = block.container.tag
    if not (tag in {"p", "div"} or "-" in tag) or block.text.endswith(".") or not is_title(block):
        return False
    return headlines(block, url) == [True] or is_pointed(block, url)


def is_pointed(block: Block, url: str) -> bool:
    """Tell whether a block that is all link is an arrow and one headline of the same site, where a slug may be short."""
    if not ARROW.match(block.text) or len(block.text.split()) <= LONE_WORDS:
        return False
    page = place_of(url)
    led = {(piece.link.get("href") or "").strip() for piece in block.pieces if piece.link is not None}
    external, _, index, anchor, itself, hyphens = target(led.pop(), page)
    return not (led or external or index or anchor or itself) and hyphens > 0


def is_row(block: Block, url: str) -> bool:
    """Tell whether a block is nothing but headlines of other articles of the same site, one behind the other."""
    if len(block.pieces) < ROW or len(block.text) < ROW * LONE_WORDS or not is_title(block):
        return False
    found = headlines(block, url)
    return len(found) >= ROW and all(found)


def headlines(block: Block, url: str) -> list[bool]:
    """Tell of each address that a block links to whether it is another article's of the same site, and has a headline."""
    texts: dict[str, list[str]] = {}
    for piece in block.pieces:
        if piece.link is not None:
            href = (piece.link.get("href") or "").strip()
            texts.setdefault(href, []).append(piece.text)
    page = place_of(url)
    kinds = {href: target(href, page) for href in texts}
    return [
        bool(kinds[href][1] and not kinds[href][0]) and len("".join(said).split()) >= LONE_WORDS
        for href, said in texts.items()
    ]


def shares_card(outline: Outline, container: Container, title: int, heading: int) -> bool:
    """Tell whether a container around a block holds the headline before it, and not the heading over all cards."""
    for _ in range(CARD_LEVELS):
        if container.first <= heading:
            return False
        if container.first <= title < container.last:
            return True
        container = outline.containers[container.parent]
    return False
