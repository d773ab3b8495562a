"""Origin: which article of a family of copies was first, by what its members say and when they appeared."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import tldextract

from pipelines import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from pipelines.records import Article, Sketch

__all__ = ["Origin", "claims", "elect", "order"]

# Characters at either end of a body where an origin is named: a dateline, a closing credit.
_HEAD, _TAIL = 400, 600
# Publication times nearer than this are set by clocks and queues, not by who was first.
CLOSE = timedelta(minutes=10)

_AGENCIES = (
    r"Reuters|(?:The )?Associated Press|AP|AFP|Agence France[- ]Presse|Bloomberg|dpa(?:-AFX)?|ANSA|EFE|PTI|ANI|IANS|Xinhua|"
    r"Kyodo(?: News)?|Yonhap|TASS|UPI|(?:The )?Canadian Press|AAP|PA Media|"
    r"PR ?Newswire|Business ?Wire|Globe ?Newswire|Access ?wire|EIN ?Presswire|Newsfile(?: Corp)?"
)
_SAME_AGENCY = {
    "associatedpress": "ap",
    "theassociatedpress": "ap",
    "agencefrancepresse": "afp",
    "newsfilecorp": "newsfile",
}
# "(Reuters) -", "SAN FRANCISCO, Nov. 3 /PRNewswire/ --", "(BUSINESS WIRE)--", "LONDON (AP) —".
_DATELINE = re.compile(rf"[(/]\s?(?P<name>{_AGENCIES})\s?[)/]", re.IGNORECASE)
_NAME = r"(?:[\w-]{1,40}(?:\.[\w-]{2,40}){1,4}|[A-Z][\w&'’-]{0,40}(?:\s[A-Z][\w&'’-]{0,40}){0,4})"
_CREDIT = re.compile(
    r"\b(?i:(?:originally|first)\s+(?:published|appeared|posted|ran|written|produced)\s+(?:by|on|in|at|for)|"
    r"(?:republished|reprinted|reproduced|syndicated)\s+(?:with\s+permission\s+)?(?:from|courtesy\s+of))\s+"
    rf"(?P<name>{_NAME})"
)
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list that came with the package


class Origin(NamedTuple):
    """Who of a family was first."""

    article: str
    """Id of the article elected."""
    confidence: float
    """How sure that is, 0 to 1."""
    reason: str
    """The evidence that won, and what spoke against it."""


def claims(article: Article) -> tuple[str, ...]:
    """Give what an article says of its origin.

    `own:` names the site it stands on, `agency:` the wire it credits, `first:` another site that published it before.
    Names are lower case letters and digits only.
    """
    ends = (article.body[:_HEAD], article.body[-_TAIL:])
    own = {_bare(article.source), _site(article.canonical_url), _bare(article.site_name or "")} - {""}
    wires = {m["name"] for m in _DATELINE.finditer(ends[0])}
    wires |= {name for name in article.organisations if re.fullmatch(_AGENCIES, name.strip(), re.IGNORECASE)}
    first = {_named(m["name"]) for text in ends for m in _CREDIT.finditer(text)}
    if article.syndicated_from is not None:
        first.add(_site(article.syndicated_from))
    found = {f"own:{name}" for name in own} | {f"agency:{_agency(name)}" for name in wires}
    return tuple(sorted(found | {f"first:{name}" for name in first - own - {""}}))


def order(sketch: Sketch) -> tuple[datetime, datetime, str]:
    """Give the key by which one article counts as earlier than another: publication, then fetch, then id.

    No article appears after it was fetched: a clock or a time zone that says so is not believed.
    """
    return (min(sketch.published or sketch.fetched, sketch.fetched), sketch.fetched, sketch.article)


def elect(members: Sequence[Sketch]) -> Origin:
    """Elect the origin of a family of at least one article; the order of `members` has no influence.

    Whom others name as the origin comes first, who names another comes last; between equals the earliest wins.
    """
    named = _namers(members)
    ranked = sorted(members, key=lambda m: (not named[m.article], bool(_said(m, "first")), order(m)))
    first, earliest = ranked[0], min(members, key=order)
    confidence, reason = _evidence(first, named[first.article], ranked)
    lost = []
    if earliest is not first:
        gives_way = earliest in named[first.article] or _said(earliest, "first")
        if not gives_way:
            confidence = min(confidence, 0.6)
        says = "; it names another origin" if gives_way else " and names no other"
        lost.append(f"{earliest.article} is dated earlier, {_when(earliest)}{says}")
    wires = sorted({wire for m in members for wire in _said(m, "agency")})
    if wires and not any(_said(first, "own") & {wire} for wire in wires):
        confidence = min(confidence, 0.6)
        lost.append(f"the text credits {', '.join(wires)}, whose own page is not among the copies")
    return Origin(first.article, confidence, "; but ".join([reason, *lost]))


def _evidence(first: Sketch, namers: Sequence[Sketch], ranked: Sequence[Sketch]) -> tuple[float, str]:
    """Say how sure the election is and why, the losing evidence aside."""
    if namers and _said(first, "first"):
        return 0.4, f"named as the origin by {_few(namers)}, and names another itself; {_when(first)}"
    if namers:
        return 0.95, f"named as the origin by {_few(namers)}"
    if _said(first, "first"):
        return 0.4, f"earliest of copies that all name an origin elsewhere: {', '.join(sorted(_said(first, 'first')))}"
    if first.published is None or first.published > first.fetched:
        dated = "with no publication time" if first.published is None else "and dated after that"
        return 0.5, f"seen first, {_when(first)}, {dated}"
    gaps = [order(m)[0] - order(first)[0] for m in ranked[1:]]
    if gaps and min(gaps) < CLOSE:
        return 0.6, f"published first, {_when(first)}, by less than {CLOSE.seconds // 60} minutes"
    return 0.85, f"published first, {_when(first)}"


def _namers(members: Sequence[Sketch]) -> dict[str, list[Sketch]]:
    """Give for each member the others that name it as the origin, or credit the agency whose site it stands on."""
    naming: dict[str, list[Sketch]] = defaultdict(list)
    for member in members:
        for name in _said(member, "first") | _said(member, "agency"):
            naming[name].append(member)
    named = {}
    for member in members:
        own = _said(member, "own")
        others = {m.article: m for name in own & naming.keys() for m in naming[name]}
        named[member.article] = [m for m in others.values() if not own & _said(m, "own")]
    return named


def _few(members: Iterable[Sketch]) -> str:
    return ", ".join(sorted(m.article for m in members)[:3])


def _said(sketch: Sketch, kind: str) -> set[str]:
    return {claim.removeprefix(f"{kind}:") for claim in sketch.credits if claim.startswith(f"{kind}:")}


def _when(sketch: Sketch) -> str:
    return order(sketch)[0].isoformat(timespec="minutes")


def _bare(name: str) -> str:
    """Give a name without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", name.lower())


def _agency(name: str) -> str:
    bare = _bare(name)
    return _SAME_AGENCY.get(bare, bare)


def _named(name: str) -> str:
    """Give the bare name of a site that a credit names by name or by domain."""
    return _domain(name.lower()) or _bare(name)


def _site(url: str) -> str:
    return _domain(urls.host(url))


@cache
def _domain(host: str) -> str:
    """Give the name of a registered domain without its suffix: `theverge` of `www.theverge.com`."""
    found = _EXTRACT(host.strip("."))
    return _bare(found.domain) if found.suffix else ""
