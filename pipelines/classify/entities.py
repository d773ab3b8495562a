"""The names and figures an article speaks of, each once, with all its mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.classify.figures import Figure, figures
from pipelines.classify.gazetteer import Gazetteer, known
from pipelines.classify.names import Reading, read_names
from pipelines.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find"]

MOST_CHARACTERS = 20_000
"""Part of a body that is read: the names that matter stand in it, and no page costs more."""
CAPITALISED_NOUNS = frozenset({"de", "lb"})
"""Languages that capitalise every noun: a capital says nothing there."""


def find(title: str, body: str, language: str | None, gazetteer: Gazetteer | None = None) -> tuple[Entity, ...]:
    """Names and figures of an article: names with the most mentions first, then figures in order.

    A name is taken where the gazetteer knows it, or where its own words or what stands around it say what it is; a
    capitalised span without evidence is left out. A subsidiary or product is never its owner. Short forms
    (abbreviation, surname, name without legal form) join the full name. Offsets are those of `body`; a name that only
    the title gives has none. `language` null is read as English. `gazetteer` null takes the curated names.
    """
    book = gazetteer or known()
    nouns = (language or "en").partition("-")[0] in CAPITALISED_NOUNS
    text = body[:MOST_CHARACTERS]
    names = read_names(Reading(text, book, nouns=nouns))
    return (*names, *_only_in_title(title, book, names, nouns=nouns), *_figures(text))


def _only_in_title(title: str, book: Gazetteer, names: tuple[Entity, ...], *, nouns: bool) -> Iterator[Entity]:
    """Names of the headline that the body lacks."""
    found = {form for name in names for form in (name.name, *name.aliases)}
    ids = {name.id for name in names if name.id}
    for name in read_names(Reading(title, book, nouns=nouns, headline=True)):
        if name.id not in ids and found.isdisjoint((name.name, *name.aliases)):
            yield name.model_copy(update={"offsets": ()})


def _figures(text: str) -> Iterator[Entity]:
    """Figures, a repeated one once; the same in other units, in parentheses behind it, is its alias."""
    found: dict[str, list[Figure]] = {}
    aliases: dict[str, list[str]] = {}
    key = ""
    for figure in figures(text):
        form = text[figure.start : figure.end]
        if figure.converts and key:
            aliases[key].append(form)
        else:
            key = form
            aliases.setdefault(key, [])
        found.setdefault(key, []).append(figure)
    for name, mentions in found.items():
        yield Entity(
            name=name,
            kind=mentions[0].kind,
            aliases=tuple(dict.fromkeys(form for form in aliases[name] if form != name)),
            offsets=tuple((figure.start, figure.end) for figure in mentions),
        )
