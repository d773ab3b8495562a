"""Errors that no retry mends: a task that meets one fails at once, with the error's own words."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from airflow.sdk.exceptions import AirflowFailException

from pipelines.errors import Misconfigured, Reject

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["final"]

Given = ParamSpec("Given")
Made = TypeVar("Made")


def final(step: Callable[Given, Made]) -> Callable[Given, Made]:
    """Make a task of `step` fail without a retry on `Misconfigured` and `Reject`; other errors are tried again."""

    @wraps(step)
    def guarded(*given: Given.args, **named: Given.kwargs) -> Made:
        try:
            return step(*given, **named)
        except (Misconfigured, Reject) as error:
            raise AirflowFailException(str(error)) from error

    return guarded
