"""The steps of the line: what a DAG's task or a command calls, nothing else."""

from __future__ import annotations

import difflib
import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import backlog, extracted, layout, settings, sources, suggestions, urls
from pipelines.bucket import open_bucket
from pipelines.child import Child, Completed
from pipelines.classify import gazetteer, in_use, learned
from pipelines.errors import Misconfigured, RetryLater
from pipelines.hosts import Hosts
from pipelines.publish import contract, feeds, report, site
from pipelines.records import Fate
from pipelines.store import coverage, journal, tables
from pipelines.version import CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipelines.extracted import Extracted
    from pipelines.records import Candidate

__all__ = [
    "commit",
    "crawl_command",
    "crawl_id",
    "due_sources",
    "extract",
    "publish_contract",
    "publish_feeds",
    "publish_report",
    "suggest",
    "train_topics",
    "uncovered",
]

# Entries that other writers may slip in before ours; each is one batch, so ten at once would be ten schedulers.
_RIVALS = 10


def crawl_id(run_id: str) -> str:
    """Make an Airflow run id fit for a key: `manual__2026-01-02T03:04:05.678+00:00` gives `20260102T030405-<kind>`."""
    kind, _, moment = run_id.partition("__")
    digits = re.sub(r"\D", "", moment)[:14]
    if len(digits) == 14:
        return f"{digits[:8]}T{digits[8:]}-{re.sub(r'[^a-z]', '', kind.lower()) or 'run'}"
    return re.sub(r"[^A-Za-z0-9]+", "-", run_id).strip("-")


def due_sources(named: Sequence[str] = ()) -> list[str]:
    """Name the sources to crawl: those named, else all that are enabled.

    Raises `Misconfigured` for an unknown one, and where a live site is among them and no contact is set.
    """
    given = settings.load()
    declared = sources.load(given.source_folder)
    unknown = next((name for name in named if name not in declared), None)
    if unknown is not None:
        near = difflib.get_close_matches(unknown, declared, n=1)
        remedy = f"Did you mean {near[0]!r}?" if near else "`copydesk sources` lists them"
        raise Misconfigured("sources", f"unknown source {unknown!r}", remedy)
    chosen = list(dict.fromkeys(named)) or [source.id for source in declared.values() if source.enabled]
    live = next((name for name in chosen if urls.host(declared[name].home) not in given.resolve), None)
    if live and not given.contact:
        raise Misconfigured(
            "COPYDESK_CONTACT",
            f"{live} is a live site and no contact address is set",
            "Set it to a mail or web address that publishers can write to (with make: CONTACT=you@example.org)",
        )
    return chosen


def crawl_command(
    source: str, crawl: str, *, revisit: str = "schedule", since: str | None = None, until: str | None = None
) -> list[str]:
    """Give the command that crawls one source in a process of its own."""
    command = [sys.executable, "-m", "crawlers.run", source, "--run", crawl, "--revisit", revisit]
    for option, value in (("--since", since), ("--until", until)):
        if value:
            command += [option, value]
    return command


def uncovered(lookback: timedelta | None = None) -> list[str]:
    """Name the WARC files of the last days that no table covers yet, oldest first, at most one batch of them."""
    given = settings.load()
    bucket = open_bucket(given)
    journal.catch_up(bucket)
    since = datetime.now(UTC) - (lookback or timedelta(days=given.limits.process.lookback_days))
    files = []
    for key in bucket.list("raw/warc/"):
        name = layout.parse_warc(key)
        if name is not None and name.day >= since.date():
            files.append((name.day, name.run, key))
    covered = coverage.covered(bucket, since.date())
    return [key for _, _, key in sorted(files) if key not in covered][: given.limits.process.files]


def extract(key: str) -> dict[str, int]:
    """Extract and classify one WARC file into its intermediate; gives how many URLs and articles it held."""
    # The scheduler would spend it at each look at the DAG files.
    from pipelines.read import read_warc  # noqa: PLC0415  the models take a second to import

    given = settings.load()
    bucket = open_bucket(given)
    name = layout.parse_warc(key)
    source = sources.load(given.source_folder).get(name.source) if name else None
    taught = in_use.fetch(bucket, given.state)
    count: Counter[str] = Counter(urls=0, articles=0)

    def counted() -> Iterator[Extracted]:
        for row in read_warc(bucket, key, source, given.limits, taught):
            count["urls"] += 1
            count["articles"] += bool(row.extraction and row.extraction.article)
            yield row

    extracted.write(bucket, key, CODE, counted())
    return dict(count)


