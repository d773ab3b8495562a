"""The pictures that an article shows: from its headline to its end, each with the caption and credit of its figure.

A picture too few is better than a wrong one. Between the first and the last block of the body all are the article's but
those of teasers and other boxes; before the body and behind it, those that nothing around them gives to another part of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.cutting.classes import MAX_ATTRIBUTE
from pipelines.extract.images.appearance import (
    CARD_DEPTH,
    DRAWING,
    is_banner,
    is_drawn,
    is_foreign,
    is_large,
    is_small,
    leads_away,
    link_of,
)
from pipelines.extract.images.captions import Captions, read_below
from pipelines.extract.images.frames import Frames
from pipelines.extract.images.images import address, pictures_of, same_file
from pipelines.extract.images.sources import is_shown
from pipelines.extract.judging.second_look import RIVALS
from pipelines.extract.teasers.cards import LINKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Block, Container, Outline
    from pipelines.records import Image

__all__ = ["leading", "pictures"]

# More pictures than this are a gallery, which the decision speaks of.
MAX_IMAGES = 50
# Each figure is walked through, and may stand in others; and pictures above and behind the text that are asked for their address.
MAX_FIGURES, MAX_ASKED = 500, 200
# Outside the body, a picture stands so near to it, in blocks before it and behind it and in elements: beyond are other parts
# of the page.
MOST_ABOVE, MOST_BEHIND, MOST_LEVELS = 30, 8, 16
# Blocks of a box in the midst of the body.
MOST_IN_BOX = 100
# Characters beside the name in the description of a portrait ("Picture of", "avatar").
MOST_BESIDE_NAME = 15
# Folders and files of portraits and signs; drawings above a text are signs as well.
SIGNS = re.compile(
    r"(?:authors?|avatars?|headshots?|profiles?|profile_pictures?|badges?|icons?|logos?)/|"
    r"[-_](?:author|bio|headshot|icon|logo)(?:[-_@]?[\dx]++)*+(?:\.\w+)?(?:$|[?#])|"
    r"[?&]w=1?\d?\d(?!\d)|[-_]1?\d\dw\.|[/_-](?:1\d\d|[3-9]\d)x(?:1\d\d|[3-9]\d)(?!\d)",
    re.IGNORECASE,
)
# What is nothing but a link, or a word, is no caption but a button below a picture ("View all (4)"), unless it is a credit.
MOST_LINKED = 0.9
OTHERS = LINKED | {"teaser_heading"}
# Roles of what may stand in one part of the page with a picture above the body, right beside one without a figure, and behind it.
ALONE = frozenset(("caption", "title", "standfirst"))
ABOVE, BEHIND = frozenset(("caption", "title", "standfirst", "chrome", "byline")), frozenset(("caption",))


def pictures(
    outline: Outline, kept: Sequence[int], roles: Sequence[str], base: str, *, authors: Sequence[str] = ()
) -> tuple[Image, ...]:
    """Give the pictures between headline and end of the article; `kept` are the blocks of its body, `roles` those of all.

    Above the text, what is described by the name of one of its `authors` is a portrait.
    """
    if not kept:
        return ()
    page = Page(outline, kept, roles, base, authors)
    figures: dict[HtmlElement, list[HtmlElement]] = {}
    told = Captions()
    for element, container, at in islice(shown(page), MAX_FIGURES):
        frame = page.frames.of(container)
        figures.setdefault(element if frame is None else frame, []).append(element)
        legend = page.legend(element, at) if frame is None else None
        if legend is not None:
            told[element] = read_below(legend)
    found: dict[str, Image] = {}
    for figure, elements in figures.items():
        for image in pictures_of(figure, elements, base, told):
            found.setdefault(image.url, image)
        if len(found) >= MAX_IMAGES:
            break
    return tuple(islice(found.values(), MAX_IMAGES))


def leading(claimed: Image | None, images: Sequence[Image]) -> Image | None:
    """Give the picture that stands for an article which shows `images`: the one that its page names, else the first that is no drawing.

    What the page names without caption and credit has those of the same file where the article shows it.
    """
    if claimed is None:
        return next((image for image in images if not urlsplit(image.url).path.endswith(DRAWING)), None)
    if claimed.caption or claimed.credit:
        return claimed
    told = [image for image in images if image.caption or image.credit]
    other = next((image for image in told if same_file(image.url, claimed.url)), claimed)
    same = next((image for image in told if image.url == claimed.url), other)
    return claimed.model_copy(update={"caption": same.caption, "credit": same.credit})


def shown(page: Page) -> Iterator[tuple[HtmlElement, Container, int]]:
    """Give the elements of the article's pictures, each with its container and the index of the block behind it."""
    for element, index, at in page.outline.images:
        container = page.containers[index]
        framed = page.frames.of(container) is not None
        if page.first < at <= page.last:
            own = page.is_inside(element, container, at)
        elif at <= page.first:
            own = page.is_above(element, container, at, framed=framed)
        else:
            own = page.is_behind(element, container, at, framed=framed)
        if own and is_shown(element):
            yield element, container, at


