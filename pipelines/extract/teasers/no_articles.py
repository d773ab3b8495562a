"""Addresses that cards may lead to and that are no article's: comments, posts at networks, maps, days of an archive."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["is_no_article"]

_SITES = re.compile(
    # Posts at networks and who wrote them; what a network names an article has a folder of its own there.
    r"https?://(?:(?:www|mobile|m)\.)?(?:(?:twitter|x)\.com|t\.co|bsky\.app|linkedin\.com/(?:in|company|school|feed|posts|shareArticle))/|"
    # What shares a page
    r"https?://(?:(?:www|m)\.)?facebook\.com/(?:sharer|share|dialog)|https?://api\.whatsapp\.com/send|"
    # Maps
    r"https?://(?:(?:www|maps)\.)?google\.[a-z.]{2,6}/maps|https?://maps\.(?:google|apple|app\.goo)\.|https?://goo\.gl/maps/",
    re.IGNORECASE,
)
_PLACES = re.compile(
    # A page of an article's comments, or one of them
    r"/comment-page-\d|[?&](?:replytocom|(?:permalink_)?comment_?id)=|"
    # An address that Cloudflare hides from robots
    r"/cdn-cgi/l/email-protection|"
    # All that was published on a day or in a month
    r"^https?://[^/]+(?:/[\w-]+)?/(?:19|20)\d\d(?:/\d\d?){1,2}/?(?:[?#]|$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_no_article(address: str) -> bool:
    """Tell whether an address is that of a comment, a post at a network, a map, or a list of a day's or a month's articles."""
    return _SITES.match(address) is not None or _PLACES.search(address) is not None
