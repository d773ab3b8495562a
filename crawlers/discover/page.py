"""HTML pages for discovery: a bounded tree, its links and their base."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from crawlers.discover.charset import decode
from pipelines import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["anchors", "base", "document"]

# Larger pages are no lists for readers: the largest home pages reach 6 MB.
MAX_BYTES = 16_777_216
# Home pages reach 30,000 tags; of a flood only the beginning is read.
_MAX_TAGS = 400_000
_FLOODED = 1_048_576
# The longest home pages carry 1,500 links.
MAX_LINKS = 5_000


def document(body: bytes, content_type: str | None = None) -> HtmlElement | None:
    """Parse a page, or its beginning; None where there is nothing to parse."""
    text = decode(body[:MAX_BYTES], content_type)
    if text.count("<") > _MAX_TAGS:
        text = text[:_FLOODED]
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root


def base(root: HtmlElement, url: str) -> str:
    """Give the URL that relative links of the page start from: its first `base` element's, else its own."""
    for element in root.iter("base"):
        if (declared := urls.absolute(url, element.get("href") or "")) is not None:
            return declared
    return url


def anchors(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the page's `a` elements with a target, the first 5,000."""
    return islice((anchor for anchor in root.iter("a") if anchor.get("href")), MAX_LINKS)