class Page:
    """Which pictures of a page are the article's; a class, for what is found out about the page once tells of each of them."""

    def __init__(
        self, outline: Outline, kept: Sequence[int], roles: Sequence[str], base: str, authors: Sequence[str]
    ) -> None:
        self.outline = outline
        self.frames = Frames(outline)
        self.base = base
        self.authors = [author.casefold() for author in authors]
        self.containers = outline.containers
        self.roles = roles
        self.asked = 0
        self.first, self.last = kept[0], kept[-1]
        self.title = max((at for at, role in enumerate(roles[: self.first]) if role == "title"), default=None)
        self.end = next((at for at in range(self.last + 1, len(roles)) if roles[at] in RIVALS), len(roles))
        self.around = self.around_body()
        self.beside = {self.around_block(at) for at in kept}
        self.kept = kept
        self.boxes: dict[int, bool] = {}
        self.last_before = {at: element for element, _, at in outline.images}
        self.cards = {
            piece.link
            for block, role in zip(outline.blocks, roles, strict=True)
            if role in LINKED
            for piece in block.pieces
            if piece.link is not None
        }
        self.led_to = {link.get("href") for link in self.cards}

    def is_inside(self, element: HtmlElement, container: Container, at: int) -> bool:
        """Tell whether a picture among the blocks of the body is the article's: of no teaser, promotion or advertisement."""
        if self.roles[at] in LINKED or self.in_card(element) or is_banner(element):
            return False
        return link_of(element) not in self.led_to and not self.in_box(container)

    def in_box(self, container: Container) -> bool:
        """Tell whether a container or one around it, as far as no block of the body is in it, says mostly what the article does not."""
        for _ in range(MOST_LEVELS):
            if not container.index or container.last - container.first > MOST_IN_BOX or self.holds_body(container):
                return False
            if self.is_box(container):
                return True
            container = self.containers[container.parent]
        return False

    def holds_body(self, container: Container) -> bool:
        """Tell whether a block of the body stands in a container."""
        at = bisect_left(self.kept, container.first)
        return at < len(self.kept) and self.kept[at] < container.last

    def is_box(self, container: Container) -> bool:
        """Tell whether half the blocks in a container are teasers, or promotions and the like with no caption beside them."""
        if container.index not in self.boxes:
            roles = self.roles[container.first : container.last]
            rivals = [role for role in roles if role in RIVALS]
            mostly = bool(rivals) and 2 * len(rivals) >= len(roles)
            self.boxes[container.index] = mostly and ("caption" not in roles or not OTHERS.isdisjoint(rivals))
        return self.boxes[container.index]

    def legend(self, element: HtmlElement, at: int) -> Block | None:
        """Give the caption right below a picture without a figure: of several pictures, the last; null where there is none."""
        if at >= len(self.roles) or self.roles[at] != "caption" or self.last_before[at] is not element:
            return None
        block = self.outline.blocks[at]
        linked = sum(len(piece.text) for piece in block.pieces if piece.link is not None)
        word = block.text.isascii() and " " not in block.text
        button = (word or linked > MOST_LINKED * len(block.text)) and read_below(block)[1] is None
        return None if button or self.frames.of(block.container) is not None else block

    def is_above(self, element: HtmlElement, container: Container, at: int, *, framed: bool) -> bool:
        """Tell of one before them: below the headline, or within what is around all of the body where there is no headline."""
        if at < self.first - MOST_ABOVE or (self.title is not None and at <= self.title):
            return False
        marks = (self.first, self.first if self.title is None else self.title)
        inner, shared = self.parted(container, marks)
        if shared is None or (self.title is None and not self.in_body(shared)):
            return False
        if is_drawn(element) or not (framed or self.stands_alone(element, inner)):
            return False
        return self.is_own(element, inner, shared, ABOVE)

    def is_behind(self, element: HtmlElement, container: Container, at: int, *, framed: bool) -> bool:
        """Tell of one after them: in a figure beside blocks of the body, before anything else begins."""
        if not framed or at > min(self.end, self.last + MOST_BEHIND):
            return False
        inner, shared = self.parted(container, (self.last,))
        if shared is None or not (shared.index in self.beside or self.in_body(shared)):
            return False
        return self.is_own(element, inner, shared, BEHIND)

    def is_own(
        self, element: HtmlElement, inner: Sequence[Container], shared: Container, roles: frozenset[str]
    ) -> bool:
        """Tell whether nothing between a picture and the container that it shares with the body speaks against it."""
        beside = range(inner[-1].first, inner[-1].last) if inner else ()
        if not all(self.roles[at] in roles or self.is_legend(at) for at in beside):
            return False
        outwards = islice(element.iterancestors(), MOST_LEVELS)
        around = [element, *takewhile(lambda one: one is not shared.element, outwards)]
        if (
            len(around) > MOST_LEVELS
            or any(map(is_foreign, around))
            or self.in_card(element)
            or self.is_portrait(element)
        ):
            return False
        self.asked += 1
        url = address(element, self.base) if self.asked <= MAX_ASKED else None
        return url is not None and not SIGNS.search(url)

    def stands_alone(self, element: HtmlElement, inner: Sequence[Container]) -> bool:
        """Tell whether a picture without a figure is no portrait or button: not small, no link, and large or beside no name or day."""
        beside = next((one for one in inner if one.first < one.last), None)
        roles = self.roles[beside.first : beside.last] if beside is not None else ()
        alone = ALONE.issuperset(roles) or is_large(element)
        return alone and not is_small(element) and not leads_away(element)

    def is_portrait(self, element: HtmlElement) -> bool:
        """Tell whether a picture is described by an author's name, and hardly a word more."""
        described = (element.get("alt") or "")[:MAX_ATTRIBUTE].strip().casefold()
        return any(name in described and len(described) <= len(name) + MOST_BESIDE_NAME for name in self.authors)

    def is_legend(self, at: int) -> bool:
        """Tell whether a block stands in a figure and is nothing else, though the model may not know it for a caption."""
        return self.roles[at] not in RIVALS and self.frames.of(self.outline.blocks[at].container) is not None

    def in_card(self, element: HtmlElement) -> bool:
        """Tell whether the link of a teaser's card is around a picture."""
        return bool(self.cards) and not self.cards.isdisjoint(islice(element.iterancestors(), CARD_DEPTH))

    def parted(self, container: Container, marks: Sequence[int]) -> tuple[list[Container], Container | None]:
        """Give the containers around a picture that hold none of some blocks, from the inside out, and the first that does."""
        inner: list[Container] = []
        while not any(container.first <= at < container.last for at in marks):
            if container.index == 0 or len(inner) == MOST_LEVELS:
                return inner, None
            inner.append(container)
            container = self.containers[container.parent]
        return inner, container

    def around_body(self) -> Container | None:
        """Give the smallest container that holds the body; None where that is the whole page."""
        container = self.outline.blocks[self.first].container
        while container.index and container.last <= self.last:
            container = self.containers[container.parent]
        return container if container.index else None

    def in_body(self, container: Container) -> bool:
        """Tell whether a container that holds a block of the body is or is within the smallest that holds them all."""
        whole = self.around
        return whole is not None and container.index >= whole.index and container.last <= whole.last

    def around_block(self, at: int) -> int:
        """Give the index of the innermost container that holds a block and others."""
        container = self.outline.blocks[at].container
        while container.index and container.last - container.first == 1:
            container = self.containers[container.parent]
        return container.index
