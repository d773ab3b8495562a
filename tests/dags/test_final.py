"""Errors that no retry mends."""

from __future__ import annotations

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from dags.final import final
from pipelines.errors import Misconfigured, Quarantine, Reject, RetryLater

pytestmark = pytest.mark.airflow


@pytest.mark.parametrize("error", [Misconfigured("limits.yaml:3", "no number", "Write one"), Reject("not wanted")])
def test_a_task_that_no_retry_mends_fails_at_once_with_the_errors_words(error: Exception) -> None:
    @final
    def step() -> None:
        raise error

    with pytest.raises(AirflowFailException, match=str(error)):
        step()


@pytest.mark.parametrize(
    "error", [RetryLater("busy"), Quarantine("odd"), OSError("gone"), AirflowSkipException("none")]
)
def test_any_other_error_is_left_to_airflow(error: Exception) -> None:
    @final
    def step() -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        step()
    assert raised.value is error
