"""Where a publisher has readers follow it: channels of messengers, its pages at networks, its shelf at an aggregator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.extract.cutting.blocks import Block

__all__ = ["is_channel", "leads_to_channels"]

# Channels, which nothing but a promotion leads to: a post in one has a number.
_FOLLOWED = (
    r"(?:www\.|m\.)?whatsapp\.com/channel/|chat\.whatsapp\.com/|"
    r"(?:t\.me|telegram\.me)/(?!s/)[\w+]+/?(?:[?#]|$)|"
    r"(?:www\.)?(?:zalo\.me|line\.me|lin\.ee|pf\.kakao\.com|invite\.viber\.com|max\.ru|eitaa\.com|ble\.ir|rubika\.ir)/|"
    r"(?:www\.)?(?:vk\.com|dzen\.ru)/[\w.]+/?(?:[?#]|$)|"
    r"news\.google\.com/(?:publications|s)/|(?:www\.)?google\.com/preferences/source|flipboard\.com/@"
)
# What a teaser that leads to them offers, the text of an article may cite.
_CITED = (
    r"(?:www\.|m\.)?(?:facebook\.com/|instagram\.com/|threads\.(?:net|com)/@|tiktok\.com/@)|wa\.me/|t\.me/|telegram\.me/|"
    r"discord\.(?:gg|com/invite)/|apple\.news/|podcasts\.apple\.com/|open\.spotify\.com/"
)
_FOLLOW = re.compile(rf"https?://(?:{_FOLLOWED})", re.IGNORECASE)
_CHANNEL = re.compile(rf"https?://(?:{_FOLLOWED}|{_CITED})", re.IGNORECASE)
# A link that says less than "Follow us" and where may be a source; of scripts without spaces, so many letters.
_LEAST_WORDS, _LEAST_LETTERS = 3, 8
# Of a paragraph that is nothing but such links.
_LINKED_SHARE = 0.9


def is_channel(url: str) -> bool:
    """Tell whether an address is that of a channel or a page at a network."""
    return _CHANNEL.match(url) is not None


def leads_to_channels(block: Block) -> bool:
    """Tell whether a paragraph is nothing but what has readers follow a channel: "Join us on Telegram"."""
    tag = block.container.tag
    linked = [piece for piece in block.pieces if piece.link is not None]
    if not linked or not (tag in {"p", "div", "aside", "section"} or "-" in tag):
        return False
    said = "".join([piece.text for piece in linked])
    if len(said.split()) < _LEAST_WORDS and (said.isascii() or len(said) < _LEAST_LETTERS):
        return False
    size = len("".join(block.text.split()))
    return len("".join(said.split())) >= _LINKED_SHARE * size and all(
        _FOLLOW.match((piece.link.get("href") or "").strip()) for piece in linked if piece.link is not None
    )
