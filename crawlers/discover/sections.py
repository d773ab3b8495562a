"""Section and home pages: which of their links are articles, learned from the page itself.

No list of selectors: a link is weighed by its URL (words of a slug, date, number), its text (a headline has many words)
and its place (headings and cards speak for it, navigation against). Links whose URLs share a shape are then judged
together, so that one short headline among twenty articles is kept and one long menu entry among sections is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree, html
from w3lib.encoding import html_to_unicode

from crawlers.discover import shape
from crawlers.discover.listing import Link, Listing, admits, own, propose, resolve, unique
from pipelines.records import Channel
from pipelines.times import when

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from lxml.html import HtmlElement

    from pipelines.records import Source

__all__ = ["read"]

# Larger pages are no lists for readers: the largest home pages reach 6 MB.
MAX_BYTES = 16_777_216
# The longest home pages carry 1,500 links.
MAX_LINKS = 5_000
# Weight from which a link is taken for an article's.
THRESHOLD = 5.0
# Ancestors looked at for a link's place and its card.
_DEPTH = 12
_FURNITURE = re.compile(
    r"\b(?:nav|menu|footer|breadcrumbs?|social|share|cookie|masthead|tags?|byline|author)\b", re.IGNORECASE
)
_CARD = re.compile(r"\b(?:card|teaser|story|post|entry|article|headline|item)\b", re.IGNORECASE)
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class _Seen:
    """All that a page says of one link."""

    link: Link
    text: str = ""
    headed: bool = False
    carded: bool = False
    furniture: bool = True
    published: datetime | None = None


def read(body: bytes, url: str, source: Source, content_type: str | None = None) -> Listing:
    """Read the section at `url`. Where `source` declares `articles`, its patterns decide and nothing is weighed."""
    document = _document(body[:MAX_BYTES], content_type)
    if document is None:
        return Listing(trouble="no HTML in it")
    seen = _links(document, url, source)
    if not seen:
        return Listing(trouble="no link to the source's own pages: it may need a browser")
    chosen = seen if source.articles else _articles(seen)
    found = (
        propose(
            source, one.link.url, base=url, channel=Channel.SECTION, title=one.text or None, published=one.published
        )
        for one in chosen
    )
    candidates = unique(found)
    return Listing(candidates=candidates, trouble=None if candidates else "none of its links looks like an article")


def _document(body: bytes, content_type: str | None) -> HtmlElement | None:
    if not body.strip():
        return None
    _, text = html_to_unicode(content_type, body)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root


def _links(document: HtmlElement, url: str, source: Source) -> list[_Seen]:
    base = url
    for element in document.iter("base"):
        if (declared := resolve(url, element.get("href") or "")) is not None:
            base = declared.url
            break
    here = resolve(url, url)
    seen: dict[str, _Seen] = {}
    for number, anchor in enumerate(document.iter("a")):
        if number == MAX_LINKS:
            break
        link = resolve(base, anchor.get("href") or "")
        if link is None or link == here or not own(source, link.host) or not admits(source, link):
            continue
        _note(seen.setdefault(link.url, _Seen(link)), anchor)
    return list(seen.values())


def _note(seen: _Seen, anchor: HtmlElement) -> None:
    """Add what one more anchor says: the longest text counts, and the best place."""
    heading = next(anchor.iter("h1", "h2", "h3", "h4"), None)
    text = " ".join(" ".join((heading if heading is not None else anchor).itertext()).split())[:500]
    headed, furniture, carded = heading is not None, False, False
    card: HtmlElement | None = None
    for depth, element in enumerate(anchor.iterancestors()):
        if depth == _DEPTH:
            break
        words = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].replace("_", " ")
        headed = headed or element.tag in {"h1", "h2", "h3", "h4"}
        if card is None and (element.tag in {"article", "li"} or (depth < 5 and _CARD.search(words))):
            card, carded = element, True
        if element.tag in {"nav", "footer"} or (card is None and _FURNITURE.search(words)):
            furniture = True
            break
    if (headed, len(text)) > (seen.headed, len(seen.text)):
        seen.text = text
    seen.headed, seen.carded = seen.headed or headed, seen.carded or carded
    seen.furniture = seen.furniture and furniture
    if seen.published is None and card is not None:
        time = next(card.iter("time"), None)
        seen.published = when(time.get("datetime")) if time is not None else None


def _articles(seen: Iterable[_Seen]) -> list[_Seen]:
    groups: dict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        groups[shape.signature(one.link.url)].append(one)
    chosen: set[str] = set()
    for group in groups.values():
        weights = [_weight(one) for one in group]
        middle = sorted(weights)[len(weights) // 2]
        chosen.update(
            one.link.url for one, weight in zip(group, weights, strict=True) if (weight + middle) / 2 >= THRESHOLD
        )
    return [one for one in seen if one.link.url in chosen]


def _weight(seen: _Seen) -> float:
    """Weigh one link: 0 and below is furniture, 5 and above an article, about 12 the most."""
    words = len(seen.text.split()) + len(_DENSE.findall(seen.text)) // 2
    weight = min(shape.slug_words(seen.link.path), 8) / 2 + min(words, 12) / 3
    weight += 2 if shape.span(seen.link.path) else 0
    weight += 1.5 if re.search(r"\d{4}", seen.link.path) else 0
    weight += 1.5 if seen.headed else 0
    weight += 1 if seen.carded else 0
    return weight - (4 if seen.furniture else 0) - (2 if words <= 2 else 0)
