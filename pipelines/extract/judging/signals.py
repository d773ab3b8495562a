"""What a block's own text, style and links say about its role."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from math import log1p
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from pipelines.extract.judging.lexicon import KINDS, kinds
from pipelines.extract.phrases import groups, inline_title
from pipelines.extract.words import READ, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import html
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Block, Outline

__all__ = ["NAMES", "Context", "context", "place_of", "signals", "target"]

# A text of this many characters may be a title, a label or a promotion; a longer one is told by its prose.
LINE = 160

NAMES = [
    "chars",
    "words",
    "link_share",
    "links",
    "bold",
    "italic",
    "ends",
    "sentences",
    "commas",
    "digits",
    "upper",
    "capitals",
    "lower_start",
    "symbol_start",
    "copyright",
    "bars",
    "at",
    "word_length",
    "quotes",
    "title_share",
    "title_cover",
    "summary_cover",
    "copies",
    "teaser_heading",
    "promotion",
    "label",
    "inline_title",
    "date",
    "breaks",
    "asian",
    "tag",
    "external",
    "article_link",
    "index_link",
    "anchor_link",
    "self_link",
    "hyphens",
    "nofollow",
    "card_link",
    "image_link",
    "link_first",
    "link_last",
    "colon",
    *(f"says_{kind}" for kind in KINDS),
    "begins_with",
]

TAGS = {
    tag: code
    for code, tags in enumerate(
        (
            "p",
            "h1",
            "h2",
            "h3",
            "h4 h5 h6",
            "li dd dt",
            "td th caption",
            "blockquote",
            "figcaption",
            "pre",
            "button",
            "div",
        )
    )
    for tag in tags.split()
}
ENDS = {".": 1, "。": 1, "।": 1, "?": 2, "!": 3, ":": 4, "…": 5, '"': 6, "”": 6, "“": 6, "»": 6, "’": 6, ")": 7, ",": 8}
ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d+ ?(?:min|hour|day|h)")
INDEX = re.compile(
    r"/(?:tags?|authors?|categor\w+|topics?|themen?|search|users?|profiles?|members?|people|about\w*|contact|privacy|"
    r"terms|subscri\w+|login|signin|register|newsletters?|account|sections?|rss|feed)(?:[/?#.]|$)"
)
# A link with one of these in it holds a card.
CARDS = frozenset(("div", "p", "h2", "h3", "h4", "article", "section"))
SCHEMES = ("mailto:", "tel:", "javascript:")
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Context:
    """What the page's head and address say, against which blocks are held."""

    host: str
    path: str
    title: frozenset[str]
    """Words of the page's titles, `<title>` and `og:title`."""
    summary: frozenset[str]
    """Words of the page's description."""


def context(root: html.HtmlElement, url: str) -> Context:
    """Read titles and description from the head."""
    titles, summaries = [], []
    head = root.find("head")
    for element in (root if head is None else head).iter("title", "meta"):
        if element.tag == "title":
            titles.append(element.text or "")
        else:
            name = (element.get("property") or element.get("name") or "").lower()
            if name in {"og:title", "twitter:title"}:
                titles.append(element.get("content") or "")
            elif name in {"og:description", "description", "twitter:description"}:
                summaries.append(element.get("content") or "")
    return replace(
        place_of(url), title=frozenset(words(" ".join(titles))), summary=frozenset(words(" ".join(summaries)))
    )


