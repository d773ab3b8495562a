"""Pages read again beside the tables: which articles differ, come and leave, and which pages end otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.fates import LEFT, RULE, with_missed
from pipelines.records import Outcome
from pipelines.reprocess import afresh, findings
from pipelines.reprocess.findings import Case, Example, Findings
from pipelines.reprocess.stored import Visited, place, run_of
from pipelines.resolve import addresses_of, article_in
from pipelines.withhold import headline

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pipelines.extracted import Extracted
    from pipelines.records import Fate, Page
    from pipelines.reprocess.stored import State, Stored

__all__ = ["Compared", "End", "compare", "exchanges", "fitting", "refusal", "told"]


class End(StrEnum):
    """How a page ends now, beside how it did."""

    SAME = "same"
    REASON = "reason"
    """Another reason, or the source's rule fits otherwise."""
    MOVES = "moves"
    """Another article than before, by its canonical URL."""
    BECOMES = "becomes"
    CEASES = "ceases"
    FAILS = "fails"


_MOVING = {End.MOVES, End.BECOMES, End.CEASES}


@dataclass(frozen=True)
class Compared:
    """What was found; articles that are left as they are, are not in it."""

    rows: Sequence[Extracted]
    """Every page that was read again, withheld where the tables withhold it, in the order of time."""
    stored: Stored
    """What the tables hold of them."""
    changed: Mapping[str, tuple[State, State]]
    """Before and after of each article that differs."""
    ends: Mapping[str, End]
    """By place."""
    addresses: Mapping[str, str]
    """The address of each article."""
    kept: Collection[str] = ()
    """Articles that are left as they are, since one of their pages cannot be read now."""
    withheld: Collection[str] = ()
    """Places of pages whose text stays withheld."""

    @cached_property
    def moved(self) -> set[str]:
        """The articles to look at with all their visits: those that differ, and those whose pages end otherwise."""
        rows = [row for row in self.rows if self.ends.get(place(row)) in _MOVING]
        return {*self.changed, *(name for row in rows for name in _of(row, self.stored))} - set(self.kept)


def compare(rows: Sequence[Extracted], stored: Stored, gone: Collection[str] = ()) -> Compared:
    """Set rows beside the tables; what lies in the WARC files of `gone` cannot be read any more."""
    ordered = sorted(rows, key=lambda row: (row.at, row.url))
    empty = {version.page for state in stored.states.values() for version in state.versions if not version.body}
    hidden = {place(row) for row in ordered if _is_withheld(row, stored, empty)}
    ordered = [_without_text(row) if place(row) in hidden else row for row in ordered]
    read = {place(row): row for row in ordered if row.extraction is not None}
    failed = {place(row) for row in ordered if row.trouble is not None}
    kept = {name for name, state in stored.states.items() if any(_lost(page, failed, gone) for page in state.pages)}
    articles = {name: state.article for name, state in stored.states.items() if state.article}
    addresses = addresses_of(ordered, articles)
    own: dict[str, list[Extracted]] = defaultdict(list)
    for row in ordered:
        article = article_in(row)
        # A page of an article that is left as it is goes to no other.
        if article is not None and not _of(row, stored) & kept:
            own[article.id].append(row)
    seen = {Visited(run_of(row.warc), row.url, row.warc) for row in ordered}
    whole = {name for name in stored.states if seen.issuperset(stored.visits.get(name, ()))}
    changed = {}
    for name, before in stored.states.items():
        if name not in kept and (name in own or before.pages & read.keys()):
            reading = afresh.Reading(own[name], read, addresses.get(name, ""), name in whole)
            after = afresh.afresh(before, reading)
            if afresh.differences(before, after):
                changed[name] = before, after
    ends = {place(row): end for row in ordered if (end := _end(row, stored.fate(row)))}
    ends |= {place(row): End.SAME for row in ordered if _of(row, stored) & kept and ends.get(place(row)) in _MOVING}
    return Compared(ordered, stored, changed, ends, addresses, kept, hidden)


def exchanges(found: Compared) -> list[Page]:
    """Give the exchanges of which the archive says something else than the table: in a column that came later, for one."""
    pages = ((row.page, found.stored.pages.get(place(row))) for row in found.rows)
    return [page for page, held in pages if page is not None and held is not None and held != page]


def _lost(page: str, failed: Collection[str], gone: Collection[str]) -> bool:
    return page in failed or page.partition("#")[0] in gone


def _of(row: Extracted, stored: Stored) -> set[str]:
    """Give the articles that a page is and was."""
    article, fate = article_in(row), stored.fate(row)
    return {name for name in (article and article.id, fate and fate.article) if name}


