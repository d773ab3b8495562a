"""backfill: complete past days of sources, from their sitemaps and the Wayback Machine."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import Param, dag, get_current_context, task

from dags.crawl_operator import CrawlOperator
from dags.final import final
from dags.landing import land, report_failure
from pipelines import crawls

TRIAGE = """
### backfill

Completes the days from `since` up to, not including, `until`: articles of the sources that sitemaps date there or that the
Wayback Machine captured there, and that no crawl has met. One mapped task for each source and week, one at a time, so that
the scheduled crawls go on beside it. What it lands goes the way of any crawl: `process`, then `publish`.

**A red `crawl` task** names its source, its week and the reason: clear it, what was fetched is not fetched again. **"Another
crawl of it runs"** is `collect` at the same source: clear the task a few minutes later.

docs/how-to-backfill.md tells more.
"""


@dag(
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    doc_md=TRIAGE,
    tags=["copydesk", "crawl"],
    default_args={"owner": "copydesk", "retries": 1, "retry_delay": timedelta(minutes=2)},
    params={
        "sources": Param(
            type="array",
            items={"type": "string"},
            minItems=1,
            description="Ids of sources, a line each; `copydesk sources` lists them",
        ),
        "since": Param(type="string", format="date", description="First day (UTC)"),
        "until": Param(type="string", format="date", description="Day after the last (UTC)"),
    },
)
def backfill() -> None:
    """Complete past days."""

    @task
    @final
    def choose() -> list[dict[str, str]]:
        """Give one crawl for each source and week; ids come from this run's, so that a retry continues the same crawl."""
        context = get_current_context()
        given = context["params"]
        weeks = crawls.weeks(given["since"], given["until"])
        run = crawls.crawl_id(context["run_id"])
        return [
            {"source": source, "crawl": f"{run}-{first:%Y%m%d}", "since": f"{first}", "until": f"{end}"}
            for first, end in weeks
            for source in crawls.chosen_sources(given["sources"])
        ]

    crawled = CrawlOperator.partial(
        task_id="crawl",
        revisit="never",
        # A week of a large source is 1,000 pages, one a second.
        execution_timeout=timedelta(hours=1),
        max_active_tis_per_dag=1,
        map_index_template="{{ task.source }} {{ task.since }}",
    ).expand_kwargs(choose())
    crawled >> [land(), report_failure()]


backfill()
