"""What deduplication reads of the tables, and what it gives back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import polars as pl

    from pipelines.records import Duplicate, Sketch, Version

__all__ = ["Known", "Resolution"]


class Known(Protocol):
    """The tables as one snapshot. A row that is asked for and not there is left out of the answer."""

    def window(self) -> Iterable[pl.DataFrame]:
        """Give the sketches that new articles are compared with; columns `article`, `source`, `digest`, `hashes`."""
        ...

    def sketches(self, articles: Collection[str]) -> Sequence[Sketch]:
        """Give the sketches of these articles, whether in the window or not."""
        ...

    def families(self, families: Collection[str]) -> Sequence[Sketch]:
        """Give all sketches whose `family` is one of these."""
        ...

    def duplicates(self, articles: Collection[str]) -> Sequence[Duplicate]:
        """Give the rows that call these articles copies."""
        ...

    def versions(self, articles: Collection[str]) -> Sequence[Version]:
        """Give all versions of these articles."""
        ...


class Resolution(NamedTuple):
    """What a batch changes in the tables; empty where it changes nothing."""

    sketches: list[Sketch]
    """To put in the place of those with the same `article`."""
    duplicates: list[Duplicate]
    """To put in the place of those with the same `article`."""
    originals: list[str]
    """Articles that are copies no more: their rows in `duplicates` are to go."""
    versions: list[Version]
    """To put in the place of those with the same `article` and `number`."""
