"""Marks: which batch of the journal a step has come up to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

__all__ = ["read", "write"]


def read(bucket: Bucket, key: str, default: int) -> int:
    """Give the number of the last batch that the mark at `key` names; `default` where there is no mark."""
    try:
        return int(json.loads(bucket.get(key))["entry"])
    except KeyError:
        return default


def write(bucket: Bucket, key: str, number: int) -> None:
    """Note that all batches up to `number` are done."""
    bucket.replace(key, json.dumps({"entry": number}).encode())
