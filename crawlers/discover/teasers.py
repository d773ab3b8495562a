"""Teasers: the "Explore more" links that earlier extractions found are candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.discover.listing import Listing, propose, unique
from pipelines.records import Channel, TeaserKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.records import Source, Teaser

__all__ = ["read"]


def read(teasers: Iterable[Teaser], url: str, source: Source) -> Listing:
    """Read the teasers found on the article at `url`; sponsored ones and the site's own promotion lead to no news."""
    found = (
        propose(source, teaser.url, base=url, channel=Channel.TEASER, title=teaser.title)
        for teaser in teasers
        if teaser.url and teaser.kind is TeaserKind.EDITORIAL
    )
    return Listing(candidates=unique(found))
