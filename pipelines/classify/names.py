"""Reads the names of a text: known ones, those that say what they are, and the short forms of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipelines.classify import evidence, kinds, short_forms
from pipelines.classify.abbreviations import abbreviations
from pipelines.classify.editions import edition
from pipelines.classify.register import Register
from pipelines.classify.spans import LEGAL, Span, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.classify.gazetteer import Gazetteer, Match
    from pipelines.records import Entity

__all__ = ["Reading", "read_names"]

HEADING = 111
"""Characters of the longest line that may be a heading."""
NO_HEADING = frozenset('.!?:;,"”’)…»。')
"""What a line of prose ends with."""
LISTED = re.compile(r"(?:, (?!and )[A-Z]\w+(?: [A-Z]\w+){0,2}){0,3},? and [A-Z]\w+(?: of(?= [A-Z]))?(?: [A-Z]\w+){0,3}")
"""The rest of a ministry's list: "Ministry of Investment, Convergence, and Evaluation of Public Policies"."""
OWNERS = (" of ", " von ", " von der ", " der ")
"""Before them stands what belongs to a company: its name begins behind."""
LISTING = frozenset({"Ministry", "Department", "Committee", "Office", "Bureau", "Commission"})


class Reading(NamedTuple):
    """A text to read."""

    text: str
    """The text."""
    book: Gazetteer
    """The names known."""
    nouns: bool = False
    """Whether its language capitalises all nouns."""
    headline: bool = False
    """Whether it is a headline, where capitals say little."""


class _Place(NamedTuple):
    """A span with the known names inside it."""

    span: Span
    inside: list[Match]
    heading: bool


def read_names(reading: Reading) -> tuple[Entity, ...]:
    """Read the names of a text, the most mentioned first; the text of a heading counts only where prose knows the name."""
    text, book = reading.text, reading.book
    register = Register(text)
    if reading.headline and text.isupper():
        for match in book.find_capitals(text):
            register.add(match.start, match.end, match.entry.kind, match.entry)
        return register.entities()
    taken = list(_introduced(reading, register))
    doubts: dict[str, list[tuple[Match, bool]]] = {}
    open_spans: list[Span] = []
    for place in _places(reading, taken):
        if not _judged(reading, place, register):
            if place.inside:
                _known_inside(text, place, register, doubts)
            open_spans.append(place.span)
    _settle(doubts, register, nouns=reading.nouns)
    short_forms.join(open_spans, register)
    return register.entities()


def _introduced(reading: Reading, register: Register) -> Iterator[tuple[int, int]]:
    """Note names that come with a short form in parentheses; yield where they stand."""
    text, book = reading.text, reading.book
    for short in abbreviations(text):
        long = text[short.start : short.end]
        if not long[0].isupper():
            continue
        entry = book.entries.get(long) or book.entries.get(short.short)
        words = long.split(" ")
        kind = entry.kind if entry else evidence.kind_by_words(words)
        if kind is None and evidence.company_by_context(text, short.start, short.end):
            kind = "company"
        if kind:
            register.alias(short.short, register.add(short.start, short.end, kind, entry))
            yield short.start, short.end


def _places(reading: Reading, taken: Sequence[tuple[int, int]]) -> Iterator[_Place]:
    """Spans outside what is taken, each with the known names inside it; a known name outside all spans is one itself."""
    text, book = reading.text, reading.book
    headings = [(0, len(text))] if reading.headline else list(_headings(text))
    matches = list(book.find(text))
    number = line = skip = reach = 0
    for span in spans(text):
        while skip < len(taken) and taken[skip][1] <= span.start:
            skip += 1
        while line < len(headings) and headings[line][1] <= span.start:
            line += 1
        inside: list[Match] = []
        while number < len(matches) and matches[number].start < span.end:
            match = matches[number]
            number += 1
            if match.start >= span.start and match.end <= span.end:
                inside.append(match)
            elif not _overlaps(match.start, match.end, taken, skip):
                reach = match.end
                yield _Place(Span(match.start, match.end, (match.entry.name,), False, ""), [match], False)
        if span.start >= reach and (not taken or not _overlaps(span.start, span.end, taken, skip)):
            heading = line < len(headings) and headings[line][0] <= span.start
            yield _Place(span, inside, heading)
    for match in matches[number:]:
        yield _Place(Span(match.start, match.end, (match.entry.name,), False, ""), [match], False)


