"""publish: write feeds, site and report from the tables."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import dag, task

from dags.assets import ARTICLES
from dags.final import final
from pipelines import stages

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

    @task
    @final
    def contract() -> int:
        """Write the JSON Schemas."""
        return stages.publish_contract()

    @task
    @final
    def feeds() -> int:
        """Write one Atom and one JSON feed a topic, and of all."""
        return stages.publish_feeds()

    @task
    @final
    def report() -> str:
        """Write the reports of the crawls that came since and the front page; gives the key of the newest crawl's."""
        return stages.publish_report()

    [contract(), feeds()] >> report()


publish()
