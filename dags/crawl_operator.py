"""The operator that crawls one source in a child process and lets no kill pass for success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from pipelines import crawls
from pipelines.child import Child

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context

__all__ = ["CrawlOperator"]

# Exit codes of `python -m crawlers.run` that no retry mends: the source is in trouble and backs off, so that a second
# try would ask nothing and pass for a success (1); a setting or a declaration is wrong (2).
_FINAL = {1, 2}


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
        self._child = Child(command, self.log.info)
        # `Child.run` raises when `on_kill` stopped it: Airflow would record a killed task that returns as a success.
        completed = self._child.run()
        outcomes = completed.summary.get("outcomes", {})
        told = ", ".join(f"{count} {name}" for name, count in outcomes.items()) or "nothing"
        self.log.info("crawled %s: %s", self.source, told)
        if completed.code != 0:
            why = completed.summary.get("error") or f"exit code {completed.code}"
            error = AirflowFailException if completed.code in _FINAL else AirflowException
            raise error(f"{self.source}: {why}; its fates tell each URL's reason")
        return completed.summary

    def on_kill(self) -> None:
        """End the child with the task."""
        if self._child is not None:
            self._child.stop()
