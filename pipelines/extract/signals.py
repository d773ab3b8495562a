"""What a block's own text, style and links say about its role."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.phrases import inline_title, is_label, is_promotion, is_teaser_heading

if TYPE_CHECKING:
    from lxml import html

    from pipelines.extract.blocks import Block, Outline

__all__ = ["NAMES", "Context", "context", "signals"]

# A text of this many characters may be a title, a label or a promotion; a longer one is told by its prose.
LINE = 160

NAMES = (
    "chars words link_share links bold italic ends sentences commas digits upper capitals lower_start symbol_start "
    "copyright bars at word_length quotes title_share title_cover summary_cover copies teaser_heading promotion label "
    "inline_title date breaks asian tag external article_link index_link anchor_link self_link hyphens nofollow "
    "card_link image_link link_first link_last colon"
).split()

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
    r"terms|subscri\w+|login|signin|register|newsletters?|account|sections?|rss|feed)(?:[/?#.]|$)|^mailto:|^tel:|^javascript:"
)
WORD = re.compile(r"\w+")


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
    try:
        parts = urlsplit(url)
        host, path = (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
    except ValueError:
        host, path = "", ""
    return Context(host, path, frozenset(bag(" ".join(titles))), frozenset(bag(" ".join(summaries))))


def bag(text: str) -> set[str]:
    """Words of a text; characters where the script has no spaces."""
    text = text[:2000].lower()
    return set(ASIAN.findall(text)) or set(WORD.findall(text))


def signals(outline: Outline, page: Context) -> list[list[float]]:
    """One row a block, columns as in `NAMES`."""
    copies = Counter(block.text for block in outline.blocks)
    return [row(block, page, copies[block.text]) for block in outline.blocks]


def row(block: Block, page: Context, copies: int) -> list[float]:
    """Columns of one block."""
    text = block.text
    size = len(text)
    short = size <= LINE
    asian = len(ASIAN.findall(text, 0, 200)) / min(size, 200)
    words = max(text.count(" ") + 1, asian * size / 2)
    last = text[-1]
    return [
        log1p(size),
        log1p(words),
        *style(block, size),
        ENDS.get(last, 9 if last.isalnum() else 0),
        log1p(text.count(". ") + text.count("。") + text.count("? ") + text.count("! ")),
        text.count(",") / words,
        sum(map(str.isdigit, text[:LINE])) / min(size, LINE),
        text.isupper(),
        sum(word[0].isupper() for word in text[:LINE].split()) / words if short else 0.3,
        text[0].islower(),
        not text[0].isalnum() and text[0] not in "\"'“„«‘(",
        "©" in text,
        text.count("|") + text.count("·") + text.count("•"),
        "@" in text,
        size / words,
        text.count('"') + text.count("“") + text.count("„") + text.count("«"),
        *likeness(text, page),
        copies,
        *phrases(text, short=short),
        short and DATE.search(text) is not None,
        sum(piece.style == "n" for piece in block.pieces),
        asian,
        TAGS.get(block.container.tag, 12),
        *links(block, page),
        ":" in text[:40],
    ]


def style(block: Block, size: int) -> tuple[float, float, float, float]:
    """Share of linked text, number of links, shares of bold and italic text."""
    linked = bold = italic = 0
    for piece in block.pieces:
        length = len(piece.text)
        if piece.link is not None:
            linked += length
        if "b" in piece.style:
            bold += length
        if "i" in piece.style:
            italic += length
    anchors = len({id(piece.link) for piece in block.pieces if piece.link is not None})
    return min(1.0, linked / size), anchors, min(1.0, bold / size), min(1.0, italic / size)


def likeness(text: str, page: Context) -> tuple[float, float, float]:
    """Jaccard index with the title, share of the block's words in the title, and in the description."""
    if len(text) > 1000:
        return 0.0, 0.0, 0.0
    own = bag(text)
    if not own:
        return 0.0, 0.0, 0.0
    shared = len(own & page.title)
    return shared / len(own | page.title), shared / len(own), len(own & page.summary) / len(own)


def phrases(text: str, *, short: bool) -> tuple[float, float, float, float]:
    """Whether the line is a heading over teasers, a promotion, a teaser's label, an inline teaser."""
    if not short:
        return 0.0, 0.0, 0.0, inline_title(text[:400]) is not None
    return line_phrases(text)


@lru_cache(maxsize=4096)
def line_phrases(text: str) -> tuple[float, float, float, float]:
    """Match one line; a site says the same on every page."""
    return is_teaser_heading(text), is_promotion(text), is_label(text), inline_title(text) is not None


def links(block: Block, page: Context) -> tuple[float, ...]:
    """Where the block's first link leads and how it stands in the block."""
    first = next((piece.link for piece in block.pieces if piece.link is not None), None)
    if first is None:
        return (0.0,) * 11
    visible = [piece for piece in block.pieces if not piece.text.isspace()]
    href = (first.get("href") or "").strip()
    rel = first.get("rel") or ""
    return (
        *target(href, page),
        "nofollow" in rel or "sponsored" in rel,
        next(first.iterchildren("div", "p", "h2", "h3", "h4", "article", "section"), None) is not None,
        next(first.iter("img"), None) is not None,
        bool(visible) and visible[0].link is not None,
        bool(visible) and visible[-1].link is not None,
    )


def target(href: str, page: Context) -> tuple[float, float, float, float, float, float]:
    """Whether an address is another host's, an article's, an index page's, on this page, this page; its hyphens."""
    bare = href.split("#")[0].split("?")[0].rstrip("/")
    slug = bare[bare.rfind("/") + 1 :]
    hyphens = slug.count("-") + slug.count("_")
    absolute = href.startswith(("http:", "https:", "//"))
    external = absolute and page.host not in href[:80]
    index = INDEX.search(href.lower()) is not None
    article = not index and (hyphens >= 3 or any(map(str.isdigit, slug)))
    self_link = not external and len(page.path) > 1 and bare.endswith(page.path)
    return external, article, index, href.startswith("#"), self_link, min(hyphens, 12)
