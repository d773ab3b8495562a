from __future__ import annotations

from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.classify.pieces import pieces


def plainly(word: str) -> list[int]:
    """Hash the pieces one after another."""
    padded = f" {word} ".encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")
    cut = [padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1)]
    return sorted(crc32(piece.encode("utf-8", "surrogatepass"), crc32(b"c")) for piece in cut)


@pytest.mark.parametrize("words", [[], [""], ["a"], ["ab", "c"], ["größe", "data", "数据中心", "", "c++"]])
def test_pieces_of_many_words_are_those_of_each(words: list[str]) -> None:
    sums, of = pieces(words)
    for number, word in enumerate(words):
        assert sorted(sums[of == number].tolist()) == plainly(word)
    assert len(sums) == sum(len(plainly(word)) for word in words)


@given(st.lists(st.text(alphabet="ab1+é中\U0001f600", max_size=24), max_size=12))
@settings(max_examples=60, deadline=None)
def test_pieces_of_any_words_are_those_of_each(words: list[str]) -> None:
    sums, of = pieces(words)
    assert [sorted(sums[of == number].tolist()) for number in range(len(words))] == [plainly(word) for word in words]
