from __future__ import annotations

import pytest

from pipelines.classify.language import detect

SENTENCES = {
    "en": "The operator opened a new data center outside the city on Monday.",
    "de": "Der Betreiber hat am Montag vor der Stadt ein neues Rechenzentrum eröffnet.",
    "fr": "L'opérateur a ouvert lundi un nouveau centre de données près de la ville.",
    "es": "El operador inauguró el lunes un nuevo centro de datos a las afueras de la ciudad.",
    "it": "Lunedì l'operatore ha aperto un nuovo centro dati alle porte della città.",
    "pl": "Operator otworzył w poniedziałek nowe centrum danych pod miastem.",
    "tr": "Operatör pazartesi günü şehrin dışında yeni bir veri merkezi açtı.",
    "ru": "В понедельник оператор открыл за городом новый центр обработки данных.",
    "ar": "افتتح المشغل يوم الاثنين مركز بيانات جديدا خارج المدينة.",
    "zh": "运营商周一在城外启用了一座新的数据中心。",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_a_body_tells_its_language(language: str, sentence: str) -> None:
    assert detect("", sentence, None) == language


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_a_title_alone_tells_its_language(language: str, sentence: str) -> None:
    assert detect(sentence, "", None) == language


def test_a_template_that_declares_english_does_not_overrule_a_clear_text() -> None:
    assert detect("", SENTENCES["de"] * 3, "en-US") == "de"


def test_a_mixed_text_is_filed_under_the_language_that_most_of_its_beginning_is_in() -> None:
    assert detect("", SENTENCES["en"] * 3 + SENTENCES["zh"] * 40, None) == "zh"
    assert detect("", SENTENCES["tr"] * 2 + SENTENCES["de"] * 12, None) == "de"


def test_the_declaration_decides_where_the_text_says_nothing() -> None:
    assert detect("", "4.2", "pt-BR") == "pt"
    assert detect("iPhone 17 Pro", "", "nl") == "nl"


def test_without_text_and_declaration_the_language_is_unknown() -> None:
    assert detect("", "", None) is None
    assert detect("", "12:30", "not a tag") is None


@pytest.mark.parametrize("text", ["\x00" * 5000, "\ud7ff" * 500, "😀" * 5000, "a\n" * 50_000])
def test_hostile_text_is_no_trouble(text: str) -> None:
    assert detect(text, text, None) is None or len(detect(text, text, None) or "") <= 3
