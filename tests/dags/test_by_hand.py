"""The DAGs that people start: past days on demand, and archived pages read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from pipelines.bucket import Directory
from pipelines.records import Role
from pipelines.store import journal, tables
from tests.crawlers.archived import visits
from tests.crawlers.test_backfill import CAPTURED, SITE, Past
from tests.dags.running import run
from tests.discover.archives import serving
from tests.reprocess.desk import CHANGED, HALL, SECOND_HALL, crawled, declare, processed, settle

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.dags.running import Ran

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]

DAYS = {"since": "2026-03-01", "until": "2026-03-02"}
WEEK = {"since": "2026-03-01", "until": "2026-03-08", "sources": ["wire"]}


class ByHand(NamedTuple):
    """What the runs left, in the order in which they were started."""

    bucket: Directory
    ran: dict[str, Ran]


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> ByHand:
    """All runs in one process: Airflow takes longer to start than they do."""
    folder: Path = tmp_path_factory.mktemp("by-hand")
    bucket = Directory(folder / "bucket")
    with pytest.MonkeyPatch.context() as patch:
        settle(folder, patch)
        declare(folder)
        processed([crawled(bucket, "wire", 1, (HALL, SECOND_HALL))])
    crawled(bucket, "wire", 3, ("http://wire.test/waits", SECOND_HALL))
    declare(folder, CHANGED)
    declared = {"name": "Past", "home": f"{SITE}/", "sitemaps": [f"{SITE}/sitemap.xml"], "delay": 0}
    (folder / "sources" / "past.yaml").write_text(yaml.safe_dump(declared))
    runs: dict[str, tuple[str, Mapping[str, object]]] = {
        "backfill": ("backfill", {"sources": ["past"], **DAYS}),
        "of nobody": ("backfill", {"sources": ["pats"], **DAYS}),
        "look": ("reprocess", WEEK),
        "apply": ("reprocess", {**WEEK, "apply": True}),
        "of no files": ("reprocess", {"since": "2025-03-01", "until": "2025-03-02"}),
    }
    with serving(Past) as address:
        where = address.removeprefix("http://")
        ran = run(
            folder,
            *runs.values(),
            environment={
                "COPYDESK_SOURCES": str(folder / "sources"),
                "COPYDESK_WAYBACK": "http://archive.test",
                "COPYDESK_RESOLVE": json.dumps({"past.test": where, "archive.test": where, "wire.test": where}),
            },
        )
    return ByHand(bucket, dict(zip(runs, ran, strict=True)))


def test_a_backfill_lands_the_days_that_were_asked_for_and_no_others(by_hand: ByHand) -> None:
    done = by_hand.ran["backfill"]
    assert (done.state, done.states("crawl"), done.states("land")) == ("success", ["success"], ["success"])
    crawls = [visit for visit in visits(by_hand.bucket) if visit.role is Role.ARTICLE and visit.url.startswith(SITE)]
    assert {visit.url for visit in crawls} == {
        f"{SITE}/2026/03/01/{name}" for name in ("the-first-of-march", *CAPTURED)
    }
    # What no retry mends is not tried again.
    assert by_hand.ran["of nobody"].tasks["choose"] == [("failed", 1)]


def test_pages_that_are_read_again_are_reported_and_applied_when_it_is_asked_for(by_hand: ByHand) -> None:
    look, done = by_hand.ran["look"], by_hand.ran["apply"]
    assert (look.state, look.states("compare"), look.states("apply")) == ("success", ["success"], ["skipped"])
    assert (done.state, done.states("apply"), done.states("tell")) == ("success", ["success"], ["success"])
    assert by_hand.ran["of no files"].states("plan") == ["skipped"]
    bucket = by_hand.bucket
    reports = [json.loads(bucket.get(key)) for key in bucket.list("runs/") if key.endswith("/report.json")]
    # The look took nothing from what there was to apply, and a file that waits for `process` is left to it.
    assert [(told["cease"], told["waiting"], told["articles"]) for told in reports] == [(1, 1, 1)] * 2
    assert journal.head(bucket) == 2
    assert tables.scan(bucket, "articles").collect().is_empty()
