"""The contract with consumers: one JSON Schema a table, generated from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import layout
from pipelines.store.schema import json_schema
from pipelines.store.tables import TABLES

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

__all__ = ["VERSION", "write"]

VERSION = "1.2.0"
"""Semantic version: a field that goes or changes its meaning is a new major, a new field a new minor."""


def write(bucket: Bucket) -> int:
    """Write the schemas under `contract/v<major>`; gives how many."""
    for table in TABLES.values():
        bucket.replace(f"{layout.CONTRACT}/{table.name}.schema.json", json_schema(table.record, VERSION).encode())
    return len(TABLES)
