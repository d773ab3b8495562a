from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.leaks import LOSSES, Judged, figures


def test_what_leaks_and_what_is_lost_is_counted_by_page_block_and_word() -> None:
    found = Judged(
        page=np.array([0, 0, 0, 1, 1, 1, 2]),
        rival=np.array([True, True, False, True, False, False, False]),
        body=np.array([False, False, True, False, True, True, True]),
        words=np.array([9, 9, 300, 9, 697, 1, 2]),
        likely=np.array([0.9, 0.8, 0.7, 0.1, 0.6, 0.4, 0.5]),
        kept=np.array([True, True, True, False, True, False, True]),
    )
    (_, *as_it_is), *at = figures(found)
    assert as_it_is == pytest.approx([1, 2, 0.001])
    # The two least likely blocks of the body have 3 words of 1,000; to lose the next would cost all but 300.
    assert len(at) == len(LOSSES)
    for _, *row in at:
        assert row == pytest.approx([1, 2, 0.003])
