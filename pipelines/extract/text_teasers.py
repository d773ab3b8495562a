"""Tell the teasers of a plain text from its prose, by the headings above them and by how titles and blurbs alternate."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING

from pipelines.extract.lines import Line, Shape
from pipelines.extract.phrases import inline_title
from pipelines.extract.text_furniture import colophon, is_reference
from pipelines.extract.text_offers import is_offer

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Found", "Split", "split"]

# A complete blurb of more words is a paragraph unless titles and blurbs alternate to the end of the text.
_BLURB_WORDS = 45
# Even then: real blurbs are cut by now.
_LONG_BLURB_WORDS = 90
# A title that ends with a full stop is still a title before a cut blurb, up to this length.
_STOPPED_TITLE_WORDS = 30
# An inline teaser of more words is a sentence that begins with "Related:".
_INLINE_WORDS = 30
# Sub-headings are shorter than headlines: with fewer words than this share of the block's mean, it is the body's.
_SUBHEADING_SHARE = 0.6
# Lines without a full stop at the end of a text are other articles' headlines from this many words each, and on average.
_LEAST_HEADLINE_WORDS = 4
_MEAN_HEADLINE_WORDS = 6
# Headlines of this many words on average, and this many of them, bear out a weak heading.
_HEADLINE_WORDS = 5
_CONVINCING = 3
_HEADINGS = (Shape.HEADING, Shape.WEAK_HEADING)
_TITLES = (Shape.TITLE, Shape.WEAK_HEADING)
# A blurb that goes on grows to so many characters; whether titles and blurbs take turns is told by so many lines.
_MAX_BLURB = 5_000
_MAX_TURNS = 500
_FURNITURE = (Shape.META, Shape.LABEL, Shape.PROMOTION)


@dataclass(frozen=True, slots=True)
class Found:
    """One teaser: the index of its first line, its words, and the heading of its block (null for a single one)."""

    line: int
    title: str
    blurb: str | None = None
    heading: str | None = None
    promotion: bool = False
    cut: bool = False
    """Whether its blurb breaks off: a sign that its neighbours are teasers too."""


@dataclass(slots=True)
class Split:
    """The indexes of the lines that are the article's own, and the teasers, in the order of the text."""

    body: list[int] = field(default_factory=list)
    teasers: list[Found] = field(default_factory=list)
    guessed: bool = False
    """Whether a block of teasers was told by its shape alone, without a heading that we know."""


@dataclass(slots=True)
class _Section:
    """The teasers under one heading, and of what is asked at each line how many they are."""

    items: list[Found] = field(default_factory=list)
    words: int = 0
    """Words of their titles."""
    blurbs: int = 0
    cut: int = 0
    """Blurbs that break off."""

    def add(self, item: Found) -> None:
        """Add a teaser."""
        self.items.append(item)
        self.words += len(item.title.split())
        self.blurbs += item.blurb is not None
        self.cut += item.cut

    def lengthen(self, line: Line) -> None:
        """Add a further cut paragraph to the last blurb."""
        self.blurbs += self.items[-1].blurb is None
        self.cut -= self.items[-1].cut
        _lengthen(self.items, line)


def split(lines: Sequence[Line]) -> Split:
    """Split the lines under the headline into body and teasers; what the site adds about itself is neither."""
    lines = lines[: colophon(lines)]
    result = Split()
    at, prose, after = 0, False, len(lines)
    while at < len(lines):
        line = lines[at]
        items, end = _section(lines, at + 1, line.text) if line.shape in _HEADINGS and prose else ([], at)
        if line.shape is Shape.WEAK_HEADING and at != after and not _convincing(lines, items):
            items = []
        title = _inline(line)
        if items:
            result.teasers += items
            after = end if line.shape is Shape.HEADING or at == after else after
            at = end
            continue
        if title is not None:
            result.teasers.append(Found(at, title))
        elif _promotes(lines, result, at):
            result.teasers.append(Found(at, line.text, promotion=True))
        else:
            result.body.append(at)
            prose = prose or line.shape is Shape.PROSE
        at += 1
    _take_unannounced(lines, result)
    _take_rest(lines, result, after)
    result.body = result.body[: colophon([lines[at] for at in result.body])]
    _take_headlines(lines, result)
    while result.body and lines[result.body[-1]].shape in (Shape.HEADING, Shape.LABEL, Shape.META):
        result.body.pop()
    result.teasers.sort(key=lambda found: found.line)
    return result


