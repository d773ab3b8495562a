"""Pull quotes: a sentence of the text that stands once more between its paragraphs, in large letters."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Block

__all__ = ["without_pull_quotes"]

# How content systems call one; characters of a name that are read, and elements around a text that may say that it is one.
NAMED = re.compile(r"(?:^|[\s_-])pull[-_]?quote(?:\s|$)", re.IGNORECASE)
LONGEST_NAME, LEVELS = 200, 4
# What is around it then is the article.
WHOLE = frozenset(("body", "main", "article"))
# Characters of a sentence that hardly stands twice by chance, and of the longest that is pulled out.
LEAST, LONGEST = 40, 400
# A quotation that is not named so is a pull quote of paragraphs at most so many blocks away. So many of a page are looked at.
NEAR, MOST = 4, 50
# Lines below one that say whose words they are, and characters of each.
LINES, LONGEST_LINE = 2, 100
MARKS = " \"'“”„«»‘’‹›「」『』.,;…—–-"


class Quote(NamedTuple):
    """A kept quotation."""

    at: int
    """Its place among the kept blocks."""
    element: HtmlElement
    """The largest element around it that makes it one."""
    named: bool
    """Whether that is named a pull quote."""


def without_pull_quotes(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Give the kept blocks without the pull quotes, whose words a paragraph of the others says as well, and without who said them."""
    pulled = set()
    for quote in islice(quotes(blocks, kept), MOST):
        text = blocks[kept[quote.at]].text
        said = text.strip(MARKS)
        others = kept if quote.named else kept[max(0, quote.at - NEAR) : quote.at + NEAR + 1]
        if any(len(blocks[index].text) > len(text) and said in blocks[index].text for index in others):
            pulled.add(kept[quote.at])
            pulled.update(names(blocks, kept[quote.at + 1 : quote.at + 1 + LINES], quote.element))
    return [index for index in kept if index not in pulled]


def quotes(blocks: Sequence[Block], kept: Sequence[int]) -> Iterator[Quote]:
    """Yield the kept quotations that are as long as what is pulled out."""
    for at, index in enumerate(kept):
        if LEAST <= len(blocks[index].text) <= LONGEST:
            found = quotation(blocks[index].container.element)
            if found is not None:
                yield Quote(at, *found)


def quotation(element: HtmlElement | None) -> tuple[HtmlElement, bool] | None:
    """Give the element named a pull quote around what is in `element`, else its `<blockquote>`, and whether it is named so."""
    quoted = None
    for around in ancestry(element, LEVELS):
        if NAMED.search((around.get("class") or "")[:LONGEST_NAME]):
            quoted = around, True
        elif around.tag == "blockquote" and quoted is None:
            quoted = around, False
    return quoted


def names(blocks: Sequence[Block], below: Sequence[int], quote: HtmlElement) -> Iterator[int]:
    """Yield the lines of the same quotation that say whose words it has."""
    for index in below:
        if len(blocks[index].text) > LONGEST_LINE or quote not in ancestry(blocks[index].container.element, LEVELS + 1):
            return
        yield index


def ancestry(element: HtmlElement | None, levels: int) -> Iterator[HtmlElement]:
    """Yield an element and those around it, up to the article's."""
    for _ in range(levels):
        if element is None or element.tag in WHOLE:
            return
        yield element
        element = element.getparent()
