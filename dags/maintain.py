"""maintain: compact the tables and remove what nobody needs any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pendulum
from airflow.sdk import CronTriggerTimetable, Param, dag, get_current_context, task

from dags.final import final

if TYPE_CHECKING:
    from airflow.sdk import Context

TRIAGE = """
### maintain

Puts small files of each table together, removes the files of rows that were superseded more than `upkeep.retention_days` ago,
and what extraction and the journal left of batches that are that old and that all tables hold. Rows, coverage and the order of
batches stay as they are; readers and writers go on beside it.

**A red `table` task** names its table: its compaction lost too many races with batches, or the bucket is away. Clear it, or wait
for tomorrow: nothing depends on it but speed and space.

**Parameter** `dry_run`: only tell what would be done.
"""


@dag(
    schedule=CronTriggerTimetable("40 3 * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    allowed_run_types=["scheduled", "manual"],  # type: ignore[list-item]  # names are taken for their enumeration
    doc_md=TRIAGE,
    tags=["copydesk", "tables"],
    default_args={"owner": "copydesk", "retries": 2, "retry_delay": timedelta(minutes=10)},
    params={"dry_run": Param(False, type="boolean", description="Only tell what would be done")},
)
def maintain() -> None:
    """Compact and remove."""
    # The steps' engines take a second to import, which a look at the DAG files should not: each task imports them.

    @task
    @final
    def names() -> list[str]:
        """Name the tables."""
        from pipelines.store.tables import TABLES  # noqa: PLC0415  see above

        return list(TABLES)

    @task(map_index_template="{{ name }}", max_active_tis_per_dag=1)
    @final
    def table(name: str) -> dict[str, int]:
        """Compact one table and remove its superseded files; gives the count of each."""
        from pipelines import stages  # noqa: PLC0415  see above

        return stages.tidy_table(name, dry_run=_dry(get_current_context()))

    @task
    @final
    def work() -> dict[str, int]:
        """Remove what the line made on its way; gives the count of each kind."""
        from pipelines import stages  # noqa: PLC0415  see above

        return stages.tidy_work(dry_run=_dry(get_current_context()))

    table.expand(name=names())
    work()


def _dry(context: Context) -> bool:
    return bool(context["params"]["dry_run"])


maintain()