def _promotes(lines: Sequence[Line], result: Split, at: int) -> bool:
    """Tell whether the site speaks for itself in this line: a known phrase, or a sentence that asks to subscribe."""
    above = result.teasers[-1] if result.teasers else None
    after_offer = above is not None and above.promotion and above.line == at - 1
    line = lines[at]
    return (line.shape is Shape.PROMOTION and not line.marker) or is_offer(line, after_offer=after_offer)


def _inline(line: Line) -> str | None:
    title = inline_title(line.text)
    if title is None or len(title.split()) + len(title) // 12 < 2 or line.words > _INLINE_WORDS:
        return None
    sentence = line.words > _INLINE_WORDS / 2 and title.endswith((".", "。"))
    return None if sentence else title


def _section(lines: Sequence[Line], start: int, heading: str) -> tuple[list[Found], int]:
    """Read teasers from `start` on; return them and the index of the line that is no more one of them."""
    section = _Section()
    items = section.items
    at, end = start, start
    while at < len(lines):
        line = lines[at]
        if line.shape in _FURNITURE:
            at += 1
            continue
        if line.shape in _HEADINGS and (items or line.shape is Shape.HEADING):
            break
        if line.shape is Shape.PROSE and items and line.cut and not _is_title(lines, at):
            section.lengthen(line)
            end = at = at + 1
            continue
        if not _is_title(lines, at):
            break
        below = _after_furniture(lines, at + 1)
        blurb = below < len(lines) and _is_blurb(lines, below, among_cut=section.cut > 0)
        if not blurb and below < len(lines) and _resumes(lines, at, below, section):
            break
        section.add(Found(at, line.text, lines[below].text if blurb else None, heading, cut=blurb and lines[below].cut))
        end = at = below + 1 if blurb else at + 1
    if at >= len(lines) or (items and lines[at].shape in _HEADINGS):
        end = at if items else end
    return items, end


def _convincing(lines: Sequence[Line], items: Sequence[Found]) -> bool:
    """Tell whether what follows a weak heading reads like headlines of other articles."""
    mean = sum(len(item.title.split()) for item in items) / len(items) if items else 0
    whole = any((item.blurb is not None and not item.cut) or lines[item.line].marker for item in items)
    return len(items) >= _CONVINCING and mean >= _HEADLINE_WORDS and not whole


def _lengthen(items: list[Found], line: Line) -> None:
    """Add a further cut paragraph to the blurb before it."""
    last = items.pop()
    blurb = last.blurb or ""
    if len(blurb) < _MAX_BLURB:
        blurb = f"{blurb}\n{line.text}" if blurb else line.text
    items.append(Found(last.line, last.title, blurb, last.heading))


