"""Files read again: from their intermediates, or made anew by today's code and rules, with all that belongs to their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines import extracted, layout, settings, sources, stages
from pipelines.bucket import open_bucket
from pipelines.classify import in_use
from pipelines.edition import edition
from pipelines.errors import RetryLater
from pipelines.reprocess import compare, stored
from pipelines.reprocess.stored import Visited, place
from pipelines.resolve import article_in
from pipelines.store import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pipelines.extracted import Extracted
    from pipelines.reprocess.compare import Compared
    from pipelines.reprocess.findings import Findings

__all__ = ["Again", "Reader"]


class Again(NamedTuple):
    """Files of a range, read again and set beside the tables."""

    found: Compared
    """What differs."""
    told: Findings
    """The same, counted."""


class Reader:
    """Reads files of the archive in the edition of today; `tell` is called with the key of each before it is read."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        given = settings.load()
        self.bucket, self.limits = open_bucket(given), given.limits
        self._declared = sources.load(given.source_folder)
        self._taught = in_use.fetch(self.bucket, given.state)
        self._tell = tell

    def read(self, files: Sequence[str], urls: Collection[str]) -> Again:
        """Set the pages of `files`, of `urls` where any are given, beside the tables as they are.

        An article that differs is read with all its visits, so that none of its versions is set beside one that older code
        made. Files that no table covers yet are left out.
        """
        covered = coverage.covered(self.bucket, layout.first_day(files))
        known = [key for key in files if key in covered]
        rows = [row for key in known for row in self._rows(key) or () if not urls or row.url in urls]
        inside = {_visit(row) for row in rows}
        read, gone = set[str]() if urls else set(known), set[str]()
        found = compare.compare(rows, stored.load(self.bucket, rows))
        names = set[str]()
        while more := found.moved - names:
            names |= more
            files_of = {file for name in names for file in found.stored.files(name)} - read
            gone |= {key for key in files_of if self._rows(key) is None}
            beyond = (row for key in sorted(files_of - gone) for row in self._rows(key) or ())
            theirs = _Theirs(names, found.stored)
            fellows = [row for row in beyond if _visit(row) not in inside and row in theirs]
            whole = [*rows, *fellows]
            found = compare.compare(whole, stored.load(self.bucket, whole), gone)
        places = {place(row) for row in rows}
        return Again(found, compare.told(found, places, len(known), len(files) - len(known)))

    def _rows(self, key: str) -> list[Extracted] | None:
        """Give what today's edition makes of a file; None where the archive does not hold it any more."""
        name = layout.parse_warc(key)
        source = self._declared.get(name.source) if name is not None else None
        made_by = edition(source, self.limits, self._taught)
        self._tell(key)
        try:
            if not extracted.stands(self.bucket, key, made_by):
                stages.extract(key)
        except KeyError:
            return None
        try:
            return list(extracted.read(self.bucket, key, made_by))
        except KeyError as error:
            raise RetryLater(f"what was made of {key} was tidied away a moment ago") from error


def _visit(row: Extracted) -> tuple[object, ...]:
    return (row.warc, row.url, row.at, place(row))


class _Theirs:
    """The pages that are, or were, one of some articles."""

    def __init__(self, names: Collection[str], known: stored.Stored) -> None:
        self._names = names
        self._visits = {visit for name in names for visit in known.visits.get(name, ())}
        self._pages = {page for name in names if name in known.states for page in known.states[name].pages}

    def __contains__(self, row: Extracted) -> bool:
        article = article_in(row)
        visited = Visited(stored.run_of(row.warc), row.url, row.warc)
        own = article is not None and article.id in self._names
        return own or visited in self._visits or place(row) in self._pages
