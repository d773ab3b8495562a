"""The names of one article while they are collected: every form it uses, joined where they mean the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipelines.records import Entity

if TYPE_CHECKING:
    from pipelines.classify.gazetteer import Entry

__all__ = ["Name", "Register"]

MOST_MENTIONS = 200
"""Offsets kept of one name."""


class Name:
    """A name under collection: its forms with their offsets."""

    __slots__ = ("entry", "forms", "kind", "offsets")

    def __init__(self, kind: str, entry: Entry | None) -> None:
        self.kind = kind
        self.entry = entry
        self.forms: Counter[str] = Counter()
        self.offsets: set[tuple[int, int]] = set()

    def entity(self) -> Entity:
        """Make the record of it, named by the longest form."""
        forms = sorted(self.forms, key=lambda form: (-len(form), form))
        return Entity(
            name=forms[0],
            kind=self.kind,
            id=self.entry.id if self.entry else None,
            ticker=self.entry.ticker if self.entry else None,
            aliases=tuple(forms[1:]),
            offsets=tuple(sorted(self.offsets)[:MOST_MENTIONS]),
        )


class Register:
    """The names of one article by the forms it uses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.forms: dict[str, Name] = {}
        self._by_id: dict[str, Name] = {}

    def add(self, start: int, end: int, kind: str, entry: Entry | None = None) -> Name:
        """Note a mention; a form keeps the kind that it was given first."""
        form = self.text[start:end]
        name = self.forms.get(form)
        if name is None and entry is not None:
            name = self._by_id.get(entry.id)
        if name is None:
            name = Name(kind, entry)
        if entry is not None:
            self._by_id.setdefault(entry.id, name)
        self.forms[form] = name
        name.forms[form] += 1
        name.offsets.add((start, end))
        return name

    def alias(self, form: str, name: Name) -> None:
        """Let `form` stand for `name` from now on; what was noted of it is joined."""
        other = self.forms.get(form)
        self.forms[form] = name
        if other is None or other is name:
            return
        name.forms.update(other.forms)
        name.offsets |= other.offsets
        name.entry = name.entry or other.entry
        for each in other.forms:
            self.forms[each] = name

    def entities(self) -> tuple[Entity, ...]:
        """Give every name once, the most mentioned first, then in order of the text."""
        names = {id(name): name for name in self.forms.values() if name.offsets}.values()
        ordered = sorted(names, key=lambda name: (-len(name.offsets), min(name.offsets)))
        return tuple(name.entity() for name in ordered)
