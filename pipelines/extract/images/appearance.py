"""What a picture's element and those around it say of it: how large it is, where it leads, which part of the page it is of."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import MAX_ADDRESS
from pipelines.extract.cutting.classes import MAX_ATTRIBUTE

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = [
    "CARD_DEPTH",
    "DRAWING",
    "is_banner",
    "is_drawn",
    "is_foreign",
    "is_large",
    "is_small",
    "leads_away",
    "link_of",
]

# Elements between a picture of a teaser's card and the link around it.
CARD_DEPTH = 8
# Pixels; a smaller picture above the body is a portrait, a flag or a button, a larger one is not. No side has so many digits.
LEAST_SIDE, LEAST_LARGE, LONGEST_SIDE = 200, 400, 5
# A linked picture so much wider than high is a banner; and so are those of the sizes in which advertisements are sold.
WIDEST = 4
SOLD = frozenset(((300, 250), (336, 280), (300, 600), (160, 600), (120, 600)))
# Parts of a page whose pictures are not the article's, by their tags and by the words in their names.
FOREIGN_TAGS = frozenset(("aside", "nav", "footer", "form", "button", "amp-sidebar", "amp-ad", "address"))
FOREIGN = re.compile(
    r"author|byline|avatar|gravatar|profile|contributor|logo|masthead|navbar|sidebar|related|recommend|popular|trending|"
    r"newsletter|subscri|promo|teaser|sponsor|advert|comment|social|cookie|consent|"
    r"(?:\b|_)(?:ads?|bio|icons?|menu|meta|next|prev|shar(?:e|ing))(?:\b|_)",
    re.IGNORECASE,
)
DRAWING = ".svg"
# A link from a picture to its own file.
FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)", re.IGNORECASE)


def is_foreign(element: HtmlElement) -> bool:
    """Tell whether an element is of another part of the page, by its tag or its names."""
    names = (element.get("class") or "")[:MAX_ATTRIBUTE], (element.get("id") or "")[:MAX_ATTRIBUTE]
    return element.tag in FOREIGN_TAGS or any(map(FOREIGN.search, names))


def is_small(element: HtmlElement) -> bool:
    """Tell whether a picture is smaller than one of an article, where it says how large it is."""
    return any(side < LEAST_SIDE for side in sides(element))


def is_large(element: HtmlElement) -> bool:
    """Tell whether a picture says that it is larger than any portrait or button."""
    return min(sides(element), default=0) >= LEAST_LARGE


def sides(element: HtmlElement) -> list[int]:
    """Give what a picture says of its width and height, in pixels."""
    said = (element.get("width") or "", element.get("height") or "")
    return [int(side) for side in said if side.isdecimal() and len(side) < LONGEST_SIDE]


def is_drawn(element: HtmlElement) -> bool:
    """Tell whether a picture is a drawing."""
    return (element.get("src") or "")[:MAX_ADDRESS].partition("?")[0].endswith(DRAWING)


def link_of(element: HtmlElement) -> str | None:
    """Give the address that the link around a picture leads to; null where there is no link."""
    around = (one for one in islice(element.iterancestors(), CARD_DEPTH) if one.tag == "a")
    link = next(around, None)
    return None if link is None else link.get("href") or ""


def leads_away(element: HtmlElement) -> bool:
    """Tell whether the link around a picture leads to anything but a picture's file."""
    link = link_of(element)
    return link is not None and not FILE.search(link[-MAX_ATTRIBUTE:])


def is_banner(element: HtmlElement) -> bool:
    """Tell whether a picture leads away and has the form of an advertisement, where it says how large it is."""
    said = sides(element)
    if len(said) != len(("width", "height")) or not leads_away(element):
        return False
    width, height = said
    return width >= WIDEST * height or (width, height) in SOLD
