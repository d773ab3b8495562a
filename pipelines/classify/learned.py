"""Learns names from the archive: those that several sources use in the same sense, to be known from then on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import yaml

from pipelines.classify.gazetteer import KINDS, Entry, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.records import Article

__all__ = ["as_yaml", "learn"]

LEAST_ARTICLES = 5
"""Articles that must use a name: fewer are as often a mistake that one text repeats."""
LEAST_SOURCES = 2
"""Sources that must use it: one source's habit is no name."""
AGREEMENT = 0.8
"""Share of the articles that must read it as the same kind."""


def learn(articles: Iterable[Article]) -> tuple[Entry, ...]:
    """Count the names that have no id yet over `articles`, and make entries of those that hold, by name.

    Feed them to `Gazetteer((*curated(), *learn(articles)))`, or write them with `as_yaml` for a person to check. The
    order of the articles does not matter; an article given twice counts once.
    """
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[str]] = defaultdict(set)
    also: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            continue
        seen.add(article.id)
        for entity in article.entities:
            if entity.id is None and entity.kind in KINDS:
                kinds[entity.name][entity.kind] += 1
                sources[entity.name].add(article.source)
                also[entity.name].update(form for form in entity.aliases if " " in form or form.isupper())
    return tuple(
        Entry(name, kind, f"copydesk:{kind}/{slug(name)}", also=_usual(also[name], articles=counts.total()))
        for name, counts in sorted(kinds.items())
        for kind, count in [min(counts.items(), key=lambda item: (-item[1], item[0]))]
        if count >= LEAST_ARTICLES and len(sources[name]) >= LEAST_SOURCES and count >= AGREEMENT * counts.total()
    )


def _usual(forms: Counter[str], articles: int) -> tuple[str, ...]:
    """Give the forms that half of the articles use."""
    return tuple(sorted(form for form, count in forms.items() if 2 * count >= articles))


def as_yaml(entries: Iterable[Entry]) -> str:
    """Write entries in the form of `config/entities.yaml`."""
    document: dict[str, dict[str, dict[str, list[str]]]] = {}
    for entry in entries:
        document.setdefault(entry.kind, {})[entry.name] = {"also": list(entry.also)} if entry.also else {}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=True)
