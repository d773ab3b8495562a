"""Addresses: which stored article a person means by an id or by any URL under which it was met."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from pipelines import urls
from pipelines.errors import Reject
from pipelines.store import tables

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

__all__ = ["ID", "article_at", "forms", "url_of"]

ID = re.compile(r"[a-z2-7]{16}")
"""What an article's id looks like."""


def article_at(bucket: Bucket, address: str) -> str:
    """Give the id of the stored article at `address`: an id, or a URL, with or without scheme.

    A URL may be any dress of the canonical one, one that a crawl followed to it by redirects, or one that a feed named.
    Raises `Reject` where no article is stored under it.
    """
    if ID.fullmatch(address) and _stored(bucket, [address]):
        return address
    asked = forms(address)
    for wanted in (_own(asked), _met(bucket, asked), _answered(bucket, asked)):
        if found := _stored(bucket, wanted):
            return found
    raise Reject(f"no article is stored under {address}; `copydesk explain {asked[0]}` tells what crawls did with it")


def url_of(bucket: Bucket, article: str) -> str:
    """Give the canonical URL of a stored article. Raises `Reject` where none has this id."""
    rows = tables.scan(bucket, "articles").filter(pl.col("id") == article).select("canonical_url").collect()
    if rows.is_empty():
        raise Reject(f"{article} is no file, and no article is stored under this id; give a file, a URL or an id")
    return str(rows.item())


def forms(address: str) -> list[str]:
    """Give the forms of a URL under which a crawl may have noted it, the likeliest first.

    Raises `Reject` for what is no URL.
    """
    whole = address if "://" in address else f"https://{address}"
    normal = urls.normalise(whole)
    base, mark, query = normal.partition("?")
    ends = [base, base.rstrip("/") if base.endswith("/") else f"{base}/"]
    kept = [end + mark + query for end in ends]
    schemes = ("https", "http") if normal.startswith("https:") else ("http", "https")
    every = [f"{scheme}:{form.partition(':')[2]}" for scheme in schemes for form in kept]
    return list(dict.fromkeys([normal, whole, *every]))


def _own(asked: list[str]) -> list[str]:
    return [urls.article_id(asked[0])]


def _met(bucket: Bucket, asked: list[str]) -> list[str]:
    """Give the articles that crawls filed what they met under one of the URLs as, the newest first."""
    rows = tables.scan(bucket, "fates").filter(pl.col("url").is_in(asked) & pl.col("article").is_not_null())
    return rows.sort("at", descending=True).select("article").collect()["article"].to_list()


def _answered(bucket: Bucket, asked: list[str]) -> list[str]:
    """Give the articles of the addresses at which requests for one of the URLs ended, the newest first."""
    rows = tables.scan(bucket, "pages").filter(pl.col("url").is_in(asked))
    ends = rows.sort("fetched", descending=True).select("final_url").collect()["final_url"]
    return [urls.article_id(end) for end in ends.unique(maintain_order=True)]


def _stored(bucket: Bucket, wanted: list[str]) -> str | None:
    """Give the first of the ids that the articles hold."""
    if not wanted:
        return None
    rows = tables.scan(bucket, "articles").filter(pl.col("id").is_in(wanted)).select("id").collect()
    held = set(rows["id"])
    return next((each for each in wanted if each in held), None)
