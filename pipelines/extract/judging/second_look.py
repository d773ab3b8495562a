"""What a block is among its neighbours, once each has been judged alone: the columns of the model's second look.

The first look sees a block's own words, links and place. Whether the text that it announces was kept, whether the cards
beside it are teasers, whether blocks of the same class were dropped: that is known only after it. The second look is
given what the first said of the block and of those around it, and corrects it ("stacked generalisation", Wolpert 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.judging.places import following, previous

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.cutting.layout import Layout

__all__ = ["RIVALS", "TEASERS", "Surroundings", "names", "second_look", "surroundings"]

# What stands among the text and is none of it.
TEASERS = ("teaser", "teaser_heading", "inline_teaser")
RIVALS = (*TEASERS, "promo", "bio", "comments")
# Blocks before and after that are looked at one by one.
NEAR = (-2, -1, 1, 2)
# Containers around a block whose other blocks are looked at.
CONTAINERS = 4
# Containers whose tags and classes make blocks alike; and within how many a heading's text may stand.
ALIKE, DEEPEST = 4, 3
# A long paragraph speaks for its container, but not alone.
MOST_CHARS, LEAST_CHARS = 300, 5
# Characters; shorter blocks are no paragraphs.
PARAGRAPH = 80
# Where there is nobody to ask: log-odds, and everything else.
NO_ODDS, NONE = -9.0, -1.0
# A heading further above says nothing of a block, and no section is looked at further down.
FAR = 60


@dataclass(slots=True)
class Surroundings:
    """Where the blocks of a page stand to each other."""

    chars: NDArray[np.float64]
    """Length of each block."""
    heading: NDArray[np.int64]
    """Level of each heading, 1 to 6; 0 for other blocks."""
    above: NDArray[np.int64]
    """Index of the heading above each block, -1 where there is none near."""
    below: NDArray[np.int64]
    """Index after the last block below each heading, up to the next of its level or a higher one; of others, of the block itself."""
    first: NDArray[np.int64]
    """Levels by blocks: index of the first block of each container around a block."""
    last: NDArray[np.int64]
    """Levels by blocks: index after its last."""
    alike: NDArray[np.int64]
    """Number of the group of blocks in containers of the same tags and classes."""


def surroundings(outline: Outline, where: Layout) -> Surroundings:
    """Find the headings, sections, containers and likenesses of a page that has blocks."""
    own = np.array([block.container.index for block in outline.blocks], dtype=np.int64)
    parent = np.array([container.parent for container in outline.containers], dtype=np.int64)
    around = [own]
    for _ in range(1, DEEPEST):
        around.append(parent[around[-1]])
    level = np.array([HEADINGS.get(container.tag, 0) for container in outline.containers], dtype=np.int64)
    heading = level[own]
    for inner, outer in pairwise(around):
        alone = where.last[inner] - where.first[inner] < 2
        heading = np.where((heading == 0) & alone & (level[inner] == 0), level[outer], heading)
    above = previous(heading > 0)
    chain = where.chain[:CONTAINERS]
    return Surroundings(
        chars=np.array([len(block.text) for block in outline.blocks], dtype=np.float64),
        heading=heading,
        above=np.where(np.arange(len(own)) - above < FAR, above, -1),
        below=sections(heading),
        first=where.first[chain],
        last=where.last[chain],
        alike=np.array(likenesses(own.tolist(), parent.tolist(), where.named), dtype=np.int64),
    )


def likenesses(own: Sequence[int], parent: Sequence[int], named: Sequence[tuple[str, str | None]]) -> list[int]:
    """Give blocks one number whose containers, from their `own` outwards, have the same tags and classes."""
    numbers: dict[tuple[tuple[str, str], ...], int] = {}
    known: dict[int, int] = {}
    for innermost in dict.fromkeys(own):
        around, index = [], innermost
        for _ in range(ALIKE):
            tag, name = named[index]
            around.append((tag, name or ""))
            index = parent[index]
        known[innermost] = numbers.setdefault(tuple(around), len(numbers))
    return [known[index] for index in own]


def sections(heading: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index after the last block below each heading."""
    below = np.arange(1, len(heading) + 1)
    open_: list[int] = []
    for at in [*np.flatnonzero(heading).tolist(), len(heading)]:
        while open_ and (at == len(heading) or heading[at] <= heading[open_[-1]]):
            begun = open_.pop()
            below[begun] = min(at, begun + FAR)
        open_.append(at)
    return below


def names(roles: Sequence[str]) -> tuple[str, ...]:
    """Name the columns of `second_look`."""
    return (
        *("body", *(f"is_{role}" for role in roles), "chars", "heading"),
        *(f"{what}_{step:+}" for step in NEAR for what in ("body", "rivals", "teasers", "chrome", "chars", "heading")),
        *(f"{what}_in_{place}" for place in range(CONTAINERS) for what in ("body", "rivals", "blocks")),
        *("body_alike", "rivals_alike", "teasers_alike", "blocks_alike"),
        *("body_below", "rivals_below", "blocks_below", "body_above", "rivals_above", "since_heading"),
        *("kept_before", "kept_after", "since_kept", "until_kept", "paragraphs_before", "paragraphs_after"),
        *("kept", "page_body", "page_blocks"),
    )


