"""Candidates from the "Explore more" teasers of articles that were extracted before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.discover.listing import propose, unique
from pipelines.records import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.records import Candidate, Source, Teaser

__all__ = ["read"]


def read(teasers: Iterable[Teaser], page: str, source: Source) -> tuple[Candidate, ...]:
    """Propose what the teasers on `page` link to; those that lead off the source or to no article are left out."""
    found = (
        propose(source, teaser.url, base=page, channel=Channel.TEASER, title=teaser.title)
        for teaser in teasers
        if teaser.url is not None
    )
    return unique(candidate for candidate in found if candidate is not None)
