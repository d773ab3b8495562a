"""Commands that look at what is there: articles; and one URL's way through the tables, by itself or an article's id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import polars as pl
import typer

from pipelines import settings, urls
from pipelines.classify import taxonomy
from pipelines.cli.buckets import to_read
from pipelines.cli.output import AsJson, console, print_json, print_rows
from pipelines.errors import Misconfigured
from pipelines.store import addresses, tables

if TYPE_CHECKING:
    from pipelines.bucket import Bucket
    from pipelines.settings import Settings

__all__ = ["articles", "named", "story_of"]


def articles(
    topic: Annotated[str | None, typer.Option(help="Only articles of this topic.")] = None,
    source: Annotated[str | None, typer.Option(help="Only articles of this source.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 20,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """List the newest articles."""
    given = settings.load()
    if topic:
        _require_topic(given, topic)
    rows = tables.scan(to_read(), "articles")
    names = pl.col("topics").list.eval(pl.element().struct.field("id"))
    if topic:
        rows = rows.filter(names.list.contains(topic))
    if source:
        rows = rows.filter(pl.col("source") == source)
    rows = rows.sort(pl.coalesce("published", "fetched"), "id", descending=[True, False], nulls_last=True).head(limit)
    if as_json:
        print_json(rows.collect().to_dicts())
        return
    shown = rows.select("published", "source", "language", names.list.join(" ").alias("topics"), "title").collect()
    if shown.is_empty():
        console.print(f"No such article in {given.bucket}: `copydesk report` tells what the newest crawl brought.")
        return
    cells = [(f"{row[0]:%Y-%m-%d %H:%M}" if row[0] else "", *row[1:]) for row in shown.iter_rows()]
    print_rows("Articles", ("published", "source", "language", "topics", "title"), cells)


def _require_topic(given: Settings, topic: str) -> None:
    known = [each.id for each in taxonomy.load(given.config / "topics.yaml").topics]
    if topic not in known:
        raise Misconfigured("--topic", f"no topic {topic!r}", f"Topics are {', '.join(known)}")


def named(target: str) -> str | None:
    """Give the URL that a command's argument names, by itself or by its article's id; None where it means a file.

    Raises Reject for an id under which no article is stored.
    """
    scheme, mark, rest = target.partition("://")
    if mark and scheme.lower() in {"http", "https"}:
        return f"{scheme.lower()}://{rest}"
    if addresses.ID.fullmatch(target) and not Path(target).exists():
        return addresses.url_of(to_read(), target)
    return None


def story_of(bucket: Bucket, url: str) -> dict[str, list[dict[str, object]]]:
    """Gather the rows that concern a URL: under its own form, its requested form, and its article's id."""
    forms = [url, urls.normalise(url)]
    fates = tables.scan(bucket, "fates").filter(pl.col("url").is_in(forms))
    fates = fates.select("at", "run", "outcome", "reason", "channel", "seen_in", "status", "article").sort("at")
    found = fates.collect()
    ids = sorted({urls.article_id(url), *found["article"].drop_nulls().to_list()})
    pages = tables.scan(bucket, "pages").filter(pl.col("url").is_in(forms))
    pages = pages.select("fetched", "status", "final_url", "content_type", "warc", "offset", "truncated").sort(
        "fetched"
    )
    articles = tables.scan(bucket, "articles").filter(pl.col("id").is_in(ids))
    versions = tables.scan(bucket, "versions").filter(pl.col("article").is_in(ids))
    copies = tables.scan(bucket, "duplicates").filter(pl.col("article").is_in(ids) | pl.col("of").is_in(ids))
    return {
        "fates": found.to_dicts(),
        "pages": pages.collect().to_dicts(),
        "article": articles.select(
            "id", "title", "published", "published_rule", "language", "word_count", "confidence", "extractor"
        )
        .collect()
        .to_dicts(),
        "versions": versions.select("number", "seen", "change", "title").sort("number").collect().to_dicts(),
        "copies": copies.select("article", "of", "match", "containment", "reason").collect().to_dicts(),
    }
