"""The published schemas hold what `docs/contract.md` promises."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines import layout
from pipelines.publish import contract

if TYPE_CHECKING:
    from pipelines.bucket import Bucket


def schemas(bucket: Bucket) -> dict[str, str]:
    return {key: bucket.get(key).decode() for key in bucket.list(f"{layout.CONTRACT}/")}


def test_a_row_of_a_later_minor_version_keeps_to_the_schemas(bucket: Bucket) -> None:
    contract.write(bucket)
    for key, text in schemas(bucket).items():
        assert '"additionalProperties": false' not in text, key
        assert json.loads(text)["properties"], key


def test_no_schema_promises_a_table_of_the_projects_own(bucket: Bucket) -> None:
    bucket.create(f"{layout.CONTRACT}/sketches.schema.json", b"of an earlier version")
    count = contract.write(bucket)
    names = [key.rpartition("/")[2].partition(".")[0] for key in schemas(bucket)]
    assert names == ["articles", "duplicates", "fates", "pages", "stories", "teasers", "versions"]
    assert count == len(names)
