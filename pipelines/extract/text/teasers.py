"""Tell the teasers of a plain text from its prose, by the headings above them and by how titles and blurbs alternate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.text.captions import captions
from pipelines.extract.text.contents import contents
from pipelines.extract.text.controls import controls
from pipelines.extract.text.found import Found, Split
from pipelines.extract.text.furniture import colophon
from pipelines.extract.text.inline import inline, leads_only
from pipelines.extract.text.lines import Line, Shape
from pipelines.extract.text.offers import is_offer
from pipelines.extract.text.sections import HEADINGS, convincing, section
from pipelines.extract.text.tails import take_headlines, take_rest, take_unannounced

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Split", "split"]


def split(lines: Sequence[Line], authors: Sequence[str] = ()) -> Split:
    """Split the lines under the headline into body and teasers; what the site adds about itself is neither."""
    lines = lines[: colophon(lines, authors)]
    result = Split()
    dropped = controls(lines) | captions(lines) | contents(lines)
    at, prose, after = 0, False, len(lines)
    while at < len(lines):
        line = lines[at]
        items, end = section(lines, at + 1, line.text) if line.shape in HEADINGS and prose else ([], at)
        if line.shape is Shape.WEAK_HEADING and at != after and not convincing(lines, items):
            items = []
        named = inline(line)
        if items:
            result.teasers += items
            after = end if line.shape is Shape.HEADING or at == after else after
            at = end
            continue
        if named is not None:
            result.teasers.append(Found(at, named.title, url=named.url))
        elif leads_only(line) or line.shape is Shape.RULE or at in dropped:
            pass
        elif _promotes(lines, result, at):
            result.teasers.append(Found(at, line.text, promotion=True))
        else:
            result.body.append(at)
            prose = prose or line.shape is Shape.PROSE
        at += 1
    take_unannounced(lines, result)
    take_rest(lines, result, after)
    result.body = result.body[: colophon([lines[at] for at in result.body], authors)]
    take_headlines(lines, result)
    while result.body and lines[result.body[-1]].shape in (Shape.HEADING, Shape.LABEL, Shape.META):
        result.body.pop()
    result.teasers.sort(key=lambda found: found.line)
    return result


def _promotes(lines: Sequence[Line], result: Split, at: int) -> bool:
    """Tell whether the site speaks for itself in this line: a known phrase, or a sentence that asks to subscribe."""
    above = result.teasers[-1] if result.teasers else None
    after_offer = above is not None and above.promotion and above.line == at - 1
    line = lines[at]
    return (line.shape is Shape.PROMOTION and line.marker in ("", ">")) or is_offer(line, after_offer=after_offer)
