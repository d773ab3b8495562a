"""Every phrase of the list is recognised, and no line that only begins as one does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from pipelines.extract import phrases
from pipelines.extract.phrases import (
    groups,
    is_advertisement,
    is_button,
    is_label,
    is_paid_for,
    is_placeholder,
    is_promotion,
    is_step,
    is_teaser_heading,
    may_be_teaser_heading,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED: dict[str, Callable[[str], bool]] = {
    "headings": is_teaser_heading,
    "weak_headings": may_be_teaser_heading,
    "promotions": is_promotion,
    "controls": lambda line: "controls" in groups(line),
    "placeholders": is_placeholder,
    "interruptions": lambda line: "interruptions" in groups(line),
    "advertisements": is_advertisement,
    "sponsored": is_paid_for,
    "pagers": lambda line: "pagers" in groups(line),
    "steps": is_step,
    "labels": is_label,
    "buttons": is_button,
    "offers": lambda line: "offers" in groups(line),
    "sources": lambda line: "sources" in groups(line),
    "lists": lambda line: "lists" in groups(line),
}


def declared(group: str) -> list[str]:
    listed = yaml.safe_load(Path(phrases.__file__).with_name("phrases.yaml").read_text(encoding="utf-8"))[group]
    return listed if isinstance(listed, list) else [phrase for part in listed.values() for phrase in part]


@pytest.mark.parametrize("group", ASKED)
def test_every_phrase_is_recognised_at_the_beginning_of_a_sentence_and_between_marks(group: str) -> None:
    lines = [phrase.replace("*", "the harbour") for phrase in declared(group)]
    assert [line for line in lines if not ASKED[group](f"» {line.capitalize()}: ")] == []


@pytest.mark.parametrize("group", ASKED)
def test_a_line_that_goes_on_behind_a_phrase_is_none(group: str) -> None:
    lines = [phrase for phrase in declared(group) if "*" not in phrase]
    longer = [f"{line} and the harbour was closed to all ships until the next morning came" for line in lines]
    assert [line for line in longer if ASKED[group](line)] == []


def test_a_capital_i_with_a_dot_is_an_i() -> None:
    assert is_teaser_heading("İlgili Haberler")
    assert is_teaser_heading("İLGİNİZİ ÇEKEBİLİR:")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "Διαβάστε επίσης"),
        ("ΠΡΟΫΠΟΛΟΓΙΣΜΟΣ", "προϋπολογισμός"),
        ("ΐ", "ϊ"),
        ("بيشتر بخوانيد", "بیشتر بخوانید"),
        ("اقرأ أيضـاً", "اقرأ أيضا"),
        ("پربازدیدترین‌ها", "پربازدیدترین ها"),
    ],
)
def test_two_ways_to_write_a_word_are_one(one: str, other: str) -> None:
    assert phrases.fold(one) == phrases.fold(other)


def test_a_letter_that_another_language_tells_apart_is_kept() -> None:
    assert phrases.fold("Été") != phrases.fold("Ete")
    assert phrases.fold("Мой") != phrases.fold("Мои")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("READ MORE Ferry stops at noon", "Ferry stops at noon"),
        ("Read more: Ferry stops at noon", "Ferry stops at noon"),
        ("Read more Ferry stops at noon", None),
        ("Ferry stops at noon: read more", None),
        ("[READ MORE: Ferry stops at noon]", "Ferry stops at noon"),
        ("Read more|Ferry stops at noon", "Ferry stops at noon"),
        ("اقرأ أيضاً| عنوان مقال آخر", "عنوان مقال آخر"),
        ("اقرأ أيضاً.. عنوان مقال آخر", "عنوان مقال آخر"),
        ("More.. ferries stop at noon", None),
        ("関連記事＞別の記事の題名", "別の記事の題名"),
        ("延伸閱讀》另一篇文章標題", "另一篇文章標題"),
        ("〈延伸閱讀〉另一篇文章標題", "另一篇文章標題"),
        ("延伸閱讀／另一篇文章標題", "另一篇文章標題"),
        ("อ่านเพิ่มเติม: เรือข้ามฟากหยุดตอนเที่ยง", "เรือข้ามฟากหยุดตอนเที่ยง"),
        ("Ferry/harbour stops at noon", None),
        ("", None),
        ("[]", None),
    ],
)
def test_the_title_behind_a_marker(line: str, title: str | None) -> None:
    assert phrases.inline_title(line) == title


def test_every_inline_marker_is_recognised_before_a_title_and_behind_marks() -> None:
    written = [form for marker in declared("inline") for form in (marker, f"» {marker.capitalize()}")]
    assert [line for line in written if phrases.inline_title(f"{line}: Ferry at noon") != "Ferry at noon"] == []


@pytest.mark.parametrize(
    "line",
    [
        "Още по темата:",
        "আরও পড়ুন",
        "Prečítajte si aj:",
        "Δημοφιλή",
        "Tin đọc nhiều",
        "הנקראות ביותר",
        "پربازدیدترین‌ها",
        "ताजा खबरें",
        "ข่าวยอดนิยม",
        "الأكثر مشاهدة",
        "Матеріали за темою",
        "Сейчас читают",
        "많이 본 기사",
        "大家都在看",
        "よく読まれている記事",
        "Olvasta már?",
        "Pe aceeași temă",
    ],
)
def test_what_sites_write_over_other_articles_is_known_in_their_languages(line: str) -> None:
    assert is_teaser_heading(line)


@pytest.mark.parametrize("line", ["Главные новости", "주요뉴스", "編集部のおすすめ", "編輯精選"])
def test_what_may_head_a_section_of_an_article_is_a_weak_sign_alone(line: str) -> None:
    assert may_be_teaser_heading(line)
    assert not is_teaser_heading(line)
