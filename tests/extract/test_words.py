"""Words of a page's blocks."""

from __future__ import annotations

import unicodedata

import pytest

from pipelines.extract.words import MOST, count, extent, words, words_of

# Of as many words as spaces part.
SPACED = [
    "जयपुर के एक सरकारी कॉलेज के छात्रों ने बंदरगाह का मीटर बनाया",
    "বন্দরের কর্মীরা এখন জোয়ারের পানি মাপছেন পুরনো ফোন দিয়ে",
    "துறைமுகத்தில் புதிய தொழில்நுட்பம் அறிமுகம் செய்யப்பட்டது",
    "ఓడరేవులో పాత ఫోన్లు అలలను కొలుస్తాయి",
    "തുറമുഖത്ത് പഴയ ഫോണുകൾ വേലിയേറ്റം അളക്കുന്നു",
    "වරායේ පැරණි දුරකථන වඩදිය මනියි",
    "הַחַיְשָׁנִים מַקְשִׁיבִים לַנָּמָל",
    "بَدَأَتْ عِشْرُونَ مِنَ القَوَارِبِ",
    "حسگری ساخته‌اند که می‌شنود",
    "Die Ha\u0308fen zählen die Flut",
    "Гавань измеряет прилив",
]


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


@pytest.mark.parametrize("text", SPACED)
@pytest.mark.parametrize("times", [1, 50])
def test_marks_on_letters_part_no_words(text: str, times: int) -> None:
    assert count(f"{text}\n" * times) == len(text.split()) * times


def test_a_mark_alone_is_no_word() -> None:
    assert count("\u0301 ❤\ufe0f 1\ufe0f\u20e3") == 1


@pytest.mark.parametrize("text", ["ប្រទេសកម្ពុជា", "မြန်မာနိုင်ငံ", "ประเทศไทย", "ປະເທດລາວ", "港の潮"])
@pytest.mark.parametrize("times", [1, 200])
def test_three_characters_of_an_unspaced_script_count_for_a_word(text: str, times: int) -> None:
    assert count(text * times) == pytest.approx(len(text) * times / 3)
    assert count(f"pier {text * times} pier") == pytest.approx(2 + len(text) * times / 3)


def test_words_that_a_model_reads_are_as_they_were() -> None:
    assert words("मीटर ने") == ["म", "टर", "न"]
    assert words(unicodedata.normalize("NFD", "Häfen")) == ["ha", "fen"]
