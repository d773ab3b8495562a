"""publish: write feeds, site and report from the tables."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import dag, task

from dags.assets import ARTICLES
from dags.final import final

TRIAGE = """
### publish

Writes the feeds, the front page, the contract's schemas and the reports of the crawls that came since from the tables.
Everything here can be rebuilt at any time: clear the red task.
"""


@dag(
    schedule=[ARTICLES],
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    doc_md=TRIAGE,
    tags=["copydesk", "publish"],
    default_args={"owner": "copydesk", "retries": 2, "retry_delay": timedelta(minutes=1)},
)
def publish() -> None:
    """Publish what the tables hold."""
    # The steps' engines take a second to import, which a look at the DAG files should not: each task imports them.

    @task
    @final
    def newest() -> int:
        """Give the number of the batch up to which this run publishes: one that comes meanwhile starts the next run."""
        from pipelines import stages  # noqa: PLC0415  see above

        return stages.newest_batch()

    @task
    @final
    def contract() -> int:
        """Write the JSON Schemas."""
        from pipelines import stages  # noqa: PLC0415  see above

        return stages.publish_contract()

    @task
    @final
    def feeds() -> int:
        """Write one Atom and one JSON feed a topic, and of all."""
        from pipelines import stages  # noqa: PLC0415  see above

        return stages.publish_feeds()

    @task
    @final
    def report(batch: int) -> str:
        """Write the reports of the crawls that came since and the front page, and note the batch; gives the key of the newest's."""
        from pipelines import stages  # noqa: PLC0415  see above

        key = stages.publish_report()
        stages.published(batch)
        return key

    batch = newest()
    batch >> [contract(), feeds()] >> report(batch)  # type: ignore[arg-type]  # an XComArg stands for its value


publish()
