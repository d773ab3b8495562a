"""collect: crawl every source that is due and land WARC files."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import CronTriggerTimetable, Param, TriggerRule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowException

from dags.assets import RAW
from dags.crawl_operator import CrawlOperator
from dags.final import final
from pipelines import stages

TRIAGE = """
### collect

Crawls each source that is due, one mapped task a source, in a child process; lands WARC files under `raw/warc/`.

**A red `crawl` task** names its source and the reason. Nothing is lost: what was fetched is archived, the rest is tried
again by the next run. `copydesk explain URL` tells one URL's way; `copydesk sources` tells each source's declaration.
A task that fails at once without a retry is misconfigured: its message names the file and line.

**Parameters**: `sources` names the sources to crawl now, due or not; `revisit` looks at known articles again `always`,
by `schedule`, or `never`.
"""


@dag(
    schedule=CronTriggerTimetable("*/15 * * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    doc_md=TRIAGE,
    tags=["copydesk", "crawl"],
    default_args={"owner": "copydesk", "retries": 1, "retry_delay": timedelta(minutes=2)},
    params={
        "sources": Param([], type="array", description="Ids of sources to crawl; empty means those that are due"),
        "revisit": Param("schedule", enum=["always", "schedule", "never"]),
    },
)
def collect() -> None:
    """Crawl the sources that are due."""

    @task
    @final
    def due() -> list[dict[str, str]]:
        """Pick the sources; the crawl's id comes from this run's, so that a retry continues the same crawl."""
        context = get_current_context()
        crawl = stages.crawl_id(context["run_id"])
        named = context["params"]["sources"]
        return [{"source": source, "crawl": crawl} for source in stages.due_sources(named)]

    crawled = CrawlOperator.partial(
        task_id="crawl",
        revisit="{{ params.revisit }}",
        execution_timeout=timedelta(minutes=30),
        map_index_template="{{ task.source }}",
    ).expand_kwargs(due())

    @task(outlets=[RAW], trigger_rule=TriggerRule.ALL_DONE)
    @final
    def land() -> int:
        """Tell the next DAG that files have landed, also where some sources failed."""
        return len(stages.uncovered())

    @task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
    def report_failure() -> None:
        """Make the run red where a source failed."""
        raise AirflowException("at least one source failed: see the red crawl tasks")

    crawled >> land()
    crawled >> report_failure()


collect()
