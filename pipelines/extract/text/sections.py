"""The teasers under one heading of a plain text, told by how titles and blurbs alternate."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from pipelines.extract.text.found import Found
from pipelines.extract.text.furniture import is_menu, is_reference
from pipelines.extract.text.inline import Headline, headline, inline, leads_only
from pipelines.extract.text.lines import Line, Shape, sentences

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

__all__ = ["CONVINCING", "FURNITURE", "HEADINGS", "TITLES", "convincing", "lengthen", "named_in", "section"]

# A complete blurb of more words is a paragraph unless titles and blurbs alternate to the end of the text.
_BLURB_WORDS = 45
# Even then: real blurbs are cut by now.
_LONG_BLURB_WORDS = 90
# A blurb of fewer words may be a headline, and of so many times those of the title above it is none.
_SHORT_BLURB_WORDS, _LONGER, _LEAST_PAIRS = 16, 1.5, 2
# A title that ends with a full stop is still a title before a cut blurb, up to this length.
_STOPPED_TITLE_WORDS = 30
# Sub-headings are shorter than headlines: with fewer words than this share of the block's mean, it is the body's; but one of so many
# words is a headline among long ones, too.
_SUBHEADING_SHARE, _SUBHEADING_WORDS = 0.6, 5
# Headlines of this many words on average, and this many of them, bear out a weak heading.
_HEADLINE_WORDS = 5
CONVINCING = 3
# A blurb that goes on grows to so many characters; whether titles and blurbs take turns is told by so many lines.
_MAX_BLURB = 5_000
_MAX_TURNS = 500
FURNITURE = (Shape.META, Shape.LABEL, Shape.PROMOTION, Shape.RULE, Shape.NUMBER)
HEADINGS = (Shape.HEADING, Shape.WEAK_HEADING)
TITLES = (Shape.TITLE, Shape.WEAK_HEADING)


@dataclass(slots=True)
class _Section:
    """The teasers under one heading, and of what is asked at each line how many they are."""

    items: list[Found] = field(default_factory=list)
    words: int = 0
    """Words of their titles."""
    blurbs: int = 0
    cut: int = 0
    """Blurbs that break off."""
    turns: bool = False
    """Whether titles and blurbs that were cut early take turns."""
    told: int = 0
    """Behind which line that is not told yet."""

    def add(self, item: Found) -> None:
        """Add a teaser."""
        self.items.append(item)
        self.words += len(item.title.split())
        self.blurbs += item.blurb is not None
        self.cut += item.cut

    def address(self, url: str | None) -> None:
        """Take an address that stands alone for that of the headline above it."""
        if self.items and self.items[-1].url is None:
            self.items[-1] = replace(self.items[-1], url=url)

    def lengthen(self, line: Line) -> None:
        """Add a further cut paragraph to the last blurb."""
        self.blurbs += self.items[-1].blurb is None
        self.cut -= self.items[-1].cut
        lengthen(self.items, line)


def section(lines: Sequence[Line], start: int, heading: str) -> tuple[list[Found], int]:
    """Read teasers from `start` on; return them and the index of the line that is no more one of them."""
    section = _Section()
    items = section.items
    at, end = start, start
    while at < len(lines):
        line = lines[at]
        if line.shape in FURNITURE or is_menu(line):
            at += 1
            continue
        if line.shape in HEADINGS and (items or line.shape is Shape.HEADING):
            break
        if line.shape is Shape.PROSE and items and line.cut and not _is_title(lines, at):
            section.lengthen(line)
            end = at = at + 1
            continue
        if not _is_title(lines, at):
            break
        named = named_in(line)
        if not named.title:
            section.address(named.url)
            end = at = at + 1
            continue
        below = _after_furniture(lines, at + 1)
        blurb = below < len(lines) and _is_blurb(lines, below, section)
        if not blurb and below < len(lines) and _resumes(lines, at, below, section):
            break
        told = lines[below].text if blurb else None
        section.add(Found(at, named.title, told, heading, cut=blurb and lines[below].cut, url=named.url))
        end = at = below + 1 if blurb else at + 1
    if at >= len(lines) or (items and lines[at].shape in HEADINGS):
        end = at if items else end
    return items, end


def named_in(line: Line) -> Headline:
    """Give the headline of a line among teasers, without marker and address; where it holds nothing else, the words are empty."""
    if leads_only(line):
        return Headline("", headline(line.text).url)
    return inline(line) or headline(line.text)


def convincing(lines: Sequence[Line], items: Sequence[Found]) -> bool:
    """Tell whether what follows a weak heading reads like headlines of other articles."""
    mean = sum(len(item.title.split()) for item in items) / len(items) if items else 0
    whole = any((item.blurb is not None and not item.cut) or lines[item.line].marker for item in items)
    return len(items) >= CONVINCING and mean >= _HEADLINE_WORDS and not whole


def lengthen(items: list[Found], line: Line) -> None:
    """Add a further cut paragraph to the blurb before it."""
    last = items.pop()
    blurb = last.blurb or ""
    if len(blurb) < _MAX_BLURB:
        blurb = f"{blurb}\n{line.text}" if blurb else line.text
    items.append(Found(last.line, last.title, blurb, last.heading, url=last.url))


def _is_title(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if line.shape in TITLES:
        return True
    if line.shape is not Shape.PROSE or line.words > _STOPPED_TITLE_WORDS:
        return False
    if is_reference(line):
        return False
    below = _after_furniture(lines, at + 1)
    before_blurb = below < len(lines) and lines[below].shape is Shape.PROSE and lines[below].cut
    return line.marker not in ("", ">") or (not line.cut and before_blurb)


def _after_furniture(
    lines: Sequence[Line], at: int, furniture: Container[Shape] = (Shape.META, Shape.LABEL, Shape.NUMBER)
) -> int:
    while at < len(lines) and lines[at].shape in furniture:
        at += 1
    return at


def _is_blurb(lines: Sequence[Line], at: int, section: _Section) -> bool:
    """Tell whether the line at `at` is the blurb of the title above it, by those that the section has so far."""
    line = lines[at]
    if line.shape is Shape.TITLE:
        return _is_short_blurb(lines, at, section)
    if line.shape is not Shape.PROSE or line.marker:
        return False
    if line.cut:
        return True
    below = _after_furniture(lines, at + 1, FURNITURE)
    if below < len(lines) and lines[below].shape is Shape.PROSE:
        return False
    if (section.items and not section.blurbs) or line.words > _LONG_BLURB_WORDS:
        # Of a list without blurbs the last title has none either: here the body goes on.
        return False
    among = section.cut > 0 or _alternates(lines, at - 1)
    return among or (line.words <= _BLURB_WORDS and (section.blurbs > 0 or len(sentences(line.text)) == 1))


def _is_short_blurb(lines: Sequence[Line], at: int, section: _Section) -> bool:
    """Tell whether a line as short as a headline is a blurb that was cut early: all over the list, such lines stand below short ones."""
    line = lines[at]
    if line.marker or not line.cut or line.words < _SHORT_BLURB_WORDS:
        return False
    if at >= section.told:
        section.turns, section.told = _turns(lines, at - 1, section.blurbs)
    return section.turns


def _turns(lines: Sequence[Line], start: int, before: int) -> tuple[bool, int]:
    """Tell whether titles and blurbs that were cut early take turns from `start` on, and behind which line that is not told.

    `before` is the number of blurbs above: of a title and one such line alone, both may be headlines.
    """
    pairs, title, at = before, None, start
    for at in range(start, min(start + _MAX_TURNS, len(lines))):
        line = lines[at]
        if line.shape in FURNITURE or is_menu(line):
            continue
        if line.shape not in (Shape.TITLE, Shape.PROSE):
            break
        if title is None:
            title = line
        elif _is_pair(title, line):
            pairs, title = pairs + 1, None
        else:
            return False, at + 1
    return title is None and pairs >= _LEAST_PAIRS, at + 1


def _is_pair(title: Line, blurb: Line) -> bool:
    longer = blurb.words >= max(_SHORT_BLURB_WORDS, _LONGER * title.words)
    return title.shape is Shape.TITLE and blurb.cut and not blurb.marker and longer


def _alternates(lines: Sequence[Line], start: int) -> bool:
    """Tell whether at least two titles and blurbs take turns from `start` to the end of the text, as far as need be."""
    rest = [line.shape for line in islice(lines, start, start + _MAX_TURNS) if line.shape not in FURNITURE]
    turns = all(one is not two for one, two in pairwise(rest)) and set(rest) <= {Shape.TITLE, Shape.PROSE}
    return turns and len(rest) >= 4


def _resumes(lines: Sequence[Line], at: int, below: int, section: _Section) -> bool:
    """Tell whether the title at `at`, above the prose at `below`, is a sub-heading with which the body goes on."""
    if lines[below].shape is not Shape.PROSE or not section.items:
        return False
    mean = section.words / len(section.items)
    return len(lines[at].text.split()) < min(_SUBHEADING_SHARE * mean, _SUBHEADING_WORDS) or section.blurbs > 0
