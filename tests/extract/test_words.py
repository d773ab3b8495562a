"""Words of a page's blocks."""

from __future__ import annotations

from pipelines.extract.words import MOST, extent, words, words_of


def test_each_text_of_a_page_has_its_words() -> None:
    texts = ["The tide is in", "港の潮", "", "Eleven phones"]
    assert (
        words_of(texts)
        == [words(text) for text in texts]
        == [["the", "tide", "is", "in"], ["港", "の", "潮"], [], ["eleven", "phones"]]
    )


def test_a_page_of_more_words_than_are_read_still_has_as_many_texts() -> None:
    found = words_of("潮" * 1_000 for _ in range(MOST // 1_000 + 5))
    assert [len(said) for said in found] == [1_000] * (MOST // 1_000) + [0] * 5


def test_characters_that_say_more_than_letters_are_counted_for_more() -> None:
    assert extent("The tide is in") == len("The tide is in")
    assert extent("港の潮が満ちた") == 7 + 3
    assert extent("Гавань") == 6
