"""Floors under what `tests/benchmarks/stories.py` measures on development data."""

from __future__ import annotations

from collections import Counter

import pytest
from sklearn.metrics import roc_auc_score

from pipelines.dedupe.stories.likeness import same_event
from pipelines.dedupe.stories.pairs import read_pairs
from tests.benchmarks.stories import PAIRS, STREAM, bcubed, best_f1, read_stream, shipped, stories

AUC_FLOOR = 0.97
F1_FLOOR = 0.88
EVERY_LANGUAGE_FLOOR = 0.90
BCUBED_FLOOR = 0.92
READINGS = 200
"""Enough to cover the way by meaning; to read all takes minutes."""
MOST_OF_A_STORY = 5
"""A URL that comes more often is a place of many things, such as a video site without its query."""


@pytest.mark.shared
@pytest.mark.skipif(not PAIRS.exists(), reason="no development pairs: set COPYDESK_SHARED")
def test_english_pairs_stay_above_the_floor() -> None:
    pairs = [pair for pair in read_pairs(PAIRS) if pair.languages == ("en", "en")]
    truth = [int(bool(pair.same)) for pair in pairs]
    scores = shipped(pairs)
    assert roc_auc_score(truth, scores) >= AUC_FLOOR
    assert best_f1(truth, scores) >= F1_FLOOR


@pytest.mark.shared
@pytest.mark.skipif(not PAIRS.exists(), reason="no development pairs: set COPYDESK_SHARED")
def test_one_model_serves_the_pairs_of_every_language() -> None:
    pairs = [pair for pair in read_pairs(PAIRS) if pair.languages[0] == pair.languages[1]]
    area = roc_auc_score([bool(pair.same) for pair in pairs], [same_event(*pair.sketches()) for pair in pairs])
    assert area >= EVERY_LANGUAGE_FLOOR


@pytest.mark.shared
@pytest.mark.skipif(not STREAM.exists(), reason="no development stream: set COPYDESK_SHARED")
def test_stories_on_a_stream_stay_above_the_floor() -> None:
    items = sorted(read_stream(STREAM), key=lambda item: item.day)[:4000]
    truth = {item.id: item.url for item in items if item.url}
    counts = Counter(truth.values())
    found = stories(items, READINGS)
    assert (
        bcubed({item: url for item, url in truth.items() if 1 < counts[url] <= MOST_OF_A_STORY}, found)[2]
        >= BCUBED_FLOOR
    )
