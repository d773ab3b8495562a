"""The tasks that end a DAG which crawls: the next DAG is told of files, a person of failures."""

from __future__ import annotations

from airflow.sdk import TriggerRule, task
from airflow.sdk.exceptions import AirflowException, AirflowSkipException

from dags.assets import RAW
from dags.final import final

__all__ = ["land", "report_failure"]


@task(outlets=[RAW], trigger_rule=TriggerRule.ALL_DONE)
@final
def land() -> int:
    """Tell the next DAG of files that wait, also where some sources failed; skipped, and nobody told, where none do."""
    from pipelines import stages  # noqa: PLC0415  its engines take a second, and a look at the DAG files needs none

    waiting = len(stages.uncovered())
    if not waiting and not stages.unpublished():
        raise AirflowSkipException("no file has landed that the tables do not cover")
    return waiting


@task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
def report_failure() -> None:
    """Make the run red where a source failed."""
    raise AirflowException("at least one source failed: see the red crawl tasks")
