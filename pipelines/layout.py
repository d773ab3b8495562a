"""Every key of the bucket is built here, and taken apart here."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CONTRACT",
    "EXTRACTED",
    "JOURNAL",
    "SITE",
    "TABLES",
    "WarcKey",
    "backlog",
    "cdxj",
    "entry_of_rows",
    "extracted",
    "feed",
    "first_day",
    "imported",
    "journal",
    "journal_rows",
    "learned_names",
    "memory",
    "parse_warc",
    "published_up_to",
    "run",
    "source_of",
    "suggested",
    "suggested_up_to",
    "table",
    "topic_model",
    "warc",
    "warc_of_extracted",
    "warc_prefix",
]

CONTRACT = "contract/v1"
"""Folder of the JSON Schemas that consumers are promised."""
TABLES = "tables"
"""Folder of the Delta tables."""
SITE = "site/index.html"
"""The front page."""
EXTRACTED = "work/extracted/"
"""Prefix of the intermediates."""
JOURNAL = "journal/"
"""Prefix of the journal."""

_WARC = re.compile(r"raw/warc/source=(?P<source>[^/]+)/date=(?P<day>\d{4}-\d\d-\d\d)/(?P<run>.+)-(?P<n>\d+)\.warc\.gz")

_EXTRACTED = re.compile(re.escape(EXTRACTED) + r"[^/]+/(.+)\.jsonl\.gz")
_ROWS = re.compile(re.escape(JOURNAL) + r"(\d+)/")
_SOURCE = re.compile(r"/source=([^/.]+)")


class WarcKey(NamedTuple):
    """The parts of a WARC file's key."""

    source: str
    """Id of the source."""
    day: date
    """Day (UTC) on which the crawl began."""
    run: str
    """Id of the crawl."""
    number: int
    """Order of the file in its crawl, from 0."""


def warc(source: str, day: date, run: str, number: int) -> str:
    """Key of the `number`-th WARC file of a crawl."""
    return f"{warc_prefix(source, day)}{run}-{number}.warc.gz"


def warc_prefix(source: str, day: date | None = None) -> str:
    """Prefix of a source's WARC files, of one day where given."""
    return f"raw/warc/source={source}/" + (f"date={day.isoformat()}/" if day else "")


def parse_warc(key: str) -> WarcKey | None:
    """Take a WARC file's key apart; None for any other key."""
    match = _WARC.fullmatch(key)
    if match is None:
        return None
    return WarcKey(match["source"], date.fromisoformat(match["day"]), match["run"], int(match["n"]))


def first_day(warc_keys: Iterable[str]) -> date:
    """Give the day of the oldest of the WARC files; the last that there is where there are none."""
    return min((name.day for name in map(parse_warc, warc_keys) if name is not None), default=date.max)


def cdxj(warc_key: str) -> str:
    """Key of the index beside a WARC file."""
    return warc_key.removesuffix(".warc.gz") + ".cdxj"


def memory(source: str) -> str:
    """Key of what a crawl remembers of a source; derived, can be rebuilt from the indexes."""
    return f"raw/memory/source={source}.jsonl.gz"


def imported(name: str) -> str:
    """Key of the mark that a file of another archive was imported whole."""
    return f"work/imported/{name}.json"


def suggested(source: str = "", digest: str = "") -> str:
    """Key of candidates that wait for the source's next crawl, named by their content; without one, all keys' prefix."""
    return "raw/suggested/" + (f"source={source}/" if source else "") + (f"{digest}.jsonl" if digest else "")


def backlog(source: str = "") -> str:
    """Key of candidates that batches named beyond the source's pace; without a source, all keys' prefix."""
    return "work/suggestions/" + (f"source={source}.jsonl" if source else "")


def source_of(key: str) -> str:
    """Give the id of the source that a key names, empty where it names none."""
    found = _SOURCE.search(key)
    return found[1] if found else ""


def suggested_up_to() -> str:
    """Key of the mark that names the last batch whose teasers were suggested to the crawls."""
    return "work/suggested.json"


def published_up_to() -> str:
    """Key of the mark that names the last batch that was published."""
    return "work/published.json"


def extracted(warc_key: str, edition: str) -> str:
    """Key of what an edition of code and rules made of a WARC file: an intermediate, safe to delete."""
    return f"{EXTRACTED}{edition}/" + warc_key.removeprefix("raw/warc/").removesuffix(".warc.gz") + ".jsonl.gz"


def warc_of_extracted(key: str) -> str | None:
    """Give the key of the WARC file that an intermediate was made of; None for any other key."""
    match = _EXTRACTED.fullmatch(key)
    return f"raw/warc/{match[1]}.warc.gz" if match is not None else None


def journal(number: int) -> str:
    """Key of an entry of the journal."""
    return f"{JOURNAL}{number:012d}.json"


def entry_of_rows(key: str) -> int | None:
    """Give the number of the entry that a key of rows belongs to; None for any other key."""
    match = _ROWS.match(key)
    return int(match[1]) if match is not None else None


def journal_rows(number: int, table_name: str, digest: str) -> str:
    """Key of the rows that an entry brings to a table, named by their content."""
    return f"{JOURNAL}{number:012d}/{table_name}-{digest}.parquet"


def table(name: str) -> str:
    """Folder of a Delta table."""
    return f"{TABLES}/{name}"


def topic_model(version: str | None = None) -> str:
    """Key of the topic model in use, or of the one of a version."""
    return f"models/{version or 'topics'}.npz"


def learned_names() -> str:
    """Key of the names that the archive taught."""
    return "models/names.yaml"


def feed(topic: str, kind: str) -> str:
    """Key of a feed; `kind` is `atom` or `json`."""
    return f"feeds/{topic}.{kind}"


def run(run_id: str, name: str) -> str:
    """Key of the report or manifest of a crawl, or of what a reprocessing planned and found."""
    return f"runs/{run_id}/{name}"
