"""The whole line over stored pages: `python -m tests.benchmarks.replay --shared DIR`.

Serves the pages of fundus-a and aeb over loopback under their own host names, crawls them with the real spiders, takes
them through extraction, deduplication and commit, and prints how many became articles and the scorer's figures. The
publishers' reservations are read, recorded and not acted upon: these are development pages.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from pipelines import crawls, stages, urls
from pipelines.bucket import open_bucket
from pipelines.settings import load
from pipelines.store import tables
from tests.replay import Replay, Stored, stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.bucket import Bucket

SETS = ("fundus-a", "aeb")


@contextmanager
def replayed(pages: Sequence[Stored], folder: Path) -> Iterator[tuple[Bucket, list[int]]]:
    """Take pages through the line; gives the bucket and the crawls' exit codes."""
    before = dict(os.environ)
    with Replay(pages) as replay:
        replay.write_sources(folder / "sources")
        replay.authority.cert_pem.write_to_path(str(folder / "authority.pem"))
        os.environ |= {
            "COPYDESK_BUCKET": str(folder / "bucket"),
            "COPYDESK_STATE": str(folder),
            "COPYDESK_CONFIG": str(open_policy(folder)),
            "COPYDESK_SOURCES": str(folder / "sources"),
            "COPYDESK_RESOLVE": json.dumps(dict(replay.resolve)),
            "SSL_CERT_FILE": str(folder / "authority.pem"),
        }
        try:
            commands = [crawls.crawl_command(source, "replay") for source in crawls.chosen_sources()]
            with ThreadPoolExecutor(2) as pool:
                done = list(pool.map(lambda c: subprocess.run(c, capture_output=True, check=False), commands))
            while keys := stages.uncovered():
                for key in keys:
                    stages.extract(key)
                stages.commit(keys)
            yield open_bucket(load()), [each.returncode for each in done]
        finally:
            os.environ.clear()
            os.environ.update(before)


def open_policy(folder: Path) -> Path:
    """Copy the configuration with a policy that stores whatever is reserved."""
    config = load().config
    shutil.copytree(config, folder / "config", ignore=shutil.ignore_patterns("sources"))
    path = folder / "config" / "limits.yaml"
    head, _, rights = path.read_text(encoding="utf-8").partition("\nrights:\n")
    lines = [f"  {line.split(':')[0].strip()}: body" if line.startswith("  ") else line for line in rights.splitlines()]
    path.write_text(f"{head}\nrights:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return folder / "config"


def predictions(bucket: Bucket, pages: Sequence[Stored]) -> list[dict[str, object]]:
    """Give the rows of the scorer, one a page; a page that became no article has an empty body."""
    fates = tables.scan(bucket, "fates").filter(pl.col("article").is_not_null()).select("url", "article").collect()
    article_of = dict(fates.iter_rows())
    columns = ("id", "title", "standfirst", "body", "authors", "organisations", "published")
    articles = {row["id"]: row for row in tables.scan(bucket, "articles").select(columns).collect().to_dicts()}
    rows: list[dict[str, object]] = []
    for page in pages:
        found = articles.get(article_of.get(urls.normalise(page.url), ""))
        if found is None:
            rows.append({"id": page.id, "body": ""})
            continue
        body = (
            "\n\n".join(part for part in (found["standfirst"], found["body"]) if part)
            if page.set == "fundus-a"
            else found["body"]
        )
        date = found["published"].isoformat() if found["published"] else None
        authors = [*found["authors"], *found["organisations"]]
        rows.append({"id": page.id, "body": body, "title": found["title"], "authors": authors, "date": date})
    return rows


def main() -> None:
    """Replay and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the development data")
    asked = parser.parse_args()
    pages = stored(asked.shared / "data" / "pages", SETS)
    with tempfile.TemporaryDirectory() as name, replayed(pages, Path(name)) as (bucket, codes):
        ends = Counter(tables.scan(bucket, "fates").collect()["outcome"])
        print(f"{len(pages)} pages; crawls ended {codes}; fates: {dict(ends)}")
        rows = predictions(bucket, pages)
        print(f"became articles: {sum(bool(row['body']) for row in rows)}")
        for part in SETS:
            wanted = {page.id for page in pages if page.set == part}
            out = Path(name) / f"{part}.jsonl"
            out.write_text("\n".join(json.dumps(row) for row in rows if row["id"] in wanted) + "\n")
            print(f"== {part}", flush=True)
            subprocess.run([sys.executable, asked.shared / "tools" / "score_pages.py", part, out], check=True)


if __name__ == "__main__":
    main()
