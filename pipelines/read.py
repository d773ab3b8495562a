"""Reading a WARC file: every exchange through extraction and classification, each page in the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import tee
from typing import TYPE_CHECKING

from pipelines import archive, layout
from pipelines.classify import in_use
from pipelines.classify.article import classify
from pipelines.classify.in_use import SHIPPED, Taught
from pipelines.extract import extract
from pipelines.extract.sandbox import Sandbox
from pipelines.extracted import Extracted
from pipelines.records import Decision, Extraction, Kind
from pipelines.withhold import withhold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.archive import Exchange
    from pipelines.bucket import Bucket
    from pipelines.limits import Limits
    from pipelines.records import Page, Source
    from pipelines.rights import Policy

__all__ = ["read_page", "read_warc"]

# What a worker imports before its first page, so that no page pays for it.
_PRELOAD = ("pipelines.read",)
_HTML = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class _Item:
    """One page on its way into the sandbox; `body` is null where there is nothing to extract."""

    exchange: Exchange
    source: Source | None
    taught: Taught = SHIPPED
    """What classification takes instead of what is shipped."""


def read_warc(
    bucket: Bucket, key: str, source: Source | None, limits: Limits, taught: Taught = SHIPPED
) -> Iterator[Extracted]:
    """Yield what each exchange of the WARC file `key` yields, in the file's order; `taught` is used to classify them."""
    name = layout.parse_warc(key)
    owner = source.id if source else name.source if name else "unknown"
    began = datetime.combine(name.day, datetime.min.time(), UTC) if name else datetime.fromtimestamp(0, UTC)
    with (
        bucket.open(key) as stream,
        Sandbox(
            workers=limits.extract.workers,
            seconds=limits.extract.seconds,
            megabytes=limits.extract.megabytes,
            preload=_PRELOAD,
        ) as sandbox,
    ):
        exchanges = archive.read(stream, key, source=owner, limit=limits.fetch.text_bytes)
        empty = True
        items, kept = tee(_Item(exchange, source, taught) for exchange in exchanges)
        for item, result in zip(kept, sandbox.map(read_item, items), strict=True):
            empty, exchange = False, item.exchange
            trouble = exchange.trouble or (str(result.error) if result.error else None)
            yield Extracted(
                warc=key,
                source=owner,
                at=exchange.page.fetched if exchange.page else exchange.noted or began,
                noted=exchange.noted,
                visit=exchange.visit,
                page=exchange.page,
                extraction=_allowed(result.value, exchange.page, limits.rights),
                trouble=trouble,
            )
    if empty:
        # The fates tell what became of every file, also of one that tells nothing.
        yield Extracted(warc=key, source=owner, at=began, visit=None, page=None, trouble="the file holds no exchange")


def _allowed(extraction: Extraction | None, page: Page | None, policy: Policy) -> Extraction | None:
    return withhold(extraction, page, policy) if extraction is not None and page is not None else extraction


def read_item(item: _Item) -> Extraction | None:
    """Extract and classify one exchange; None where the crawl has said how it ended or no page came."""
    exchange, page = item.exchange, item.exchange.page
    if page is None or exchange.body is None or (exchange.visit is not None and exchange.visit.outcome is not None):
        return None
    if page.status != 200:
        return _refused(Kind.OTHER, f"HTTP status {page.status}")
    kind = (page.content_type or "text/html").partition(";")[0].strip().lower()
    if kind not in _HTML:
        return _refused(Kind.NOT_HTML, f"content type {kind}")
    return read_page(
        exchange.body, page.final_url, content_type=page.content_type, source=item.source, page=page, taught=item.taught
    )


def _refused(kind: Kind, reason: str) -> Extraction:
    return Extraction(decision=Decision(article=False, kind=kind, score=1.0, reason=reason))


def read_page(
    html: bytes,
    url: str,
    *,
    content_type: str | None,
    source: Source | None,
    page: Page | None,
    taught: Taught = SHIPPED,
) -> Extraction:
    """Extract and classify one page; the article knows its place in the archive where `page` tells it.

    `taught` names the files of what the archive taught.
    """
    extraction = extract(
        html, url, content_type=content_type, source=source, fetched=page.fetched if page is not None else None
    )
    if extraction.article is None:
        return extraction
    article = classify(extraction.article, source, in_use.read(taught.model), in_use.gazetteer(taught.names))
    if page is not None:
        article = article.model_copy(
            update={"page": f"{page.warc}#{page.offset}", "fetched": page.fetched, "source": page.source}
        )
    return extraction.model_copy(update={"article": article})
