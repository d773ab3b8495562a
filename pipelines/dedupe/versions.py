"""Versions: what an article said at each visit, and what kind of change lies between two of them."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from typing import TYPE_CHECKING

from pipelines.records import Change, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipelines.records import Article

__all__ = ["chain", "change", "changes", "compare", "diff", "differs", "stretches", "visit"]

# Pairs of equal words (or paragraphs) that an alignment may weigh; a text past that is shown as replaced whole. One made to
# be slow costs a second; two different texts of three thousand words have as many.
MOST_MATCHES = 100_000
# Words of a line that can be furniture of the page: a time stamp, a counter, an advertisement's label.
SHORT_LINE = 10

_UNIT = r"(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?"
_AGO = re.compile(rf"\b(?:\d{{1,6}}|an?|one|few)\s?{_UNIT}\s+ago\b|\bjust now\b", re.IGNORECASE)
# What makes a short line a stamp or a counter, and what then changes in it though nobody edited.
_STAMP = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"ago|now|today|yesterday|updated|published|posted|am|pm|a\.m|p\.m|utc|gmt|e[sd]?t|p[sd]?t|"
    r"views?|comments?|shares?|likes?|claps?|reads?|replies|advertisement|sponsored|ad|" + _UNIT,
    re.IGNORECASE,
)
_JOINING = frozenset({"on", "at", "by", "in", "of", "the", "to", "last", "first"})
_FIGURE = re.compile(r"\d[\d.,:/-]{0,20}(?:st|nd|rd|th|[km])?", re.IGNORECASE)


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
        elif (each.title, each.body.split()) != (kept[-1].title, kept[-1].body.split()):
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
            "change": change(before, visit_),
            "title_changed": before.title != visit_.title,
            "diff": diff(before.body, visit_.body),
        }
    )


def change(before: Version, after: Version) -> Change:
    """Tell what kind of change lies between two versions."""
    if before.title == after.title and _without_noise(before.body) == _without_noise(after.body):
        return Change.NOISE
    told = after.modified is not None and (before.modified is None or after.modified > before.modified)
    return Change.EDITED if told else Change.SILENTLY_EDITED


def _without_noise(body: str) -> list[str]:
    """Give the words of a body without times that pass, lines that count and the marks of lists."""
    lines = (line.removeprefix("- ") for line in _paragraphs(body))
    return [word for line in lines for word in _kept(_AGO.sub("", line).split())]


def _kept(words: list[str]) -> list[str]:
    """Give what of a line somebody must edit to change."""
    if len(words) > SHORT_LINE or not words or words[-1].endswith((".", "!", "?")):
        return words
    bare = [stripped for word in words if (stripped := word.strip(".,;:!?()[]|·•-–—\"'"))]
    said = [word for word in bare if not _STAMP.fullmatch(word) and not _FIGURE.fullmatch(word)]
    stamped = any(_STAMP.fullmatch(word) for word in bare) or not said
    # "40 people died today" is a line that somebody wrote; "Posted on Nov. 3, 2026 by" is not.
    written = sum(word.lower() not in _JOINING for word in said) >= len(bare) - len(said)
    return words if written or not stamped else said


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the words removed and the words added, in the order of the text."""
    removed, added = [], []
    for kind, old, new in stretches(before, after):
        if kind != "equal":
            removed += old
            added += new
    return removed, added


def diff(before: str, after: str) -> str:
    """Give the word diff of two texts as `[-removed-]{+added+}` within the words that stayed."""
    parts = []
    for kind, old, new in stretches(before, after):
        if kind == "equal":
            parts.append(" ".join(new))
            continue
        removed = f"[-{' '.join(old)}-]" if old else ""
        parts.append(removed + (f"{{+{' '.join(new)}+}}" if new else ""))
    return " ".join(parts)


def stretches(before: str, after: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Give the words of two texts in stretches that are `equal` or `replace` one another.

    Aligned by paragraph, then by word within the paragraphs that differ.
    """
    for same, old, new in _aligned(_paragraphs(before), _paragraphs(after)):
        left, right = " ".join(old).split(), " ".join(new).split()
        if same or not left or not right:
            yield "equal" if same else "replace", left, right
            continue
        for kept, removed, added in _aligned(left, right):
            yield "equal" if kept else "replace", removed, added


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Give the stretches of two lists in order, whether they are the same; in time bounded by `MOST_MATCHES`."""
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - head
    tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    counts = Counter(middle_new)
    if head:
        yield True, old[:head], new[:head]
    if sum(counts[each] for each in middle_old) > MOST_MATCHES:
        yield False, middle_old, middle_new
    else:
        for kind, a, b, c, d in difflib.SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
            yield kind == "equal", middle_old[a:b], middle_new[c:d]
    if tail:
        yield True, old[len(old) - tail :], new[len(new) - tail :]


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]


def differs(one: Sequence[Version], other: Sequence[Version]) -> list[Version]:
    """Give the versions of `one` that `other` does not hold as they are."""
    held = {v.number: v for v in other}
    return [v for v in one if held.get(v.number) != v]
