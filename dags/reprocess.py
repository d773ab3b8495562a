"""reprocess: read archived pages again with today's code and rules, report what differs, then bring it into the tables."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pendulum
from airflow.sdk import Param, TriggerRule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dags.assets import ARTICLES
from dags.final import final
from pipelines import crawls

if TYPE_CHECKING:
    from airflow.sdk import Context

log = logging.getLogger(__name__)

TRIAGE = """
### reprocess

Reads the pages of crawls that began from `since` up to, not including, `until` again, with today's code and rules, and
sets them beside the tables: `runs/reprocess-<run>/report.html` in the bucket tells what differs, field by field. With
`apply` each part then becomes one batch, one at a time; without it no table changes. Look at the report of a run without it first:
what that run read is not read again. `process` may run beside it: both commit through the journal.

**A red `compare` task** names its part; nothing is applied before all are compared. Clear it: files that it has read are
not read again. **A red `apply` task** lost too many races or the bucket is away: clear it; a part is applied whole or not at
all, and one that is in the tables has no differences any more. **A skipped `apply` task**: nothing differed, or `apply` was
not asked for. **A skipped `plan` task**: the archive holds no file of these days.

docs/how-to-reprocess.md tells more.
"""


@dag(
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    doc_md=TRIAGE,
    tags=["copydesk", "tables"],
    default_args={"owner": "copydesk", "retries": 2, "retry_delay": timedelta(minutes=1)},
    params={
        "sources": Param(
            [], type="array", items={"type": "string"}, description="Ids of sources, a line each; none for all"
        ),
        "urls": Param(
            [], type="array", items={"type": "string"}, description="Only these pages or articles, a line each"
        ),
        "since": Param(type="string", format="date", description="First day (UTC) on which crawls began"),
        "until": Param(type="string", format="date", description="Day after the last (UTC)"),
        "apply": Param(False, type="boolean", description="Bring what differs into the tables"),
    },
)
def reprocess() -> None:
    """Read again, compare, report, apply."""
    # The steps' engines take a second to import, which a look at the DAG files should not: each task imports them.

    @task
    @final
    def plan() -> list[int]:
        """Fix which files are read, in parts; gives their numbers."""
        from pipelines.reprocess import steps  # noqa: PLC0415  see above

        context = get_current_context()
        given = context["params"]
        parts = steps.plan(_run(context), given["since"], given["until"], given["sources"], given["urls"])
        if not parts:
            raise AirflowSkipException("the archive holds no file of these days and sources")
        return parts

    @task(map_index_template="part {{ number }}", execution_timeout=timedelta(hours=4))
    @final
    def compare(number: int) -> dict[str, Any]:
        """Read the files of a part again and set them beside the tables; gives the counts."""
        from pipelines.reprocess import steps  # noqa: PLC0415  see above

        return steps.compare_part(_run(get_current_context()), number, log.info)

    @task
    @final
    def report(compared: list[dict[str, Any]]) -> str:
        """Write the report; gives its key."""
        from pipelines.reprocess import steps  # noqa: PLC0415  see above

        key = steps.publish(_run(get_current_context()))
        log.info("%s parts compared: %s", len(compared), key)
        return key

    @task(map_index_template="part {{ found['part'] }}", max_active_tis_per_dag=1, execution_timeout=timedelta(hours=1))
    @final
    def apply(found: dict[str, Any]) -> dict[str, int]:
        """Bring a part into the tables, as one batch; gives the counts of what differed."""
        from pipelines.reprocess import steps  # noqa: PLC0415  see above

        context = get_current_context()
        if not context["params"]["apply"]:
            raise AirflowSkipException("`apply` was not asked for")
        if not found["differs"]:
            raise AirflowSkipException("nothing differs")
        return steps.apply_part(_run(context), found["part"], log.info)

    @task(outlets=[ARTICLES], trigger_rule=TriggerRule.NONE_FAILED)
    @final
    def tell() -> int:
        """Tell `publish` of what was committed; gives the number of the last batch."""
        from pipelines import stages  # noqa: PLC0415  see above

        if not stages.unpublished():
            raise AirflowSkipException("the tables hold nothing that is not published")
        return stages.newest_batch()

    compared = compare.expand(number=plan())
    applied = apply.expand(found=compared)
    report(compared) >> applied >> tell()  # type: ignore[arg-type]  # an XComArg stands for its value


def _run(context: Context) -> str:
    """Name the folder under `runs/` that this run keeps its plan and findings in."""
    return f"reprocess-{crawls.crawl_id(context['run_id'])}"


reprocess()
