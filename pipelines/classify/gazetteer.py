"""Names known before an article is read: the curated list, countries, cities, and what the archive taught."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs
import yaml

from pipelines.classify.places import cities, countries, states
from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["KINDS", "Entry", "Gazetteer", "Match", "curated", "known", "parse", "read", "slug"]

ENTITIES = Path(__file__).parents[2] / "config" / "entities.yaml"
KINDS = ("company", "product", "organisation", "person", "place")
FIELDS = frozenset({"id", "ticker", "also", "word", "of", "not"})


class Entry(NamedTuple):
    """A known name."""

    name: str
    """The form that readers know."""
    kind: str
    """`company`, `product`, `organisation`, `person` or `place`."""
    id: str
    """`wikidata:Q...` or `copydesk:<kind>/<slug>`."""
    ticker: str | None = None
    """Exchange and symbol; null where not listed or unknown."""
    also: tuple[str, ...] = ()
    """Other forms of the name."""
    doubtful: bool = False
    """Whether it is a common word, too, or a small town: a mention needs evidence from its surroundings."""
    excluded: frozenset[str] = frozenset()
    """Words that, coming next, make it another name."""
    of: str | None = None
    """Name of its owner; null where independent or unknown."""


class Match(NamedTuple):
    """A known name in a text."""

    start: int
    """First character."""
    end: int
    """Past the last character."""
    entry: Entry
    """What it names."""


class Gazetteer:
    """Finds known names in one pass over a text, the longest first, whatever their number (Aho & Corasick 1975)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Of two entries that claim a form, the earlier holds it."""
        self.entries: dict[str, Entry] = {}
        for entry in entries:
            for form in (entry.name, *entry.also):
                self.entries.setdefault(form, entry)
        self._by_number = list(self.entries.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self.entries), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def find_capitals(self, text: str) -> Iterator[Match]:
        """Known names, other than doubtful ones, of a text that is all in capitals."""
        automaton, entries = self._capitals
        for number, start, end in automaton.find_matches_as_indexes(text):
            if _whole(text, start, end):
                yield Match(start, end, entries[number])

    @cached_property
    def _capitals(self) -> tuple[ahocorasick_rs.AhoCorasick, list[Entry]]:
        """Give forms in capitals, built when the first such headline comes."""
        forms = {form.upper(): entry for form, entry in self.entries.items() if not entry.doubtful and len(form) > 2}
        automaton = ahocorasick_rs.AhoCorasick(list(forms), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        return automaton, list(forms.values())

    def find(self, text: str) -> Iterator[Match]:
        """Known names that stand in `text` as whole words, in order, without overlap."""
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if _whole(text, start, end):
                entry = self._by_number[number]
                if not entry.excluded or _next_word(text, end) not in entry.excluded:
                    yield Match(start, end, entry)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no letter touches the name; scripts without spaces have no such edge."""
    if text[start] > "\u2e80":
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or before in "_@#/" or after.isalnum() or after in "_$") and not (
        (after == "." and text[end + 1 : end + 2].isalnum())
        or (before in ".-" and text[start - 2 : start - 1].isalnum())
    )


def _next_word(text: str, end: int) -> str:
    return text[end + 1 : end + 25].partition(" ")[0].rstrip(".,;:!?") if text[end : end + 1] == " " else ""


def slug(name: str) -> str:
    """Make the part of an id that names: lower case, words joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


def read(path: Path) -> tuple[Entry, ...]:
    """Entries of a file like `config/entities.yaml`, which explains its form; raises `Misconfigured` on a wrong one."""
    return parse(path.read_text(encoding="utf-8"), str(path))


def parse(text: str, where: str) -> tuple[Entry, ...]:
    """Entries of such a text, which is named `where` in errors; raises `Misconfigured` on a wrong one."""
    way_out = f"Give names under {', '.join(KINDS)}."
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Misconfigured(where, f"no YAML: {error}", way_out) from error
    if not isinstance(document, dict) or not all(isinstance(names, dict) for names in document.values()):
        raise Misconfigured(where, "no mapping of kinds", way_out)
    return tuple(
        _entry(where, kind, name, fields or {})
        for kind, names in document.items()
        if kind != "country"
        for name, fields in names.items()
    )


def _entry(where: str, kind: str, name: str, fields: dict[str, object]) -> Entry:
    if kind not in KINDS:
        raise Misconfigured(where, f"unknown kind {kind!r}", f"Use one of {', '.join(KINDS)}.")
    if unknown := set(fields) - FIELDS:
        raise Misconfigured(f"{where}: {name}", f"unknown fields {sorted(unknown)}", f"Known are {sorted(FIELDS)}.")
    number, ticker, owner = fields.get("id"), fields.get("ticker"), fields.get("of")
    return Entry(
        name=name,
        kind=kind,
        id=f"wikidata:{number}" if number else f"copydesk:{kind}/{slug(name)}",
        ticker=str(ticker) if ticker else None,
        also=_strings(fields.get("also")),
        doubtful=bool(fields.get("word")),
        excluded=frozenset(_strings(fields.get("not"))),
        of=str(owner) if owner else None,
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


@cache
def curated() -> tuple[Entry, ...]:
    """Read the list in `config/entities.yaml`, and the world's countries, US states and cities of 100,000 people."""
    document = yaml.safe_load(ENTITIES.read_text(encoding="utf-8"))
    numbers = {str(code): str(number) for code, number in document["country"].items()}
    return (*read(ENTITIES), *_places(numbers))


def _places(numbers: dict[str, str]) -> Iterator[Entry]:
    for place in (*countries(), *states(), *cities()):
        number = numbers.get(place.code) if place.code else None
        yield Entry(
            name=place.name,
            kind="place",
            id=f"wikidata:{number}" if number else f"copydesk:place/{place.slug}",
            also=place.also,
            doubtful=place.doubtful,
        )


@cache
def known() -> Gazetteer:
    """Give the gazetteer of the curated names, built once a process."""
    return Gazetteer(curated())
