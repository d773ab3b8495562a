"""Which links of a page are articles: ours beside newspaper4k's and courlan's (trafilatura's), on the same real pages.

Truth are the declared article patterns of the sources that were looked at by hand; none of the three sees them. The
patterns leave out videos, deals and guides by choice, so that no tool reaches a precision of 1.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import tldextract
from courlan import extract_links, is_navigation_page, is_not_crawlable

from crawlers.discover import page, sections
from crawlers.discover.listing import own, resolve
from pipelines import sources, urls
from tests.discover.test_sections_shared import by_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipelines.records import Source

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from newspaper.urls import valid_url

# newspaper4k asks this for the site's name; without it, it would fetch the list of suffixes from the network.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())

ROOT = Path(__file__).resolve().parents[2]


def pages(data: Path) -> Iterator[tuple[bytes, str, Source]]:
    declared = sources.load(ROOT / "config" / "sources").values()
    looked_at = {urls.host(source.home).removeprefix("www."): source for source in declared if source.articles}
    for listed in sorted((data / "pages").glob("*.jsonl")):
        for line in listed.read_text(encoding="utf-8").split("\n")[:-1]:
            row = json.loads(line)
            url, stored = row.get("url") or "", listed.with_suffix("") / f"{row.get('id')}.html.gz"
            source = looked_at.get(urls.host(url).removeprefix("www."))
            if source is not None and stored.exists():
                yield gzip.decompress(stored.read_bytes()), url, source


def own_links(body: bytes, url: str, source: Source) -> set[str]:
    root = page.document(body)
    assert root is not None
    links = (resolve(page.base(root, url), anchor.get("href") or "") for anchor in page.anchors(root))
    return {link.url for link in links if link and own(source, link.host) and link.url != urls.normalise(url)}


def ours(body: bytes, url: str, source: Source) -> set[str]:
    bare = source.model_copy(update={"articles": (), "not_articles": ()})
    return {candidate.url for candidate in sections.read(body, url, bare).candidates}


def newspapers(body: bytes, url: str, source: Source) -> set[str]:
    return {link for link in own_links(body, url, source) if valid_url(link)}


def courlans(body: bytes, url: str, source: Source) -> set[str]:
    found = {
        urls.absolute(url, link) for link in extract_links(body.decode("utf-8", "replace"), url, external_bool=False)
    }
    kept = {link for link in found if link and not is_navigation_page(link) and not is_not_crawlable(link)}
    return kept & own_links(body, url, source)


TOOLS: dict[str, Callable[[bytes, str, Source], set[str]]] = {
    "copydesk": ours,
    "newspaper4k": newspapers,
    "courlan": courlans,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))
    parser.add_argument(
        "--data", type=Path, default=shared / "data", help="folder that holds pages/ (default: %(default)s)"
    )
    asked = parser.parse_args()
    found = list(pages(asked.data))
    truths = [by_pattern(*one) for one in found]
    print(f"{len(found)} pages, {sum(map(len, truths))} links to articles\n")
    print(f"{'':12} {'precision':>9} {'recall':>7} {'f1':>6} {'ms/page':>8}")
    for name, tool in TOOLS.items():
        began = time.perf_counter()
        given = [tool(*one) for one in found]
        spent = (time.perf_counter() - began) / max(len(found), 1) * 1000
        right = sum(len(one & truth) for one, truth in zip(given, truths, strict=True))
        precision = right / max(sum(map(len, given)), 1)
        recall = right / max(sum(map(len, truths)), 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{name:12} {precision:9.3f} {recall:7.3f} {f1:6.3f} {spent:8.1f}")


if __name__ == "__main__":
    main()
