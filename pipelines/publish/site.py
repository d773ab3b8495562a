"""The front page: the newest articles, each a headline, a summary and a link to its publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import layout
from pipelines.classify import taxonomy
from pipelines.publish.feeds import ALL
from pipelines.publish.newest import newest
from pipelines.publish.page import render

if TYPE_CHECKING:
    from pipelines.bucket import Bucket
    from pipelines.settings import Settings

__all__ = ["write"]


def write(bucket: Bucket, settings: Settings) -> None:
    """Write the front page."""
    topics = taxonomy.load(settings.config / "topics.yaml").topics
    entries = newest(bucket, settings.limits.publish.feed_entries)
    names = [ALL, *(topic.id for topic in topics)]
    bucket.replace(layout.SITE, render("site.html.j2", entries=entries, feeds=names))
