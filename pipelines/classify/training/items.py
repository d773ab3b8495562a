"""The texts that a topic model learns from, with their topics."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["JUDGED", "Item", "judged", "key_of", "labelled", "unlike"]

JUDGED = Path(__file__).parent / "judged.tsv"
"""Our own labels of items that came with a newsletter's or a publisher's section only: `key<TAB>topics`, no text."""
_WEAK = ("weak-newsletter.jsonl.gz", "weak-sections.jsonl.gz")


class Item(NamedTuple):
    """One text."""

    key: str
    """What `key_of` makes of it."""
    title: str
    """Headline."""
    text: str
    """Start of the body; may be empty."""
    topics: tuple[str, ...]
    """Its topics, the main one first."""
    url: str = ""
    """Where it stood, with or without scheme."""


def key_of(url: str, title: str) -> str:
    """Name an item by where it stood and what it is called; differences that mean nothing are folded."""
    place = re.sub(r"^https?://(www\.)?", "", url.lower()).partition("?")[0].partition("#")[0].rstrip("/")
    return hashlib.sha256(f"{place} {_bare(title)}".encode()).hexdigest()[:12]


def labelled(path: Path) -> list[Item]:
    """Read JSON lines with title, text and topics; raises `Misconfigured` for a file that holds none."""
    items = [_item(row, tuple(row["topics"])) for row in _rows(path)]
    if not items:
        raise Misconfigured(str(path), "no item with topics", "Name a file of JSON lines with title, text and topics")
    return items


def judged(folder: Path, labels: Path = JUDGED) -> list[Item]:
    """Give the weakly labelled items of `folder` that a reader has judged."""
    lines = (line.split("\t") for line in labels.read_text(encoding="utf-8").splitlines())
    topics = {key: tuple(names.split(",")) for key, names in lines}
    found: dict[str, Item] = {}
    for name in _WEAK:
        for row in _rows(folder / name):
            item = _item(row, ())
            if item.key in topics:
                found.setdefault(item.key, item._replace(topics=topics[item.key]))
    return list(found.values())


def unlike(items: Iterable[Item], held_back: Iterable[Item]) -> list[Item]:
    """Leave out the items that are at the place of one that is held back, or have its title."""
    held = list(held_back)
    places, titles = {_place(item) for item in held if item.url}, {_bare(item.title) for item in held}
    return [item for item in items if _place(item) not in places and _bare(item.title) not in titles]


def _place(item: Item) -> str:
    return key_of(item.url, "")


def _bare(title: str) -> str:
    return re.sub(r"\W+", "", title.lower())


def _item(row: dict[str, str], topics: tuple[str, ...]) -> Item:
    url, title = row.get("url") or "", row["title"]
    return Item(key_of(url, title), title, row.get("text") or "", topics, url)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines():
        if line.strip():
            yield json.loads(line)
