"""Every kind of page that the newsroom has, read again by the same code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pipelines.reprocess import steps
from pipelines.reprocess.findings import merged

if TYPE_CHECKING:
    from tests.line.conftest import Line

pytestmark = pytest.mark.xdist_group("line")


def test_the_same_code_finds_no_difference_on_any_page_of_any_visit(line: Line) -> None:
    today = datetime.now(UTC).date()
    keys = steps.files(str(today - timedelta(days=1)), str(today + timedelta(days=1)))
    whole = steps.compare(keys, (), print)
    assert whole.pages == whole.same > 100, whole
    # The range parts the visits of many articles.
    found = merged(steps.compare([key], (), print) for key in keys)
    assert (found.pages, found.same, found.differs) == (whole.pages, whole.pages, False), found
    assert line.counts["edited"]["updated"] > 0
