"""Pairs of news texts graded for telling the same story: the form of SemEval-2022 Task 8."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipelines.dedupe.stories.sketch import Sketch, StoryInput, sketch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Pair", "read_pairs"]

SAME = 2.0
"""Grade up to which a pair tells the same story: grades between are means of several readers."""
TITLE_END = re.compile(r"(?<=\S)(?:  +|\n+)(?=\S)")
TITLE_MOST = 250
"""A first line longer than this is no headline."""
UNDATED = datetime(2020, 1, 1, tzinfo=UTC)
"""The pairs carry no times: all are of one moment."""


class Pair(NamedTuple):
    """Two texts."""

    id: str
    languages: tuple[str, str]
    texts: tuple[str, str]
    grade: float | None
    """From 1, the same story, to 4, another; null in a file without grades."""

    @property
    def same(self) -> bool | None:
        """Whether they tell the same story; null without a grade."""
        return None if self.grade is None else self.grade <= SAME

    def sketches(self) -> tuple[Sketch, Sketch]:
        """Sketch both texts."""
        one, other = (
            sketch(_article(str(number), text, language))
            for number, (text, language) in enumerate(zip(self.texts, self.languages, strict=True))
        )
        return one, other


def read_pairs(path: Path) -> Iterator[Pair]:
    """Read rows of `{"id", "lang1", "lang2", "text1", "text2", "overall"}`; the headline is the first line of a text."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            grade = row.get("overall")
            yield Pair(
                str(row["id"]),
                (row["lang1"], row["lang2"]),
                (row["text1"], row["text2"]),
                None if grade is None else float(grade),
            )


def _article(name: str, text: str, language: str) -> StoryInput:
    bare = text.strip()
    end = TITLE_END.search(bare)
    head, body = (bare[: end.start()], bare[end.end() :]) if end and end.start() <= TITLE_MOST else (bare[:90], bare)
    return StoryInput(name, head, body, language, "pairs", UNDATED)
