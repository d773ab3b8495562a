"""Floors under each figure of extraction, a little under what is measured: a change that loses on one fails here.

The shipped model is measured, which has seen the development pages; the figures that count are the cross-validated ones
of `make bench STAGE=extract`. The newsroom's pages it has never seen.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from pipelines.errors import Quarantine
from pipelines.extract.article import examine
from tests.benchmarks.extract_table import scorer
from tests.benchmarks.readers import as_row
from tests.extract.floors import figures, newsroom
from tests.extract.shared import SHARED, needs_shared, page, rows

pytestmark = pytest.mark.xdist_group("extraction floors")

OWN = {
    "f1": 0.98,
    "kept": 0.99,
    "titles": 0.98,
    "dates": 0.9,
    "authors": 0.98,
    "teaser_recall": 0.96,
    "teaser_precision": 0.99,
    "accepted": 0.99,
    "rejected": 0.99,
}
# Every n-th page: enough to see a loss, few enough to be quick.
EVERY = {"aeb": 1, "wcxb-dev": 4, "fundus-a": 1, "other-dev": 4}
SHIPPED = [
    ("aeb", "shingle_f1", 0.98),
    ("aeb", "exact", 0.64),
    ("wcxb-dev", "f1", 0.963),
    ("wcxb-dev", "kept", 0.95),
    ("wcxb-dev", "title", 0.86),
    ("wcxb-dev", "date", 0.84),
    ("wcxb-dev", "authors", 0.72),
    ("fundus-a", "f1", 0.975),
    ("fundus-a", "title", 0.84),
    ("fundus-a", "date", 0.98),
    ("fundus-a", "authors", 0.915),
    ("aeb", "accepted", 0.99),
    ("fundus-a", "accepted", 0.985),
    ("wcxb-dev", "accepted", 0.985),
    ("other-dev", "rejected", 0.88),
]
BLOCKS = [("kept", 0.985), ("teaser_recall", 0.95), ("teaser_precision", 0.94)]


@pytest.mark.parametrize("figure", OWN)
def test_the_newsrooms_pages_hold_their_floor(figure: str) -> None:
    assert getattr(figures(newsroom()), figure) >= OWN[figure]


def test_few_of_the_newsrooms_articles_hold_what_is_not_theirs() -> None:
    assert figures(newsroom()).leaks <= 0.02


@cache
def predictions(name: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Give rows of a set with our predictions by id."""
    chosen = rows(name, every=EVERY[name])
    return chosen, {row["id"]: predicted(name, row) for row in chosen}


def predicted(name: str, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return as_row(examine(page(name, row), row["url"] or "https://unknown.example/page"))
    except Quarantine:
        return {"body": "", "article": False}


@cache
def scores(name: str) -> dict[str, float]:
    """Score a set."""
    chosen, found = predictions(name)
    accepted = sum(row["article"] for row in found.values()) / len(found)
    if name == "other-dev":
        return {"rejected": 1 - accepted}
    return {"accepted": accepted, **scorer(SHARED).score_bodies(chosen, found)[0]}


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(("name", "figure", "floor"), SHIPPED)
def test_a_set_of_real_pages_holds_its_floor(name: str, figure: str, floor: float) -> None:
    assert scores(name)[figure] >= floor


@pytest.mark.shared
@needs_shared
def test_few_real_articles_hold_what_must_not_be_there() -> None:
    assert scores("wcxb-dev")["leak_pages"] <= 0.04


@cache
def read_pages() -> dict[str, float]:
    """Score the pages that were read block by block."""
    found = {}
    for row in rows("teasers-dev"):
        name, _, bare = row["page"].partition("/")
        found[row["page"]] = predicted(name, {"id": bare, "url": row["url"]})
    out: dict[str, float] = scorer(SHARED).score_teasers(rows("teasers-dev"), found)[0]
    return out


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(("figure", "floor"), BLOCKS)
def test_pages_read_block_by_block_hold_their_floor(figure: str, floor: float) -> None:
    assert read_pages()[figure] >= floor


@pytest.mark.shared
@needs_shared
def test_few_pages_read_block_by_block_leak() -> None:
    assert read_pages()["leak_pages"] <= 0.14