def _is_title(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if line.shape in _TITLES:
        return True
    if line.shape is not Shape.PROSE or line.words > _STOPPED_TITLE_WORDS:
        return False
    if is_reference(line):
        return False
    below = _after_furniture(lines, at + 1)
    before_blurb = below < len(lines) and lines[below].shape is Shape.PROSE and lines[below].cut
    return bool(line.marker) or (not line.cut and before_blurb)


def _after_furniture(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and lines[at].shape in (Shape.META, Shape.LABEL):
        at += 1
    return at


def _is_blurb(lines: Sequence[Line], at: int, *, among_cut: bool) -> bool:
    """Tell whether the prose at `at` is the blurb of the title above it; `among_cut` says that other blurbs break off."""
    line = lines[at]
    if line.shape is not Shape.PROSE or line.marker:
        return False
    if line.cut:
        return True
    below = at + 1
    while below < len(lines) and lines[below].shape in _FURNITURE:
        below += 1
    if below < len(lines) and lines[below].shape is Shape.PROSE:
        return False
    return line.words <= _BLURB_WORDS or (line.words <= _LONG_BLURB_WORDS and (among_cut or _alternates(lines, at - 1)))


def _alternates(lines: Sequence[Line], start: int) -> bool:
    """Tell whether at least two titles and blurbs take turns from `start` to the end of the text, as far as need be."""
    rest = [line.shape for line in islice(lines, start, start + _MAX_TURNS) if line.shape not in _FURNITURE]
    turns = all(one is not two for one, two in pairwise(rest)) and set(rest) <= {Shape.TITLE, Shape.PROSE}
    return turns and len(rest) >= 4


def _resumes(lines: Sequence[Line], at: int, below: int, section: _Section) -> bool:
    """Tell whether the title at `at`, above the prose at `below`, is a sub-heading with which the body goes on."""
    if lines[below].shape is not Shape.PROSE or not section.items:
        return False
    mean = section.words / len(section.items)
    return len(lines[at].text.split()) < _SUBHEADING_SHARE * mean or section.blurbs > 0


def _mostly(cut: int, blurbs: int) -> bool:
    """Tell whether of the last blurbs at least two, and all but one in four, break off."""
    return cut >= 2 and cut * 4 >= blurbs * 3


def _take_rest(lines: Sequence[Line], result: Split, after: int) -> None:
    """Move what is left behind the last announced block to the teasers, if no whole sentence is among it."""
    rest = [at for at in result.body if at >= after]
    if any(lines[at].shape is Shape.PROSE and not lines[at].cut for at in rest):
        return
    heading = None
    for at in rest:
        if lines[at].shape in _HEADINGS:
            heading = lines[at].text
        elif lines[at].shape in _TITLES:
            result.teasers.append(Found(at, lines[at].text, heading=heading))
        elif lines[at].shape is Shape.PROSE and result.teasers:
            _lengthen(result.teasers, lines[at])
    result.body = [at for at in result.body if at < after]


def _take_unannounced(lines: Sequence[Line], result: Split) -> None:
    """Move titles with cut blurbs from the end of the body to the teasers: nothing but teasers breaks off so."""
    pairs: list[tuple[int, int]] = []
    rest = [at for at in result.body if lines[at].shape not in _FURNITURE]
    while len(rest) >= 2 and lines[rest[-1]].shape is Shape.PROSE and lines[rest[-2]].shape in _TITLES:
        pairs.append((rest[-2], rest[-1]))
        del rest[-2:]
        if rest and lines[rest[-1]].shape in _TITLES:
            break
    pairs.reverse()
    cut = [lines[blurb].cut for _, blurb in pairs]
    headed = len(rest) > 1 and lines[rest[-1]].shape in _TITLES and _mostly(sum(cut), len(cut))
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


def _take_headlines(lines: Sequence[Line], result: Split) -> None:
    """Move a run of headlines from the end of the body to the teasers, where prose that announces no list ends above it."""
    run = 0
    while run < len(result.body) and _bare_headline(lines[result.body[-run - 1]]):
        run += 1
    found = [lines[at] for at in result.body[len(result.body) - run :]]
    if len(found) < _CONVINCING or sum(line.words for line in found) < _MEAN_HEADLINE_WORDS * len(found):
        return
    above = lines[result.body[-run - 1]] if run < len(result.body) else None
    if above is None or above.shape is not Shape.PROSE or above.cut or above.text.endswith((":", "：")):
        return
    result.teasers += [Found(at, lines[at].text) for at in result.body[-run:]]
    del result.body[-run:]
    result.guessed = True


def _bare_headline(line: Line) -> bool:
    return line.shape is Shape.TITLE and not line.marker and line.words >= _LEAST_HEADLINE_WORDS
