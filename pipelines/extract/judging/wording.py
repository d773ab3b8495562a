"""What the words in and around a block say of it: linear models over hashed words, as features of the block model.

A word counts by where it stands: in the block itself, in its links, at its beginning or its end, in the heading above it, in the
blocks before and behind it. In the first, second and fourth of these places pairs of words count too.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from pipelines.extract.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Block

__all__ = ["NAMES", "PLACES", "Tokens", "Wording", "tokens"]

# One table knows a block's own words, and learns from all blocks; the other knows those around it too, and learns from what
# speaks in sentences, where body and promotion are hard to tell apart.
NAMES = ("wording", "pitch")

# A block says what it is in its first words and its last ones; a heading and a neighbour in their first.
FIRST, LAST, HEADING, NEAR = 40, 16, 8, 10
# Words of a stretch of link, and of all links of a block.
LINK, LINKS = 12, 30
# All words share this many places of the table, one byte each.
BITS = 17
PLACES = 1 << BITS
MARKS = '?!:→»>…|"'
# A bold line of no more characters heads what follows, whatever its element.
BOLD, LONGEST_HEADING = 0.9, 80
_PAIR = np.uint64(1_000_003)
# Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the upper bits of the product depend on all bits.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class Tokens(NamedTuple):
    """The words of a page's blocks, one entry a word."""

    block: NDArray[np.int64]
    """Index of the block."""
    place: NDArray[np.int64]
    """Place in the table."""
    value: NDArray[np.float64]
    """1 by the root of how many words the block has in that kind of place."""
    own: int
    """How many of the entries, the first ones, are of the blocks' own words."""


_BEGIN, _END, _NONE = crc32(b"^"), crc32(b"$"), crc32(b"^$")
_BEHIND = 1 << 32


def tokens(blocks: Sequence[Block], said: Sequence[list[str]], headings: Sequence[bool]) -> Tokens:
    """Give the words in and around each block; `said` are the blocks' words, `headings` tells which head others.

    The same on every machine: places are CRC-32 of words in UTF-8, mixed with each other and the kind of place.
    """
    own = [hashed(text if len(text) <= FIRST + LAST else text[:FIRST] + text[-LAST:]) for text in said]
    above, heads = [_NONE], []
    for hashes, heading in zip(own, headings, strict=True):
        heads.append(above)
        if heading:
            above = hashes[:HEADING]
    parts = (
        placed(([_BEGIN, *hashes, _END] for hashes in own), kind=1, pairs=True),
        placed((linked(block, hashes) for block, hashes in zip(blocks, own, strict=True)), kind=2, pairs=True),
        placed((edges(block.text, hashes) for block, hashes in zip(blocks, own, strict=True)), kind=3),
        placed(heads, kind=4, pairs=True),
        placed(around(own), kind=5),
    )
    block, place, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Tokens(block, place, value, len(parts[0][0]))


def hashed(said: Iterable[str]) -> list[int]:
    """Give the CRC-32 of words; to look one up among those of other pages would take longer than to compute it."""
    return [crc32(word.encode("utf-8", "replace")) for word in said]


def around(own: Sequence[list[int]]) -> Iterator[list[int]]:
    """Yield the first words of the blocks before and behind each."""
    none = [_NONE]
    for at in range(len(own)):
        before = own[at - 1][:NEAR] if at else none
        behind = own[at + 1][:NEAR] if at + 1 < len(own) else none
        yield before + [hash_ | _BEHIND for hash_ in behind]


def placed(
    lists: Iterable[list[int]], *, kind: int, pairs: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Place the hashes of each block in the table, with those of adjacent `pairs`; each `kind` has places of its own."""
    flat: list[int] = []
    sizes: list[int] = []
    for hashes_of in lists:
        flat += hashes_of
        sizes.append(len(hashes_of))
    block = np.repeat(np.arange(len(sizes)), sizes)
    hashes = np.array(flat, np.uint64)
    if pairs:
        inside = block[1:] == block[:-1]
        hashes = np.concatenate([hashes, (hashes[:-1] * _PAIR ^ hashes[1:])[inside]])
        block = np.concatenate([block, block[1:][inside]])
    place = (hashes ^ np.uint64(kind << 48)) * _GOLDEN >> np.uint64(64 - BITS)
    value = 1 / np.sqrt(np.bincount(block, minlength=len(sizes)))[block]
    return block, place.astype(np.int64), value


def linked(block: Block, hashes: list[int]) -> list[int]:
    """Give the hashes of the words that the block links; `hashes` are those of all its words."""
    links = [piece.text for piece in block.pieces if piece.link is not None]
    if not links:
        return []
    if len(links) == len(block.pieces) or all(piece.link is not None or piece.text.isspace() for piece in block.pieces):
        return hashes[:LINKS]
    said = chain.from_iterable(words(text)[:LINK] for text in links)
    return hashed(islice(said, LINKS))


def edges(text: str, hashes: list[int]) -> list[int]:
    """Give the first word, the first two, the last, the last character, and which of `MARKS` the block has."""
    found = [index for index, mark in enumerate(MARKS) if mark in text]
    found.append(ord(text[-1]) | 1 << 32)
    if hashes:
        found += [hashes[0] | 2 << 32, hashes[-1] | 3 << 32]
    if len(hashes) > 1:
        found.append(hashes[0] << 20 ^ hashes[1] | 4 << 56)
    return found


class Wording:
    """Trained tables of weights, one a place, stored as bytes and a scale each."""

    def __init__(self, weights: NDArray[np.int8], scales: Sequence[float]) -> None:
        """Take tables by places and a scale a table, in the order of `NAMES`."""
        # Looked up as bytes, which stay in the processor's cache beside a page.
        self.weights, self.scales = weights, np.array(scales)

    def columns(self, said: Tokens, blocks: int) -> NDArray[np.float32]:
        """Give the log-odds of each of so many blocks to be of a body, by each table: blocks by `NAMES`."""
        columns = [
            np.bincount(said.block[:known], weights[said.place[:known]] * scale * said.value[:known], blocks)
            for weights, scale, known in zip(self.weights, self.scales, (said.own, len(said.place)), strict=True)
        ]
        return np.stack(columns, axis=1).astype(np.float32)
