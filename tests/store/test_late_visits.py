"""Visits that reach the tables after later ones: imports, backfills, files of a machine that was away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.bucket import open_bucket
from pipelines.settings import Settings
from pipelines.store import tables
from tests.dedupe.batches import commit, met
from tests.dedupe.test_families import prose

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://wire.example/a"


def test_an_older_visit_never_takes_the_place_of_a_newer_one(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    now = met(URL, "What it says now", prose(1), hour=0, seen=30)
    before = met(URL, "What it said before", prose(2), hour=0, seen=2)
    later = met(URL, "What it says later", prose(3), hour=0, seen=40)
    for visit, kept in ((now, now), (before, now), (later, later)):
        commit(bucket, visit)
        rows = tables.scan(bucket, "articles").select("title", "body", "fetched").collect().rows()
        assert visit.extraction is not None
        assert kept.extraction is not None
        article = kept.extraction.article
        assert article is not None
        assert rows == [(article.title, article.body, article.fetched)]
    told = tables.scan(bucket, "versions").sort("number").select("title").collect()["title"].to_list()
    assert told == ["What it said before", "What it says now", "What it says later"]
