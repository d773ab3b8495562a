"""One page through extraction in the sandbox, for commands: a hostile page ends the command with a reason, in time."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import polars as pl

from pipelines import archive, settings, sources, urls
from pipelines.classify.article import classify
from pipelines.cli.buckets import to_read
from pipelines.cli.looking import named
from pipelines.errors import Misconfigured, Reject
from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.explain import Explanation, explain
from pipelines.extract.parsing.parse import parse
from pipelines.extract.sandbox import Sandbox
from pipelines.extract.selecting.rules import in_force
from pipelines.extract.text.text import decoded, extract_text
from pipelines.hosts import Hosts
from pipelines.read import read_page
from pipelines.records import Extraction, Page, Source
from pipelines.store import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "NO_ADDRESS",
    "NO_ID",
    "PLAIN",
    "Asked",
    "addressed",
    "asked",
    "doubts",
    "explained",
    "extracted",
    "guarded",
    "looks_plain",
    "text_extracted",
]

# Host of a page that came from a file, where neither the command nor the page gives an address: none can have it (RFC 6761).
_NOWHERE = "http://unknown.invalid/"
_UNKNOWN = f"{_NOWHERE}page"
NO_ID = urls.article_id(_UNKNOWN)
"""What would be the id of a page without an address."""
NO_ADDRESS = (
    "the page does not tell its address: --url gives it, without it no link is known to be of the same site, and relative "
    f"ones lead to {urls.host(_NOWHERE)}"
)

PLAIN = "the file has no markup: `copydesk extract --text` reads it as the plain text that it seems to be"
# UTF-16 puts a zero beside each character.
_MARKUP = re.compile(rb"<\0?[a-zA-Z!/?]")

Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that a command asks about."""

    content: bytes
    url: str | None
    """Null for a file whose address is not given."""
    content_type: str | None = None
    source: Source | None = None
    page: Page | None = None
    """Its place in the archive; null for a file."""

    @property
    def day(self) -> datetime:
        """When it was fetched: a file is taken to be of today."""
        return self.page.fetched if self.page else datetime.now(UTC)


def asked(page: str, *, url: str | None = None, source: str | None = None) -> Asked:
    """Read a page from a file, or from the archive by its URL; `source` (an id or a YAML file) names whose rules apply.

    Raises Reject for what is in neither place, Misconfigured for a source that cannot be read.
    """
    if url is not None:
        _check_address(url)
    address = named(page)
    found = Asked(_read(page), url) if address is None else _archived(address)
    return replace(found, source=sources.load_one(_known(source))) if source else found


def _check_address(url: str) -> None:
    try:
        urls.normalise(url)
    except Reject as error:
        raise Misconfigured(
            "--url", f"{url!r:.200}: {error}", "Give a whole address, such as https://example.org/2026/03/story"
        ) from error


def _known(source: str) -> Path:
    """Give the file of a source that a command names; raises Misconfigured with those that may have been meant."""
    path = _declared(source)
    if path.is_file() or source.endswith(".yaml"):
        return path
    ids = sorted(each.stem for each in path.parent.glob("*.yaml"))
    near = difflib.get_close_matches(source, ids, n=3)
    meant = f"Did you mean {' or '.join(near)}?" if near else f"Name a YAML file, or one of those in {path.parent}"
    raise Misconfigured("--source", f"no source has the id {source!r:.80}", meant)


def doubts(page: Asked) -> Iterator[str]:
    """Say why the rules of the source may not do here what they do in a crawl."""
    source = page.source
    if source is None:
        return
    if page.url and Hosts([source]).owner(page.url) is None:
        yield f"{urls.host(page.url)} is no host of {source.id}: a crawl would not read this page by its rules"
    if source.rules and in_force(source, page.day) is None:
        yield f"no rule of {source.id} is in force on {page.day:%Y-%m-%d}: the first is of {source.rules[0].since}"


def looks_plain(page: Asked) -> bool:
    """Tell whether a file holds no markup at all."""
    return page.page is None and bool(page.content.strip()) and not _MARKUP.search(page.content)


