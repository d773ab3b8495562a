"""Prints a digest of what the newsroom's pages yield: `python -m tests.extract.digests SEED` takes them in an order of its own."""

from __future__ import annotations

import hashlib
import random
import sys

from pipelines.extract import extract
from tests.newsroom.site import content
from tests.newsroom.truth import truths

__all__ = ["digests"]

# Every n-th page: all publishers, languages and layouts are among them.
EVERY = 4


def digests(seed: int) -> dict[str, str]:
    """Give a digest by URL; the pages are taken in the order that `seed` shuffles them into."""
    urls = [url for url, truth in truths().items() if truth.kind is not None and not truth.variant_of][::EVERY]
    random.Random(seed).shuffle(urls)
    found = {}
    for url in urls:
        page = content(url, 1)
        extraction = extract(page.body, url, content_type=dict(page.headers)["Content-Type"])
        found[url] = hashlib.sha256(extraction.model_dump_json().encode()).hexdigest()
    return found


if __name__ == "__main__":
    for name, value in sorted(digests(int(sys.argv[1])).items()):
        print(name, value)
