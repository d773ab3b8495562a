"""Make copies as syndicators make them, beyond cutting and replacing words.

    python -m tests.benchmarks.edits DOCS.jsonl OUT.jsonl [--seed N] [--queries N]

Takes the originals of DOCS.jsonl (documents without "copy_of"), puts each copy on one of 40 hosts with menus and promos
of their own around the text where the edit says so, and writes originals and copies in the same format.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Document = dict[str, Any]
HOSTS = 40


def sentences(text: str) -> list[str]:
    """Split a text into sentences."""
    return re.split(r"(?<=[.!?。！？])\s*", text)


class Syndicator:
    """One run's random choices."""

    def __init__(self, seed: int, documents: list[Document]) -> None:
        self.rng = random.Random(seed)
        self.documents = documents
        self.words = [w for d in documents[:300] for w in re.findall(r"[a-z]{4,}", d["body"])]
        self.menus = [" ".join(self._line(2) for _ in range(25)) for _ in range(HOSTS)]
        self.promos = [[self._line(18) for _ in range(8)] for _ in range(HOSTS)]
        self.synonyms: dict[str, str] = {}

    def _line(self, words: int) -> str:
        return " ".join(self.rng.choices(self.words, k=words)).capitalize() + "."

    def other(self) -> Document:
        return self.rng.choice(self.documents)

    def framed(self, text: str, host: int) -> str:
        """Put the host's menu before the text, a promo inside it and three behind."""
        parts = sentences(text)
        parts.insert(len(parts) // 2, self.rng.choice(self.promos[host]))
        return "\n\n".join([self.menus[host], " ".join(parts), *self.rng.sample(self.promos[host], 3)])

    def synonym(self, word: str) -> str:
        return self.synonyms.setdefault(word, self.rng.choice(self.words))

    def edits(self) -> dict[str, Callable[[Document], tuple[str, Document | None]]]:
        """Name each edit; it gives the copy's text and a second document that it holds."""
        plain: dict[str, Callable[[str], str]] = {
            "lead": lambda t: " ".join(t.split()[:60]),
            "paragraphs": lambda t: "\n\n".join(t.split("\n\n")[: max(2, t.count("\n\n") // 3)]),
            "shuffled": lambda t: " ".join(self.rng.sample(parts := sentences(t), len(parts))),
            "synonyms": lambda t: " ".join(
                self.synonym(w) if len(w) > 6 and sum(map(ord, w)) % 3 else w for w in t.split()
            ),
            "rewrite25": lambda t: " ".join(
                self.rng.choice(self.words) if self.rng.random() < 0.25 else w for w in t.split()
            ),
            "typography": typography,
            "units": lambda t: re.sub(r"\d+", lambda m: str(int(m[0][:9]) * 1609 // 1000 + 1), t),
            "shouted": str.upper,
            "hyphenated": lambda t: re.sub(r"(\w{5})(\w{4})", "\\1\u00ad\\2", t),
            "buried": lambda t: " ".join(self._line(12) for _ in range(len(t) // 60)) + " " + t,
        }
        made: dict[str, Callable[[Document], tuple[str, Document | None]]] = {
            name: partial(_whole, edit) for name, edit in plain.items()
        }
        made["merged"] = self._merged
        made["interleaved"] = self._interleaved
        return made

    def _merged(self, document: Document) -> tuple[str, Document]:
        other = self.other()
        halves = [(parts := sentences(d["body"]))[: max(4, len(parts) // 2)] for d in (document, other)]
        return " ".join(halves[0] + halves[1]), other

    def _interleaved(self, document: Document) -> tuple[str, Document]:
        other = self.other()
        one, two = sentences(document["body"]), sentences(other["body"])
        return " ".join(s for both in zip(one, two, strict=False) for s in both), other


def _whole(edit: Callable[[str], str], document: Document) -> tuple[str, None]:
    return edit(document["body"]), None


def typography(text: str) -> str:
    """Set quotes, dashes, spaces, numbers and accents another way."""
    text = re.sub(r"(\d),(\d{3})", r"\1\2", text)
    text = re.sub(r"[\"“”]", "»", text).replace("’", "'").replace("'", "’").replace("...", "…")
    text = text.replace(" – ", " -- ").replace("—", " - ").replace(" ", "\u00a0").replace("fi", "\ufb01")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def make(documents: list[Document], seed: int, queries: int) -> list[Document]:
    """Give the copies of `documents`."""
    syndicator = Syndicator(seed, documents)
    copies = []
    for framed in (False, True):
        for name, edit in syndicator.edits().items():
            for document in syndicator.rng.sample(documents, queries):
                text, other = edit(document)
                host = syndicator.rng.randrange(HOSTS)
                label = f"framed-{name}" if framed else name
                copies.append(
                    {
                        "id": f"copy/{label}/{document['id']}",
                        "host": f"syndicate{host}.example",
                        "title": document["title"],
                        "published": "2026-02-01T00:00:00Z",
                        "body": syndicator.framed(text, host) if framed else text,
                        "copy_of": [document["id"], *([other["id"]] if other else [])],
                        "edit": label,
                    }
                )
    syndicator.rng.shuffle(copies)
    return copies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, metavar="DOCS.jsonl")
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=int, default=50)
    arguments = parser.parse_args()
    with arguments.documents.open(encoding="utf-8") as lines:
        originals = [d for d in map(json.loads, lines) if "copy_of" not in d]
    everything = originals + make(originals, arguments.seed, arguments.queries)
    arguments.out.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in everything), encoding="utf-8")
    print(f"{len(originals)} originals, {len(everything) - len(originals)} copies -> {arguments.out}")


if __name__ == "__main__":
    main()
