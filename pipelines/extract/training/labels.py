"""Truth bodies and read pages to a label for every block: what of the truth a block holds, and its role."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Anchor", "align", "words"]

# Blocks this long are unlikely to stand twice in one text by chance.
ANCHOR_WORDS = 5


class Anchor(NamedTuple):
    """A block and where its words stand in the truth."""

    block: int
    start: int
    stop: int


def words(text: str) -> list[str]:
    """Words as the scorer counts them."""
    return re.findall(r"\w+", text.lower())


def align(blocks: list[list[str]], truth: list[str]) -> list[float]:
    """Share of each block's words that the truth holds at the block's place in order, from 0 to 1.

    Long blocks are anchored first, on the heaviest chain in which page order and truth order agree; short ones must
    then stand between their neighbours' anchors. A block that stands in the truth only in part gets that share.
    """
    anchors = chain(blocks, truth)
    shares = [0.0] * len(blocks)
    for anchor in anchors:
        shares[anchor.block] = (anchor.stop - anchor.start) / max(1, len(blocks[anchor.block]))
    edges = [Anchor(-1, 0, 0), *anchors, Anchor(len(blocks), len(truth), len(truth))]
    for before, after in pairwise(edges):
        fill(blocks, truth, before, after, shares)
    return [min(1.0, share) for share in shares]


def chain(blocks: list[list[str]], truth: list[str]) -> list[Anchor]:
    """Heaviest sequence of long blocks found whole in the truth whose order is the same in both."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(truth) - ANCHOR_WORDS + 1):
        places[tuple(truth[index : index + ANCHOR_WORDS])].append(index)
    candidates = [
        Anchor(number, start, start + len(block))
        for number, block in enumerate(blocks)
        if len(block) >= ANCHOR_WORDS
        for start in places.get(tuple(block[:ANCHOR_WORDS]), [])
        if truth[start : start + len(block)] == block
    ]
    best: list[tuple[int, int]] = []
    ends: list[tuple[int, int]] = []
    for index, candidate in enumerate(candidates):
        weight, previous = candidate.stop - candidate.start, -1
        for other in range(index - 1, max(-1, index - 400), -1):
            if (
                candidates[other].block < candidate.block
                and candidates[other].stop <= candidate.start
                and best[other][0] + candidate.stop - candidate.start > weight
            ):
                weight, previous = best[other][0] + candidate.stop - candidate.start, other
        best.append((weight, previous))
        ends.append((weight, index))
    path: list[Anchor] = []
    index = max(ends)[1] if ends else -1
    while index >= 0:
        path.append(candidates[index])
        index = best[index][1]
    return path[::-1]


def fill(blocks: list[list[str]], truth: list[str], before: Anchor, after: Anchor, shares: list[float]) -> None:
    """Give the blocks between two anchors their share of the truth between them, first come first served."""
    gap = truth[before.stop : after.start]
    if not gap:
        return
    position = 0
    for number in range(before.block + 1, after.block):
        block = blocks[number]
        if not block:
            continue
        start = find(gap, block, position)
        if start is not None:
            shares[number], position = 1.0, start + len(block)
        elif len(block) >= ANCHOR_WORDS:
            shares[number] = overlap(block, gap)


def find(text: list[str], block: list[str], start: int) -> int | None:
    """Index of the first occurrence of `block` in `text` from `start` on."""
    first, size = block[0], len(block)
    for index in range(start, len(text) - size + 1):
        if text[index] == first and text[index : index + size] == block:
            return index
    return None


def overlap(block: list[str], text: list[str]) -> float:
    """Share of the block's three-word shingles that stand in the text."""
    known = set(zip(text, text[1:], text[2:], strict=False))
    own = list(zip(block, block[1:], block[2:], strict=False))
    return sum(shingle in known for shingle in own) / len(own)
