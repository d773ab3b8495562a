"""Whose interest a teaser serves: the reader's, an advertiser's, the publisher's own trade."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.extract.classes import words_of
from pipelines.extract.phrases import is_promotion
from pipelines.records import TeaserKind

if TYPE_CHECKING:
    from pipelines.extract.blocks import Block, Outline

__all__ = ["kind", "promotes"]

SPONSORED = re.compile(
    r"\b(?:sponsor\w*|advert\w*|promoted|partner content|paid|brandvoice|anzeige|werbung|publicidad|publicité|"
    r"outbrain|taboola|commercial)\b",
    re.IGNORECASE,
)
SPONSORED_WORDS = frozenset(
    ["sponsored", "sponsor", "advert", "advertorial", "promoted", "outbrain", "taboola", "native"]
)
# Hosts and folders of publishers' other trades: vacancies, shops, markets, vouchers, subscriptions.
TRADE = re.compile(
    r"(?<=[/.])(?:s?jobs?|jobs?-\w\w|job(?:board|market|search|boerse)s?|stellen\w+|vacan(?:cy|cies|tures?)|empleos?|emplois?|"
    r"\w+markt|shop|store|boutique|tienda|cart|checkout|coupons?|gutscheine?|vouchers?|promo-?codes?|"
    r"newsletters|subscribe|subscriptions?|abo|abonnements?|donate)(?=[/.])",
    re.IGNORECASE,
)
# German vacancies name the sexes they are open to, as the law asks of them.
VACANCY = re.compile(r"\(\s*(?:[mwfdx]\s*[/|]\s*){1,3}[mwfdx]\s*\)", re.IGNORECASE)


def kind(outline: Outline, block: Block, heading: str | None, *, promotion: bool) -> TeaserKind:
    """Tell whose interest the card of a block serves, by its link's `rel`, its heading and its containers' names."""
    rel = next((piece.link.get("rel") or "" for piece in block.pieces if piece.link is not None), "")
    if "sponsored" in rel or SPONSORED.search(heading or ""):
        return TeaserKind.SPONSORED
    container = block.container
    while container.index:
        if SPONSORED_WORDS & words_of(container.element, container.tag):
            return TeaserKind.SPONSORED
        container = outline.containers[container.parent]
    return TeaserKind.PROMOTION if promotion else TeaserKind.EDITORIAL


def promotes(title: str, url: str, page: str) -> bool:
    """Tell whether a card on `page` that leads to `url` offers what the publisher lives by beside its news."""
    return is_promotion(title) or bool(VACANCY.search(title) or trades(url) - trades(page))


@lru_cache(maxsize=4096)
def trades(url: str) -> frozenset[str]:
    """Give the names of other trades than news in an address: in its host and its folders."""
    return frozenset(TRADE.findall(url))
