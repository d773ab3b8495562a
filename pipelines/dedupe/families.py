"""Families: which articles are copies of one another, kept up to date as articles come, whatever their order.

Each article has at most one parent: of the earlier articles that it makes a pair with, the one that holds most of it.
A family is what hangs together by parents, so a round-up that holds two articles whole joins the family of one and
does not make the two each other's copies. Nothing rests on what an earlier run decided: parents follow from the
sketches of the window, families from the parents, the origin from the whole family.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipelines.dedupe import near, origin, parents, sketch, versions
from pipelines.dedupe.known import Resolution
from pipelines.records import Copy, Duplicate, Sketch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pipelines.dedupe.known import Known
    from pipelines.records import Article, Version

__all__ = ["correct", "resolve"]


def resolve(new: Sequence[Article], known: Known) -> Resolution:
    """Say what the articles of `new`, one for each visit, change; alike in whatever order and batches they come.

    Of two runs at once, the later to commit must resolve again on the tables as the earlier left them.
    """
    fresh = _sketches(new)
    stored = {s.article: s for s in known.sketches(fresh.keys())}
    changed = {i: s for i, s in fresh.items() if i not in stored or _says_otherwise(s, stored[i])}
    return _placed(changed, {i: stored[i] for i in changed if i in stored}, known)._replace(
        versions=_versions(new, known)
    )


def correct(articles: Sequence[Article], left: Collection[str], known: Known) -> Resolution:
    """Say what it changes that the stored `articles` read otherwise now, from whatever visit, and those of `left` are none.

    The rows of those that left are to go from the sketches too; versions are the caller's.
    """
    fresh = _sketches(articles)
    stored = {s.article: s for s in known.sketches({*fresh, *left})}
    changed = {i: s for i, s in fresh.items() if i not in stored or _differ(s, stored[i])}
    return _placed(changed, {i: s for i, s in stored.items() if i in changed or i in left}, known)


def _placed(changed: Mapping[str, Sketch], gone: Mapping[str, Sketch], known: Known) -> Resolution:
    """Place what changed in its family, now that what is `gone` is not there any more."""
    family = known.families({s.family for s in gone.values()})
    left = gone.keys() - changed.keys()
    orphans = {
        s.article: s for s in family if s.parent in changed.keys() | left and s.article not in changed.keys() | left
    }
    found = parents.find(parents.Batch(changed, gone, orphans), known) if changed or orphans or left else {}
    touched = {s.family for s in family} | {s.family for s in found.values()}
    touched |= {s.family for s in known.sketches({s.parent for s in found.values() if s.parent})}
    before = {s.article: s for s in (*family, *known.families(touched)) if s.article not in left}
    members = _rooted(before | found)
    rows = _duplicates(members.values())
    written = {d.article: d for d in known.duplicates(members.keys() | left)}
    return Resolution(
        sketches=[s for i, s in sorted(members.items()) if before.get(i) != s],
        duplicates=[d for i, d in sorted(rows.items()) if written.get(i) != d],
        originals=sorted(written.keys() - rows.keys()),
        versions=[],
    )


def _sketches(new: Sequence[Article]) -> dict[str, Sketch]:
    """Sketch the latest visit of each article, not yet placed in a family."""
    latest: dict[str, Version] = {}
    articles: dict[tuple[str, str], Article] = {}
    for article in new:
        visit = versions.visit(article)
        articles[article.id, visit.page] = article
        held = latest.get(article.id, visit)
        latest[article.id] = max(held, visit, key=lambda v: (v.seen, v.page))
    return {i: _sketch(articles[i, visit.page], visit) for i, visit in latest.items()}


def _sketch(article: Article, visit: Version) -> Sketch:
    hashes, digest = sketch.take(article.body)
    return Sketch(
        article=article.id,
        source=article.source,
        published=article.published,
        fetched=visit.seen,
        digest=digest,
        hashes=hashes.astype("<u4").tobytes(),
        credits=origin.claims(article),
        family=article.id,
    )


def _says_otherwise(fresh: Sketch, stored: Sketch) -> bool:
    """Whether a visit replaces the stored sketch: it is later, and says something else."""
    return fresh.fetched > stored.fetched and _differ(fresh, stored)


def _differ(one: Sketch, other: Sketch) -> bool:
    same = ("source", "published", "digest", "hashes", "credits")
    return any(getattr(one, f) != getattr(other, f) for f in same)


def _rooted(sketches: Mapping[str, Sketch]) -> dict[str, Sketch]:
    """Name the family of each article by the end of its chain of parents."""

    def root(article: str) -> str:
        seen = {article}
        while (parent := sketches[article].parent) is not None and parent in sketches and parent not in seen:
            seen.add(parent)
            article = parent
        return article

    return {i: s.model_copy(update={"family": root(i)}) for i, s in sketches.items()}


def _duplicates(members: Iterable[Sketch]) -> dict[str, Duplicate]:
    """Give the row of every member of a family that is not its origin."""
    families: dict[str, list[Sketch]] = defaultdict(list)
    for member in members:
        families[member.family].append(member)
    rows: dict[str, Duplicate] = {}
    for family in families.values():
        if len(family) == 1:
            continue
        elected = origin.elect(family)
        first = next(s for s in family if s.article == elected.article)
        rows |= {s.article: _duplicate(s, first, elected) for s in family if s is not first}
    return rows


def _duplicate(copy: Sketch, first: Sketch, elected: origin.Origin) -> Duplicate:
    one, other = sketch.unpack(copy.hashes), sketch.unpack(first.hashes)
    pair = near.compare(one, other, one, other)
    match = Copy.NEAR
    if copy.digest == first.digest:
        match = Copy.SAME_URL if copy.source == first.source else Copy.EXACT
    way = "" if copy.parent in {None, first.article} else f"; by way of {copy.parent}"
    return Duplicate(
        article=copy.article,
        of=first.article,
        match=match,
        similarity=pair.similarity,
        containment=pair.containment,
        share=pair.share,
        share_of=pair.share_of,
        also=tuple(i for i in copy.also if i != first.article),
        origin_confidence=elected.confidence,
        reason=f"{pair.share:.0%} of it stands in the origin, {pair.share_of:.0%} of the origin in it{way}; {elected.reason}",
    )


def _versions(new: Sequence[Article], known: Known) -> list[Version]:
    """Give the versions that the visits add or change."""
    visits: dict[str, list[Version]] = defaultdict(list)
    stored: dict[str, list[Version]] = defaultdict(list)
    for version in known.versions({a.id for a in new}):
        stored[version.article].append(version)
    for article in new:
        visits[article.id].append(versions.visit(article))
    changed = []
    for article_id, seen in sorted(visits.items()):
        known_pages = {(v.seen, v.page) for v in stored[article_id]}
        together = [*stored[article_id], *(v for v in seen if (v.seen, v.page) not in known_pages)]
        changed += versions.differs(versions.chain(together), stored[article_id])
    return changed
