"""Text that stands on a page more than once, as a copy for printers, phones or machines: the first is the article's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipelines.extract.cutting.blocks import Block

__all__ = ["without_copies"]

# A paragraph of this many characters hardly stands twice in one text by chance.
PARAGRAPH = 80
# A second copy repeats so many paragraphs, all as many blocks behind their originals, and so much of the text.
LEAST_PARAGRAPHS = 8
LEAST_SHARE = 0.5
# Short blocks at the edges of a copy, such as a sub-heading, are looked for no further than this.
EDGE = 20
# One block of this many characters, and this share of all, may hold the whole article once more; it says SAME of it in the
# same words. No page has more such blocks than a few: the work is bounded.
WHOLE, LARGE = 1000, 0.25
SAME = 0.75
SHINGLE = 4
WORD = re.compile(r"[^\W_]+")


def without_copies(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Give those of the kept blocks that repeat neither a run of others nor many of them in one."""
    repeated = union(runs(blocks, kept))
    rest = [index for index in kept if index not in repeated]
    least = max(WHOLE, LARGE * sum(len(blocks[index].text) for index in rest))
    large = [index for index in rest if len(blocks[index].text) >= least and is_whole(blocks, rest, index)]
    return [index for index in rest if index not in large]


def union(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Give what is in any of some ranges, of which thousands may say the same."""
    found: set[int] = set()
    end = 0
    for start, stop in sorted(ranges):
        found.update(range(max(start, end), stop))
        end = max(end, stop)
    return found


def runs(blocks: Sequence[Block], kept: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of blocks that are a second or further copy of the text."""
    first: dict[str, int] = {}
    again: dict[int, list[int]] = defaultdict(list)
    for index in kept:
        text = blocks[index].text
        if len(text) >= PARAGRAPH and first.setdefault(text, index) != index:
            again[index - first[text]].append(index)
    size = sum(map(len, first))
    for shift, indices in again.items():
        repeated = sum(len(blocks[index].text) for index in indices)
        if len(indices) < LEAST_PARAGRAPHS or repeated < LEAST_SHARE * size:
            continue
        yield extended(blocks, indices[0], -1, shift), extended(blocks, indices[-1], 1, shift) + 1


def extended(blocks: Sequence[Block], index: int, step: int, shift: int) -> int:
    """Go on from a repeated block in one direction as long as blocks say what those `shift` before them say."""
    for at in range(index + step, index + step * EDGE, step):
        if not (shift <= at < len(blocks)) or blocks[at].text != blocks[at - shift].text:
            return at - step
    return index + step * (EDGE - 1)


def is_whole(blocks: Sequence[Block], kept: Sequence[int], index: int) -> bool:
    """Tell whether a long block says in one what smaller blocks say as well; code repeats itself by nature."""
    block = blocks[index]
    if block.container.tag == "pre":
        return False
    others = (blocks[at].text for at in kept if 2 * len(blocks[at].text) < len(block.text))
    known = {shingle for text in others for shingle in shingles(text)}
    said = Counter(shingle in known for shingle in shingles(block.text))
    return said[True] >= SAME * max(1, said.total())


def shingles(text: str) -> Iterator[int]:
    """Yield the hash of each run of `SHINGLE` words: a paragraph of millions leaves no room for the runs themselves."""
    last: deque[str] = deque(maxlen=SHINGLE)
    for word in WORD.finditer(text.lower()):
        last.append(word[0])
        if len(last) == SHINGLE:
            yield hash(tuple(last))
