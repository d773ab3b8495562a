"""`copydesk extract`: one page or text through extraction and classification, and nothing stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import polars as pl
import typer

from pipelines import archive, settings
from pipelines.bucket import open_bucket
from pipelines.classify.article import classify
from pipelines.cli.output import AsJson, console, print_json, rows_table
from pipelines.errors import Reject
from pipelines.extract.text import extract_text
from pipelines.read import read_page
from pipelines.store import tables

if TYPE_CHECKING:
    from pipelines.records import Extraction

__all__ = ["extract"]


def extract(
    page: Annotated[str, typer.Argument(help="A file (HTML, or plain text with --text), or a URL that is archived.")],
    text: Annotated[bool, typer.Option("--text", help="The file is plain text without markup.")] = False,
    url: Annotated[str | None, typer.Option(help="Address that the file came from: links become absolute.")] = None,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Show the article and the teasers of one page.

    With --json: `{"decision": ..., "article": {...}, "teasers": [...]}`, in the records' own field names.
    """
    extraction = _text(page, url) if text else _page(page, url)
    if as_json:
        print_json(extraction)
    else:
        _show(extraction)


def _text(page: str, url: str | None) -> Extraction:
    extraction = extract_text(_read(page).decode("utf-8", "replace"), url=url)
    if extraction.article is None:
        return extraction
    return extraction.model_copy(update={"article": classify(extraction.article)})


def _page(page: str, url: str | None) -> Extraction:
    if page.startswith(("http://", "https://")):
        body, address, kind = _archived(page)
        return read_page(body, address, content_type=kind, source=None, page=None)
    return read_page(_read(page), url or "http://unknown.invalid/page", content_type=None, source=None, page=None)


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Reject(f"{name}: {error.strerror or error}; give a file, or a URL that is archived") from error


def _archived(url: str) -> tuple[bytes, str, str | None]:
    given = settings.load()
    bucket = open_bucket(given)
    named = (pl.col("url") == url) | (pl.col("final_url") == url)
    pages = tables.scan(bucket, "pages").filter(named & (pl.col("status") == 200))
    rows = pages.sort("fetched", descending=True).head(1).collect()
    if rows.is_empty():
        raise Reject(f"{url} is not in the archive; `copydesk explain {url}` tells what happened to it")
    row = rows.row(0, named=True)
    record = bucket.get(row["warc"], row["offset"], row["length"])
    return archive.body_at(record, given.limits.fetch.text_bytes), row["final_url"], row["content_type"]


def _show(extraction: Extraction) -> None:
    decision, article = extraction.decision, extraction.article
    console.print(f"{decision.kind} ({decision.score:.2f}): {decision.reason}", markup=False)
    if article is not None:
        facts = article.model_dump(mode="json", exclude={"body", "markdown", "entities", "images"}, exclude_none=True)
        console.print(
            rows_table("Article", ("field", "value"), [(k, v) for k, v in facts.items() if v not in ([], "")])
        )
        typer.echo(article.body)
    if extraction.teasers:
        rows = [(t.place, t.heading, t.title, t.blurb, t.url) for t in extraction.teasers]
        console.print(rows_table("Teasers", ("place", "heading", "title", "blurb", "url"), rows))
