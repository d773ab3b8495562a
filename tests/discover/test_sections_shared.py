"""Sections on real pages: the links that a looked-at source's patterns call articles are found without the patterns."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawlers.discover import page, sections
from crawlers.discover.listing import admits, own, resolve
from pipelines import sources, urls

if TYPE_CHECKING:
    from pipelines.records import Source

# Measured .87 and .93; most of what is too much are videos and guides that the patterns leave out by choice.
PRECISION, RECALL = 0.83, 0.89


def by_pattern(body: bytes, url: str, source: Source) -> set[str]:
    """Give the article links of a page by the declared patterns."""
    root = page.document(body)
    assert root is not None
    base, here = page.base(root, url), urls.normalise(url)
    links = (resolve(base, anchor.get("href") or "") for anchor in page.anchors(root))
    return {link.url for link in links if link and link.url != here and own(source, link.host) and admits(source, link)}


@pytest.mark.shared
def test_articles_are_told_from_other_links_on_real_pages(shared: Path) -> None:
    declared = sources.load(Path(__file__).parents[2] / "config" / "sources").values()
    looked_at = {urls.host(source.home).removeprefix("www."): source for source in declared if source.articles}
    right = wrong = missed = 0
    for listed in sorted((shared / "data" / "pages").glob("*.jsonl")):
        for line in listed.read_text(encoding="utf-8").split("\n")[:-1]:
            row = json.loads(line)
            url, stored = row.get("url") or "", listed.with_suffix("") / f"{row.get('id')}.html.gz"
            source = looked_at.get(urls.host(url).removeprefix("www."))
            if source is None or not stored.exists():
                continue
            body = gzip.decompress(stored.read_bytes())
            bare = source.model_copy(update={"articles": (), "not_articles": ()})
            truth = by_pattern(body, url, source)
            found = {candidate.url for candidate in sections.read(body, url, bare).candidates}
            right, wrong, missed = right + len(found & truth), wrong + len(found - truth), missed + len(truth - found)
    assert right / (right + wrong) >= PRECISION
    assert right / (right + missed) >= RECALL
