"""Lines that have readers follow the site, or who writes for it, at networks: whole lines that say nothing else."""

from __future__ import annotations

import re

__all__ = ["is_follow_line"]

# Characters; longer lines say more.
_LONGEST = 200
_NETWORK = (
    r"(?:social media|(?:@|https?://)\S+|facebook|instagram|twitter|x|threads|tiktok|youtube|linkedin|pinterest|bluesky|mastodon|telegram|whatsapp|"
    r"snapchat|reddit|twitch|spotify|flipboard)\b"
)
_NETWORKS = rf"{_NETWORK}(?:(?:,? (?:and|or|und|oder|et|y|e)|,|/) {_NETWORK}){{0,6}}"
_SELF = r"(?:me|us|him|her|them|the (?:reporters?|authors?|writers?|editors?)|our [\w -]{2,30})"
# Where readers may follow the site or who writes for it: what is on more than that, or on somebody else, is nothing but the names.
_LINES = (
    (
        rf"(?:be sure to |make sure to |don['’]t forget to |please |you can )?(?:also )?(?:(?:follow|reach|find) {_SELF}|(?:join|connect with) (?:me|us))\b"
        rf"[^.!?]{{0,40}}? (?:on|at) {_NETWORKS}[^.!?]{{0,100}}"
    ),
    rf"follow [\w'’.& -]{{2,40}} on {_NETWORKS}",
    rf"(?:folgen sie|folgt|folge) (?:uns|mir)\b[^.!?]{{0,40}}? (?:auf|bei) {_NETWORKS}",
    rf"suivez[- ](?:nous|moi) (?:aussi )?sur {_NETWORKS}",
    rf"(?:síguenos|sígueme|siga-nos|siga-me|seguici|seguimi) (?:también |também |anche )?(?:en|no|na|su) {_NETWORKS}",
)
_LINE = re.compile(rf"[*\[(_ ]{{0,3}}(?:{'|'.join(_LINES)})[.!]?[^\w.!?]{{0,3}}", re.IGNORECASE)
# A line begins with one of these: few are compared.
_OPENINGS = (
    "follow", "reach", "find ", "join ", "connect with", "be sure", "make sure", "don't", "don’t", "please", "you can", "also ",
    "folg", "suivez", "sígu", "siga", "segui",
)  # fmt: skip


def is_follow_line(text: str) -> bool:
    """Tell whether `text` alone asks readers to follow the site or a writer at networks, as "Follow us on Facebook and X"."""
    if len(text) > _LONGEST or not text.lstrip("*[(_ ").lower().startswith(_OPENINGS):
        return False
    return _LINE.fullmatch(text) is not None
