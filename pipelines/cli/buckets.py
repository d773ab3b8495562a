"""The bucket of a command: one that looks needs it there, one that writes makes it and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import settings
from pipelines.bucket import open_bucket
from pipelines.cli.output import warn

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

__all__ = ["to_read", "to_write"]


def to_read() -> Bucket:
    """Open the bucket that the settings name. Raises `Misconfigured` where there is none: a mistyped path holds nothing."""
    bucket = open_bucket(settings.load())
    bucket.require()
    return bucket


def to_write() -> Bucket:
    """Open the bucket that the settings name; a directory that is not there is made, and that is told."""
    bucket = open_bucket(settings.load())
    if bucket.made():
        warn([f"there was no bucket at {bucket.uri('')}: it is made"])
    return bucket
