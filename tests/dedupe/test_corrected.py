"""Stored articles that read otherwise now, or are none any more: the tables are as if they had come so."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipelines.dedupe import families
from tests.dedupe.tables import Tables, article
from tests.dedupe.test_families import prose

if TYPE_CHECKING:
    from pipelines.records import Article

FOOT = " Subscribe to the letter of the desk for more of this each morning, before the markets open in the east."


def corrected(tables: Tables, changed: list[Article], left: set[str]) -> None:
    """Correct and write."""
    done = families.correct(changed, left, tables)
    tables.held = {name: s for name, s in tables.held.items() if name not in left} | {
        s.article: s for s in done.sketches
    }
    tables.copies |= {d.article: d for d in done.duplicates}
    for original in done.originals:
        del tables.copies[original]
    assert done.versions == []


@pytest.mark.parametrize("seed", range(6))
def test_any_correction_gives_the_tables_that_the_corrected_articles_give(seed: int) -> None:
    rng = random.Random(seed)
    came, come = [], []
    left: set[str] = set()
    for n in range(8):
        half = ". ".join(prose(n).split(". ")[:10])
        for name, text, hour in (
            (f"o{n}", prose(n), n),
            (f"half{n}", half, n + 3),
            (f"both{n}", prose(n) + " " + prose((n + 1) % 8), n + 7),
        ):
            source = f"site{n % 2}"
            came.append(article(name, text + FOOT, hour=hour, source=source))
            fate = rng.choice(["stays", "stays", "loses its foot", "leaves", "was another"])
            if fate == "leaves":
                left.add(name)
            else:
                now = {"stays": text + FOOT, "loses its foot": text, "was another": prose(n + 20)}[fate]
                come.append(article(name, now, hour=hour, source=source))
    tables, expected = Tables(), Tables()
    tables.take(came)
    expected.take(come)
    corrected(tables, [one for one in come if one not in came], left)
    assert (tables.held, tables.copies) == (expected.held, expected.copies)
    corrected(tables, [], set())
    assert (tables.held, tables.copies) == (expected.held, expected.copies)


def test_an_earlier_text_counts_too_where_it_is_corrected() -> None:
    tables = Tables()
    tables.take([article("first", prose(1), hour=1), article("copy", prose(2), hour=2, seen=9)])
    # From an earlier visit than the one that is stored: the row moved, since that visit is no article any more.
    corrected(tables, [article("copy", prose(1), hour=2, seen=5)], set())
    assert {d.article: d.of for d in tables.copies.values()} == {"copy": "first"}
