"""The operator that crawls one source in a child process and lets no kill pass for success."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from pipelines import crawls
from pipelines.child import Child, Completed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context

__all__ = ["CrawlOperator"]

# Exit codes of `python -m crawlers.run` that no retry mends: the source is in trouble and backs off, so that a second
# try would ask nothing (1); a setting or a declaration is wrong (2). Stopped (3), a fault (70), another crawl or a full
# disk (75) and a kill are tried again.
_FINAL = {1, 2}
# A crawl whose time is over ends its last exchange, uploads and saves; the task's own timeout would kill it.
_TO_END = timedelta(minutes=5)
# Troubles that the failure's message names; the log has the others.
_NAMED = 3


class CrawlOperator(BaseOperator):
    """Crawl `source` into the archive; gives the crawl's summary: run id, WARC keys, counts by outcome.

    `since` and `until` (ISO dates, templated) complete that range from sitemaps and archives instead of the newest.
    """

    template_fields: Sequence[str] = ("source", "crawl", "revisit", "since", "until")

    def __init__(
        self,
        *,
        source: str,
        crawl: str,
        revisit: str = "schedule",
        since: str | None = None,
        until: str | None = None,
        **kwargs: Any,  # noqa: ANN401  BaseOperator names its own
    ) -> None:
        super().__init__(**kwargs)
        self.source = source
        self.crawl = crawl
        self.revisit = revisit
        self.since = since
        self.until = until
        self._child: Child | None = None

    def execute(self, context: Context) -> dict[str, Any]:  # noqa: ARG002  Airflow's signature
        """Run the child; its log lines become the task's."""
        command = crawls.crawl_command(
            self.source, self.crawl, revisit=self.revisit, since=self.since, until=self.until
        )
        if self.execution_timeout is not None:
            command += ["--minutes", f"{max(0.0, (self.execution_timeout - _TO_END).total_seconds() / 60):g}"]
        self._child = Child(command, self.log.info)
        # `Child.run` raises when `on_kill` stopped it: Airflow would record a killed task that returns as a success.
        completed = self._child.run()
        outcomes = completed.summary.get("outcomes", {})
        told = ", ".join(f"{count} {name}" for name, count in outcomes.items()) or "nothing"
        self.log.info("crawled %s: %s", self.source, told)
        for late in completed.summary.get("late", ()):
            self.log.info("%s: %s", self.source, late)
        troubles = completed.summary.get("troubles", [])
        for trouble in troubles:
            self.log.warning("%s: %s", self.source, trouble)
        if completed.code != 0:
            why = completed.summary.get("error") or f"exit code {completed.code}"
            named = "".join(f"; {trouble}" for trouble in troubles[:_NAMED])
            error = AirflowFailException if _is_final(completed) else AirflowException
            raise error(f"{self.source}: {why}{named}; its fates tell each URL's reason")
        return completed.summary

    def on_kill(self) -> None:
        """End the child with the task."""
        if self._child is not None:
            self._child.stop()


def _is_final(completed: Completed) -> bool:
    """Tell whether no retry mends it. A child that gave no summary died of something else: Python's own code is 1, too."""
    return completed.code in _FINAL and bool(completed.summary)
