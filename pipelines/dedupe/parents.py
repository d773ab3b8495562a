"""Parents: for each article the earlier one that holds most of it, and what else it was put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from pipelines.dedupe import furniture, index, near, origin
from pipelines.dedupe.sketch import reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.dedupe.index import Postings, Window
    from pipelines.dedupe.known import Known
    from pipelines.dedupe.near import Pairs
    from pipelines.records import Sketch

__all__ = ["Batch", "find", "frame"]

# Earlier articles, beside the parent, that one article is said to hold: a round-up of more is a digest of the day.
OTHERS = 8


class Batch(NamedTuple):
    """What has to be placed."""

    fresh: Mapping[str, Sketch]
    """Sketches that are new or say something else than before."""
    gone: Mapping[str, Sketch]
    """What they replace, and what leaves without any in its place."""
    orphans: Mapping[str, Sketch]
    """Articles whose parent is among them."""


def find(batch: Batch, known: Known) -> dict[str, Sketch]:
    """Give every article whose parent may have changed, with the parent that it has now.

    Beside the batch these are the later articles that are a pair with one of it, and those in which it made or unmade
    furniture. Each is compared with the whole window again: the outcome is the same in any order of batches.
    """
    held = _held(batch, known)
    window = _window(batch, held, known)
    focus = window.rows(batch.orphans.keys() | batch.fresh.keys())
    postings = window.postings([*window.gone, *sorted(focus)])
    unsettled = _unsettled(window, postings, known) - focus
    if unsettled:
        focus |= unsettled
        postings = window.postings(sorted(focus), postings)
    pairs = near.pairs(window, sorted(focus), postings)
    _load(held, window, focus, pairs, known)
    later = {two for one, two, _ in pairs.found if two not in focus and _earlier(window, held, one, two)}
    if later:
        focus |= later
        pairs = near.pairs(window, sorted(focus), window.postings(sorted(focus), postings))
        _load(held, window, focus, pairs, known)
    return _placed(window, focus, held, pairs)


def frame(sketches: Iterable[Sketch]) -> pl.DataFrame:
    """Give sketches as rows of a window."""
    rows = [tuple(getattr(s, column) for column in index.SCHEMA) for s in sketches]
    return pl.DataFrame(rows, schema=index.SCHEMA, orient="row")


def _held(batch: Batch, known: Known) -> dict[str, Sketch]:
    """Give what is to be placed, behind the parents it had: they count even where they left the window."""
    placed = {**batch.orphans, **batch.fresh}
    had = {s.parent for s in (*batch.gone.values(), *batch.orphans.values()) if s.parent}
    return {s.article: s for s in known.sketches(had - placed.keys() - batch.gone.keys())} | placed


def _window(batch: Batch, held: Mapping[str, Sketch], known: Known) -> Window:
    inside = pl.Series([*held, *(batch.gone.keys() - held.keys())], dtype=pl.String).implode()
    tables = (each.filter(~pl.col("article").is_in(inside)) for each in known.window())
    return index.build(
        [*tables, frame(batch.gone.values()), frame(held.values())], len(batch.gone), len(held), len(batch.fresh)
    )


def _unsettled(window: Window, postings: Postings, known: Known) -> set[int]:
    """Give the rows whose furniture is another than before the batch, and those whose parent is among them."""
    after, before = postings.without(window.gone), postings.without(window.fresh)
    now, then = furniture.find(window, after), furniture.find(window, before)
    rows = set(furniture.holders(window, after, now, then).tolist())
    names = {window.articles[row] for row in rows}
    families = {s.family for s in known.sketches(names)}
    return rows | window.rows({s.article for s in known.families(families) if s.parent in names})


def _load(held: dict[str, Sketch], window: Window, focus: set[int], pairs: Pairs, known: Known) -> None:
    """Hold the sketches of the rows in focus and of all that they are a pair with."""
    rows = focus | {row for one, two, _ in pairs.found for row in (one, two)}
    held.update({s.article: s for s in known.sketches({window.articles[row] for row in rows} - held.keys())})


def _earlier(window: Window, held: Mapping[str, Sketch], one: int, two: int) -> bool:
    return origin.order(held[window.articles[one]]) < origin.order(held[window.articles[two]])


def _placed(window: Window, focus: set[int], held: Mapping[str, Sketch], pairs: Pairs) -> dict[str, Sketch]:
    """Give each row in focus its parent and the others that it holds."""
    choices: dict[int, dict[int, float]] = {row: {} for row in focus}
    rows = focus | {row for one, two, _ in pairs.found for row in (one, two)}
    orders = {row: origin.order(held[window.articles[row]]) for row in rows}
    for one, two, pair in pairs.found:
        if orders[one] < orders[two]:
            choices.get(two, {})[one] = pair.share_of
        else:
            choices.get(one, {})[two] = pair.share
    placed = {}
    for row, shares in choices.items():
        best_first = sorted(shares, key=lambda r: (-round(shares[r], 1), orders[r]))
        names = [window.articles[r] for r in _cover(window, row, best_first, pairs)]
        placed[window.articles[row]] = held[window.articles[row]].model_copy(
            update={"parent": names[0] if names else None, "also": tuple(names[1:])}
        )
    return placed


def _cover(window: Window, row: int, earlier: list[int], pairs: Pairs) -> list[int]:
    """Of the earlier rows, keep the first and each that holds a part of the text which those before it do not."""
    sample, rest = window.sample(row), pairs.texts[row]
    kept: list[int] = []
    for other in earlier:
        if not kept or near.compare(sample, window.sample(other), rest, pairs.texts[other]).copies:
            kept.append(other)
            theirs = window.sample(other)
            rest = np.setdiff1d(rest[: np.searchsorted(rest, reach(theirs))], theirs, assume_unique=True)
        if len(kept) > OTHERS:
            break
    return kept
