"""Teasers at the end of a plain text without a heading that we know: told by their shape alone."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from pipelines.extract.text.found import Found, Split
from pipelines.extract.text.furniture import is_menu
from pipelines.extract.text.lines import Line, Shape
from pipelines.extract.text.sections import CONVINCING, FURNITURE, HEADINGS, TITLES, lengthen, named_in

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["take_headlines", "take_rest", "take_unannounced"]

# Lines without a full stop at the end of a text are other articles' headlines from this many words each, and on average.
_LEAST_HEADLINE_WORDS = 4
_MEAN_HEADLINE_WORDS = 6


def _mostly(cut: int, blurbs: int) -> bool:
    """Tell whether of the last blurbs at least two, and all but one in four, break off."""
    return cut >= 2 and cut * 4 >= blurbs * 3


def take_rest(lines: Sequence[Line], result: Split, after: int) -> None:
    """Move what is left behind the last announced block to the teasers, if no whole sentence is among it."""
    rest = [at for at in result.body if at >= after]
    if any(lines[at].shape is Shape.PROSE and not lines[at].cut for at in rest):
        return
    heading = None
    for at in rest:
        if lines[at].shape in HEADINGS:
            heading = lines[at].text
        elif lines[at].shape in TITLES and not is_menu(lines[at]):
            named = named_in(lines[at])
            if named.title:
                result.teasers.append(Found(at, named.title, heading=heading, url=named.url))
        elif lines[at].shape is Shape.PROSE and result.teasers:
            lengthen(result.teasers, lines[at])
    result.body = [at for at in result.body if at < after]


def take_unannounced(lines: Sequence[Line], result: Split) -> None:
    """Move titles with cut blurbs from the end of the body to the teasers: nothing but teasers breaks off so."""
    pairs: list[tuple[int, int]] = []
    rest = [at for at in result.body if lines[at].shape not in FURNITURE]
    while len(rest) >= 2 and lines[rest[-1]].shape is Shape.PROSE and lines[rest[-2]].shape in TITLES:
        pairs.append((rest[-2], rest[-1]))
        del rest[-2:]
        if rest and lines[rest[-1]].shape in TITLES:
            break
    pairs.reverse()
    cut = [lines[blurb].cut for _, blurb in pairs]
    headed = len(rest) > 1 and lines[rest[-1]].shape in TITLES and _mostly(sum(cut), len(cut))
    if not headed:
        # How many from each pair on.
        left = list(accumulate(reversed(cut), initial=0))[::-1]
        mostly = (n for n, is_cut in enumerate(cut) if is_cut and _mostly(left[n], len(cut) - n))
        pairs = pairs[next(mostly, len(pairs)) :]
    if len(pairs) < 2 or not any(lines[at].shape is Shape.PROSE for at in rest):
        return
    heading = lines[rest[-1]].text if headed else None
    first = rest[-1] if headed else pairs[0][0]
    result.teasers += [Found(title, lines[title].text, lines[blurb].text, heading) for title, blurb in pairs]
    result.body = [at for at in result.body if at < first]
    result.guessed = True


def take_headlines(lines: Sequence[Line], result: Split) -> None:
    """Move a run of headlines from the end of the body to the teasers, where prose that announces no list ends above it."""
    run = 0
    while run < len(result.body) and _bare_headline(lines[result.body[-run - 1]]):
        run += 1
    found = [lines[at] for at in result.body[len(result.body) - run :]]
    if len(found) < CONVINCING or sum(line.words for line in found) < _MEAN_HEADLINE_WORDS * len(found):
        return
    above = lines[result.body[-run - 1]] if run < len(result.body) else None
    if above is None or above.shape is not Shape.PROSE or above.cut or above.text.endswith((":", "：")):
        return
    result.teasers += [Found(at, lines[at].text) for at in result.body[-run:]]
    del result.body[-run:]
    result.guessed = True


def _bare_headline(line: Line) -> bool:
    return line.shape is Shape.TITLE and not line.marker and line.words >= _LEAST_HEADLINE_WORDS
