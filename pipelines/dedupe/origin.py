"""Origin: which article of a family of copies was first, by what its members say and when they appeared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipelines.records import Article, Sketch

__all__ = ["Origin", "claims", "elect", "order"]

_HEAD, _TAIL = 600, 600  # characters at either end of a body where an origin is named
_AGENCIES = (
    "Reuters|Associated Press|AP|AFP|Agence France-Presse|Bloomberg|dpa|ANSA|EFE|PTI|ANI|IANS|Xinhua|Kyodo|Yonhap|TASS|UPI|"
    "PR ?Newswire|Business ?Wire|Globe ?Newswire|Accesswire|EIN Presswire|Newsfile|Canadian Press|AAP|PA Media"
)
_DATELINE = re.compile(rf"(?:\((?P<a>{_AGENCIES})\)|/\s?(?P<b>{_AGENCIES})\s?/)\s*[-–—:]{{0,2}}")
_CREDIT = re.compile(
    r"(?:originally|first)\s+(?:published|appeared|posted|ran)\s+(?:by|on|in|at)\s+(?P<name>[^\n.;()]{2,60}(?:\.[a-z]{2,6})?)",
    re.IGNORECASE,
)


class Origin(NamedTuple):
    """Who of a family was first."""

    article: str
    """Id of the article elected."""
    confidence: float
    """How sure that is, 0 to 1."""
    reason: str
    """The evidence that won, and what spoke against it."""


def claims(article: Article) -> tuple[str, ...]:
    """Give what an article says of its origin: `agency:<name>` and `first:<name>`, in lower case."""
    head, tail = article.body[:_HEAD], article.body[-_TAIL:]
    found = {f"agency:{(m['a'] or m['b']).lower().replace(' ', '')}" for m in _DATELINE.finditer(head)}
    for name in article.organisations:
        if re.fullmatch(_AGENCIES, name.strip(), re.IGNORECASE):
            found.add(f"agency:{name.strip().lower().replace(' ', '')}")
    for text in (head, tail):
        found |= {f"first:{' '.join(m['name'].lower().split())}" for m in _CREDIT.finditer(text)}
    return tuple(sorted(found))


def order(sketch: Sketch) -> tuple[datetime, datetime, str]:
    """Give the key by which one article counts as earlier than another: publication, then fetch, then id."""
    return (sketch.published or sketch.fetched, sketch.fetched, sketch.article)


def elect(members: Sequence[Sketch]) -> Origin:
    """Elect the origin of a family of at least one article; the order of `members` has no influence."""
    first = min(members, key=lambda m: (_borrowed(m), order(m)))
    earliest = min(members, key=order)
    when = (first.published or first.fetched).isoformat()
    if first is earliest:
        return Origin(first.article, 0.8 if first.published else 0.6, f"published first, {when}")
    reason = f"names no other origin; {earliest.article} appeared earlier but says {', '.join(earliest.credits)}"
    return Origin(first.article, 0.7, reason)


def _borrowed(sketch: Sketch) -> bool:
    """Whether an article says that its text comes from elsewhere."""
    return bool(sketch.credits)
