"""The steps from the archive to what is published: what a DAG's task or a command calls, nothing else."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import backlog, extracted, layout, settings, sources, suggestions, up_to
from pipelines.bucket import open_bucket
from pipelines.child import Child, Completed
from pipelines.classify import gazetteer, in_use, learned
from pipelines.edition import edition
from pipelines.errors import RetryLater
from pipelines.hosts import Hosts
from pipelines.publish import contract, feeds, report, site
from pipelines.records import Fate
from pipelines.store import coverage, journal, tables, upkeep

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipelines.extracted import Extracted
    from pipelines.records import Candidate, Source

__all__ = [
    "commit",
    "extract",
    "learn_names",
    "left_over",
    "newest_batch",
    "publish_contract",
    "publish_feeds",
    "publish_report",
    "published",
    "suggest",
    "tidy_table",
    "tidy_work",
    "train_topics",
    "uncovered",
    "unpublished",
]


def uncovered(without: Collection[str] = ()) -> list[str]:
    """Name the WARC files that no table covers yet, oldest first, at most one batch of them and none of `without`."""
    given = settings.load()
    bucket = open_bucket(given)
    journal.catch_up(bucket)
    files = {key: name for key in bucket.list("raw/warc/") if (name := layout.parse_warc(key)) is not None}
    left = files.keys() - set(without) - coverage.covered(bucket, layout.first_day(files))
    return sorted(left, key=lambda key: (files[key].day, files[key].run, key))[: given.limits.process.files]


def left_over(tried: Collection[str]) -> list[str]:
    """Name those of the WARC files that no table covers still."""
    bucket = open_bucket(settings.load())
    return sorted(set(tried) - coverage.covered(bucket, layout.first_day(tried)))


def extract(key: str) -> dict[str, int]:
    """Extract and classify one WARC file into its intermediate; gives how many URLs and articles it held.

    What stands there already, made by the same code and rules, is not made again.
    """
    given = settings.load()
    bucket = open_bucket(given)
    taught = in_use.fetch(bucket, given.state)
    source = _source_of(key, sources.load(given.source_folder))
    made_by = edition(source, given.limits, taught)
    count = Counter(urls=0, articles=0)
    try:
        for _ in _counted(extracted.read(bucket, key, made_by), count):
            pass
    except KeyError:
        # The models take a second to import: only where they are needed.
        from pipelines.read import read_warc  # noqa: PLC0415  see above

        rows = read_warc(bucket, key, source, given.limits, taught)
        extracted.write(bucket, key, made_by, _counted(rows, count))
    return dict(count)


def _source_of(key: str, declared: Mapping[str, Source]) -> Source | None:
    name = layout.parse_warc(key)
    return declared.get(name.source) if name is not None else None


def _counted(rows: Iterable[Extracted], count: Counter[str]) -> Iterator[Extracted]:
    for row in rows:
        count["urls"] += 1
        count["articles"] += bool(row.extraction and row.extraction.article)
        yield row


def commit(keys: Sequence[str]) -> dict[str, int]:
    """Resolve the extracted WARC files against the tables and commit them; gives the count of each outcome.

    A file that the tables cover already is left out. Raises `RetryLater` where other writers win too often, and, after the
    others were committed, for files that this code and these rules have not extracted.
    """
    from pipelines.resolve import resolve  # noqa: PLC0415  the models take a second to import

    given = settings.load()
    bucket = open_bucket(given)
    declared, taught = sources.load(given.source_folder), in_use.fetch(bucket, given.state)
    editions = {key: edition(_source_of(key, declared), given.limits, taught) for key in keys}
    for _ in range(journal.RIVALS):
        last = journal.catch_up(bucket)
        covered = coverage.covered(bucket, layout.first_day(keys))
        fresh = [key for key in dict.fromkeys(keys) if key not in covered]
        ready = [key for key in fresh if extracted.stands(bucket, key, editions[key])]
        counts = {}
        if ready:
            read = (row for key in ready for row in extracted.read(bucket, key, editions[key]))
            rows = resolve(bucket, read, given.limits)
            if not journal.propose(bucket, last + 1, ready, rows):
                continue
            ends = (*rows["fates"].insert, *rows["fates"].update) if rows else ()
            counts = dict(Counter(str(fate.outcome) for fate in ends if isinstance(fate, Fate)))
        if len(ready) < len(fresh):
            what = f"{len(fresh) - len(ready)} files were extracted by other code or rules than today's"
            raise RetryLater(f"{what}: the next batch has them; {len(ready)} were committed")
        return counts
    raise RetryLater(f"{journal.RIVALS} other batches were committed meanwhile")


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


def newest_batch() -> int:
    """Give the number of the last batch that all tables hold; 0 before the first."""
    return journal.head(open_bucket(settings.load()))


def unpublished() -> bool:
    """Tell whether the tables hold a batch that was not published yet."""
    bucket = open_bucket(settings.load())
    return journal.head(bucket) > up_to.read(bucket, layout.published_up_to(), 0)


def published(batch: int) -> None:
    """Note that all batches up to this one were published."""
    up_to.write(open_bucket(settings.load()), layout.published_up_to(), batch)


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


def tidy_table(name: str, *, dry_run: bool = False) -> dict[str, int]:
    """Compact one of `tables.TABLES` and remove its superseded files; gives the count of each."""
    given = settings.load()
    retention = timedelta(days=given.limits.upkeep.retention_days)
    return upkeep.tidy_table(open_bucket(given), name, retention, dry_run=dry_run)._asdict()


def tidy_work(*, dry_run: bool = False) -> dict[str, int]:
    """Remove what the line made on its way and does not need any more; gives the count of each."""
    given = settings.load()
    retention = timedelta(days=given.limits.upkeep.retention_days)
    return upkeep.tidy_work(open_bucket(given), retention, dry_run=dry_run)._asdict()