def _headings(text: str) -> Iterator[tuple[int, int]]:
    """Short lines that do not end as a sentence does."""
    start = 0
    for line in text.split("\n"):
        if 0 < len(line) <= HEADING and line[-1] not in NO_HEADING and not line[-1].isspace():
            yield start, start + len(line)
        start += len(line) + 1


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]], first: int) -> bool:
    return any(begin < end and stop > start for begin, stop in taken[max(0, first - 1) : first + 2])


def _judged(reading: Reading, place: _Place, register: Register) -> bool:
    """Note the span as one name where its words or its surroundings tell the kind."""
    span, inside = place.span, place.inside
    words, start = span.words, span.start
    if place.heading or (inside and (inside[0].start, inside[0].end) == (start, span.end)):
        return False
    if words[0][0].isdigit() or (len(words) == 1 and kinds.opening(span)):
        kind = None if inside else kinds.of_opening(reading.text, span)
    elif len(words) == 1:
        kind = kinds.of_word(reading.text, span, known=bool(inside) or reading.nouns)
    else:
        return _judged_words(reading, place, register)
    if kind:
        register.add(start, span.end, kind)
    return kind is not None


def _judged_words(reading: Reading, place: _Place, register: Register) -> bool:
    """Note a span of several words, see `_judged`."""
    span, inside, text = place.span, place.inside, reading.text
    words, start, end = span.words, span.start, span.end
    person = kinds.before_joint(words)
    if evidence.is_person(person, span.title):
        register.add(start, start + len(" ".join(person)), "person")
        return len(person) == len(words)
    past = _past_legal_form(words)
    if past < len(words):
        past_form = start + len(" ".join(words[:past]))
        register.add(start, past_form, "company", reading.book.entries.get(" ".join(words[: past - 1])))
        return False
    kind = evidence.kind_by_words(words)
    if kind is None and inside:
        kind = kinds.extended(text, span, inside[0])
    if kind is None and not inside and not reading.nouns:
        kind = kinds.by_context(text, span)
    if kind is None:
        return False
    if kind == "organisation" and words[0] in LISTING and (rest := LISTED.match(text, end)):
        end = rest.end()
    if kind == "company" and words[0] != "Bank":
        start = max(
            [start, *(text.rfind(joint, start, end) + len(joint) for joint in OWNERS if joint in text[start:end])]
        )
    bare = text[start:end].rpartition(" ")[0] if words[-1] in LEGAL else ""
    entry = reading.book.entries.get(text[start:end]) or reading.book.entries.get(bare)
    if entry is not None and entry.kind == "place":
        entry = None
    register.add(start, end, entry.kind if entry else kind, entry)
    return True


def _past_legal_form(words: tuple[str, ...]) -> int:
    """Count the words up to a legal form that a joint follows: "Harbour S.p.A." of "Harbour S.p.A. di Roma"; else all."""
    for number in range(1, len(words) - 1):
        if words[number + 1].islower() and (words[number] in LEGAL or words[number].rstrip(".") in LEGAL):
            return number + 1
    return len(words)


def _known_inside(text: str, place: _Place, register: Register, doubts: dict[str, list[tuple[Match, bool]]]) -> None:
    """Note known names in a span that is not one name; doubtful ones wait for evidence."""
    span = place.span
    for match in place.inside:
        entry = match.entry
        form = text[match.start : match.end]
        if not entry.doubtful or (" " in form and entry.kind != "place"):
            _add(match, register)
            continue
        if entry.kind == "place":
            sure = evidence.place_by_context(text, match.start, match.end, known=True)
        else:
            plain = not place.heading and len(place.inside) == 1 and len(span.words) == form.count(" ") + 1
            sure = (plain and not span.opens) or evidence.company_by_context(text, match.start, match.end)
            sure = sure or (plain and evidence.owns(text, match.end))
        doubts.setdefault(entry.id, []).append((match, sure))


def _add(match: Match, register: Register) -> None:
    """Note a known name, a product's with its edition."""
    entry = match.entry
    if entry.kind != "product":
        register.add(match.start, match.end, entry.kind, entry)
        return
    end, own = edition(register.text, match.end)
    register.add(match.start, end, entry.kind, None if own else entry)


def _settle(doubts: dict[str, list[tuple[Match, bool]]], register: Register, *, nouns: bool) -> None:
    """Note the mentions of doubtful names that evidence confirms at least once."""
    for mentions in doubts.values():
        entry = mentions[0][0].entry
        if nouns and entry.kind != "place":
            continue
        if any(sure for _, sure in mentions):
            for match, _ in mentions:
                _add(match, register)
