"""One article afresh: its row, its versions and its teasers, as today's code makes them of the visits that were read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel

from pipelines.dedupe import versions as chains
from pipelines.records import Article
from pipelines.reprocess.stored import State, place
from pipelines.resolve import article_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from pipelines.extracted import Extracted
    from pipelines.records import Teaser, Version

__all__ = ["Reading", "afresh", "differences"]

# Which code read an article is no difference in itself: each release would change every row.
_BY_WHOM = {"extractor", "topics_version"}


class Reading(NamedTuple):
    """Visits to one article that were read again."""

    rows: Sequence[Extracted]
    """Those that hold it now, in the order of time."""
    read: Mapping[str, Extracted]
    """All that were read again, by place: a page of it that is here and not in `rows` is no page of it any more."""
    address: str
    """The one of its addresses whose visits count, beside those that counted before."""
    whole: bool
    """Whether these are all its visits."""


def afresh(before: State, reading: Reading) -> State:
    """Give the article as if today's code had read its visits when they came.

    What was not read again stays as it is. The row stays with the visit that it was read from, unless a later one says
    something else now: which of two equal visits the tables hold tells how they came, not what the code made of them.
    """
    counted = before.pages
    visits = [row for row in reading.rows if place(row) in counted or _url(row) == reading.address]
    found = {place(row): article for row in visits if (article := article_in(row))}
    kept = [version for version in before.versions if version.page not in reading.read]
    said = tuple(chains.chain([*kept, *map(chains.visit, found.values())]))
    return State(_row(before, said, found, reading), said, _teasers(before, visits, whole=reading.whole))


def _url(row: Extracted) -> str | None:
    article = article_in(row)
    return article.url if article is not None else None


def _row(before: State, said: Sequence[Version], found: Mapping[str, Article], reading: Reading) -> Article | None:
    """Choose the visit that stands for the article."""
    if not said:
        return None
    newest, stored = found.get(said[-1].page), before.article
    if stored is None:
        return newest
    row = found.get(stored.page or "") if stored.page in reading.read else stored
    if row is None:
        # The visit it was read from is none of its any more: the newest of its versions tells what it says.
        return newest or stored
    last = max(found.values(), key=_when, default=row)
    later = _when(last) > _when(row) and last.fetched is not None and last.fetched >= said[-1].seen
    return last if later and _text(last) != _text(row) else row


def _when(article: Article) -> tuple[datetime, str]:
    version = chains.visit(article)
    return version.seen, version.page


def _text(article: Article) -> tuple[object, ...]:
    return (article.title, article.body, article.modified)


def _teasers(before: State, visits: Iterable[Extracted], *, whole: bool) -> tuple[Teaser, ...]:
    """Give the teasers of all visits; one that several show is as the table has it if any shows it so, else as the first does."""
    shown: dict[tuple[object, ...], list[Teaser]] = {}
    for row in visits:
        for teaser in row.extraction.teasers if row.extraction else ():
            shown.setdefault(_link(teaser), []).append(teaser)
    held = {_link(teaser): teaser for teaser in before.teasers}
    now = {key: held[key] if held.get(key) in seen else seen[0] for key, seen in shown.items()}
    # One that no visit shows any more may be from a visit that was not read.
    return tuple((now if whole else held | now).values())


def _link(teaser: Teaser) -> tuple[object, ...]:
    return (teaser.article, teaser.url, teaser.title)


def differences(before: State, after: State) -> dict[str, tuple[str, str]]:
    """Give the fields in which an article differs, each before and after as text."""
    found: dict[str, tuple[str, str]] = {}
    one, other = before.article, after.article
    if one is not None and other is not None:
        values = ((name, getattr(one, name), getattr(other, name)) for name in Article.model_fields)
        found = {name: (_told(was), _told(now)) for name, was, now in values if name not in _BY_WHOM and was != now}
    # Where the row was read from follows from what its visits say.
    if found.keys() - {"page", "fetched"}:
        found = {name: told for name, told in found.items() if name not in {"page", "fetched"}}
    if before.versions != after.versions:
        found["versions"] = _history(before.versions), _history(after.versions)
    if set(before.teasers) != set(after.teasers):
        found["teasers"] = _titles(before.teasers), _titles(after.teasers)
    return found


def _told(value: object) -> str:
    """Give a field for a person."""
    if isinstance(value, tuple):
        return "\n".join(map(_told, value))
    if isinstance(value, BaseModel):
        return value.model_dump_json(exclude_defaults=True)
    return "" if value is None else str(value)


def _history(said: Sequence[Version]) -> str:
    return "\n".join(
        f"{version.seen:%Y-%m-%dT%H:%MZ} {version.change}, {len(version.body.split())} words" for version in said
    )


def _titles(teasers: Sequence[Teaser]) -> str:
    return "\n".join(f"{teaser.title} ({teaser.kind}, {teaser.place})" for teaser in teasers)
