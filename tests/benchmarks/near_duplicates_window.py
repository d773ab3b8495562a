"""Time 1,000 new articles against windows of growing size, by the tables and the code of the line.

    python -m tests.benchmarks.near_duplicates_window [SIZE ...]        10000 100000 1000000 by default

Each window is a Delta table of sketches on disk, made up: articles of 600 words at the median on 500 sources, one
shingle in fourteen a common phrase. One new article in five is a copy of one in the window with one word in ten
replaced. Each size runs in a process of its own; the figures are of that process, imports aside.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from deltalake import write_deltalake

from pipelines import layout
from pipelines.bucket import Bucket, open_bucket
from pipelines.dedupe import families, sketch
from pipelines.records import Article
from pipelines.settings import Settings
from pipelines.store import tables
from pipelines.store.known import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = 500
NEW = 1000
COPIES = 200
START = datetime(2026, 1, 1, tzinfo=UTC)
CHUNK = 100_000


def text(rng: random.Random) -> str:
    """Make an article's text."""
    return " ".join(
        f"{'abcdefgh'[int(rng.random() ** 3 * 8)]}{int(rng.paretovariate(0.6)) % 50_000}" for _ in range(600)
    )


def sketches(size: int) -> Iterator[pl.DataFrame]:
    """Make the rows of the window, the first `COPIES` from texts that new articles will copy."""
    rng = np.random.default_rng(1)
    common = rng.integers(0, 2**32, 20_000, dtype=np.uint32)
    for start in range(0, size, CHUNK):
        rows = range(start, min(size, start + CHUNK))
        yield _frame(rows, _packed(rng, common, len(rows)))


def _packed(rng: np.random.Generator, common: np.ndarray, many: int) -> list[bytes]:
    """Give the samples of `many` articles: of a long one the hashes under the bound, of a short one its lowest."""
    words = np.clip(rng.lognormal(np.log(600), 0.6, many), 60, 8000).astype(np.int64)
    kept = np.minimum(words, np.maximum(sketch.LEAST, words // sketch.ONE_IN))
    owner = np.repeat(np.arange(many), kept)
    hashes = (rng.random(owner.size) * (2**32 * kept / words)[owner]).astype(np.uint64)
    phrases = rng.random(owner.size) < 1 / 14
    hashes[phrases] = common[(rng.random(int(phrases.sum())) ** 4 * common.size).astype(int)]
    pairs = np.sort(owner.astype(np.uint64) << np.uint64(32) | hashes)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    bounds = np.searchsorted(pairs >> np.uint64(32), np.arange(many + 1))
    packed = (pairs & np.uint64(2**32 - 1)).astype("<u4").tobytes()
    return [packed[4 * first : 4 * end] for first, end in pairwise(bounds.tolist())]


def _frame(rows: range, packed: list[bytes]) -> pl.DataFrame:
    copied = {row: text(random.Random(row)) for row in rows if row < COPIES}
    packed = [
        sketch.sample(copied[row]).astype("<u4").tobytes() if row in copied else p
        for row, p in zip(rows, packed, strict=True)
    ]
    ids = [f"article{row:010}" for row in rows]
    times = [START + timedelta(seconds=row) for row in rows]
    return pl.DataFrame(
        {
            "article": ids,
            "source": [f"source{row % SOURCES}" for row in rows],
            "published": times,
            "fetched": times,
            "digest": [f"{row:032x}" for row in rows],
            "hashes": packed,
            "credits": [[] for _ in rows],
            "parent": [None for _ in rows],
            "also": [[] for _ in rows],
            "family": ids,
        },
        schema_overrides={"credits": pl.List(pl.String), "also": pl.List(pl.String), "parent": pl.String},
    )


def batch() -> list[Article]:
    """Make the new articles."""
    articles = []
    for number in range(NEW):
        rng = random.Random(number if number < COPIES else -number)
        body = text(rng)
        if number < COPIES:
            body = " ".join(f"n{rng.randrange(9999)}" if rng.random() < 0.1 else w for w in body.split())
        at = START + timedelta(days=30, seconds=number)
        articles.append(
            Article(
                id=f"new{number:06}",
                url="https://example.org/",
                canonical_url="https://example.org/",
                source=f"source{number % SOURCES}",
                title="A title",
                body=body,
                markdown=body,
                word_count=600,
                extractor="none",
                published=at,
                fetched=at,
                page=f"warc#{number}",
            )
        )
    return articles


def fill(bucket: Bucket, size: int) -> None:
    """Write the window's table."""
    tables.create(bucket)
    for frame in sketches(size):
        write_deltalake(bucket.uri(layout.table("sketches")), frame.to_arrow(), mode="append")


def measure(bucket: Bucket) -> dict[str, float]:
    """Resolve the batch and give seconds, peak memory in MB and copies found."""
    articles = batch()
    bodies = [article.body for article in articles]
    sketch.sample(bodies[0])
    began = time.perf_counter()
    for body in bodies:
        sketch.sample(body)
    sketched = time.perf_counter()
    done = families.resolve(articles, Tables(bucket, START))
    ended = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    right = sum(d.of == f"article{int(d.article[3:]):010}" for d in done.duplicates)
    return {"sketch": sketched - began, "all": ended - sketched, "megabytes": memory, "copies": right}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], metavar="SIZE")
    parser.add_argument("--folder", type=Path, help="keep the windows here and use those that are there")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(open_bucket(Settings(bucket=str(arguments.one))))))
        return
    print(
        f"{'window':>9} {'sketch alone s':>15} {'sketch + look-up + verify s':>28} {'peak MB':>8} {'copies found':>13}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for size in arguments.sizes:
            where = (arguments.folder or Path(folder)) / f"window{size}"
            if not where.exists():
                fill(open_bucket(Settings(bucket=str(where))), size)
            command = [sys.executable, "-m", "tests.benchmarks.near_duplicates_window", "--one", str(where)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            row = f"{size:>9} {found['sketch']:>15.2f} {found['all']:>28.2f} {found['megabytes']:>8.0f}"
            print(f"{row} {found['copies']:>9.0f}/{COPIES}", flush=True)


if __name__ == "__main__":
    main()
