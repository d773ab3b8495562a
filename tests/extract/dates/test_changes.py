"""Lines that tell when a text was changed, beside those that tell when it was published."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract.dates.changes import speaks_of_change
from tests.extract.head import read

URL = "https://harbour-post.example/tide"

LABELS = [
    ("en", "Updated:", "Published:"),
    ("de", "Zuletzt geändert:", "Veröffentlicht:"),
    ("fr", "Mis à jour le", "Publié le"),
    ("pt-BR", "Atualizado em", "Publicado em"),
    ("pl", "Aktualizacja:", "Publikacja:"),
    ("pl", "Zmodyfikowano:", "Opublikowano:"),
    ("cs", "Aktualizováno", "Vydáno"),
    ("cs", "Upraveno:", "Vydáno:"),
    ("hu", "Frissítve:", "Megjelent:"),
    ("hu", "Módosítva:", "Megjelent:"),
    ("sv", "Uppdaterad", "Publicerad"),
    ("sv", "ÄNDRAD", "PUBLICERAD"),
    ("nb", "Sist oppdatert", "Publisert"),
    ("da", "Opdateret", "Udgivet"),
    ("fi", "Päivitetty", "Julkaistu"),
    ("fi", "Muokattu", "Julkaistu"),
    ("nl", "Gewijzigd op", "Gepubliceerd op"),
    ("tr", "Son Güncelleme:", "Yayınlanma:"),
    ("tr", "SON GÜNCELLEME:", "YAYINLANMA:"),
    ("el", "Τελευταία ενημέρωση:", "Δημοσίευση:"),
    ("el", "ΤΕΛΕΥΤΑΙΑ ΕΝΗΜΕΡΩΣΗ:", "ΔΗΜΟΣΙΕΥΣΗ:"),
    ("ru", "Обновлено:", "Опубликовано:"),
    ("ru", "Обновлён", "Опубликован"),
    ("ru", "Изменено:", "Опубликовано:"),
    ("uk", "Оновлено:", "Опубліковано:"),
    ("bg", "Обновена:", "Публикувана:"),
    ("ar", "آخر تحديث:", "نشر في:"),
    ("ar", "تم التحديث", "نشر في"),
    ("he", "עודכן:", "פורסם:"),
    ("he", "עדכון אחרון", "פורסם"),
    ("fa", "به‌روزرسانی:", "انتشار:"),
    ("fa", "بروزرساني:", "انتشار:"),
    ("hi", "अपडेट:", "प्रकाशित:"),
    ("bn", "আপডেট:", "প্রকাশ:"),
    ("bn", "হালনাগাদ:", "প্রকাশ:"),
    ("th", "อัปเดต", "เผยแพร่"),
    ("vi", "Cập nhật:", "Đăng ngày:"),
    ("id", "Diperbarui", "Diterbitkan"),
    ("ja", "最終更新：", "公開："),
    ("ja", "更新日：", "公開日："),
    ("zh-CN", "更新时间：", "发布时间："),
    ("ko", "최종수정", "입력"),
    ("ko", "업데이트:", "입력:"),
]


@pytest.mark.parametrize(("language", "changed", "published"), LABELS)
def test_a_change_is_not_taken_for_the_publication(language: str, changed: str, published: str) -> None:
    body = f"<h1>The tide</h1><p>{changed} 2026/03/15 09:10</p><p>{published} 2026/03/13 14:05</p>"
    found = read("", body, url=URL, language=language)
    assert (found.published, found.published_rule) == (datetime(2026, 3, 13, 14, 5, tzinfo=UTC), "near heading")


def test_a_label_in_an_element_of_its_own_speaks_of_the_time_behind_it() -> None:
    body = "<h1>The tide</h1><p><b>Aktualizacja</b> <i>15.03.2026</i> <b>Publikacja</b> <i>13.03.2026</i></p>"
    assert read("", body, url=URL, language="pl").published == datetime(2026, 3, 13, tzinfo=UTC)


def test_a_short_line_of_a_change_says_nothing_of_the_next() -> None:
    body = "<h1>The tide</h1><p>更新：2026/03/15</p><p>2026/03/13</p>"
    assert read("", body, url=URL, language="zh").published == datetime(2026, 3, 13, tzinfo=UTC)


def test_a_change_is_the_time_of_a_page_that_tells_no_other() -> None:
    found = read("", "<h1>The tide</h1><p>Frissítve: 2026.03.15.</p>", url=URL, language="hu")
    assert (found.published, found.published_rule) == (datetime(2026, 3, 15, tzinfo=UTC), "near heading:change")


@pytest.mark.parametrize(
    "text",
    [
        "Mario de Andrade, 3 de março de 2026",
        "Изменение климата, 3 марта 2026",
        "이수정 기자 2026.03.03",
        "城市更新 2026-03-03 规划",
        "城市更新行动",
        "更新",
    ],
)
def test_a_word_that_only_looks_like_a_change_is_none(text: str) -> None:
    assert not speaks_of_change(text)


@pytest.mark.parametrize(
    "text",
    [
        "Published March 3, 2026, updated March 5, 2026",
        "입력 2026.03.03 14:05 수정 2026.03.05",
        "2026/3/3 更新日2026/3/5",
    ],
)
def test_a_line_with_both_times_begins_with_the_publication(text: str) -> None:
    assert not speaks_of_change(text)
    assert speaks_of_change(text[text.index("2026") + 4 :])
