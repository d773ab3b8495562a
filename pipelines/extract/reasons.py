"""Why a block was judged as it was: the properties that decided, found by asking the model again without them.

A block that was kept is given, property by property, what is usual among the blocks of its page that were dropped, and
the other way round. How far its log-odds move towards the other verdict is what the property was worth; what stands
around a block was worth what the model's second look added to its first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.cutting.layout import layout
from pipelines.extract.judging.lexicon import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from pipelines.extract.article import Examined
    from pipelines.extract.judging.model import BlockModel

__all__ = ["reasons"]

# A property worth less, in log-odds, is not worth a word; at most this many are named.
LEAST = 0.25
MOST = 3
# The model is asked once more for each property: on a page of more blocks that takes longer than a page may.
MAX_BLOCKS = 4_000
# Columns by property; those that are the same for all blocks of a page explain nothing about one of them.
PROPERTIES = {
    "length": r"chars|words|sentences",
    "wording": r"ends|commas|digits|upper|capitals|\w+_start|copyright|bars|at|word_length|quotes|date|asian|colon|breaks",
    "links": r"link_share|links|external|\w+_link|hyphens|nofollow|link_first|link_last",
    "markup": r"tag|bold|italic",
    "phrase": r"teaser_heading|promotion|label|inline_title",
    "likeness": r"title_share|title_cover|summary_cover|copies",
    "heading": r"heading_\w+",
    "siblings": r"twins?_\w+",
    "place": r"place_\d|prose_(?:before|after|gap|done)\w*|index|main_(?!page)\w+|since_title|title_seen|run_length|depth",
    "surroundings": r"(?:blocks|chars|link_share|prose_share|page_prose|headings|images|dates)_\d|prose_siblings",
    "names": r"near:.*|any:.*",
    "purpose": r"says_\w+|begins_with",
    "words": r"wording|pitch",
    "opinion": r"main",
    "own_name": r"named",
}


def reasons(examined: Examined, model: BlockModel, url: str) -> list[tuple[str, ...]]:
    """Give for each block what decided its verdict, strongest first, each with its worth in log-odds.

    Empty for a page of which all or nothing was kept, and for one of more than `MAX_BLOCKS`.
    """
    count = len(examined.outline.blocks)
    kept = np.zeros(count, dtype=bool)
    kept[[*examined.selection.kept, *examined.selection.standfirst]] = True
    if not 0 < kept.sum() < count <= MAX_BLOCKS:
        return [()] * count
    where = layout(examined.outline)
    features = model.features(examined.outline, where, examined.document, url)
    names = list(model.columns)
    worth = dict(_worths(features, names, kept, model))
    worth["neighbours"] = model.second_look(examined.outline, where, *model.first_look(features))[0] * signs(kept)
    return [
        tuple(f"{text} ({value:+.1f})" for value, text in _strongest(examined, features, names, worth, block))
        for block in range(count)
    ]


def _worths(
    features: NDArray[np.float32], names: list[str], kept: NDArray[np.bool_], model: BlockModel
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Give for each property how far every block's log-odds move towards the other verdict without it."""
    usual = np.where(kept[:, None], np.median(features[~kept], axis=0), np.median(features[kept], axis=0))
    sign = signs(kept)
    said = model.first_look(features)[0]
    for name, pattern in PROPERTIES.items():
        columns = [at for at, column in enumerate(names) if re.fullmatch(pattern, column)]
        altered = features.copy()
        altered[:, columns] = usual[:, columns]
        yield name, (said - model.first_look(altered)[0]) * sign


