"""What the tags, classes and ids of a block's containers say about its role, as presence of known words."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import html
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Outline

__all__ = ["MAX_ATTRIBUTE", "ClassNames", "Vocabulary", "names_of", "words_of"]

_GROUPS = Path(__file__).with_name("class_words.yaml")
ATTRIBUTES = {
    "class",
    "id",
    "role",
    "itemprop",
    "data-testid",
    "data-component",
    "data-type",
    "data-module",
    "aria-label",
    "style",
    "hidden",
}
# Longer attributes hold data, not names.
MAX_ATTRIBUTE = 300
# One of 180 containers has more characters of names; they are remembered for none, for they may be of any page's making.
LONGEST_REMEMBERED = 200
PART = re.compile(r"[A-Z]?[a-z]{2,24}|[A-Z]{2,24}(?![a-z])")


class ClassNames(dict["html.HtmlElement", str]):
    """The beginning of the `class` of elements, read once each: it may be as long as the page, and be asked for by all in it."""

    def __missing__(self, element: html.HtmlElement) -> str:
        self[element] = found = (element.get("class") or "")[:MAX_ATTRIBUTE]
        return found


def words_of(element: html.HtmlElement, tag: str) -> frozenset[str]:
    """Words in the names of an element, its tag as `<tag>`."""
    return split(tag, names_of(element))


def names_of(element: html.HtmlElement) -> str:
    """Give the values of the attributes that name an element, and `hidden` where it is."""
    given = element.items()
    names = " ".join([value[:MAX_ATTRIBUTE] for name, value in given if name in ATTRIBUTES])
    return f"{names} hidden" if given and element.get("hidden") is not None else names


def split(tag: str, names: str) -> frozenset[str]:
    """Words of a name in any of the usual spellings (`related-posts`, `relatedPosts`, `related_posts`)."""
    return frozenset([f"<{tag}>", *(part.lower() for part in PART.findall(names))])


@lru_cache(maxsize=1)
def groups() -> dict[str, tuple[str, ...]]:
    """Give the words of each group of `class_words.yaml`."""
    declared = yaml.safe_load(_GROUPS.read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in declared.items()}


class Vocabulary:
    """Known words and the groups of `class_words.yaml`, each a bit."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = (*words, *(f"[{name}]" for name in groups()))
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            self.places[word].append(place)
        for place, members in enumerate(groups().values(), len(words)):
            for word in members:
                self.places[word].append(place)
        self.bit = {word: sum(1 << place for place in places) for word, places in self.places.items()}
        # Most containers of a page are named alike.
        self.remembered_bits = lru_cache(maxsize=16_384)(self.bits_of)

    def bits_of(self, tag: str, names: str) -> int:
        """Give the known words in the names of a container."""
        bits = 0
        for word in split(tag, names):
            bits |= self.bit.get(word, 0)
        return bits

    def named(self, tag: str, names: str) -> int:
        """Give the same, of short names from memory."""
        return (self.remembered_bits if len(names) <= LONGEST_REMEMBERED else self.bits_of)(tag, names)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names: first the near containers, then all; groups in brackets."""
        return (*(f"near:{word}" for word in self.words), *(f"any:{word}" for word in self.words))

    def columns(self, outline: Outline) -> NDArray[np.float32]:
        """One row a block: which words stand on its near containers, and which on any around it."""
        near, around = self.bits(outline)
        size = (len(self.words) + 7) // 8
        rows = b"".join([
            near[block.container.index].to_bytes(size, "little") + around[block.container.index].to_bytes(size, "little")
            for block in outline.blocks
        ])  # fmt: skip
        table = np.frombuffer(rows, np.uint8).reshape(len(outline.blocks), 2, size)
        bits = np.unpackbits(table, axis=2, bitorder="little", count=len(self.words))
        return bits.reshape(len(outline.blocks), -1).astype(np.float32)

    def bits(self, outline: Outline) -> tuple[list[int], list[int]]:
        """For each container its words with those of the near containers around it, and with those of all."""
        own: list[int] = []
        near: list[int] = []
        around: list[int] = []
        up: list[int] = []
        for container in outline.containers:
            # What is around no block is asked by none.
            filled = container.first < container.last
            bits = self.named(container.tag, names_of(container.element)) if filled else 0
            if container.index == 0:
                own.append(bits)
                near.append(bits)
                around.append(bits)
                up.append(0)
                continue
            parent = container.parent
            outer = outline.containers[parent]
            same = (outer.first, outer.last) == (container.first, container.last)
            # `own` gathers the names of containers that hold the same blocks; near is that and the next range.
            own.append(bits | (own[parent] if same else 0))
            up.append(up[parent] if same else own[parent])
            near.append(own[-1] | up[-1])
            around.append(bits | around[parent])
        return near, around
