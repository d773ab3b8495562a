"""Arrow schema and JSON Schema of a record, generated from its class: the contract is typed once."""

from __future__ import annotations

import json
import types
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

import pyarrow as pa

from pipelines.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["arrow_schema", "arrow_table", "json_schema"]

_PLAIN: dict[type, pa.DataType] = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    str: pa.string(),
    bytes: pa.binary(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def arrow_schema(record: type[Record]) -> pa.Schema:
    """Give the Arrow schema of a record; each field's docstring travels as its Delta `comment`."""
    return pa.schema(_fields(record))


def arrow_table(record: type[Record], rows: Iterable[Record]) -> pa.Table:
    """Lay rows out as an Arrow table."""
    return pa.Table.from_pylist([row.model_dump() for row in rows], schema=arrow_schema(record))


def json_schema(record: type[Record], version: str) -> str:
    """Give the JSON Schema (2020-12) of a record as consumers are promised it: open, for a minor version adds fields."""
    schema = record.model_json_schema(mode="serialization")
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("additionalProperties", None)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["version"] = version
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _fields(record: type[Record]) -> list[pa.Field]:
    fields = []
    for name, info in record.model_fields.items():
        if info.annotation is None:
            raise TypeError(f"{record.__name__}.{name} has no type")
        kind, nullable = _arrow(info.annotation)
        comment = {"comment": info.description} if info.description else None
        fields.append(pa.field(name, kind, nullable=nullable, metadata=comment))
    return fields


def _arrow(annotation: Any) -> tuple[pa.DataType, bool]:  # noqa: ANN401  an annotation can be any object
    """Give the Arrow type of an annotation and whether it may be null."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, types.UnionType}:
        (inner,) = [argument for argument in arguments if argument is not type(None)]
        return _arrow(inner)[0], True
    if origin is tuple:
        return pa.list_(pa.field("item", _arrow(arguments[0])[0], nullable=False)), False
    if hasattr(annotation, "__metadata__"):
        return _arrow(annotation.__origin__)
    return _scalar(annotation), False


def _scalar(kind: type) -> pa.DataType:
    if issubclass(kind, Record):
        return pa.struct(_fields(kind))
    if issubclass(kind, Enum):
        return pa.string()
    if kind.__name__ == "AwareDatetime":
        return _PLAIN[datetime]
    return _PLAIN[kind]
