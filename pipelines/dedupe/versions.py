"""Versions: what an article said at each visit, and what kind of change lies between two of them."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from pipelines.records import Change, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.records import Article

__all__ = ["chain", "changes", "compare", "diff", "differs", "visit"]

# Words on either side that are compared one by one; longer stretches are shown as replaced whole.
LONGEST_STRETCH = 3000
# What changes between two visits though nobody edited: times, ages, dates, counters.
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}"
_NOISE = re.compile(
    r"\d[\d.,:/]*(?:st|nd|rd|th|[km])?|" + _MONTHS + r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:an?|few)|ago|just|now|today|yesterday|last|updated|published|posted|read|am|pm|a\.m|p\.m|utc|gmt|e[sd]?t|p[sd]?t|"
    r"sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?|"
    r"views?|comments?|shares?|likes?|claps?|reads?|replies|advertisement|sponsored|ad",
    re.IGNORECASE,
)


def visit(article: Article) -> Version:
    """Give the visit that read `article`, not yet set beside others; the article must come from the archive."""
    if article.fetched is None or article.page is None:
        message = f"article {article.id} was not read from the archive: a version needs its page and fetch time"
        raise ValueError(message)
    return Version(
        article=article.id,
        number=1,
        seen=article.fetched,
        change=Change.FIRST,
        title=article.title,
        title_changed=False,
        body=article.body,
        modified=article.modified,
        page=article.page,
    )


def chain(visits: Iterable[Version]) -> list[Version]:
    """Set the visits of one article beside each other, in the order of time; what says nothing new is left out.

    The same visits give the same chain in whatever order they came.
    """
    ordered = sorted(visits, key=lambda v: (v.seen, v.page))
    kept: list[Version] = []
    for each in ordered:
        if not kept:
            kept.append(
                each.model_copy(update={"number": 1, "change": Change.FIRST, "title_changed": False, "diff": None})
            )
        elif (each.title, each.body) != (kept[-1].title, kept[-1].body):
            kept.append(_after(kept[-1], each))
    return kept


def compare(before: Article | None, after: Article, number: int) -> Version | None:
    """Set a visit beside the one before it; None where it says nothing new. Both must come from the archive."""
    visits = [visit(article) for article in (before, after) if article is not None]
    kept = chain(visits)
    if len(kept) < len(visits):
        return None
    return kept[-1].model_copy(update={"number": number})


def _after(before: Version, visit_: Version) -> Version:
    """Set a visit behind the version before it."""
    return visit_.model_copy(
        update={
            "number": before.number + 1,
            "change": _change(before, visit_),
            "title_changed": before.title != visit_.title,
            "diff": diff(before.body, visit_.body),
        }
    )


def _change(before: Version, after: Version) -> Change:
    removed, added = changes(before.body, after.body)
    if before.title == after.title and all(_is_noise(word) for word in removed + added):
        return Change.NOISE
    told = after.modified is not None and (before.modified is None or after.modified > before.modified)
    return Change.EDITED if told else Change.SILENTLY_EDITED


def _is_noise(word: str) -> bool:
    bare = word.strip(".,;:!?()[]|·•-–—\"'")
    return not bare or _NOISE.fullmatch(bare) is not None


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the words removed and the words added, in the order of the text."""
    removed, added = [], []
    for kind, old, new in _stretches(before, after):
        if kind != "equal":
            removed += old
            added += new
    return removed, added


def diff(before: str, after: str) -> str:
    """Give the word diff of two texts as `[-removed-]{+added+}` within the words that stayed."""
    parts = []
    for kind, old, new in _stretches(before, after):
        if kind == "equal":
            parts.append(" ".join(new))
            continue
        removed = f"[-{' '.join(old)}-]" if old else ""
        parts.append(removed + (f"{{+{' '.join(new)}+}}" if new else ""))
    return " ".join(parts)


def _stretches(before: str, after: str) -> Iterable[tuple[str, list[str], list[str]]]:
    """Align two texts by paragraph, then by word within the paragraphs that differ."""
    old, new = _paragraphs(before), _paragraphs(after)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = " ".join(old[a:b]).split(), " ".join(new[c:d]).split()
        if kind != "replace" or max(len(left), len(right)) > LONGEST_STRETCH:
            yield kind, left, right
            continue
        for inner, e, f, g, h in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            yield inner, left[e:f], right[g:h]


def _paragraphs(text: str) -> Sequence[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]


def differs(one: Sequence[Version], other: Sequence[Version]) -> list[Version]:
    """Give the versions of `one` that `other` does not hold as they are."""
    held = {v.number: v for v in other}
    return [v for v in one if held.get(v.number) != v]
