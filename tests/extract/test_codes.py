"""What tables of codes say of a text, held against what Python says of its characters one by one."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.extract.codes import bare_length, letters, word_starts
from pipelines.extract.words import count

EVERY = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
SHORT = "".join(character for character in EVERY if character <= "\uffff")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \n_aé７-"))


def test_every_blank_is_one_that_words_are_parted_at() -> None:
    assert bare_length(EVERY) == len("".join(EVERY.split()))


def test_every_letter_of_16_bits_is_one_of_words() -> None:
    found = re.findall(r"[^\W_]+", SHORT)
    assert letters(SHORT) == "".join(found)
    assert word_starts(SHORT) == len(found)


@given(TEXTS)
def test_letters_of_a_text_are_those_of_its_words(text: str) -> None:
    found = re.findall(r"[^\W_]+", text)
    known = max(text, default="") <= "\uffff"
    assert letters(text) == ("".join(found) if known else None)
    assert word_starts(text) == (len(found) if known else None)
    assert bare_length(text) == len("".join(text.split()))


@given(TEXTS)
@example("潮位 of 3 gauges 😀")
def test_a_long_text_has_the_words_of_its_parts(text: str) -> None:
    assert count(f"{text}\n" * 600) == pytest.approx(count(text) * 600)
