"""Compare ways to find near-duplicates on the same documents, in one run.

    python -m tests.benchmarks.near_duplicates_table DOCS.jsonl [DOCS.jsonl ...]

DOCS.jsonl holds originals and copies as `near_duplicates` reads them; a pair is right when one document is the other's
source or both have one in common. Beside our own way: datasketch's LSH with containment, the settings of text-dedup
(5-word shingles, 256 permutations, Jaccard .7), of datatrove (5-word shingles, 14 bands of 8), and simhash.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from datasketch import MinHash, MinHashLSH

from pipelines.dedupe import sketch
from pipelines.dedupe.shingles import shingles
from tests.benchmarks import near_duplicates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Document = dict[str, Any]
Found = set[tuple[int, int]]


def word_shingles(text: str, width: int) -> set[str]:
    """Give the runs of words of a text as strings."""
    words = text.lower().split()
    return {" ".join(words[i : i + width]) for i in range(max(1, len(words) - width + 1))}


def minhash(text: str, width: int, permutations: int) -> MinHash:
    """Sketch a text by datasketch."""
    made = MinHash(num_perm=permutations, seed=1)
    made.update_batch([s.encode() for s in word_shingles(text, width)])
    return made


def _lsh(documents: list[Document], width: int, permutations: int, **settings: Any) -> tuple[Found, list[MinHash]]:
    index = MinHashLSH(num_perm=permutations, **settings)
    sketched, found = [], set()
    for number, document in enumerate(documents):
        made = minhash(document["body"], width, permutations)
        found |= {(number, other) for other in index.query(made)}
        index.insert(number, made)
        sketched.append(made)
    return found, sketched


def datasketch_way(documents: list[Document]) -> Found:
    """Find pairs by 64 bands of 2, kept where half of the smaller text stands in the larger."""
    found, _ = _lsh(documents, 3, 128, params=(64, 2))
    sets = [word_shingles(d["body"], 3) for d in documents]
    return {(a, b) for a, b in found if len(sets[a] & sets[b]) >= 0.5 * min(len(sets[a]), len(sets[b]))}


def text_dedup_way(documents: list[Document]) -> Found:
    """Find pairs as text-dedup's MinHash does by default."""
    return _lsh(documents, 5, 256, threshold=0.7)[0]


def datatrove_way(documents: list[Document]) -> Found:
    """Find pairs as datatrove's MinHash does by default."""
    return _lsh(documents, 5, 112, params=(14, 8))[0]


def simhash_way(documents: list[Document]) -> Found:
    """Find pairs whose 64-bit simhashes differ in at most 3 bits (Manku and others, 2007)."""
    places = np.arange(64, dtype=np.uint64)
    bits = []
    for document in documents:
        held = (np.unique(shingles(document["body"]))[:, None] >> places) & np.uint64(1)
        bits.append(held.mean(axis=0) > 0.5)
    table = np.array(bits)
    return {
        (one, int(other))
        for one in range(len(table))
        for other in np.flatnonzero((table[:one] != table[one]).sum(axis=1) <= 3)
    }


def our_way(path: Path, documents: list[Document]) -> Found:
    """Find pairs by the code of the line."""
    rows = {d["id"]: number for number, d in enumerate(documents)}
    return {(rows[one], rows[of]) for one, of in near_duplicates.pairs(near_duplicates.read(path))}


def score(documents: list[Document], found: Found) -> tuple[float, float, dict[str, float]]:
    """Give recall and precision of pairs, and recall by edit."""
    sources = [set(d.get("copy_of") or [d["id"]]) for d in documents]
    right = [(a, b) for a, b in found if sources[a] & sources[b]]
    hit = {number for pair in right for number in pair}
    edits: dict[str, list[bool]] = defaultdict(list)
    for number, document in enumerate(documents):
        if "edit" in document:
            edits[document["edit"]].append(number in hit)
    every = [found_it for each in edits.values() for found_it in each]
    by_edit = {name: sum(each) / len(each) for name, each in edits.items()}
    return sum(every) / len(every), len(right) / max(1, len(found)), by_edit


def speed(documents: list[Document]) -> Iterator[tuple[str, float]]:
    """Time sketching alone, in documents a second."""
    ways: list[tuple[str, Callable[[str], object]]] = [
        ("datasketch, 128 permutations", lambda text: minhash(text, 3, 128)),
        ("ours", sketch.sample),
    ]
    for name, way in ways:
        way(documents[0]["body"])
        began = time.process_time()
        for document in documents[:500]:
            way(document["body"])
        yield name, min(500, len(documents)) / (time.process_time() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="+", metavar="DOCS.jsonl")
    for path in parser.parse_args().documents:
        with path.open(encoding="utf-8") as lines:
            documents = [json.loads(line) for line in lines]
        ways: dict[str, Callable[[list[Document]], Found]] = {
            "ours": partial(our_way, path),
            "datasketch 64x2 + containment": datasketch_way,
            "text-dedup": text_dedup_way,
            "datatrove": datatrove_way,
            "simhash": simhash_way,
        }
        print(f"{path.name}: {len(documents)} documents\n{'':30} recall precision  worst edits")
        for name, way in ways.items():
            recall, precision, by_edit = score(documents, way(documents))
            worst = sorted(by_edit, key=by_edit.__getitem__)[:4]
            shown = "  ".join(f"{edit} {by_edit[edit]:.2f}" for edit in worst)
            print(f"{name:30} {recall:6.4f}    {precision:6.4f}  {shown}", flush=True)
        for name, rate in speed(documents):
            print(f"sketching, {name:30} {rate:8.0f} documents a CPU second", flush=True)


if __name__ == "__main__":
    main()
