from __future__ import annotations

from itertools import islice

import pytest

from tests.fuzz.extract import broken_promise, mutants

# As many pages as take about ten seconds of CPU time; `python -m tests.fuzz.extract --seconds 3600` goes on.
PAGES = 300


@pytest.mark.parametrize("seed", range(4))
def test_mutated_pages_are_extracted_or_set_aside_twice_alike(seed: int) -> None:
    broken = [reason for url, page in islice(mutants(seed), PAGES // 4) if (reason := broken_promise(url, page))]
    assert broken == []


def test_one_seed_gives_the_same_pages_everywhere() -> None:
    assert list(islice(mutants(5), 20)) == list(islice(mutants(5), 20))
    assert next(mutants(5)) != next(mutants(6))