def guarded(func: Callable[[Asked], Out], page: Asked) -> Out:
    """Run `func` on the page within the line's own limits. Raises Quarantine with the reason where it breaks one."""
    bounds = settings.load().limits.extract
    preload = (__name__,)
    with Sandbox(workers=1, seconds=bounds.seconds, megabytes=bounds.megabytes, preload=preload) as sandbox:
        (result,) = sandbox.map(func, [page])
    if result.error is not None:
        raise result.error
    return result.value  # type: ignore[return-value]  # null only where there is an error


def addressed(url: str) -> str | None:
    """Give an address that a page came out under; None where it is of no page, for nothing told the address."""
    return None if url.startswith(_NOWHERE) else url


def extracted(page: Asked) -> Extraction:
    """Extract and classify an HTML page."""
    return read_page(
        page.content, _address(page), content_type=page.content_type, source=_of_its_day(page), page=page.page
    )


def text_extracted(page: Asked) -> Extraction:
    """Extract and classify a plain text. Raises Reject for a file that is none."""
    extraction = extract_text(decoded(page.content), url=page.url)
    if extraction.article is None:
        return extraction
    return extraction.model_copy(update={"article": classify(extraction.article)})


def explained(page: Asked) -> Explanation:
    """Explain an HTML page block by block; its address is null where nothing tells it."""
    fetched, url = page.page.fetched if page.page else None, _address(page)
    found = explain(page.content, url, content_type=page.content_type, source=_of_its_day(page), fetched=fetched)
    return replace(found, url=addressed(url))


def _of_its_day(page: Asked) -> Source | None:
    """Give the source without the rules of later days, which a page of unknown day would be read by."""
    if page.source is None:
        return None
    rules = tuple(rule for rule in page.source.rules if rule.since <= page.day.astimezone(UTC).date())
    return page.source.model_copy(update={"rules": rules})


def _address(page: Asked) -> str:
    """Give the address of a page, by its own word where the command does not give it."""
    if page.url:
        return page.url
    evidence = Evidence(parse(page.content, page.content_type), _UNKNOWN)
    claims = (*evidence.links.get("canonical", [])[:1], *evidence.metas.get("og:url", [])[:1])
    return next(filter(None, map(_believed, claims)), _UNKNOWN)


def _believed(claim: str) -> str | None:
    """Give what a page calls its address, where that is a whole one and no home page, which many name in its place."""
    try:
        url = urls.normalise(claim)
    except Reject:
        return None
    return url if urlsplit(url).path != "/" else None


def _read(name: str) -> bytes:
    if not name:
        raise Reject("no page is named; give a file, or a URL that is archived")
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Reject(f"{name}: {error.strerror or error}; give a file, or a URL that is archived") from error


def _archived(url: str) -> Asked:
    given = settings.load()
    bucket = to_read()
    forms = [url, urls.normalise(url)]
    met = pl.col("url").is_in(forms) | pl.col("final_url").is_in(forms)
    pages = tables.scan(bucket, "pages").filter(met & (pl.col("status") == 200))
    rows = pages.sort("fetched", descending=True).head(1).collect()
    if rows.is_empty():
        raise Reject(f"{url} is not in the archive; `copydesk explain {url}` tells what happened to it")
    row = rows.row(0, named=True)
    try:
        record = bucket.get(row["warc"], row["offset"], row["length"])
    except KeyError as error:
        raise Reject(f"{bucket.uri(row['warc'])} is gone: the tables name it for {url}") from error
    body = archive.body_at(record, given.limits.fetch.text_bytes)
    declared = _declared(row["source"])
    source = sources.load_one(declared) if declared.is_file() else None
    return Asked(body, row["final_url"], row["content_type"], source, tables.row_of(Page, row))


def _declared(source: str) -> Path:
    """Give the file that declares a source, by its id or as it is."""
    return Path(source) if source.endswith(".yaml") else settings.load().source_folder / f"{source}.yaml"