@lru_cache(maxsize=16)
def place_of(url: str) -> Context:
    """Give the context of a page of which nothing but its address is known."""
    try:
        parts = urlsplit(url)
        host, path = (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
    except ValueError:
        host, path = "", ""
    return Context(host, path, frozenset(), frozenset())


def signals(outline: Outline, page: Context, said: Sequence[list[str]]) -> NDArray[np.float32]:
    """One row a block, columns as in `NAMES`; `said` are the blocks' words."""
    copies = Counter(block.text for block in outline.blocks)
    cards = Cards()
    rows = (row(block, page, copies[block.text], own, cards) for block, own in zip(outline.blocks, said, strict=True))
    # No list of lists: so many objects alive would call the garbage collector on every page.
    found = np.fromiter(chain.from_iterable(rows), np.float32, len(outline.blocks) * len(NAMES))
    return found.reshape(-1, len(NAMES))


class Cards(dict["html.HtmlElement", tuple[bool, bool]]):
    """Whether a link holds a block and whether it holds a picture, looked for once: a card's may hold all blocks of a page."""

    def __missing__(self, link: html.HtmlElement) -> tuple[bool, bool]:
        found = False, False
        # Most links hold no elements.
        if len(link):
            found = any(child.tag in CARDS for child in link), next(link.iter("img"), None) is not None
        self[link] = found
        return found


def row(block: Block, page: Context, copies: int, said: list[str], cards: Cards) -> list[float]:
    """Columns of one block whose words are `said`."""
    text = block.text
    size = len(text)
    short = size <= LINE
    latin = text.isascii()
    asian = 0.0 if latin else len(ASIAN.findall(text, 0, 200)) / min(size, 200)
    length = max(text.count(" ") + 1, asian * size / 2)
    last = text[-1]
    *look, breaks = style(block, size)
    digits = len(DIGIT.findall(text, 0, LINE))
    return [
        log1p(size),
        log1p(length),
        *look,
        ENDS.get(last, 9 if last.isalnum() else 0),
        log1p(text.count(". ") + text.count("? ") + text.count("! ") + (0 if latin else text.count("。"))),
        text.count(",") / length,
        digits / min(size, LINE),
        text.isupper(),
        sum([word[0].isupper() for word in text.split()]) / length if short else 0.3,
        text[0].islower(),
        not text[0].isalnum() and text[0] not in "\"'“„«‘(",
        not latin and "©" in text,
        text.count("|") + (0 if latin else text.count("·") + text.count("•")),
        "@" in text,
        size / length,
        text.count('"') + (0 if latin else text.count("“") + text.count("„") + text.count("«")),
        *likeness(size, said, page),
        copies,
        *(phrases(text) if short else (0.0, 0.0, 0.0, 0.0)),
        short and digits > 0 and DATE.search(text) is not None,
        breaks,
        asian,
        TAGS.get(block.container.tag, 12),
        *links(block, page, cards),
        ":" in text[:40],
        *kinds(text, said),
    ]


def style(block: Block, size: int) -> tuple[float, float, float, float, float]:
    """Share of linked text, number of links, shares of bold and italic text, number of line breaks."""
    linked = bold = italic = breaks = 0
    anchors: set[int] = set()
    for text, link, style_of in block.pieces:
        if link is not None:
            linked += len(text)
            anchors.add(id(link))
        if style_of:
            bold += len(text) * ("b" in style_of)
            italic += len(text) * ("i" in style_of)
            breaks += style_of == "n"
    return min(1.0, linked / size), len(anchors), min(1.0, bold / size), min(1.0, italic / size), breaks


def likeness(size: int, said: list[str], page: Context) -> tuple[float, float, float]:
    """Jaccard index with the title, share of the block's words in the title, and in the description."""
    if size > READ or not said:
        return 0.0, 0.0, 0.0
    own = set(said)
    shared = len(own & page.title)
    return shared / (len(own) + len(page.title) - shared), shared / len(own), len(own & page.summary) / len(own)


@lru_cache(maxsize=4096)
def phrases(text: str) -> tuple[float, float, float, float]:
    """Whether a line is a heading over teasers, a promotion, a teaser's label, an inline teaser; a site says the same on every page."""
    said = groups(text)
    return "headings" in said, "promotions" in said, "labels" in said, inline_title(text) is not None


def links(block: Block, page: Context, cards: Cards) -> tuple[float, ...]:
    """Where the block's first link leads and how it stands in the block."""
    first = next((piece.link for piece in block.pieces if piece.link is not None), None)
    if first is None:
        return (0.0,) * 11
    visible = block.pieces if len(block.pieces) == 1 else [piece for piece in block.pieces if not piece.text.isspace()]
    href = (first.get("href") or "").strip()
    rel = first.get("rel") or ""
    return (
        *target(href, page),
        "nofollow" in rel or "sponsored" in rel,
        *cards[first],
        visible[0].link is not None,
        visible[-1].link is not None,
    )


def target(href: str, page: Context) -> tuple[float, float, float, float, float, float]:
    """Whether an address is another host's, an article's, an index page's, on this page, this page; its hyphens."""
    bare = href.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].rstrip("/")
    slug = bare[bare.rfind("/") + 1 :]
    hyphens = slug.count("-") + slug.count("_")
    absolute = href.startswith(("http:", "https:", "//"))
    external = absolute and page.host not in href[:80]
    lower = href.lower()
    index = lower.startswith(SCHEMES) or INDEX.search(lower) is not None
    article = not index and (hyphens >= 3 or DIGIT.search(slug) is not None)
    self_link = not external and len(page.path) > 1 and bare.endswith(page.path)
    return external, article, index, href.startswith("#"), self_link, min(hyphens, 12)
