"""The head of a plain text: who wrote it and when, between its headline and its first paragraph, without a markup that says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.dates.dates import Moment, parse_moment, plausible, speaks_of_change
from pipelines.extract.metadata.hands import is_other_hand
from pipelines.extract.metadata.leads import LEAD, is_signed
from pipelines.extract.metadata.names import names_in, without_addresses
from pipelines.extract.metadata.newsrooms import is_organisation
from pipelines.extract.metadata.roles import is_role
from pipelines.extract.selecting.bylines import is_person, without
from pipelines.extract.text.comments import is_count
from pipelines.extract.text.controls import is_control
from pipelines.extract.text.lines import Line, Shape
from pipelines.extract.text.stamps import AROUND, is_stamp, says_nothing

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

__all__ = ["Head", "names_of", "part_head"]

# The head has few lines, none of them long, and at most a standfirst above its byline.
_LINES, _CHARACTERS, _WORDS = 10, 120, 16
# Words of a name that stands alone.
_LEAST_NAME, _MOST_NAME = 2, 4
# Without a colon these may begin anything: "Text messages", "Source code".
_LOOSE = re.compile(r"(?:texte?|texto|testo|source|quelle|fuente|da|vom|redakt(?:ion|eur))\s+(?![:：])", re.IGNORECASE)
# A day may stand before the name, too: "Published on 14 October by".
_POSTED = re.compile(
    r"((?:posted|published|veröffentlicht|publié|publicado|pubblicato|gepubliceerd)\b.{0,60}?\d.{0,30}?\s)(?=(?:by|von|par|por|da|door)\s)",
    re.IGNORECASE,
)
_DAY_BEHIND = re.compile(r"(?<=\w)\s+(?:(?:el|le|am|il|em|den|on|op)\s)?(?=\d)")
# A source is no author.
_SOURCE = re.compile(r"\W*(?:source|quelle|fuente|fonte|bron|来源|來源|источник)\s?[:：]", re.IGNORECASE)
_CHECKED = re.compile(r"(?:(?:medically |fact[- ])?(?:reviewed|checked|edited|verified)) by\b", re.IGNORECASE)
_PARTS = re.compile(r"\s*[,|·•;／/、，]\s*|\s[-–—]\s")
# Where a name's bearer is, or for whom; and with whose help.
_WHERE = re.compile(
    r"(?:in|aus|à|en|a|da|for|für)\s[^\W\d_][\w .'’-]{1,30}|(?![a-zà-ÿ])[^\W\d_]{3,20}|\((?:with|mit|avec|con) [^()]{2,30}\)"
)
_REPORTS = re.compile(r"\S{0,8}(?:報導|報道|报道)")
_BRACKETED = re.compile(r"[\[［【]([^\[\]［］【】]{2,40})[\]］】]")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PARTICLES = frozenset(
    ("de", "la", "le", "del", "di", "da", "dos", "van", "von", "der", "den", "ter", "bin", "al", "el")
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMED = re.compile(r"[^\W\d_][\w .'’-]*")


class Head(NamedTuple):
    """What the head of a text says; null where it tells no time of publication."""

    authors: tuple[str, ...]
    published: Moment | None


def part_head(lines: Sequence[Line]) -> tuple[Head, list[Line]]:
    """Part bylines, days, reading times and counts of readers' marks above the first paragraph from what follows.

    A standfirst may stand above the byline; a date below a paragraph is the byline's only where it stands beside it. `lines` are
    those below the headline.
    """
    near = range(min(_LINES, len(lines)))
    around = {at for at in near if is_count(lines[at]) or is_control(lines[at])}
    window = [at for at in near if at not in around and lines[at].shape not in (Shape.PROMOTION, Shape.RULE)]
    names = _signed(lines, window)
    stamps = {at for at in window if at not in names and is_stamp(lines[at])}
    prose = [at for at in window if lines[at].shape is Shape.PROSE and at not in stamps and at not in names]
    first, last = [*prose, len(lines), len(lines)][:2]
    dated = {at for at in stamps | set(names) if parse_moment(lines[at].text, "") is not None}
    rest = (at for at in window if at < last and at not in names)
    names |= {at: found for at in rest if (found := _alone(lines, at, window, dated)) is not None}
    head = {at for at in names if at < last} | {at for at in stamps if at < first}
    head -= _listed(lines, window, names, head | stamps)
    names = {at: found for at, found in names.items() if at in head}
    # What stands beside a line of the head may be of it, too.
    for place in (*range(len(window)), *reversed(range(len(window)))):
        at = window[place]
        beside = head & {*window[max(place - 1, 0) : place], *window[place + 1 : place + 2]}
        if beside and at < last and (at in stamps or _is_other(lines[at])):
            head.add(at)
    head |= _counts(lines, window, head, first)
    # Buttons beside them are none of the text; one of a word right above a paragraph may be its heading.
    if head:
        head |= {at for at in around if at < first and (at + 1 < first or is_count(lines[at]) or " " in lines[at].text)}
    authors = tuple(dict.fromkeys(name for at in sorted(head) for name in names.get(at, ())))
    return Head(authors, _published([lines[at].text for at in sorted(head)])), [
        line for at, line in enumerate(lines) if at not in head
    ]


def _signed(lines: Sequence[Line], window: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Give the names in bylines; "By popular demand" names nobody: of a name without a day, hardly every word is one of the text."""
    names = {at: found for at in window if (found := names_of(lines[at])) is not None}
    if not names or any(is_stamp(lines[at]) for at in window):
        return names
    said = _said(lines)
    return {at: found for at, found in names.items() if not found or _words(found) - said}


