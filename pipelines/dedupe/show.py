"""What a person is shown of copies and versions: rows ready to be laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.dedupe import origin
from pipelines.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from pipelines.dedupe.known import Known
    from pipelines.records import Duplicate, Version

__all__ = ["Edit", "Member", "copies", "edits"]


class Member(NamedTuple):
    """One article of a family of copies."""

    article: str
    """Id of the article."""
    source: str
    """Id of its source."""
    appeared: datetime
    """When it was published; when it was fetched where that is unknown."""
    copy: Duplicate | None
    """What makes it a copy; null for the origin."""


class Edit(NamedTuple):
    """One change of an article."""

    number: int
    """Number of the version that it led to."""
    seen: datetime
    """When that version was first seen."""
    change: Change
    """What kind of change it was."""
    title: str | None
    """The headline where it changed."""
    diff: str
    """Word diff, `[-removed-]{+added+}`."""


def copies(article: str, known: Known) -> list[Member]:
    """Give the family of an article, origin first, then by time; empty where the article is not known."""
    own = known.sketches({article})
    members = known.families({sketch.family for sketch in own})
    rows = {row.article: row for row in known.duplicates({member.article for member in members})}
    ordered = sorted(members, key=lambda m: (m.article in rows, origin.order(m)))
    return [Member(m.article, m.source, origin.order(m)[0], rows.get(m.article)) for m in ordered]


def edits(versions: Iterable[Version], *, noise: bool = False) -> Sequence[Edit]:
    """Give the changes of one article in order, without those that are noise unless asked for."""
    ordered = sorted(versions, key=lambda v: v.number)
    kept = (v for v in ordered if v.change is not Change.FIRST and (noise or v.change is not Change.NOISE))
    return [Edit(v.number, v.seen, v.change, v.title if v.title_changed else None, v.diff or "") for v in kept]
