"""Tables in memory that take a resolution as the bucket's tables do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines.dedupe import families, parents
from pipelines.records import Article, Duplicate, Sketch, Version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import polars as pl

START = datetime(2026, 1, 1, tzinfo=UTC)


class Tables:
    """Rows by their key."""

    def __init__(self) -> None:
        self.held: dict[str, Sketch] = {}
        self.copies: dict[str, Duplicate] = {}
        self.said: dict[tuple[str, int], Version] = {}

    def window(self) -> Iterable[pl.DataFrame]:
        return [parents.frame(self.held.values())]

    def sketches(self, articles: Collection[str]) -> Sequence[Sketch]:
        return [self.held[i] for i in articles if i in self.held]

    def families(self, families: Collection[str]) -> Sequence[Sketch]:
        return [s for s in self.held.values() if s.family in families]

    def duplicates(self, articles: Collection[str]) -> Sequence[Duplicate]:
        return [self.copies[i] for i in articles if i in self.copies]

    def versions(self, articles: Collection[str]) -> Sequence[Version]:
        return [v for (i, _), v in self.said.items() if i in articles]

    def take(self, new: Sequence[Article]) -> None:
        """Resolve and write."""
        done = families.resolve(new, self)
        self.held |= {s.article: s for s in done.sketches}
        self.copies |= {d.article: d for d in done.duplicates}
        for original in done.originals:
            del self.copies[original]
        self.said |= {(v.article, v.number): v for v in done.versions}

    def state(self) -> tuple[dict[str, Sketch], dict[str, Duplicate], dict[tuple[str, int], Version]]:
        return self.held, self.copies, self.said


def article(
    name: str, body: str, *, hour: float = 0, source: str | None = None, seen: float | None = None, **fields: object
) -> Article:
    """An article published `hour` hours after the start and fetched `seen` hours after it."""
    fetched = START + timedelta(hours=hour + 1 if seen is None else seen)
    values: dict[str, object] = {
        "id": name,
        "url": f"https://{source or name}.example/{name}",
        "canonical_url": f"https://{source or name}.example/{name}",
        "source": source or name,
        "title": f"Title of {name}",
        "body": body,
        "markdown": body,
        "word_count": len(body.split()),
        "extractor": "test",
        "published": START + timedelta(hours=hour),
        "fetched": fetched,
        "page": f"warc#{fetched.isoformat()}",
    }
    return Article.model_validate(values | fields)
