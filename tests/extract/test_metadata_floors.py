"""Floors a little under the measured figures: a change that loses on either set fails here."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from pipelines.extract.metadata import Metadata, metadata
from pipelines.extract.parse import parse
from tests.extract.shared import needs_shared, page, rows

pytestmark = [pytest.mark.shared, needs_shared]

# Every n-th page: enough to see a loss, few enough to be quick.
SAMPLES = {"fundus-a": 1, "wcxb-dev": 4}


def words(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def names(authors: list[str] | tuple[str, ...]) -> set[str]:
    return {words(author) for author in authors}


@cache
def found(name: str) -> list[tuple[dict[str, Any], Metadata]]:
    return [
        (row, metadata(parse(page(name, row)), row["url"] or "https://unknown.example/page"))
        for row in rows(name, every=SAMPLES[name])
    ]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize(("name", "floor"), [("fundus-a", 0.85), ("wcxb-dev", 0.84)])
def test_titles_hold_their_floor(name: str, floor: float) -> None:
    hits = [words(m.title) == words(row["title"]) for row, m in found(name) if row.get("title")]
    assert share(hits) >= floor


@pytest.mark.parametrize(("name", "floor"), [("fundus-a", 0.985), ("wcxb-dev", 0.82)])
def test_dates_hold_their_floor(name: str, floor: float) -> None:
    hits = [
        m.published is not None and m.published.isoformat()[:10] == row["date"][:10]
        for row, m in found(name)
        if row.get("date")
    ]
    assert share(hits) >= floor


@pytest.mark.parametrize(("name", "floor"), [("fundus-a", 0.915), ("wcxb-dev", 0.71)])
def test_authors_hold_their_floor(name: str, floor: float) -> None:
    hits = [names(m.authors + m.organisations) == names(row["authors"]) for row, m in found(name) if row.get("authors")]
    assert share(hits) >= floor
