"""How fast a host is asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.polite.pace import Pace, retry_after

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def test_turns_are_the_delay_apart() -> None:
    pace = Pace(2.0, 60)
    assert [pace.turn(100.0) for _ in range(3)] == [0.0, 2.0, 4.0]


def test_a_crawl_delay_counts_from_the_request_before_it_was_known() -> None:
    pace = Pace(1.0, 60)
    pace.turn(100.0)
    pace.slow_to(10.0)
    assert pace.turn(101.0) == 9.0


def test_a_shorter_crawl_delay_does_not_hurry() -> None:
    pace = Pace(5.0, 60)
    pace.slow_to(1.0)
    assert pace.delay == 5.0


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_keeps_the_host_quiet(status: int) -> None:
    pace = Pace(0.0, 60)
    pace.answered(status, 0.1, 100.0, 30.0)
    assert pace.quiet(100.0) == 30.0


def test_retry_after_on_a_good_answer_means_nothing() -> None:
    pace = Pace(0.0, 60)
    pace.answered(200, 0.1, 100.0, 30.0)
    assert pace.quiet(100.0) == 0.0


def test_a_host_in_trouble_is_asked_half_as_often_and_recovers() -> None:
    pace = Pace(1.0, 60)
    pace.answered(503, 0.1, 100.0, None)
    assert pace.delay == 2.0
    for _ in range(10):
        pace.answered(200, 0.1, 100.0, None)
    assert pace.delay == 1.0


def test_a_host_that_becomes_slow_is_asked_less() -> None:
    pace = Pace(1.0, 60)
    for _ in range(5):
        pace.answered(200, 0.5, 100.0, None)
    pace.answered(200, 8.0, 100.0, None)
    assert pace.delay == 2.0


def test_failures_are_counted_until_a_good_answer() -> None:
    pace = Pace(0.0, 60)
    pace.failed()
    pace.answered(500, 0.1, 100.0, None)
    assert pace.failures == 2
    pace.answered(404, 0.1, 100.0, None)
    assert pace.failures == 0


def test_a_slow_down_counts_from_the_request_that_met_it() -> None:
    pace = Pace(1.0, 60)
    pace.turn(100.0)
    pace.failed()
    assert pace.turn(100.5) == 1.5


def test_the_pause_counts_from_the_request_and_not_from_before_the_connection() -> None:
    pace = Pace(2.0, 60)
    pace.turn(100.0)
    pace.answered(200, 0.5, 101.5, None)
    assert pace.turn(101.5) == 1.5


@given(st.lists(st.tuples(st.sampled_from([200, 304, 404, 429, 500, 503]), st.floats(0, 60)), max_size=60))
def test_the_delay_never_falls_under_what_the_host_asks_for(answers: list[tuple[int, float]]) -> None:
    pace = Pace(3.0, 60)
    for status, seconds in answers:
        pace.answered(status, seconds, 100.0, None)
        assert 3.0 <= pace.delay <= 60.0


def test_a_clock_that_is_set_back_during_an_answer_makes_no_host_wait() -> None:
    pace = Pace(1.0, 60)
    pace.turn(100.0)
    pace.answered(200, -3600.0, 100.5, None)
    assert pace.turn(100.5) <= 1.0
    pace.answered(200, 0.5, 102.0, None)
    assert pace.delay == 1.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("\N{SUPERSCRIPT TWO}", None),
        ("Mon, 01 Jan 2026 00:00:00 +99999999999999999999", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds
