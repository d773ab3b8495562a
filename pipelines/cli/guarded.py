"""One page through extraction in the sandbox, for commands: a hostile page ends the command with a reason, in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from pipelines import archive, settings, sources
from pipelines.bucket import open_bucket
from pipelines.classify.article import classify
from pipelines.errors import Reject
from pipelines.extract.explain import Explanation, explain
from pipelines.extract.sandbox import Sandbox
from pipelines.extract.text import decoded, extract_text
from pipelines.read import read_page
from pipelines.records import Extraction, Page, Source
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["UNKNOWN", "Asked", "asked", "explained", "extracted", "guarded", "text_extracted"]

# Address of a page that came from a file, where none is given: no host can have it (RFC 6761).
UNKNOWN = "http://unknown.invalid/page"

Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that a command asks about."""

    content: bytes
    url: str | None
    """Null for a file whose address is not known."""
    content_type: str | None = None
    source: Source | None = None
    page: Page | None = None
    """Its place in the archive; null for a file."""


def asked(page: str, *, url: str | None = None, source: str | None = None) -> Asked:
    """Read a page from a file, or from the archive by its URL; `source` (an id or a YAML file) names whose rules apply.

    Raises Reject for what is in neither place, Misconfigured for a source that cannot be read.
    """
    found = _archived(page) if page.startswith(("http://", "https://")) else Asked(_read(page), url)
    return replace(found, source=sources.load_one(_declared(source))) if source else found


def guarded(func: Callable[[Asked], Out], page: Asked) -> Out:
    """Run `func` on the page within the line's own limits. Raises Quarantine with the reason where it breaks one."""
    bounds = settings.load().limits.extract
    preload = (__name__,)
    with Sandbox(workers=1, seconds=bounds.seconds, megabytes=bounds.megabytes, preload=preload) as sandbox:
        (result,) = sandbox.map(func, [page])
    if result.error is not None:
        raise result.error
    return result.value  # type: ignore[return-value]  # null only where there is an error


def extracted(page: Asked) -> Extraction:
    """Extract and classify an HTML page."""
    url = page.url or UNKNOWN
    return read_page(page.content, url, content_type=page.content_type, source=page.source, page=page.page)


def text_extracted(page: Asked) -> Extraction:
    """Extract and classify a plain text. Raises Reject for a file that is none."""
    extraction = extract_text(decoded(page.content), url=page.url)
    if extraction.article is None:
        return extraction
    return extraction.model_copy(update={"article": classify(extraction.article)})


def explained(page: Asked) -> Explanation:
    """Explain an HTML page block by block."""
    fetched = page.page.fetched if page.page else None
    return explain(
        page.content, page.url or UNKNOWN, content_type=page.content_type, source=page.source, fetched=fetched
    )


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Reject(f"{name}: {error.strerror or error}; give a file, or a URL that is archived") from error


def _archived(url: str) -> Asked:
    given = settings.load()
    bucket = open_bucket(given)
    named = (pl.col("url") == url) | (pl.col("final_url") == url)
    pages = tables.scan(bucket, "pages").filter(named & (pl.col("status") == 200))
    rows = pages.sort("fetched", descending=True).head(1).collect()
    if rows.is_empty():
        raise Reject(f"{url} is not in the archive; `copydesk explain {url}` tells what happened to it")
    row = rows.row(0, named=True)
    record = bucket.get(row["warc"], row["offset"], row["length"])
    body = archive.body_at(record, given.limits.fetch.text_bytes)
    declared = _declared(row["source"])
    source = sources.load_one(declared) if declared.is_file() else None
    return Asked(body, row["final_url"], row["content_type"], source, tables.row_of(Page, row))


def _declared(source: str) -> Path:
    """Give the file that declares a source, by its id or as it is."""
    return Path(source) if source.endswith(".yaml") else settings.load().source_folder / f"{source}.yaml"
