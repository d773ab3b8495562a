"""A crawl of the newsroom, through real sockets into real WARC files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from crawlers import run
from pipelines.bucket import open_bucket
from pipelines.records import Outcome
from tests.crawlers.archived import visits
from tests.newsroom.sources import sources

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from tests.newsroom import Newsroom

LEFT_TO_EXTRACTION = {Outcome.STORED, Outcome.DUPLICATE, Outcome.NOT_AN_ARTICLE, Outcome.QUARANTINED}


def expected(truth: object, again: bool) -> set[Outcome | None]:
    """The outcomes that a crawl may note where the pipeline's truth is `truth`."""
    fates = {truth.again if again else truth.outcome, *truth.also}  # type: ignore[attr-defined]
    return {None if fate in LEFT_TO_EXTRACTION else fate for fate in fates}


@pytest.mark.parametrize("source", [source.id for source in sources()])
def test_each_url_ends_as_the_newsroom_says(room: Newsroom, settings: Settings, source: str) -> None:
    job, code = run.crawl(settings, source, run="first", log_level="WARNING")
    bucket = open_bucket(settings)
    first = visits(bucket, "first")
    assert code == run.GOOD
    assert Counter(visit.url for visit in first).most_common(1)[0][1] == 1
    assert len(first) == job.frontier.count("ended")
    wrong = [
        (visit.url, visit.outcome, visit.reason, room.truth[visit.url].why)
        for visit in first
        if visit.url in room.truth and visit.outcome not in expected(room.truth[visit.url], again=False)
    ]
    assert wrong == []
