"""Findings: what today's code reads otherwise than the tables hold, counted and shown by examples."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, computed_field

from pipelines.dedupe import versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Case", "Example", "Findings", "merged", "word_diff"]

# Examples of each field and of each kind of page in a report; the counts are of all.
EXAMPLES = 5
CASES = 40
# Words around a change, and characters of an example: enough to judge by, in a report of hundreds.
_WORDS = 8
_LONGEST = 2000


class Example(BaseModel):
    """One field of one article that differs."""

    model_config = ConfigDict(frozen=True)

    field: str
    """Column of the table of articles, or `versions`, `teasers`."""
    article: str
    """Id of the article."""
    url: str
    """Its canonical URL."""
    diff: str
    """Word diff, `[-removed-]{+added+}`, with what stayed the same cut to a few words."""


class Case(BaseModel):
    """One page whose end differs, or that cannot be read now."""

    model_config = ConfigDict(frozen=True)

    url: str
    """URL of the page."""
    was: str
    """How it ended, by its fate."""
    now: str
    """How it ends now, and why."""


class Findings(BaseModel):
    """What was found in some files."""

    # What is computed is written too, and read over.
    model_config = ConfigDict(frozen=True, extra="ignore")

    files: int = 0
    """WARC files of the range that were read."""
    waiting: int = 0
    """WARC files of the range that no table covers yet: they are left to `process`."""
    pages: int = 0
    """Pages of the range whose end is extraction's to tell."""
    same: int = 0
    """Pages from which the same comes as the tables hold."""
    differ: int = 0
    """Pages of articles that differ, or that are no article for another reason now."""
    become: int = 0
    """Pages that are an article now and were none."""
    cease: int = 0
    """Pages that are no article now and were one."""
    fail: int = 0
    """Pages that cannot be read now and could be; what the tables hold of them stays."""
    exchanges: int = 0
    """Rows of the table of pages that differ."""
    beyond: int = 0
    """Pages beyond the range that were read with these articles, since an article is brought up to date with all its visits."""
    kept: int = 0
    """Articles that are left as they are: one of their pages cannot be read any more."""
    withheld: int = 0
    """Pages whose text the tables do not hold by their publisher's word, and that stay so though today's policy would let it in."""
    changed: dict[str, tuple[str, ...]] = {}
    """Ids of the articles that differ, with the fields in which they do; of those that come and leave without any."""
    decisions: dict[str, int] = {}
    """Pages by what they were and are now, such as `stored to index`."""
    examples: tuple[Example, ...] = ()
    """Examples of each field."""
    coming: tuple[Case, ...] = ()
    """Some of `become`."""
    leaving: tuple[Case, ...] = ()
    """Some of `cease`."""
    failing: tuple[Case, ...] = ()
    """Some of `fail`."""

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way
    @property
    def articles(self) -> int:
        """Articles that differ, come or leave."""
        return len(self.changed)

    @computed_field  # type: ignore[prop-decorator]  # see above
    @property
    def fields(self) -> dict[str, int]:
        """Articles that differ in each field, the commonest first."""
        return _ordered(Counter(name for names in self.changed.values() for name in names))

    @property
    def counts(self) -> dict[str, int]:
        """The figures that are not empty."""
        return {name: value for name, value in self if isinstance(value, int) and value}

    def data(self) -> dict[str, Any]:
        """Give all of it for a program."""
        return self.model_dump(mode="json")

    @property
    def differs(self) -> bool:
        """Whether there is anything to bring into the tables."""
        return bool(self.articles or self.exchanges or self.differ or self.become or self.cease)


def merged(found: Iterable[Findings]) -> Findings:
    """Put findings of several parts together; an article that was visited in two of them counts once."""
    sums: Counter[str] = Counter()
    decisions: Counter[str] = Counter()
    changed: dict[str, tuple[str, ...]] = {}
    examples: list[Example] = []
    cases: dict[str, list[Case]] = {"coming": [], "leaving": [], "failing": []}
    for each in found:
        sums.update(each.counts)
        decisions.update(each.decisions)
        changed |= each.changed
        examples = _some([*examples, *each.examples])
        for name in cases:
            cases[name] = [*cases[name], *getattr(each, name)][:CASES]
    told = {"decisions": _ordered(decisions), "changed": changed, "examples": examples}
    return Findings.model_validate({**sums, **told, **cases})


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _some(examples: Sequence[Example]) -> list[Example]:
    """Keep a few examples of each field."""
    seen: Counter[str] = Counter()
    kept = []
    for example in examples:
        seen[example.field] += 1
        if seen[example.field] <= EXAMPLES:
            kept.append(example)
    return kept


def word_diff(before: str, after: str) -> str:
    """Give the word diff of two texts with what stayed the same cut to a few words on either side."""
    parts = []
    for kind, old, new in versions.stretches(before, after):
        if kind != "equal":
            parts.append((f"[-{' '.join(old)}-]" if old else "") + (f"{{+{' '.join(new)}+}}" if new else ""))
        elif len(new) > 2 * _WORDS:
            parts.append(f"{' '.join(new[:_WORDS])} … {' '.join(new[-_WORDS:])}")
        else:
            parts.append(" ".join(new))
    told = " ".join(parts)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]} …"
