"""The teasers that were found in a plain text, and what is left as its body."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Found", "Split"]


@dataclass(frozen=True, slots=True)
class Found:
    """One teaser: the index of its first line, its words, and the heading of its block (null for a single one)."""

    line: int
    title: str
    blurb: str | None = None
    heading: str | None = None
    promotion: bool = False
    cut: bool = False
    """Whether its blurb breaks off: a sign that its neighbours are teasers too."""
    url: str | None = None
    """The address that the text gives beside the title."""


@dataclass(slots=True)
class Split:
    """The indexes of the lines that are the article's own, and the teasers, in the order of the text."""

    body: list[int] = field(default_factory=list)
    teasers: list[Found] = field(default_factory=list)
    guessed: bool = False
    """Whether a block of teasers was told by its shape alone, without a heading that we know."""
