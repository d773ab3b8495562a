"""Learns names from the archive: those that several sources use in the same sense, to be known from then on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import yaml

from pipelines.classify.gazetteer import KINDS, Entry, slug
from pipelines.records import Entity, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Sighting", "as_yaml", "learn"]

LEAST_ARTICLES = 5
"""Articles that must use a name: fewer are as often a mistake that one text repeats."""
LEAST_SOURCES = 2
"""Sources that must use it: one source's habit is no name."""
AGREEMENT = 0.8
"""Share of the articles that must read it as the same kind."""


class Sighting(Record):
    """An article as far as names are learned from it."""

    id: str
    source: str
    entities: tuple[Entity, ...]


def learn(articles: Iterable[Sighting], known: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """Count the names that have no id over `articles`, and make entries of those that hold, by name.

    Names of `known` were learned before: they are counted again although they have an id by now, and stay as they are
    where the articles no longer tell. The order of the articles does not matter; an article given twice counts once.
    """
    before = {entry.id: entry for entry in known}
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[str]] = defaultdict(set)
    also: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            continue
        seen.add(article.id)
        for entity in article.entities:
            if (entity.id is None or entity.id in before) and entity.kind in KINDS:
                kinds[entity.name][entity.kind] += 1
                sources[entity.name].add(article.source)
                also[entity.name].update(form for form in entity.aliases if " " in form or form.isupper())
    found = {
        name: Entry(name, kind, f"copydesk:{kind}/{slug(name)}", also=_usual(also[name], articles=counts.total()))
        for name, counts in sorted(kinds.items())
        for kind, count in [min(counts.items(), key=lambda item: (-item[1], item[0]))]
        if count >= LEAST_ARTICLES and len(sources[name]) >= LEAST_SOURCES and count >= AGREEMENT * counts.total()
    }
    return tuple(entry for _, entry in sorted(({entry.name: entry for entry in known} | found).items()))


def _usual(forms: Counter[str], articles: int) -> tuple[str, ...]:
    """Give the forms that half of the articles use."""
    return tuple(sorted(form for form, count in forms.items() if 2 * count >= articles))


def as_yaml(entries: Iterable[Entry]) -> str:
    """Write entries in the form of `config/entities.yaml`."""
    document: dict[str, dict[str, dict[str, list[str]]]] = {}
    for entry in entries:
        document.setdefault(entry.kind, {})[entry.name] = {"also": list(entry.also)} if entry.also else {}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=True)
