"""A mutation fuzzer for extraction: `python -m tests.fuzz.extract --seconds 600 --seed 7 --out DIR`.

Pages of the newsroom are cut, spliced, doubled and sprinkled with what parsers stumble over; whatever comes of it must be
extracted or set aside, twice alike, in time, and fit to be stored. One seed gives the same pages on every machine. A page
that breaks a promise is written to --out with the reason beside it, and the program ends with exit code 1.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import Quarantine
from pipelines.extract import extract
from pipelines.extract.text.text import extract_text
from pipelines.records import Extraction
from tests.newsroom.site import content
from tests.newsroom.truth import truths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["broken_promise", "mutants"]

# CPU time of a page: a hundredth of the pages' limit would be enough for any of the newsroom's.
SECONDS = 5.0
# Longer pages make a slow fuzzer and show nothing that shorter ones do not.
LONGEST = 60_000
MOST_STEPS = 8
TOKENS = [
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE", b"<?xml", b"&", b"&#0;", b"&#x1F600;",
    b"&#xD800;", b"&#155;", b"&lt;", b"&nbsp;", b"\x00", b"\x1b[31m", b"\xff\xfe", b"\xef\xbb\xbf", b"\x85", b"\xe2\x80\xa8",
    b"\xed\xa0\x80", b"\xe2\x80\xae", b"<p>", b"</p>", b"<div class='related'>", b"</div>", b"<a href='//[::1'>", b"<a href='http://[x]/'>",
    b"<a href='https://harbour.example:99999/'>", b"<base href='http://['>", b"<button>", b"<nav>", b"<template>", b"<svg>",
    b"<table><tr><td>", b"<pre>", b"<br><br>", b"<h1>", b"<h2>Related</h2>", b"<time datetime='0000-00-00T99:99'>",
    b"<time datetime='9999-12-31T23:59:59-14:00'>", b"<html lang='x-\xf0'>", b"<meta charset=utf-16>", b"<meta charset=x>",
    b"<link rel=canonical href='javascript:1'>", b"<link rel=canonical href='http://a b/'>", b"<img src='data:,'>",
    b"<img srcset=', ,,1x'>", b"<script type='application/ld+json'>", b"</script>", b'{"@type":"NewsArticle","headline":"\\ud800"}',
    b'{"@graph":[{"@id":1,"author":{"@id":1}}]}', b'"datePublished":"2026-13-45"', b'"author":[null,1,{"name":[]}]', b"[" * 200,
    b"a-" * 300, b" " * 1_000, b"1." * 500, b"\xe6\xb8\xaf" * 50, b"READ MORE: ", b"By A, B and C", b"||||", b"@" * 100,
]  # fmt: skip


@cache
def corpus() -> tuple[tuple[str, bytes], ...]:
    """Address and page of everything in the newsroom that is HTML."""
    urls = [url for url, truth in truths().items() if truth.kind is not None and not truth.variant_of]
    pages = [(url, content(url, 1).body) for url in urls]
    return tuple((url, page) for url, page in pages if len(page) <= LONGEST)


def place(dice: random.Random, page: bytes) -> tuple[int, int]:
    """Choose a stretch of the page; markup is met as often as text."""
    start = dice.randrange(len(page) + 1)
    if dice.random() < 0.5:
        start = max(page.find(b"<", start), 0)
    return start, min(len(page), start + int(dice.expovariate(1 / 200)))


def insert(dice: random.Random, page: bytes) -> bytes:
    at, _ = place(dice, page)
    return page[:at] + dice.choice(TOKENS) * dice.choice((1, 1, 1, 2, 50)) + page[at:]


def delete(dice: random.Random, page: bytes) -> bytes:
    start, end = place(dice, page)
    return page[:start] + page[end:]


def double(dice: random.Random, page: bytes) -> bytes:
    start, end = place(dice, page)
    return page[:end] + page[start:end] * dice.choice((1, 2, 20)) + page[end:]


def splice(dice: random.Random, page: bytes) -> bytes:
    start, end = place(dice, page)
    _, other = dice.choice(corpus())
    first, last = place(dice, other)
    return page[:start] + other[first : last + 500] + page[end:]


def flip(dice: random.Random, page: bytes) -> bytes:
    changed = bytearray(page)
    for _ in range(dice.choice((1, 5, 50))):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def truncate(dice: random.Random, page: bytes) -> bytes:
    return page[: place(dice, page)[0]]


STEPS: tuple[Callable[[random.Random, bytes], bytes], ...] = (insert, insert, delete, double, splice, flip, truncate)


def mutants(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield pages without end, each with an address."""
    for number in count():
        dice = random.Random(f"{seed}-{number}")
        url, page = dice.choice(corpus())
        for _ in range(dice.randint(1, MOST_STEPS)):
            page = dice.choice(STEPS)(dice, page)[:LONGEST]
        yield url, page


def broken_promise(url: str, page: bytes) -> str | None:
    """Extract a page and tell which promise that breaks; null where it keeps them all."""
    started = time.process_time()
    try:
        first = outcome(url, page)
        again = outcome(url, page)
    except Exception as error:  # noqa: BLE001  what is looked for
        return f"raised {type(error).__name__}: {error}"
    if first != again:
        return "two results for the same bytes"
    if time.process_time() - started > 2 * SECONDS:
        return f"took longer than {SECONDS:g} s"
    return first if first.startswith("cannot") else None


def outcome(url: str, page: bytes) -> str:
    """Give what comes of a page, read as HTML and as plain text, in a form that can be compared."""
    found = []
    text = page.decode("utf-8", "replace")
    for read in (partial(extract, page, url), partial(extract_text, text, url=url)):
        try:
            extraction = read()
        except Quarantine as error:
            found.append(str(error))
            continue
        stored = extraction.model_dump_json()
        if Extraction.model_validate_json(stored) != extraction:
            return f"cannot be read back: {stored:.200}"
        found.append(stored)
    return "\n".join(found)


def main() -> int:
    """Fuzz for a while and write down what broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long, by the clock")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(".state/fuzz"), help="where pages go that break a promise")
    asked = parser.parse_args()
    until, broken, tried = time.monotonic() + asked.seconds, 0, 0
    for url, page in mutants(asked.seed):
        reason = broken_promise(url, page)
        tried += 1
        if reason is not None:
            name = hashlib.sha256(page).hexdigest()[:16]
            asked.out.mkdir(parents=True, exist_ok=True)
            (asked.out / f"{name}.html").write_bytes(page)
            (asked.out / f"{name}.txt").write_text(f"{url}\n{reason}\n", encoding="utf-8")
            print(f"{name}: {reason}", file=sys.stderr)
            broken += 1
        if time.monotonic() > until:
            break
    print(f"{tried} pages, {broken} broke a promise")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
