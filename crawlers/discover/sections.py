"""Section and home pages: which of their links are articles, learned from the page itself.

No list of selectors: a link is weighed by its URL (words of a slug, date, number), its text (a headline has many words)
and its place (headings and cards speak for it, navigation against). Links whose URLs share a shape are then judged
together, so that one short headline among twenty articles is kept and one long menu entry among sections is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from crawlers.discover import page, shape
from crawlers.discover.listing import Link, Listing, admits, own, propose, resolve, unique
from pipelines import urls
from pipelines.records import Channel
from pipelines.times import when

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from lxml.html import HtmlElement

    from pipelines.records import Source

__all__ = ["read"]

# Weight from which a link is taken for an article's.
THRESHOLD = 5.0
# URLs of one shape that make it a kind of page rather than a chance.
_MANY = 5
# Ancestors looked at for a link's place and its card.
_DEPTH = 12
# Elements and texts looked at inside a link or its card; real cards hold 60.
_INSIDE = 200
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_FURNITURE = re.compile(
    r"\b(?:nav|menu|footer|breadcrumbs?|social|share|cookie|masthead|tags?|byline|author)\b", re.IGNORECASE
)
_CARD = re.compile(r"\b(?:card|teaser|story|post|entry|article|headline|item)\b", re.IGNORECASE)
# Hosts beside a site's own that talk, recruit and sell.
_SIDE_HOST = re.compile(
    r"(?:forums?|community|jobs?|careers?|karriere\w*|shop|store|deals?|coupons?|account|login|my|help|support|events?|"
    r"custom|ads?|media|static|images?|podcasts?|videos?|newsletters?|games|spiele|preisvergleich|status)\."
)
# Path segments of what a site shows, sells and asks beside its articles.
_SIDE_PATH = re.compile(
    r"/(?:videos?|watch|podcasts?|coupons?|vouchers?|polls?|webinars?|whitepapers?|sponsored|submissions?)/",
    re.IGNORECASE,
)
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
    root = page.document(body, content_type)
    if root is None:
        return Listing(trouble="no HTML in it")
    seen = _links(root, url, source)
    if not seen:
        return Listing(trouble="no link to the source's own pages: it may need a browser")
    chosen = seen if source.articles else _articles(seen)
    found = (
        propose(source, one.link.url, base=url, channel=Channel.SECTION, title=_headline(one), published=one.published)
        for one in chosen
    )
    candidates = unique(found)
    return Listing(candidates=candidates, trouble=None if candidates else "none of its links looks like an article")


def _links(root: HtmlElement, url: str, source: Source) -> list[_Seen]:
    base, here = page.base(root, url), resolve(url, url)
    seen: dict[str, _Seen] = {}
    for anchor in page.anchors(root):
        link = resolve(base, anchor.get("href") or "")
        if link is None or link == here or not own(source, link.host) or not admits(source, link):
            continue
        if _SIDE_HOST.match(link.host) and link.host not in source.hosts and not urls.same_site(link.url, url):
            continue
        _note(seen.setdefault(link.url, _Seen(link)), anchor)
    return list(seen.values())


def _note(seen: _Seen, anchor: HtmlElement) -> None:
    """Add what one more anchor says: the longest text counts, and the best place."""
    heading = _first(anchor, _HEADINGS)
    pieces = islice((heading if heading is not None else anchor).itertext(), _INSIDE)
    text = " ".join(" ".join(str(piece)[:500] for piece in pieces).split())[:500]
    headed, furniture, carded = heading is not None, False, False
    card: HtmlElement | None = None
    for depth, element in enumerate(anchor.iterancestors()):
        if depth == _DEPTH:
            break
        words = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].replace("_", " ")
        headed = headed or element.tag in _HEADINGS
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
        time = _first(card, {"time"})
        seen.published = when(time.get("datetime")) if time is not None else None


def _first(element: HtmlElement, tags: Collection[str]) -> HtmlElement | None:
    """Give the first of some elements inside `element`, looking at no more of it than a card holds."""
    return next((inner for inner in islice(element.iter(), _INSIDE) if inner.tag in tags), None)


def _articles(seen: Iterable[_Seen]) -> list[_Seen]:
    groups: dict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        groups[shape.signature(one.link.url)].append(one)
    chosen: set[str] = set()
    for group in groups.values():
        weights = [_weight(one) for one in group]
        middle = sorted(weights)[len(weights) // 2]
        # The more URLs share a shape, the more it counts beside what stands around one link.
        company = 2 if len(group) >= _MANY else 1
        chosen.update(
            one.link.url
            for one, weight in zip(group, weights, strict=True)
            if (weight + company * middle) / (1 + company) >= THRESHOLD
        )
    return [one for one in seen if one.link.url in chosen]


def _weight(seen: _Seen) -> float:
    """Weigh one link: 0 and below is furniture, 5 and above an article, about 12 the most."""
    words = len(seen.text.split()) + len(_DENSE.findall(seen.text)) // 2
    slug = shape.slug_words(seen.link.path)
    weight = min(slug, 8) / 2 + min(words, 12) / 3
    weight += 2 if shape.span(seen.link.path) else 0
    weight += 1.5 if re.search(r"\d{4}", seen.link.path) else 0
    weight += 1.5 if seen.headed else 0
    weight += 1 if seen.carded else 0
    weight -= 4 if _SIDE_PATH.search(seen.link.path) else 0
    # A slug that reads like a headline needs no headline beside it; a word or two without one is a menu's.
    return weight - (4 if seen.furniture else 0) - (2 if words <= 2 and slug < 4 else 0)


def _headline(seen: _Seen) -> str | None:
    """Take a link's text for its headline where it may be one: "Comments 4" and "Read more" are not."""
    return seen.text if seen.headed or len(seen.text.split()) > 2 or len(_DENSE.findall(seen.text)) > 5 else None