def _is_withheld(row: Extracted, stored: Stored, empty: Collection[str]) -> bool:
    """Tell whether the tables held no text of an article at this visit by its publisher's word, whatever today's policy says."""
    article = article_in(row)
    if article is None or not article.body or row.page is None or not row.page.reservations:
        return False
    said = [version for version in stored.states[article.id].versions if version.seen <= row.page.fetched]
    return place(row) in empty or (bool(said) and not said[-1].body)


def _without_text(row: Extracted) -> Extracted:
    return row.model_copy(update={"extraction": row.extraction and headline(row.extraction)})


def _end(row: Extracted, fate: Fate | None) -> End | None:
    """Tell how a page ends beside its fate; None where the crawl has said how it ended."""
    if not place(row) or (row.extraction is None and row.trouble is None):
        return None
    if fate is None:
        return End.SAME
    if row.trouble is not None:
        return End.SAME if fate.outcome is Outcome.QUARANTINED else End.FAILS
    article = article_in(row)
    if article is None:
        same = End.SAME if fate.reason.partition(LEFT)[0] == refusal(row) else End.REASON
        return End.CEASES if fate.article is not None else same
    if fate.article != article.id:
        return End.BECOMES if fate.article is None else End.MOVES
    return End.SAME if fate.reason == fitting(fate, row) else End.REASON


def refusal(row: Extracted) -> str:
    """Give the reason for which a page is no article."""
    decision = row.extraction.decision if row.extraction else None
    return f"{decision.kind}: {decision.reason}" if decision else ""


def fitting(fate: Fate, row: Extracted) -> str:
    """Give the reason of an article's fate with what the source's rule does not find on the page now."""
    return with_missed(fate.reason.partition(RULE)[0], row.extraction)


def told(found: Compared, inside: Collection[str], files: int, waiting: int) -> Findings:
    """Count what was found; pages beyond `inside`, places of the range, were read with their articles."""
    rows = [row for row in found.rows if place(row) in inside and place(row) in found.ends]
    counts = Counter(_counted(row, found) for row in rows)
    cases: dict[str, list[Case]] = defaultdict(list)
    decisions: Counter[str] = Counter()
    for row in rows:
        end, fate = found.ends[place(row)], found.stored.fate(row)
        if fate is not None and end in {End.BECOMES, End.CEASES, End.FAILS}:
            cases[end].append(Case(url=row.url, was=f"{fate.outcome}: {fate.reason}", now=_now(row)))
            decisions[f"{fate.outcome} to {_now(row).partition(':')[0]}"] += 1
    fields: Counter[str] = Counter()
    examples, changed = [], {}
    for name, states in sorted(found.changed.items()):
        differ = _fields(*states)
        changed[name] = tuple(differ)
        fields.update(differ.keys())
        examples += [
            _example(name, *states, each, differ[each]) for each in differ if fields[each] <= findings.EXAMPLES
        ]
    return Findings(
        files=files,
        waiting=waiting,
        pages=len(rows),
        **counts,
        beyond=sum(place(row) not in inside for row in found.rows if place(row) in found.ends),
        kept=len(found.kept),
        withheld=len(found.withheld),
        exchanges=len(exchanges(found)),
        changed=changed,
        decisions=dict(decisions),
        examples=tuple(examples),
        coming=tuple(cases[End.BECOMES][: findings.CASES]),
        leaving=tuple(cases[End.CEASES][: findings.CASES]),
        failing=tuple(cases[End.FAILS][: findings.CASES]),
    )


_COUNTS = {End.BECOMES: "become", End.CEASES: "cease", End.FAILS: "fail", End.MOVES: "differ", End.REASON: "differ"}


def _counted(row: Extracted, found: Compared) -> str:
    changed = _of(row, found.stored) & found.changed.keys()
    return _COUNTS.get(found.ends[place(row)], "differ" if changed else "same")


def _now(row: Extracted) -> str:
    if row.trouble is not None:
        return f"set aside: {row.trouble}"
    article = article_in(row)
    return f"article: {article.title}" if article else refusal(row)


def _fields(before: State, after: State) -> dict[str, tuple[str, str]]:
    """Give the fields that differ of an article that was one and stays one."""
    return afresh.differences(before, after) if before.article and after.article else {}


def _example(name: str, before: State, after: State, column: str, texts: tuple[str, str]) -> Example:
    article = after.article or before.article
    hidden = after.article is not None and not after.article.body and bool(after.article.reservations)
    diff = "(withheld by its publisher's word)" if hidden else findings.word_diff(*texts)
    return Example(field=column, article=name, url=article.canonical_url if article else "", diff=diff)