def second_look(
    around: Surroundings, body: NDArray[np.float32], roles: NDArray[np.float32], called: Sequence[str]
) -> NDArray[np.float32]:
    """Describe each block by a row of columns as in `names`.

    `body` are the log-odds that the first look gave each block, `roles` its probabilities, blocks by roles `called` so.
    """
    odds = body.astype(np.float64)
    rivals = roles[:, [called.index(role) for role in RIVALS]].sum(axis=1, dtype=np.float64)
    teasers = roles[:, [called.index(role) for role in TEASERS]].sum(axis=1, dtype=np.float64)
    chrome = roles[:, called.index("chrome")].astype(np.float64)
    weight = np.minimum(around.chars, MOST_CHARS) + LEAST_CHARS
    size, heading = np.log1p(around.chars), around.heading.astype(np.float64)
    kept = (odds > 0) & (rivals < 0.5)
    columns = [
        *(odds, *roles.T, size, heading),
        *near(odds, rivals, teasers, chrome, size, heading),
        *among_containers(around, odds, rivals, weight),
        *among_alike(around.alike, odds, rivals, teasers, weight),
        *in_sections(around, odds, rivals, weight),
        *among_kept(kept, around.chars, weight),
        np.full(len(odds), (odds * weight).sum() / weight.sum()),
        np.full(len(odds), np.log1p(len(odds))),
    ]
    return np.array(columns, dtype=np.float32).T.copy()


def near(odds: NDArray[np.float64], *others: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Yield the values of the block so many steps behind each, step by step of `NEAR`."""
    reach = max(NEAR)
    padded = np.full((1 + len(others), len(odds) + 2 * reach), NONE)
    padded[0, :reach] = padded[0, -reach:] = NO_ODDS
    padded[:, reach:-reach] = odds, *others
    for step in NEAR:
        yield from padded[:, reach + step : reach + step + len(odds)]


def running(*values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up the values before each index, a row for each of `values`."""
    sums = np.zeros((len(values), len(values[0]) + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def among_containers(
    around: Surroundings, odds: NDArray[np.float64], rivals: NDArray[np.float64], weight: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """Yield for each container around a block what the others in it are, and how many they are."""
    own = np.stack([weight, weight * odds, weight * rivals])
    sums = running(*own)
    size = around.last - around.first
    alone = size < 2
    others, odds_in, rivals_in = sums[:, around.last] - sums[:, around.first] - own[:, None]
    safe = np.where(alone, 1.0, others)
    odds_in, rivals_in = np.where(alone, NO_ODDS, odds_in / safe), np.where(alone, NONE, rivals_in / safe)
    for place, inside in enumerate(size):
        yield from (odds_in[place], rivals_in[place], inside.astype(np.float64))


def among_alike(
    alike: NDArray[np.int64],
    odds: NDArray[np.float64],
    rivals: NDArray[np.float64],
    teasers: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> Iterator[NDArray[np.float64]]:
    """Yield what the other blocks in containers of the same tags and classes are, and how many they are."""
    count = np.bincount(alike)[alike]
    others = np.where(count > 1, np.bincount(alike, weight)[alike] - weight, 1.0)
    for values, none in ((odds, NO_ODDS), (rivals, NONE), (teasers, NONE)):
        total = np.bincount(alike, weight * values)[alike] - weight * values
        yield np.where(count > 1, total / others, none)
    yield count.astype(np.float64)


def in_sections(
    around: Surroundings, odds: NDArray[np.float64], rivals: NDArray[np.float64], weight: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """Yield what stands below each heading, and what the heading above each block is."""
    sums = running(weight, weight * odds, weight * rivals)
    at = np.arange(len(odds))
    total, odds_in, rivals_in = sums[:, around.below] - sums[:, 1:]
    filled = around.below > at + 1
    safe = np.where(filled, total, 1.0)
    yield np.where(filled, odds_in / safe, NO_ODDS)
    yield np.where(filled, rivals_in / safe, NONE)
    yield np.where(filled, around.below - at - 1, 0).astype(np.float64)
    under = around.above >= 0
    yield np.where(under, odds[around.above], NO_ODDS)
    yield np.where(under, rivals[around.above], NONE)
    yield np.where(under, at - around.above, FAR).astype(np.float64)


def among_kept(
    kept: NDArray[np.bool_], chars: NDArray[np.float64], weight: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """Yield how much of what the first look kept stands before and behind each block, and how near."""
    at = np.arange(len(kept))
    sums, paragraphs = running(weight * kept, (kept & (chars > PARAGRAPH)).astype(np.float64))
    whole = max(sums[-1], 1.0)
    yield sums[:-1] / whole
    yield (sums[-1] - sums[1:]) / whole
    before = previous(kept)
    yield np.where(before < 0, FAR, np.minimum(at - before, FAR)).astype(np.float64)
    yield np.minimum(following(kept) - at, FAR).astype(np.float64)
    yield np.log1p(paragraphs[:-1])
    yield np.log1p(paragraphs[-1] - paragraphs[1:])
    yield np.full(len(kept), np.log1p(sums[-1]))
