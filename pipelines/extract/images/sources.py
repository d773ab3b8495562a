"""Where the file of a picture is: in its `src`, or where scripts that load pictures late, `srcset` and `<noscript>` keep it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from pipelines import urls
from pipelines.extract.cutting.classes import MAX_ATTRIBUTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["absolute", "is_shown", "source"]

MAX_URL = 2_000
# An address that is the picture itself.
WITHIN = "data:"
# Where scripts that load pictures late keep the address, best first, and where they keep several sizes of it.
LATE = ("data-src", "data-original", "data-lazy-src", "data-full-src")
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
# Files that stand in a picture's place until it is loaded; another address of it is better.
PLACEHOLDER = re.compile(
    r"(?:^|[/_.=?&-])(?:placeholder|blank|spacer|pixel|transparent|1x1|loading|loader|lazy(?:load)?|preload|blur(?:red)?|empty|"
    r"dummy|gr[ae]y)(?:[/_.=&\d-]|$)",
    re.IGNORECASE,
)
# An address that a script has to fill in, or a setting in its place.
UNFINISHED = re.compile(r"[{}]|\[\w+\]")
# How large a candidate of a `srcset` is; how much of one is read, and how many are remembered: all pictures in one `<picture>`
# ask for its sources.
SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)[wx]")
MAX_SET, MAX_CANDIDATES, REMEMBERED = 8_000, 50, 64
# Elements before the `<noscript>` behind a picture, and sources of one.
MAX_BEHIND, MAX_SOURCES = 3, 4
# Names of signs among the words and of formulas, and the folders of the former.
SIGNS = frozenset(("emoji", "wp-smiley", "latex"))
FORMULA = "mwe-math"
SIGN_FILES = re.compile(r"/images/core/emoji/|/(?:tw)?emoji/|/latex\.php|/smilies/|/smileys?/", re.IGNORECASE)


def is_shown(image: HtmlElement) -> bool:
    """Tell whether an element shows a picture: it counts no readers, by a side of one pixel, and is no sign among the words.

    In AMP, the sides may be those of a ratio.
    """
    sides = [(image.get(side) or "").removesuffix("px") for side in ("width", "height")]
    if image.tag == "img" and ("1" in sides or sides == ["0", "0"]):
        return False
    names = (image.get("class") or "")[:MAX_ATTRIBUTE].split()
    if not SIGNS.isdisjoint(names) or any(name.startswith(FORMULA) for name in names):
        return False
    return SIGN_FILES.search((image.get("src") or "")[:MAX_URL]) is None


def source(image: HtmlElement, base: str) -> str | None:
    """Give the address of a picture's file, a placeholder only where there is no other; null where there is none."""
    weak = None
    for link in filter(None, offers(image)):
        url = None if UNFINISHED.search(link[:MAX_URL]) else absolute(base, link)
        if url is None:
            continue
        if not PLACEHOLDER.search(url):
            return url
        weak = weak or url
    return weak


def offers(image: HtmlElement) -> Iterator[str]:
    """Yield what may be the address of a picture's file, best first; empty where an attribute says nothing."""
    for attribute in LATE:
        yield image.get(attribute) or ""
    yield image.get("src") or ""
    yield from map(largest, sets(image))
    whole = image
    for one in islice(takewhile(is_of_picture, image.iterancestors()), MAX_SOURCES):
        whole = one
        yield from map(largest, sets(one))
        if one.tag == "picture":
            for other in islice(one.iterchildren("source"), MAX_SOURCES):
                yield from map(largest, sets(other))
    for one in unscripted(whole):
        yield one.get("src") or ""
        yield from map(largest, sets(one))


def is_of_picture(element: HtmlElement) -> bool:
    """Tell whether an element is `<picture>`, or one of its sources: the parser knows no end of those."""
    return element.tag in {"picture", "source"}


def sets(element: HtmlElement) -> Iterator[str]:
    """Yield the sets of sizes that an element offers."""
    return (found for attribute in SETS if (found := (element.get(attribute) or "")[:MAX_SET]))


def unscripted(image: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the first picture in the `<noscript>` within an element or right behind it."""
    near = chain(image.iterchildren("noscript"), islice(image.itersiblings(), MAX_BEHIND))
    for element in islice(near, MAX_BEHIND):
        if element.tag in {"img", "picture"}:
            return
        if element.tag == "noscript":
            yield from islice(element.iter("img"), 1)
            return


@lru_cache(maxsize=REMEMBERED)
def largest(candidates: str) -> str:
    """Give the address of the largest candidate of a `srcset`, the first of several; empty where there is none."""
    known = [(size, address) for address, size in sized(candidates) if not address.startswith(WITHIN)]
    return max(known, key=lambda one: one[0])[1] if known else ""


def sized(candidates: str) -> Iterator[tuple[str, float]]:
    """Yield each address of a `srcset` with its width or density; addresses may hold commas, but none at their end."""
    address = ""
    for token in candidates.split(maxsplit=2 * MAX_CANDIDATES)[: 2 * MAX_CANDIDATES]:
        if address:
            size, _, behind = token.partition(",")
            measured = SIZE.fullmatch(size)
            yield address, float(measured[1]) if measured is not None else 1.0
            address = behind
        elif token.endswith(","):
            yield token.strip(","), 1.0
        else:
            address = token.lstrip(",")
    if address:
        yield address, 1.0


def absolute(base: str, link: str) -> str | None:
    """Give the address of a picture; null where there is none, or the picture itself."""
    if not link.strip() or link.startswith(WITHIN) or len(link) > MAX_URL:
        return None
    return urls.verbatim(base, link)
