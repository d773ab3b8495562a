"""Stored pages of real publishers through the whole line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.store import tables
from tests.benchmarks.replay import SETS, predictions, replayed
from tests.replay import stored

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long
@pytest.mark.shared
@pytest.mark.xdist_group("replay")
def test_every_stored_page_ends_and_nearly_all_become_articles(shared: Path, tmp_path: Path) -> None:
    pages = stored(shared / "data" / "pages", SETS)
    with replayed(pages, tmp_path) as (bucket, codes):
        assert codes == [0, 0, 0, 0]
        fates = tables.scan(bucket, "fates").collect()
        assert fates["url"].n_unique() == fates.height
        assert not set(fates["outcome"]) & {"quarantined", "failed", "refused"}
        rows = predictions(bucket, pages)
    assert sum(bool(row["body"]) for row in rows) >= 0.99 * len(pages)
