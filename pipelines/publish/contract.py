"""The contract with consumers: one JSON Schema a table, generated from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import layout
from pipelines.store.schema import json_schema
from pipelines.store.tables import TABLES

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

__all__ = ["VERSION", "write"]

# Tables that are the project's own: what they hold may change at any time.
_OWN = ("sketches", "files")

VERSION = "1.2.0"
"""Semantic version: a field that goes or changes its meaning is a new major, a new field a new minor."""


def write(bucket: Bucket) -> int:
    """Write the schemas of the tables that are consumers' under `contract/v<major>`; gives how many."""
    promised = [table for table in TABLES.values() if table.name not in _OWN]
    for table in promised:
        bucket.replace(_key(table.name), json_schema(table.record, VERSION).encode())
    for name in _OWN:
        bucket.delete(_key(name))
    return len(promised)


def _key(table: str) -> str:
    return f"{layout.CONTRACT}/{table}.schema.json"