def commit(keys: Sequence[str]) -> dict[str, int]:
    """Resolve the extracted WARC files against the tables and commit them; gives the count of each outcome.

    A file that the tables cover already is left out. Raises `RetryLater` where other writers win too often.
    """
    from pipelines.resolve import resolve  # noqa: PLC0415  see `extract`

    given = settings.load()
    bucket = open_bucket(given)
    days = [name.day for key in keys if (name := layout.parse_warc(key))]
    since = min(days, default=datetime.now(UTC).date())
    for _ in range(_RIVALS):
        last = journal.catch_up(bucket)
        covered = coverage.covered(bucket, since)
        fresh = [key for key in dict.fromkeys(keys) if key not in covered]
        if not fresh:
            return {}
        rows = resolve(bucket, [row for key in fresh for row in extracted.read(bucket, key, CODE)], given.limits)
        if journal.propose(bucket, last + 1, fresh, rows):
            ends = (*rows["fates"].insert, *rows["fates"].update) if rows else ()
            return dict(Counter(str(fate.outcome) for fate in ends if isinstance(fate, Fate)))
    raise RetryLater(f"{_RIVALS} other batches were committed meanwhile")


def suggest(tell: Callable[[str], None]) -> dict[str, int]:
    """Hand the teasers of committed batches to the next crawls of their sources; gives how many each source took.

    `tell` gets what the child processes say. Raises `RetryLater` where a source could not take them, after the others.
    """
    given = settings.load()
    bucket, declared = open_bucket(given), sources.load(given.source_folder)
    hosts = Hosts(source for source in declared.values() if source.enabled)
    taken: Counter[str] = Counter()
    process = given.limits.process
    for number in suggestions.pending(bucket):
        failed = []
        for source, found in sorted(suggestions.of_batch(bucket, number, hosts).items()):
            done = _hand_over(source, found, process.suggestions, tell) if found else Completed(0, {})
            taken[source] += done.summary.get("taken", 0)
            if done.code:
                failed.append(f"{source} (exit code {done.code})")
                continue
            left = set(done.summary.get("left", ()))
            backlog.keep(bucket, source, [one for one in found if one.url in left][: process.suggestions_kept])
        if failed:
            raise RetryLater(f"teasers of batch {number} were not taken by {', '.join(failed)}")
        suggestions.mark(bucket, number)
    return dict(+taken)


def _hand_over(source: str, found: list[Candidate], most: int, tell: Callable[[str], None]) -> Completed:
    """Let the source's next crawl have up to `most` of the candidates, in a process of its own."""
    lines = "".join(f"{candidate.model_dump_json(exclude_defaults=True)}\n" for candidate in found)
    command = [sys.executable, "-m", "crawlers.suggest", "take", source, "-", "--most", str(most), "--json"]
    return Child(command, tell, given=lines.encode()).run()


def train_topics(labels: Path | None, *, replace: bool = True) -> dict[str, Any]:
    """Teach the topic model in use what the archive's articles tell; a better one is used from the next batch on.

    Raises `Reject` where too few articles tell what is right, `Misconfigured` for a wrong line of `labels`.
    """
    given = settings.load()
    bucket = open_bucket(given)
    used = in_use.read(in_use.fetch(bucket, given.state).model)
    from pipelines.classify.training import archived, corrections  # noqa: PLC0415  scipy takes half a second to import
    from pipelines.classify.training.retrain import retrain  # noqa: PLC0415  see above

    corrected = corrections.read(labels, used) if labels else {}
    examples = archived.examples(bucket, sources.load(given.source_folder), corrected, given.limits.topics.articles)
    done = retrain(used, examples, given.limits.topics)
    kept = in_use.put(bucket, done.model) if done.better and replace else None
    return {
        "decision": f"replaced, kept as {kept}" if kept else "better, not replaced" if done.better else "not better",
        "versions": {"before": used.version, "after": done.model.version},
        "before": done.before._asdict(),
        "after": done.after._asdict(),
        "learned": done.learned,
        "held_back": done.held_back,
    }


def learn_names(*, replace: bool = True) -> dict[str, Any]:
    """Learn the names that several sources use in the same sense; they are known from the next batch on."""
    given = settings.load()
    bucket = open_bucket(given)
    newest = pl.coalesce("published", "fetched")
    rows = tables.scan(bucket, "articles").sort(newest, "id", descending=[True, False], nulls_last=True)
    rows = rows.head(given.limits.topics.articles).select("id", "source", "entities")
    taught = in_use.fetch(bucket, given.state)
    known = gazetteer.read(taught.names) if taught.names else ()
    sighted = (learned.Sighting.model_validate(row) for row in rows.collect().iter_rows(named=True))
    entries = learned.learn(sighted, known)
    kept = in_use.put_names(bucket, entries) if replace and entries else None
    fresh = {entry.name for entry in entries} - {entry.name for entry in known}
    return {
        "kept_as": kept,
        "names": [{"name": entry.name, "kind": entry.kind, "new": entry.name in fresh} for entry in entries],
    }


def publish_contract() -> int:
    """Write the JSON Schemas that consumers are promised; gives how many."""
    return contract.write(open_bucket(settings.load()))


def publish_feeds() -> int:
    """Write the feeds; gives how many."""
    given = settings.load()
    return feeds.write(open_bucket(given), given)


def publish_report() -> str:
    """Write the reports of the crawls that came since and the front page; gives the key of the newest crawl's report."""
    given = settings.load()
    bucket = open_bucket(given)
    key = report.write(bucket)
    site.write(bucket, given)
    return key
