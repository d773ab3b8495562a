"""process: turn WARC files that no table covers yet into rows, in one commit."""

from __future__ import annotations

import logging
from datetime import timedelta

import pendulum
from airflow.sdk import TriggerRule, dag, task
from airflow.sdk.exceptions import AirflowException

from dags.assets import ARTICLES, RAW
from dags.final import final
from pipelines import stages

log = logging.getLogger(__name__)

TRIAGE = """
### process

Finds WARC files that no table covers yet, extracts and classifies each in a mapped task, then one task resolves
versions, duplicates and stories and commits the batch. What its teasers name and no crawl has met is left to the next
crawls of their sources.

**A red `extract` task** names its file; the rest of the batch is committed, the file is tried again by the next run.
One bad page never fails a task: it ends as a `quarantined` fate. **A red `commit` task** lost too many races or the
bucket is away: clear it; a batch that was cut short is finished first. **A red `suggest` task** loses nothing: the next
run hands over what it did not.
"""


@dag(
    schedule=[RAW],
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    doc_md=TRIAGE,
    tags=["copydesk", "tables"],
    default_args={"owner": "copydesk", "retries": 2, "retry_delay": timedelta(minutes=1)},
)
def process() -> None:
    """Extract, classify, resolve, commit."""

    @task
    @final
    def plan() -> list[str]:
        """Name the files of this batch."""
        return stages.uncovered()

    @task(map_index_template="{{ key }}", execution_timeout=timedelta(minutes=60))
    @final
    def extract(key: str) -> str:
        """Extract one WARC file; gives its key back when its rows are ready."""
        stages.extract(key)
        return key

    @task(outlets=[ARTICLES], trigger_rule=TriggerRule.ALL_DONE)
    @final
    def commit(keys: list[str]) -> dict[str, int]:
        """Commit the files whose rows are ready; gives the count of each outcome."""
        return stages.commit([key for key in keys if key])

    @task
    @final
    def suggest() -> dict[str, int]:
        """Leave what only teasers name to the next crawls; gives how many articles each source took."""
        return stages.suggest(log.info)

    @task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
    def report_failure() -> None:
        """Make the run red where a file failed."""
        raise AirflowException("at least one file could not be extracted: see the red extract tasks")

    extracted = extract.expand(key=plan())
    commit(extracted) >> suggest()  # type: ignore[arg-type]  # an XComArg stands for its value
    extracted >> report_failure()


process()
