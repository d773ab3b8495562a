"""A second opinion: which blocks another reader, resiliparse, takes for main content.

Its rules look at a page from another side than the block model does, and cost a tenth of what trafilatura's do; what it
keeps is a feature, never a verdict.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from lxml import etree
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.parsing.parse import Document

__all__ = ["NAMES", "depth", "opinion", "standing"]

NAMES = ("main", "main_page")

# A browser opens again, in every paragraph, each element of these that was not closed in the one before (HTML, 13.2.4.3): a
# page may multiply its own size. 370 bytes and 1.5 µs each; the most seen on 1,400 pages, by this measure, is 1,200,000.
REOPENED = "b|big|code|em|font|i|s|small|strike|strong|tt|u"
MAX_REOPENED = 1_500_000
OPENED = re.compile(rf"<(?:{REOPENED})[\s/>]", re.IGNORECASE)
# One that is closed right behind its text is not opened again.
CLOSED = re.compile(
    rf"""<({REOPENED})(?:\s+[\w:-]+(?:="[^"<>]*"|='[^'<>]*')?)*\s*>[^<]*</\1\s*>""",
    re.IGNORECASE,
)
# The reader climbs from every element to the root, 30 ns a step. The most seen is 560,000 for tags times depth.
MAX_STEPS = 20_000_000
# It copies a text for every element around it. The most seen is 170,000,000 for characters times depth.
MAX_COPIED = 1_000_000_000
# Looking for each block in the text takes their product at worst, 1 ns a character. The most seen is 37,000,000.
MAX_COMPARED = 1_000_000_000


def opinion(document: Document, outline: Outline) -> NDArray[np.float32]:
    """Describe each block of a page by a row of columns as in `NAMES`.

    `main` is 1 where the block's text, white space aside, stands in what the reader keeps; `main_page` is the share of
    the page's characters that it keeps. Both are 0 where it keeps nothing, and on a page that would take it too long.
    """
    tags = document.text.count("<")
    costly = is_multiplied(document.text, tags) or is_deep(document, tags)
    said = "" if costly else main_text(document.text)
    packed = [block.text.replace(" ", "") for block in outline.blocks]
    found = np.zeros((len(packed), len(NAMES)), np.float32)
    found[:, 0] = standing(packed, said)
    sizes = np.array([len(line) for line in packed], dtype=np.float32)
    found[:, 1] = float(sizes @ found[:, 0]) / max(float(sizes.sum()), 1.0)
    return found


def main_text(text: str) -> str:
    """Give what the reader keeps of a page's markup."""
    kept: str = extract_plain_text(HTMLTree.parse(text), main_content=True, alt_texts=False, list_bullets=False)
    return kept


def standing(packed: list[str], said: str, most: int = MAX_COMPARED) -> list[bool]:
    """Tell which texts stand in what was said, or, where that takes more than `most`, which are a whole line of it; white space aside."""
    whole = "".join(said.split())
    once = set(packed)
    if len(once) * len(whole) <= most:
        known = {line for line in once if line in whole}
    else:
        known = {"".join(line.split()) for line in said.split("\n")}
    return [line in known for line in packed]


def is_multiplied(text: str, tags: int) -> bool:
    """Tell whether elements left open could be opened again so often that a page of so many tags takes a multiple of its memory."""
    # No page of so few tags can be.
    if tags * tags <= 4 * MAX_REOPENED:
        return False
    opened = sum(1 for _ in OPENED.finditer(text))
    if opened * tags > MAX_REOPENED:
        opened -= sum(1 for _ in CLOSED.finditer(text))
    return opened * tags > MAX_REOPENED


def is_deep(document: Document, tags: int) -> bool:
    """Tell whether so much of a page of so many tags stands within so many elements that the reader would climb them for seconds."""
    text = document.text
    # libxml2 goes no deeper.
    deepest = min(tags, 2_048)
    if tags * deepest <= MAX_STEPS and len(text) * deepest <= MAX_COPIED:
        return False
    deepest = depth(document.tree)
    return tags * deepest > MAX_STEPS or len(text) * deepest > MAX_COPIED


def depth(root: HtmlElement) -> int:
    """Give the number of elements around the innermost one."""
    deepest = level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest
