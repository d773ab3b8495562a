"""The numbers in `config/limits.yaml`, typed; each one's reason stands beside it there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveFloat, PositiveInt

from pipelines import declared
from pipelines.rights import Policy

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Archive", "Dedupe", "Extract", "Fetch", "Limits", "Process", "Publish", "Render", "Revisit", "load"]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fetch(_Section):
    """Bounds of one exchange and of one crawl."""

    redirects: PositiveInt
    header_bytes: PositiveInt
    body_bytes: PositiveInt
    text_bytes: PositiveInt
    ratio: PositiveInt
    seconds: PositiveFloat
    pages: PositiveInt
    minutes: PositiveFloat
    pause_seconds: PositiveFloat
    places: PositiveInt
    robots_bytes: PositiveInt
    robots_hours: PositiveFloat
    retries: int
    retry_after_seconds: PositiveFloat
    quiet_hours: PositiveFloat
    slowest_seconds: PositiveFloat
    failures: PositiveInt
    sitemap_depth: PositiveInt
    path_segments: PositiveInt
    ahead_days: PositiveInt
    queries: PositiveInt
    ports: tuple[int, ...]


class Render(_Section):
    """Bounds of a page that a browser shows."""

    seconds: PositiveFloat
    parts: PositiveInt


class Archive(_Section):
    """Sizes of the archive's files and of those that are imported."""

    warc_bytes: PositiveInt
    download_bytes: PositiveInt


class Revisit(_Section):
    """When known articles are looked at again."""

    hours: tuple[PositiveFloat, ...]
    window_days: PositiveInt


class Extract(_Section):
    """Bounds of one page's extraction."""

    seconds: PositiveFloat
    megabytes: PositiveInt
    workers: PositiveInt


class Dedupe(_Section):
    """What new articles are compared with."""

    window_days: PositiveInt
    story_days: PositiveInt
    story_readings: NonNegativeInt


class Process(_Section):
    """Bounds of one batch."""

    files: PositiveInt
    suggestions: NonNegativeInt
    suggestions_kept: NonNegativeInt


class Upkeep(_Section):
    """What is kept for how long."""

    retention_days: int = Field(ge=7)
    """Writers and readers may be at work with files of up to a week ago: Delta's own bound."""


class Topics(_Section):
    """Bounds of training the topic model on the archive's articles."""

    articles: PositiveInt
    held_back: PositiveInt
    least: PositiveInt
    section_weight: PositiveFloat


class Publish(_Section):
    """Size of what is published."""

    feed_entries: PositiveInt


class Limits(_Section):
    """The whole file."""

    fetch: Fetch
    render: Render
    archive: Archive
    revisit: Revisit
    extract: Extract
    dedupe: Dedupe
    process: Process
    upkeep: Upkeep
    topics: Topics
    publish: Publish
    rights: Policy


@lru_cache(maxsize=8)
def load(path: Path) -> Limits:
    """Read `config/limits.yaml`; raises `Misconfigured` with file and line."""
    return declared.read(path, Limits)
