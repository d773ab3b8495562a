"""The tags that a page shows with its article: links that say `rel=tag`, or stand in a field that is named so."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.claims.evidence import Evidence, text_of
from pipelines.extract.cutting.classes import ClassNames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["shown"]

# Drupal names the field and not its links.
_FIELD = "field--name-field-tags"
# A page without any of these is not searched.
_MARKS = ('tag"', "tag'", '"tag ', "'tag ", "rel=tag", _FIELD)
_ASIDE = frozenset(("aside", "form", "figure"))
_ELSEWHERE = re.compile(
    r"related|recommend|sidebar|comment|teaser|promo|card\b|popular|trending|widget\b|cloud", re.IGNORECASE
)
# Content systems say `rel=tag` of categories too: what the list around a link is named tells them apart.
_CATEGORY = re.compile(r"categor|\bcats?\b", re.IGNORECASE)
_LIST_DEPTH = 3
# Elements around a link that are asked, links that are looked at, and headings that may be the article's.
_DEPTH = 40
_MOST_LINKS = 1_000
_MOST_HEADINGS = 6
# Longer lists are a cloud of the site's tags.
_MOST_TAGS = 30


def shown(evidence: Evidence) -> list[str]:
    """Give the tags of the first list behind the heading that stands in the article around it, else of the only list there.

    Several lists that stand elsewhere are those of teasers.
    """
    if not any(mark in evidence.markup for mark in _MARKS):
        return []
    named = ClassNames()
    lists = _lists([link for link in islice(_links(evidence, named), _MOST_LINKS) if _is_own(link, named)])
    around = {one for heading in evidence.headings[:_MOST_HEADINGS] for one in heading.iterancestors()}
    own = [links for links in lists if _article_of(links[0], named) in around]
    chosen = own[:1] or (lists if len(lists) == 1 else [])
    return [
        tag
        for links in chosen
        if len(links) <= _MOST_TAGS
        for link in links
        if (tag := text_of(link).strip(" ,").lstrip("# "))
    ]


def _links(evidence: Evidence, named: ClassNames) -> Iterator[HtmlElement]:
    """Yield the links behind the first heading that name a tag of whatever they stand in."""
    behind = False
    for element in evidence.walk("a", "h1"):
        behind = behind or element.tag == "h1"
        if behind and element.tag == "a" and _is_tag(element, named):
            yield element


def _is_tag(link: HtmlElement, named: ClassNames) -> bool:
    rel = (link.get("rel") or "").lower().split()
    return "category" not in rel and ("tag" in rel or any(_FIELD in named[one] for one in _near(link)))


def _is_own(link: HtmlElement, named: ClassNames) -> bool:
    """Tell whether the names of what stands around a tag speak of no category and of no other page."""
    if any(not _is_article(one, named) and _CATEGORY.search(named[one]) for one in _near(link)):
        return False
    around = (one for one in islice(link.iterancestors(), _DEPTH) if one.tag not in {"html", "body"})
    return not any(
        one.tag in _ASIDE or (not _is_article(one, named) and _ELSEWHERE.search(named[one])) for one in around
    )


def _near(link: HtmlElement) -> Iterator[HtmlElement]:
    return islice(link.iterancestors(), _LIST_DEPTH)


def _lists(links: list[HtmlElement]) -> list[list[HtmlElement]]:
    """Give the links list by list: those that share the nearest element which holds several, in the page's order."""
    held = Counter(one for link in links for one in _near(link))
    lists: dict[HtmlElement | None, list[HtmlElement]] = {}
    for link in links:
        shared = next((one for one in _near(link) if held[one] > 1), link.getparent())
        lists.setdefault(shared, []).append(link)
    return list(lists.values())


def _article_of(link: HtmlElement, named: ClassNames) -> HtmlElement | None:
    return next((one for one in islice(link.iterancestors(), _DEPTH) if _is_article(one, named)), None)


def _is_article(element: HtmlElement, named: ClassNames) -> bool:
    return element.tag == "article" or "hentry" in named[element].split()
