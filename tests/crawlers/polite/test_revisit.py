"""When a known URL is visited again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.memory import Known
from crawlers.polite.revisit import Mode, due, place_due, retired
from pipelines.limits import Revisit

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
LIMITS = Revisit(hours=(1, 6, 24, 72, 168), window_days=35)


BLANK = Known("u", "article", None, None, None, None, 0, 0, 1, 1, None, None, None, None, None, None, None)


def known(
    first: float | None = 0,
    last: float = 0,
    outcome: str | None = None,
    *,
    retry: bool = False,
    tries: int = 0,
    visits: int = 1,
    news: int = 1,
) -> Known:
    """One that was first and last visited so many hours ago."""
    times = None if first is None else [(NOW - timedelta(hours=hours)).isoformat() for hours in (first, last)]
    page = BLANK._replace(outcome=outcome, retry=int(retry), tries=tries, visits=visits, news=news)
    return page._replace(first=times[0], last=times[1]) if times else page


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (0.5, 0.5, False),
        (1.1, 1.1, True),
        (1.1, 0.05, False),
        (6.5, 5.0, True),
        (25.0, 18.0, True),
        (25.0, 0.5, False),
        (170.0, 90.0, True),
        (400.0, 200.0, False),
    ],
)
def test_an_article_is_due_once_at_each_age(first: float, last: float, expected: bool) -> None:
    assert bool(due(known(first, last), NOW, LIMITS, Mode.SCHEDULE)) is expected


def test_what_was_found_and_never_visited_is_due_in_every_mode() -> None:
    assert all(due(known(None), NOW, LIMITS, mode) for mode in Mode)


def test_always_means_every_known_page_within_the_window() -> None:
    assert due(known(0.1, 0.1), NOW, LIMITS, Mode.ALWAYS)
    assert not due(known(900, 900), NOW, LIMITS, Mode.ALWAYS)


def test_never_means_no_known_page() -> None:
    assert not due(known(30, 30), NOW, LIMITS, Mode.NEVER)


def test_a_change_by_the_sources_word_is_due_at_once() -> None:
    page = known(0.5, 0.5)
    assert due(page, NOW, LIMITS, Mode.SCHEDULE, modified=NOW - timedelta(minutes=10))
    assert not due(page, NOW, LIMITS, Mode.SCHEDULE, modified=NOW - timedelta(hours=2))


def test_a_failure_is_tried_again_ever_later_and_then_given_up() -> None:
    assert not due(known(1, 0.1, "failed", retry=True, tries=1), NOW, LIMITS, Mode.SCHEDULE)
    assert due(known(1, 0.3, "failed", retry=True, tries=1), NOW, LIMITS, Mode.SCHEDULE)
    assert not due(known(9, 1.5, "failed", retry=True, tries=4), NOW, LIMITS, Mode.SCHEDULE)
    assert due(known(9, 2.1, "failed", retry=True, tries=4), NOW, LIMITS, Mode.SCHEDULE)
    assert not due(known(900, 800, "failed", retry=True, tries=6), NOW, LIMITS, Mode.SCHEDULE)
    assert not due(known(9, 9, "failed"), NOW, LIMITS, Mode.ALWAYS)


def test_a_place_that_often_brings_something_new_is_visited_often() -> None:
    busy = known(24, 0.3, "read", visits=90, news=80)
    idle = known(24, 0.3, "read", visits=90, news=1)
    assert place_due(busy, NOW, 15, 1440, Mode.SCHEDULE)
    assert not place_due(idle, NOW, 15, 1440, Mode.SCHEDULE)


def test_a_place_is_visited_within_the_bounds_of_its_source() -> None:
    assert not place_due(known(24, 0.2, "read", visits=90, news=90), NOW, 15, 1440, Mode.SCHEDULE)
    assert place_due(known(900, 25, "read", visits=90, news=1), NOW, 15, 1440, Mode.SCHEDULE)


def test_a_place_in_trouble_backs_off_up_to_the_longest_time() -> None:
    assert not place_due(known(9, 0.9, "failed", tries=2), NOW, 15, 1440, Mode.SCHEDULE)
    assert place_due(known(9, 1.1, "failed", tries=2), NOW, 15, 1440, Mode.SCHEDULE)
    assert place_due(known(900, 25, "failed", tries=40), NOW, 15, 1440, Mode.SCHEDULE)


def test_a_place_never_seen_and_any_place_in_another_mode_are_due() -> None:
    assert place_due(None, NOW, 15, 1440, Mode.SCHEDULE)
    assert place_due(known(1, 0, "read"), NOW, 15, 1440, Mode.ALWAYS)


def test_a_visit_of_the_future_is_a_clock_s_fault_and_keeps_nothing_waiting() -> None:
    assert place_due(known(-8760, -8760), NOW, 15, 1440, Mode.SCHEDULE)
    assert due(known(-8760, -8760, "failed", retry=True, tries=1), NOW, LIMITS, Mode.SCHEDULE)
    assert due(known(-8760, -8760), NOW, LIMITS, Mode.SCHEDULE) is None, "what was stored is not stored again"


def test_a_part_that_is_gone_each_time_is_retired_and_one_in_trouble_is_not() -> None:
    gone = known(200, 48, "failed", tries=6)
    assert retired(gone, NOW, Mode.SCHEDULE)
    assert not retired(gone, NOW, Mode.ALWAYS)
    assert not retired(gone, NOW + timedelta(30), Mode.SCHEDULE), "once a month it is asked for again"
    for alive in (gone._replace(tries=5), gone._replace(retry=1), gone._replace(outcome="read"), None):
        assert not retired(alive, NOW, Mode.SCHEDULE)
