"""The steps of reprocessing: what the command and the tasks of the DAG call."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import crawls, layout, settings, sources, urls
from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured, Reject, RetryLater
from pipelines.reprocess import report
from pipelines.reprocess.findings import Findings, merged
from pipelines.store import addresses, journal, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.bucket import Bucket

__all__ = ["apply", "apply_part", "compare", "compare_part", "files", "met", "parts", "plan", "publish"]

# Airflow maps a task over 1,024 at most; what a person can look through is less.
_MOST_PARTS = 500


def files(since: str, until: str, named: Sequence[str] = (), at: Sequence[str] = ()) -> list[str]:
    """Name the WARC files whose crawls began from `since` up to, not including, `until`, oldest first.

    Only those of the sources `named`, and with visits to the URLs `at`, where any are given. Raises `Misconfigured` for what
    are no days, and for a source that is neither declared nor in the archive.
    """
    spans = crawls.weeks(since, until)
    first, end = spans[0][0], spans[-1][1]
    given = settings.load()
    bucket = open_bucket(given)
    prefixes = [layout.warc_prefix(source) for source in dict.fromkeys(named)] or ["raw/warc/"]
    keys = {key: name for prefix in prefixes for key in bucket.list(prefix) if (name := layout.parse_warc(key))}
    declared = sources.load(given.source_folder)
    for source in named:
        if source not in declared and source not in {name.source for name in keys.values()}:
            near = difflib.get_close_matches(source, declared, n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else "`copydesk sources list` names them"
            raise Misconfigured("sources", f"unknown source {source!r}, of which nothing is archived either", remedy)
    found = {key: name for key, name in keys.items() if first <= name.day < end}
    if at:
        wanted = pl.col("url").is_in(met(at))
        visited = set(tables.scan(bucket, "fates").filter(wanted).select("warc").collect()["warc"])
        found = {key: name for key, name in found.items() if key in visited}
    return sorted(found, key=lambda key: (found[key].day, found[key].run, key))


def met(at: Sequence[str]) -> list[str]:
    """Give every URL under which crawls met these pages and articles. Raises `Reject` for one that none has met."""
    fates = tables.scan(open_bucket(settings.load()), "fates")
    found: set[str] = set()
    for address in at:
        asked = addresses.forms(address)
        told = fates.filter(pl.col("url").is_in(asked)).select("url", "article").collect()
        ids = {urls.article_id(asked[0]), *told["article"].drop_nulls()}
        same = fates.filter(pl.col("article").is_in(sorted(ids))).select("url").collect()
        if told.is_empty() and same.is_empty():
            raise Reject(f"no crawl has met {address}; `copydesk explain {asked[0]}` tells what is known of it")
        found.update(told["url"], same["url"])
    return sorted(found)


def parts(keys: Sequence[str]) -> list[list[str]]:
    """Part files into batches that one task holds in memory; each is compared and applied by itself."""
    size = max(settings.load().limits.process.files, -(-len(keys) // _MOST_PARTS))
    return [list(keys[at : at + size]) for at in range(0, len(keys), size)]


def compare(keys: Sequence[str], at: Sequence[str], tell: Callable[[str], None]) -> Findings:
    """Read files again, the URLs `at` where any are given, and tell what differs; writes nothing but intermediates."""
    from pipelines.reprocess.again import Reader  # noqa: PLC0415  the models take a second to import

    return Reader(tell).read(keys, at).told


def apply(keys: Sequence[str], at: Sequence[str], tell: Callable[[str], None]) -> Findings:
    """Read files again and bring what differs into the tables, as one batch; gives what differed.

    Where nothing does, nothing is committed. Raises `RetryLater` where other writers win too often.
    """
    from pipelines.reprocess.again import Reader  # noqa: PLC0415  the models take a second to import
    from pipelines.reprocess.correction import correction  # noqa: PLC0415  see above

    reader = Reader(tell)
    for _ in range(journal.RIVALS):
        last = journal.catch_up(reader.bucket)
        again = reader.read(keys, at)
        rows = correction(reader.bucket, again.found, reader.limits)
        read = sorted({row.warc for row in again.found.rows})
        if not rows or journal.propose(reader.bucket, last + 1, [], rows, again=read):
            return again.told
    raise RetryLater(f"{journal.RIVALS} other batches were committed meanwhile")


def plan(run: str, since: str, until: str, named: Sequence[str], at: Sequence[str]) -> list[int]:
    """Fix what a run reads, once, and give the numbers of its parts; none where the archive holds nothing of the range."""
    bucket = open_bucket(settings.load())
    wanted = met(at) if at else []
    asked = report.asked(since, until, named, at)
    made = {"asked": asked, "urls": wanted, "parts": parts(files(since, until, named, at))}
    bucket.create(layout.run(run, "plan.json"), json.dumps(made, indent=1).encode())
    return list(range(len(_planned(bucket, run)["parts"])))


def compare_part(run: str, number: int, tell: Callable[[str], None]) -> dict[str, int | bool]:
    """Compare one part of a planned run and keep what was found; gives its number, whether it differs, and its counts."""
    bucket = open_bucket(settings.load())
    planned = _planned(bucket, run)
    found = compare(planned["parts"][number], planned["urls"], tell)
    bucket.replace(_found(run, number), found.model_dump_json(indent=1).encode())
    return {"part": number, "differs": found.differs, "articles": found.articles, **found.counts}


def apply_part(run: str, number: int, tell: Callable[[str], None]) -> dict[str, int]:
    """Bring one part of a planned run into the tables; gives its counts."""
    planned = _planned(open_bucket(settings.load()), run)
    return apply(planned["parts"][number], planned["urls"], tell).counts


def publish(run: str) -> str:
    """Write the report of a planned run whose parts were compared; gives its key."""
    bucket = open_bucket(settings.load())
    planned = _planned(bucket, run)
    every = [Findings.model_validate_json(bucket.get(_found(run, n))) for n in range(len(planned["parts"]))]
    found = merged(every)
    bucket.replace(layout.run(run, "report.json"), report.data(planned["asked"], found))
    bucket.replace(layout.run(run, "report.html"), report.page(planned["asked"], found))
    return layout.run(run, "report.html")


def _planned(bucket: Bucket, run: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(bucket.get(layout.run(run, "plan.json")))
    return told


def _found(run: str, number: int) -> str:
    return layout.run(run, f"part-{number}.json")
