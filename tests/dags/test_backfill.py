"""Past days on demand, by the DAG that analysts are given for it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml

from pipelines import crawls
from pipelines.bucket import Directory
from pipelines.errors import Misconfigured
from pipelines.records import Role
from tests.crawlers.archived import visits
from tests.crawlers.test_backfill import CAPTURED, SITE, Past
from tests.dags.running import run
from tests.discover.archives import serving

if TYPE_CHECKING:
    from pathlib import Path

DAYS = {"since": "2026-03-01", "until": "2026-03-02"}


@pytest.mark.airflow
@pytest.mark.xdist_group("airflow")
def test_a_backfill_lands_the_days_that_were_asked_for_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    declared = {"name": "Past", "home": f"{SITE}/", "sitemaps": [f"{SITE}/sitemap.xml"], "delay": 0}
    (tmp_path / "sources" / "past.yaml").write_text(yaml.safe_dump(declared))
    with serving(Past) as address:
        where = address.removeprefix("http://")
        done, unknown = run(
            tmp_path,
            ("backfill", {"sources": ["past"], **DAYS}),
            ("backfill", {"sources": ["pats"], **DAYS}),
            environment={
                "COPYDESK_SOURCES": str(tmp_path / "sources"),
                "COPYDESK_WAYBACK": "http://archive.test",
                "COPYDESK_RESOLVE": json.dumps({"past.test": where, "archive.test": where}),
            },
        )
    assert (done.state, done.states("crawl"), done.states("land")) == ("success", ["success"], ["success"])
    assert {visit.url for visit in visits(Directory(tmp_path / "bucket")) if visit.role is Role.ARTICLE} == {
        f"{SITE}/2026/03/01/{name}" for name in ("the-first-of-march", *CAPTURED)
    }
    # What no retry mends is not tried again.
    assert unknown.tasks["choose"] == [("failed", 1)]


def test_days_are_parted_into_weeks_the_last_as_long_as_it_is() -> None:
    first, second, third = date(2026, 2, 26), date(2026, 3, 5), date(2026, 3, 6)
    assert crawls.weeks("2026-02-26", "2026-03-06") == [(first, second), (second, third)]
    assert crawls.weeks("2026-02-26", "2026-03-05") == [(first, second)]


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2026-03-02", "2026-03-02", "not after"),
        ("2026-03-02", "2026-03-01", "not after"),
        ("2999-01-01", "2999-01-02", "yet to come"),
        ("1.3.2026", "2026-03-02", "is no day"),
        ("2026-03-01", "", "is no day"),
    ],
)
def test_what_are_no_past_days_is_told(since: str, until: str, told: str) -> None:
    with pytest.raises(Misconfigured, match=told):
        crawls.weeks(since, until)
