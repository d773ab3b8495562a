"""Parents: for each article the earlier one that holds most of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from pipelines.dedupe import index, near, origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.dedupe.known import Known
    from pipelines.records import Sketch

__all__ = ["find"]


def find(focus: Mapping[str, Sketch], known: Known) -> dict[str, Sketch]:
    """Give the articles of `focus` with their parents, and those of the window that found a better parent among them.

    `focus` holds what is new or changed and whatever had a parent among it. Parents already known of articles outside
    are kept unless a better one is found.
    """
    outside = known.sketches({s.parent for s in focus.values() if s.parent} - focus.keys())
    held = {s.article: s for s in (*outside, *focus.values())}
    window = index.build(known.window(), frame(held.values()))
    rows = range(len(window.articles) - len(focus), len(window.articles))
    found = [(window.articles[one], window.articles[other], pair) for one, other, pair in near.pairs(window, rows)]
    held |= {s.article: s for s in known.sketches({i for one, other, _ in found for i in (one, other)} - held.keys())}
    held |= {s.article: s for s in known.sketches({s.parent for s in held.values() if s.parent} - held.keys())}
    choices: dict[str, dict[str, float]] = defaultdict(dict)
    for one, other, pair in found:
        if origin.order(held[one]) < origin.order(held[other]):
            choices[other][one] = pair.share_of
        else:
            choices[one][other] = pair.share
    for article in choices.keys() - focus.keys():
        parent = held[article].parent
        if parent is not None and parent not in focus:
            choices[article].setdefault(parent, held[article].parent_share)
    return {article: _with_parent(held[article], choices[article], held) for article in focus.keys() | choices.keys()}


def frame(sketches: Iterable[Sketch]) -> pl.DataFrame:
    """Give sketches as rows of a window."""
    columns = ("article", "source", "digest", "hashes")
    rows = [tuple(getattr(s, c) for c in columns) for s in sketches]
    schema = {"article": pl.String, "source": pl.String, "digest": pl.String, "hashes": pl.Binary}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _with_parent(article: Sketch, choices: Mapping[str, float], held: Mapping[str, Sketch]) -> Sketch:
    """Choose the parent that holds most of the article, in tenths; of equals the earliest."""
    if not choices:
        return article.model_copy(update={"parent": None, "parent_share": 0.0})
    best = min(choices, key=lambda c: (-round(choices[c], 1), origin.order(held[c])))
    return article.model_copy(update={"parent": best, "parent_share": choices[best]})
