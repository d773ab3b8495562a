"""What tells an article from a page of another kind in the markup: elements, class names, links, buttons, headings."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ahocorasick_rs import AhoCorasick

from pipelines.extract.codes import bare_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.cutting.blocks import Outline

__all__ = ["CALL", "markup"]

_TAGS = (
    "p", "li", "h1", "h2", "h3", "h4", "article", "img", "time", "svg", "iframe", "table", "figure", "figcaption", "blockquote",
    "main", "section", "form", "button", "select", "strong", "em", "pre", "code", "video", "input", "header", "picture", "label", "ol", "div",
)  # fmt: skip
# Words in class names that say what a part of the page is for, in whatever spelling of class names.
_CLASS_WORDS = (
    "topic", "replies", "forum", "user", "vote", "comment", "signature", "question", "answer", "product", "price", "cart",
    "sku", "stock", "rating", "review", "swatch", "card", "listing", "result", "filter", "pagination", "facet", "testimonial",
    "accordion", "form", "feature", "slider", "banner", "byline", "author", "publish", "caption", "share", "entry-content",
    "article-body", "article", "blog", "post", "related", "course", "program", "toc",
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3")
_KEPT = (*_HEADINGS, "input", "button")
# Of a match, the word that was found.
_PATTERN = itemgetter(0)
_UNCOUNTED_FIELDS = ("hidden", "search")
# More of them are data, not a page.
_MAX_ELEMENTS = 500
_MAX_TEXTS = 20_000
# Headings say what kind of page it is within so many characters.
_MAX_HEADINGS = 20_000
# A link or button of more characters is no call.
_MAX_CALL = 40
# These patterns read text in lower case, which is twice as fast as to ignore case.
CALL = re.compile(
    r"\b(?:get started|contact|free (?:quote|trial|consultation|demo)|request|book|call|buy|shop|apply|enroll|schedule|learn more|sign up|try|demo|"
    r"pricing|download|order|donate|register|start)\b"
)
_SHARE = (
    "facebook.com/share", "twitter.com/intent", "twitter.com/share", "x.com/intent", "x.com/share", "linkedin.com/share",
    "wa.me/", "pinterest.com/pin",
)  # fmt: skip
_FILED = re.compile(r"/(?:tags?|category|topics?)/")
# What headings speak of, by kind of page.
_HEADING_WORDS = {
    "shop": r"add to (?:cart|bag|basket)|buy now|in stock|free (?:shipping|returns)|reviews?|wishlist|quantity|size|sku|sale|checkout|specifications?",
    "service": r"our (?:team|services|clients|work|approach|process|solutions)|why choose|testimonials?|case stud(?:y|ies)|trusted by|get in touch|"
    r"request (?:info\w*|a)|pricing|plans|apply|tuition|faqs?|enroll",
    "article": r"related (?:articles|posts|stories|reading)|share this|leave a (?:comment|reply)|about the author|tags:?|recommended|"
    r"(?:previous|next) (?:post|article)",
    "listing": r"(?:load|show) more|(?:view|see) all|next page|older posts|filter|sort by|results|page \d+|read more|continue reading",
}  # fmt: skip
_HEADINGS_OF = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _HEADING_WORDS.items()}


def markup(evidence: Evidence, found: Outline, words: float) -> dict[str, float]:
    """Give the features of the markup of a page cut to these blocks, whose body has so many words; counts are logarithms, shares up to 1."""
    tags, elements = _counted(evidence)
    links = [(link, said) for block in found.blocks for said, link, _ in block.pieces if link is not None]
    linked = [said for _, said in links]
    text = max(1, _length(block.text for block in found.blocks))
    targets = [href for link in dict(links) if (href := link.get("href")) is not None]
    counts: dict[str, float] = {f"tag_{name}": tags[name] for name in _TAGS}
    counts |= _classes([names for one in found.containers if (names := one.element.get("class"))])
    fields = sum(field.get("type") not in _UNCOUNTED_FIELDS for field in elements["input"])
    counts |= {"links": len(targets), "body_per_paragraph": words / (tags["p"] + 1), "fields": fields}
    counts |= {"call_links": _calls(linked), "call_buttons": _calls(_within(elements["button"]))}
    counts |= _targets(targets) | _headings([heading for name in _HEADINGS for heading in elements[name]])
    return {name: math.log1p(count) for name, count in counts.items()} | {
        "links_per_word": min(2.0, len(targets) / (words + 20)),
        "link_share": min(1.0, _length(linked) / text),
        "body_share": min(1.5, 6 * words / text),
        "paragraphs_per_div": tags["p"] / (tags["div"] + 5),
    }


def _counted(evidence: Evidence) -> tuple[Counter[str], dict[str, list[HtmlElement]]]:
    """Count the elements of each of `_TAGS`; give those of `_KEPT` by tag, in the page's order."""
    tags: list[Any] = []
    kept: dict[Any, list[HtmlElement]] = {tag: [] for tag in _KEPT}
    for element in evidence.walk(*_TAGS):
        tags.append(tag := element.tag)
        if tag in kept:
            kept[tag].append(element)
    return Counter(tags), kept


def _classes(names: Sequence[str]) -> dict[str, float]:
    """Count the words in the names of classes."""
    found = Counter(map(_PATTERN, _words().find_matches_as_indexes(" ".join(names).lower(), overlapping=True)))
    return {f"class_{word}": found[place] for place, word in enumerate(_CLASS_WORDS)}


@lru_cache(maxsize=1)
def _words() -> AhoCorasick:
    return AhoCorasick(_CLASS_WORDS)


def _length(texts: Iterable[str]) -> int:
    """Characters without those that only part words."""
    return bare_length("".join(texts))


def _within(elements: Sequence[HtmlElement]) -> Iterator[str]:
    """Give the texts in the first of some elements."""
    texts = chain.from_iterable(element.itertext() for element in elements[:_MAX_ELEMENTS])
    yield from islice(texts, _MAX_TEXTS)


def _first(texts: Iterable[str], characters: int) -> Iterator[str]:
    """Give texts until they have so many characters: headings may stand inside each other."""
    for text in texts:
        yield text[:characters]
        characters -= len(text)
        if characters <= 0:
            return


def _calls(texts: Iterable[str]) -> int:
    """Count the short texts that call upon the reader; all are searched at once, parted by what no page holds."""
    joined = "\0".join([text for text in texts if len(text) < _MAX_CALL]).lower()
    calls = behind = 0
    for call in CALL.finditer(joined):
        if call.start() >= behind:
            calls += 1
            behind = joined.find("\0", call.end())
            if behind < 0:
                break
    return calls


def _targets(targets: list[str]) -> dict[str, float]:
    """Count the links by what they lead to."""
    schemes = Counter(target[:4] for target in targets)
    joined = "\n".join(targets)
    return {
        "links_tel": schemes["tel:"],
        "links_mail": schemes["mail"],
        "links_share": sum(map(joined.count, _SHARE)),
        "links_author": joined.count("/author"),
        "links_filed": len(_FILED.findall(joined)),
    }


def _headings(headings: Sequence[HtmlElement]) -> dict[str, float]:
    joined = "\n".join(_first(_within(headings), _MAX_HEADINGS))[:_MAX_HEADINGS].lower()
    counts: dict[str, float] = {f"headings_{kind}": len(p.findall(joined)) for kind, p in _HEADINGS_OF.items()}
    return counts | {"headings_question": joined.count("?")}
