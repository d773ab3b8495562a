"""Addresses of things for sale: at shops, by links that are paid for what they sell, and in a site's own shop."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from pipelines.extract.teasers.card_addresses import is_worded

__all__ = ["sells"]

# Shops and the networks that pay for what is bought behind a link, as the largest name their servers.
_SHOPS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:"
    r"amzn\.(?:to|eu|com)|amazon\.(?:com|ca|[a-z]{2}|co\.(?:uk|jp)|com\.(?:au|br|mx|tr|be))|ebay\.[a-z.]{2,6}|aliexpress\.com|"
    r"(?:bestbuy|walmart|newegg|bhphotovideo|etsy)\.com|bhpho\.to|"
    r"(?:anrdoezrs|dpbolvw|awltovhc|emjcd)\.net|(?:jdoqocy|tkqlhce|kqzyfj|linksynergy|shareasale|avantlink|skimresources|viglink)\.com|"
    r"(?:awin1|dwin1)\.com|pxf\.io|sjv\.io|evyy\.net|prf\.hn|geni\.us|howl\.(?:me|link)|zdbb\.net|shop-links\.co|rstyle\.me|"
    r"(?:pntra|pjtra|gopjn)\.com|click\.linksynergy\.com|tradedoubler\.com|webgains\.com"
    r")/",
    re.IGNORECASE,
)
# Links of a site that lead on to a shop, unless its articles on Go stand there, and those that fill a basket.
_LEADS = re.compile(r"https?://[^/]+/(?:go|out|goto|recommends|refer)/\w|[?&]merchant=|/add\w*tocart", re.IGNORECASE)
# One thing in the shop of a site, as WooCommerce and Shopify address it; "/products/…" alone are reviews elsewhere, but not on the
# sites whose articles Shopify keeps below "/blogs/".
_THING = re.compile(r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/(?:product|collections/[^/]+/products)/[^/]+/?", re.IGNORECASE)
_THINGS = re.compile(r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/(?:products|collections)/[^/]+/?", re.IGNORECASE)
_BLOGS = re.compile(r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/blogs/", re.IGNORECASE)


def sells(url: str, page: str) -> bool:
    """Tell whether what a `page` leads to is a thing for sale; no shop sells what it writes of itself."""
    if _SHOPS.match(url):
        return _SHOPS.match(page) is None
    if _LEADS.search(url) and not is_worded(url):
        return True
    own, path = _path(page), _path(url)
    if _THING.fullmatch(path):
        return _THING.fullmatch(own) is None
    return _BLOGS.match(own) is not None and _THINGS.fullmatch(path) is not None


@lru_cache(maxsize=4096)
def _path(url: str) -> str:
    return urlsplit(url).path
