"""process: turn WARC files that no table covers yet into rows, in one commit."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pendulum
from airflow.sdk import Param, TriggerRule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowException, AirflowSkipException

from dags.assets import ARTICLES, RAW
from dags.final import final

if TYPE_CHECKING:
    from airflow.sdk import Context

log = logging.getLogger(__name__)

TRIAGE = """
### process

Finds WARC files that no table covers yet, oldest first, extracts and classifies each in a mapped task, then one task resolves
versions, duplicates and stories and commits the batch. What its teasers name and no crawl has met is left to the next
crawls of their sources. A batch is `process.files` files; while more wait, `go_on` starts the next run.

**A red `extract` task** names its file; the rest of the batch is committed, the file is tried again when the next crawl has
landed. One bad page never fails a task: it ends as a `quarantined` fate. **A red `commit` task** lost too many races or the
bucket is away: clear it; a batch that was cut short is finished first, and extraction is not done again. **A red `suggest`
task** loses nothing: the next run hands over what it did not. **A skipped `commit` task**: there was nothing to commit.

**Parameter** `without`: keys of WARC files to leave for a later run.
"""


@dag(
    schedule=[RAW],
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    doc_md=TRIAGE,
    tags=["copydesk", "tables"],
    default_args={"owner": "copydesk", "retries": 2, "retry_delay": timedelta(minutes=1)},
    params={
        "without": Param(
            [], type="array", items={"type": "string"}, description="Keys of WARC files to leave for later"
        ),
    },
)
def process() -> None:
    """Extract, classify, resolve, commit."""
    # The steps' engines take a second to import, which a look at the DAG files should not: each task imports them.

    @task
    @final
    def plan() -> list[str]:
        """Name the files of this batch."""
        from pipelines import stages  # noqa: PLC0415  see above

        return stages.uncovered(_tried(get_current_context()))

    @task(map_index_template="{{ key }}", execution_timeout=timedelta(minutes=60))
    @final
    def extract(key: str) -> str:
        """Extract one WARC file; gives its key back when its rows are ready."""
        from pipelines import stages  # noqa: PLC0415  see above

        stages.extract(key)
        return key

    @task(outlets=[ARTICLES], trigger_rule=TriggerRule.ALL_DONE)
    @final
    def commit(keys: list[str]) -> dict[str, int]:
        """Commit the files whose rows are ready; gives the count of each outcome. Skipped where nothing is to be published."""
        from pipelines import stages  # noqa: PLC0415  see above

        counts = stages.commit([key for key in keys if key])
        if not stages.unpublished():
            raise AirflowSkipException("the tables hold nothing that is not published")
        return counts

    @task(trigger_rule=TriggerRule.NONE_FAILED)
    @final
    def suggest() -> dict[str, int]:
        """Leave what only teasers name to the next crawls; gives how many articles each source took."""
        from pipelines import stages  # noqa: PLC0415  see above

        return stages.suggest(log.info)

    @task(outlets=[RAW], trigger_rule=TriggerRule.NONE_FAILED)
    @final
    def go_on(planned: list[str]) -> int:
        """Start the next run while files wait that were not tried; those that failed are left to the next crawl's."""
        from pipelines import stages  # noqa: PLC0415  see above

        context = get_current_context()
        tried = {*_tried(context), *planned}
        waiting = len(stages.uncovered(tried))
        if not waiting:
            raise AirflowSkipException("no file waits")
        context["outlet_events"][RAW].extra = {"tried": [*stages.left_over(tried)]}
        return waiting

    @task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
    def report_failure() -> None:
        """Make the run red where a file failed."""
        raise AirflowException("at least one file could not be extracted: see the red extract tasks")

    planned = plan()
    extracted = extract.expand(key=planned)
    commit(extracted) >> [suggest(), go_on(planned)]  # type: ignore[arg-type]  # an XComArg stands for its value
    extracted >> report_failure()


def _tried(context: Context) -> set[str]:
    """Give the files that this run leaves out: those that a person named, and those that failed in the runs before it."""
    events = context["triggering_asset_events"].values()
    return {
        *context["params"]["without"],
        *(key for found in events for event in found for key in event.extra.get("tried", ())),
    }


process()
