"""collect: crawl every source and land WARC files."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import CronTriggerTimetable, Param, dag, get_current_context, task

from dags.crawl_operator import CrawlOperator
from dags.final import final
from dags.landing import land, report_failure
from pipelines import crawls

TRIAGE = """
### collect

Crawls each enabled source, one mapped task a source, in a child process; lands WARC files under `raw/warc/`. A source's
crawl requests the feeds, sections and pages that are due by its rhythm: most tasks ask for little, some for nothing.

**A red `crawl` task** names its source and the reason. Nothing is lost: what was fetched is archived, the rest is tried
again by the next run. `copydesk explain URL` tells one URL's way; `copydesk sources` tells each source's declaration.
A task that fails at once without a retry is misconfigured: its message names the file and line.

**A skipped `land` task**: nothing is new, so nothing is processed.

**Parameters**: `sources` names the sources to crawl now, all when empty; `revisit` looks at known articles again `always`,
by `schedule`, or `never`.

**Past days** are asked for with the DAG `backfill`. A crawl finds what is there now, whatever date its run has, so Airflow's own
backfill of this DAG is refused.
"""


@dag(
    schedule=CronTriggerTimetable("*/15 * * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    # No backfill: it would crawl today's news once for each of the days that were asked for.
    allowed_run_types=["scheduled", "manual"],  # type: ignore[list-item]  # names are taken for their enumeration
    doc_md=TRIAGE,
    tags=["copydesk", "crawl"],
    default_args={"owner": "copydesk", "retries": 1, "retry_delay": timedelta(minutes=2)},
    params={
        "sources": Param(
            [], type="array", items={"type": "string"}, description="Ids of sources to crawl; empty means all"
        ),
        "revisit": Param("schedule", enum=["always", "schedule", "never"]),
    },
)
def collect() -> None:
    """Crawl the sources."""

    @task
    @final
    def choose() -> list[dict[str, str]]:
        """Pick the sources; the crawl's id comes from this run's, so that a retry continues the same crawl."""
        context = get_current_context()
        crawl = crawls.crawl_id(context["run_id"])
        named = context["params"]["sources"]
        return [{"source": source, "crawl": crawl} for source in crawls.chosen_sources(named)]

    crawled = CrawlOperator.partial(
        task_id="crawl",
        revisit="{{ params.revisit }}",
        execution_timeout=timedelta(minutes=30),
        map_index_template="{{ task.source }}",
    ).expand_kwargs(choose())
    crawled >> [land(), report_failure()]


collect()
