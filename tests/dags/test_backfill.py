"""Past days as those who ask for them write them; the DAG itself runs in `test_by_hand`."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import crawls
from pipelines.errors import Misconfigured


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