def signs(kept: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Turn log-odds of the body to those of each block's verdict."""
    return np.where(kept, np.float32(1), np.float32(-1))


def _strongest(
    examined: Examined,
    features: NDArray[np.float32],
    names: list[str],
    worth: dict[str, NDArray[np.float32]],
    block: int,
) -> list[tuple[float, str]]:
    ranked = sorted(((float(moved[block]), name) for name, moved in worth.items()), reverse=True)[:MOST]
    row = dict(zip(names, features[block].tolist(), strict=True))
    return [(value, _WORDS[name](examined, block, row)) for value, name in ranked if value >= LEAST]


def _length(examined: Examined, block: int, _: dict[str, float]) -> str:
    words = len(examined.outline.blocks[block].text.split())
    return f"{words} word{'s' * (words != 1)}"


def _links(_: Examined, __: int, row: dict[str, float]) -> str:
    where = next((words for name, words in _TARGETS.items() if row.get(name)), "")
    return f"{row['link_share']:.0%} link{where}"


def _markup(examined: Examined, block: int, _: dict[str, float]) -> str:
    return f"<{examined.outline.blocks[block].container.tag}>"


def _phrase(_: Examined, __: int, row: dict[str, float]) -> str:
    return next((words for name, words in _PHRASES.items() if row.get(name)), "no phrase of teasers")


def _likeness(_: Examined, __: int, row: dict[str, float]) -> str:
    if row["copies"] > 1:
        return f"stands {row['copies']:.0f} times on the page"
    return f"{row['title_cover']:.0%} of it in the title"


def _heading(examined: Examined, block: int, _: dict[str, float]) -> str:
    blocks = examined.outline.blocks
    above = next((at for at in range(block - 1, -1, -1) if blocks[at].container.tag in HEADINGS), None)
    return "no heading above" if above is None else f"under “{blocks[above].text[:40]}”"


def _siblings(_: Examined, __: int, row: dict[str, float]) -> str:
    count = max(round(float(np.expm1(row[f"twins_{level}"]))) for level in range(3))
    return f"one of {count} alike" if count > 1 else "nothing alike beside it"


def _place(_: Examined, __: int, row: dict[str, float]) -> str:
    inside = "inside" if row["main_inside"] else "outside"
    return f"{inside} the main container, {row['prose_done']:.0%} of the prose before it"


def _surroundings(_: Examined, __: int, row: dict[str, float]) -> str:
    return f"around it {row['link_share_1']:.0%} link, {row['prose_share_1']:.0%} prose"


def _names(_: Examined, __: int, row: dict[str, float]) -> str:
    near = [name.removeprefix("near:") for name, value in row.items() if value and name.startswith("near:")]
    around = [name.removeprefix("any:") for name, value in row.items() if value and name.startswith("any:")]
    named = [word for word in dict.fromkeys((*near, *around)) if len(word) > 2]
    return f"containers named {', '.join(named[:4])}" if named else "containers without telling names"


def _purpose(_: Examined, __: int, row: dict[str, float]) -> str:
    said = [kind for kind in KINDS if row[f"says_{kind}"]]
    return f"words of {', '.join(said)}" if said else "no words of promotion, consent, credit and the like"


def _opinion(_: Examined, __: int, row: dict[str, float]) -> str:
    return "another reader keeps it" if row["main"] else "another reader drops it"


_TARGETS = {"index_link": " to an index", "article_link": " to an article", "anchor_link": " on the page"}
_PHRASES = {
    "teaser_heading": "announces teasers",
    "promotion": "words of a promotion",
    "label": "a teaser's label",
    "inline_title": "leads to a title",
}
_WORDS: dict[str, Callable[[Examined, int, dict[str, float]], str]] = {
    "length": _length,
    "wording": lambda *_: "its letters and marks",
    "links": _links,
    "markup": _markup,
    "phrase": _phrase,
    "likeness": _likeness,
    "heading": _heading,
    "siblings": _siblings,
    "place": _place,
    "surroundings": _surroundings,
    "names": _names,
    "purpose": _purpose,
    "words": lambda _, __, row: (
        f"its words read like {'a body' if row['wording'] + row['pitch'] > 0 else 'the page around it'}"
    ),
    "opinion": _opinion,
    "own_name": lambda _, __, row: "names the site" if row["named"] else "does not name the site",
    "neighbours": lambda *_: "what was made of its neighbours",
}
