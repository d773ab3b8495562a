from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dedupe import sketch
from pipelines.dedupe.shingles import shingles, words


def same(one: str, other: str) -> bool:
    return np.array_equal(shingles(one), shingles(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The chip doesn't ship.", "the CHIP doesn’t ship"),
        ("a café in Málaga sold", "a cafe in Malaga sold"),
        ("sold 1,250,000 chips at once", "sold 1250000 chips at once"),
        ("an of\u00adfice, an efficient one", "an office an e\ufb03cient one"),
        ("three - four — five", "three\u00a0four\nfive"),
        ("full ｗｉｄｔｈ １２ letters", "full width 12 letters"),
    ],
)
def test_typography_leaves_no_trace(one: str, other: str) -> None:
    assert same(one, other)


def test_other_words_are_other_shingles() -> None:
    assert not np.intersect1d(shingles("one two three four"), shingles("two one three five")).size


def test_scripts_without_spaces_are_read_by_character() -> None:
    text = "日本の半導体工場が生産を再開した"
    assert words(text)[0].size == len(text)
    assert np.isin(shingles(text[3:]), shingles(text)).all()


def test_a_text_shorter_than_a_shingle_is_one() -> None:
    assert shingles("two words").size == 1
    assert shingles(" … ").size == 0


def test_hashes_are_the_same_on_every_machine() -> None:
    assert [f"{h:016x}" for h in shingles("copies of an article").tolist()] == ["70cb1376b8395a4f", "1e77f57378e482c6"]


@given(st.text(max_size=300))
def test_any_text_has_a_sample_that_is_ascending_and_distinct(text: str) -> None:
    sample = sketch.sample(text).astype(np.int64)
    assert (np.diff(sample) > 0).all()


@given(st.text(alphabet="ab .,'é日１\u00ad", max_size=80))
def test_case_never_matters(text: str) -> None:
    assert same(text, text.upper())


def test_a_long_text_is_sampled_and_a_short_one_kept() -> None:
    long = " ".join(f"w{n}" for n in range(8000))
    short = " ".join(f"w{n}" for n in range(50))
    assert 850 < sketch.sample(long).size < 1150
    assert sketch.sample(short).size == 48
    assert sketch.reach(sketch.sample(short)) == 2**32