def _listed(lines: Sequence[Line], window: Sequence[int], names: Container[int], head: Container[int]) -> set[int]:
    """Give the names that stand between other lines below the first: those of a list, such as one of books."""
    found: set[int] = set()
    begun = ended = False
    for at in window:
        begun = begun or at in names
        ended = ended or (begun and at not in head and not _is_other(lines[at]))
        if ended and at in names:
            found.add(at)
    return found


def names_of(line: Line) -> tuple[str, ...] | None:
    """Give the persons that a byline names, none where it names a newsroom; None for a line that is no byline."""
    text = line.text
    if line.marker or line.shape is not Shape.TITLE or len(text) > _CHARACTERS or line.words > _WORDS:
        return None
    if (posted := _POSTED.match(text)) is not None and says_nothing(posted[1]):
        text = text[posted.end() :]
    if (day := _DAY_BEHIND.search(text)) is not None and says_nothing(text[day.end() :]):
        text = text[: day.start()]
    if not is_signed(text) or _LOOSE.match(text) or _SOURCE.match(text):
        return None
    found = names_in(text)
    if not found or not all(is_organisation(name) or _may_be_person(name) for name in found):
        return None
    rest = LEAD.sub("", without(text, found))
    if not all(_is_beside(part.strip()) for part in _PARTS.split(rest)):
        return None
    return tuple(name for name in found if not is_organisation(name))


def _may_be_person(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in _PARTICLES] or name.split()
    return is_person(" ".join(words)) and not any(word.lower() in AROUND for word in words if len(word) > 3)


def _is_beside(part: str) -> bool:
    """Tell whether a part of a byline is no name: a role, a place, a house, a day, another's work."""
    if is_other_hand(part) or any(pattern.fullmatch(part) for pattern in (_WHERE, _REPORTS)) or _CHECKED.match(part):
        return True
    part = LEAD.sub("", part)
    return is_role(part) or is_organisation(part) or says_nothing(part)


def _alone(lines: Sequence[Line], at: int, window: Sequence[int], dated: set[int]) -> tuple[str, ...] | None:
    """Give the name in a line that only the day beside it or behind it tells for a byline; None where it may be a topic.

    A word of a topic stands in the text in small letters, too; a word of a name does not.
    """
    line, place = lines[at], window.index(at)
    near = {*window[max(place - 1, 0) : place], *window[place + 1 : place + 2]} & dated
    if line.marker or line.shape is not Shape.TITLE or len(line.text) > _CHARACTERS or at in dated:
        return None
    if near and (match := _BRACKETED.fullmatch(line.text)) and _EASTERN.search(match[1]):
        return tuple(name for name in names_in(line.text) if not is_organisation(name))
    own = parse_moment(line.text, "") is not None
    found = names_in(line.text) if own else [line.text]
    if not (near or own) or not found or not all(map(_is_name, found)):
        return None
    if own and not says_nothing(without(line.text, found)):
        return None
    return None if _words(found) & _said(lines) else tuple(found)


def _words(names: Iterable[str]) -> set[str]:
    return {word.lower() for name in names for word in _WORD.findall(name)}


def _said(lines: Iterable[Line]) -> set[str]:
    """Give the words that a text has in small letters somewhere."""
    return {word for line in lines for word in _WORD.findall(without_addresses(line.text)) if word.islower()}


def _is_name(text: str) -> bool:
    words = text.split()
    told = _LEAST_NAME <= len(words) <= _MOST_NAME and _NAMED.fullmatch(text) is not None
    return told and words[0][0].isupper() and words[-1][0].isupper() and _may_be_person(text)


def _is_other(line: Line) -> bool:
    """Tell whether a line names who saw to the text or its pictures, or where it is from."""
    if line.marker or line.shape is not Shape.TITLE or len(line.text) > _CHARACTERS or line.words > _WORDS:
        return False
    return any(pattern.match(line.text) for pattern in (_CHECKED, _SOURCE)) or is_other_hand(line.text)


def _counts(lines: Sequence[Line], window: Sequence[int], head: set[int], first: int) -> set[int]:
    """Give the numbers below a line of the head, such as how many liked a text; one above a paragraph heads that."""
    found: set[int] = set()
    for at in window:
        if lines[at].shape is Shape.NUMBER and at < first and at - 1 in head | found and at + 1 != first:
            found.add(at)
    return found


def _published(texts: Sequence[str]) -> Moment | None:
    """Give the first time that is not of a later change."""
    times = (parse_moment(text, "byline") for text in texts if not speaks_of_change(text))
    return next((moment for moment in times if moment is not None and plausible(moment.time, None)), None)
