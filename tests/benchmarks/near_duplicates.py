"""Find the near-duplicates in a file of documents, by the code that files copies in the tables.

    python tests/benchmarks/near_duplicates.py DOCS.jsonl PAIRS.jsonl [--batch N]

A document is {"id", "host", "published", "title", "body"}; its host stands for its source. A pair that is written,
{"id", "duplicate_of"}, names an earlier document that the first was made from: its parent, and for a round-up each
further one that it holds. `--batch` resolves N documents at a time, in the file's order, against those before it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import datetime
from pathlib import Path

if not __package__:  # started as a script: the tests are found from the root of the repository
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from pipelines.records import Article
from tests.dedupe.tables import Tables


def read(path: Path) -> list[Article]:
    """Read documents as articles that were fetched when they were published."""
    with path.open(encoding="utf-8") as lines:
        return [_article(json.loads(line)) for line in lines]


def pairs(articles: list[Article], batch: int | None = None) -> list[tuple[str, str]]:
    """Give each document with each earlier one that it was made from."""
    tables = Tables()
    size = batch or max(1, len(articles))
    for start in range(0, len(articles), size):
        tables.take(articles[start : start + size])
    return [(s.article, of) for s in tables.held.values() if s.parent for of in (s.parent, *s.also)]


def write(found: list[tuple[str, str]], path: Path) -> None:
    """Write pairs, one a line."""
    lines = (json.dumps({"id": one, "duplicate_of": of}, ensure_ascii=False) + "\n" for one, of in found)
    path.write_text("".join(lines), encoding="utf-8")


def _article(document: dict[str, str]) -> Article:
    published = datetime.fromisoformat(document["published"])
    return Article(
        id=document["id"],
        url=f"https://{document['host']}/",
        canonical_url=f"https://{document['host']}/",
        source=document["host"],
        title=document["title"],
        body=document["body"],
        markdown=document["body"],
        word_count=len(document["body"].split()),
        extractor="none",
        published=published,
        fetched=published,
        page=f"{document['id']}#0",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, metavar="DOCS.jsonl")
    parser.add_argument("pairs", type=Path, metavar="PAIRS.jsonl")
    parser.add_argument("--batch", type=int, help="documents resolved at a time; all of them by default")
    arguments = parser.parse_args()
    articles = read(arguments.documents)
    began = time.perf_counter()
    found = pairs(articles, arguments.batch)
    write(found, arguments.pairs)
    print(f"{len(articles)} documents, {len(found)} pairs, {time.perf_counter() - began:.1f} s -> {arguments.pairs}")


if __name__ == "__main__":
    main()
