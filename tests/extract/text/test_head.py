"""The head of a plain text: bylines, days and reading times above its first paragraph, in many languages."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, SECOND, TITLE, body_of, text

BODY = text(FIRST, SECOND, LAST)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("Written by Ada Byron",), ("Ada Byron",)),
        (("Review by Ada Byron",), ("Ada Byron",)),
        (("By Ada Byron, Harbour Correspondent",), ("Ada Byron",)),
        (("By Ada Byron, Staff Writer, and Grace de la Cruz",), ("Ada Byron", "Grace de la Cruz")),
        (("By Ada Byron in Orrin",), ("Ada Byron",)),
        (("By Ada Byron | Photographs by Idris Vaughan",), ("Ada Byron",)),
        (("By Ada Byron", "Reviewed by Petra Holm", "14 October 2026"), ("Ada Byron",)),
        (("Published on 14 October 2026 by Ada Byron",), ("Ada Byron",)),
        (
            ("Publicado por Irene Salas el 14 de octubre de 2026", "Deja un comentario", "Comparte esto:"),
            ("Irene Salas",),
        ),
        (("By Ada Byron", "댓글 4"), ("Ada Byron",)),
        (("By Harbour Post Staff",), ()),
        (("Ein Bericht von Birgit Sommerfeld",), ("Birgit Sommerfeld",)),
        (("Von Birgit Sommerfeld, Orrin",), ("Birgit Sommerfeld",)),
        (("Par Élise Garnier (avec AFP)",), ("Élise Garnier",)),
        (("Par Élise Garnier - 3 février 2026",), ("Élise Garnier",)),
        (("Author: Ada Byron",), ("Ada Byron",)),
        (("Автор: Мария Зуева", "Фото: архив порта"), ("Мария Зуева",)),
        (("作者：林晓", "来源：港口日报"), ("林晓",)),
        (("記者林曉芬／港口報導",), ("林曉芬",)),
        (("文：佐伯健", "2026年10月14日 06:30"), ("佐伯健",)),
        (("김하늘 기자",), ("김하늘",)),
        (("بقلم: سلمى الخطيب",), ("سلمى الخطيب",)),
        (("लेखक: रोहित वर्मा",), ("रोहित वर्मा",)),
        (("Ada Byron", "14 October 2026"), ("Ada Byron",)),
        (("14 October 2026", "12", "3", "Ada Byron"), ()),
        (("Ada Byron – Oct 14, 2026 1:45 pm | 57",), ("Ada Byron",)),
    ],
)
def test_a_byline_names_the_authors_in_many_forms(lines: tuple[str, ...], authors: tuple[str, ...]) -> None:
    found = extract_text(text(TITLE, *lines, BODY)).article
    assert found is not None
    assert found.authors == authors
    assert found.body == (BODY if authors or len(lines) == 1 else text("Ada Byron", BODY))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 14 October 2026, 10:32 | Updated 15 October 2026, 15:01", "2026-10-14"),
        ("Published: 2026-10-14T08:00:00Z", "2026-10-14"),
        ("Posted on October 14, 2026 by abyron", "2026-10-14"),
        ("veröffentlicht am 14. Oktober 2026, 11:40 Uhr", "2026-10-14"),
        ("Publié le 14 octobre 2026 à 06h00, modifié le 15 octobre 2026 à 10h22", "2026-10-14"),
        ("Orrin - 14 oct 2026 - 05:30 CET", "2026-10-14"),
        ("Pubblicato il 14 ottobre 2026 alle 07:45", "2026-10-14"),
        ("14/10/2026 08h00 Atualizado há 2 horas", None),
        ("12:40, 14 октября 2026", "2026-10-14"),
        ("نُشر في 14 أكتوبر 2026", "2026-10-14"),
        ("प्रकाशित: 14 अक्टूबर 2026", "2026-10-14"),
        ("입력 2026.10.14. 오전 9:12", "2026-10-14"),
        ("2026. 10. 14. 21:05", "2026-10-14"),
        ("Last updated: October 14, 2026, 18:22 IST", None),
        ("Lesezeit: 3 Min.", None),
        ("Temps de lecture : 4 min.", None),
        ("Время на прочтение: 5 мин", None),
    ],
)
def test_a_line_of_days_and_times_is_none_of_the_body(line: str, day: str | None) -> None:
    found = extract_text(text(TITLE, line, BODY)).article
    assert found is not None
    assert found.body == BODY
    assert (found.published and found.published.date().isoformat()) == day


@pytest.mark.parametrize(
    "line",
    [
        "By popular demand",
        "By the Numbers",
        "By 2030, half of all harbours",
        "By Gulls Destroyed",
        "Text messages",
        "Source code",
        "Version 3.1 in March 2026",
        "Day 3",
        "2019",
        "11:42 a.m.",
        "Windows 11 24H2",
        "May 2026 at a glance",
        "Cheap sensors",
        "Von Hand",
        "Par avion",
    ],
)
def test_a_line_above_the_first_paragraph_may_be_the_articles(line: str) -> None:
    told = text(line, "The phones were destroyed by gulls that popular demand had brought to the town.", BODY)
    assert body_of(extract_text(text(TITLE, told))) == told


@pytest.mark.parametrize("topic", ["Spare Phones", "Product News", "Tide Echo"])
def test_a_topic_above_a_day_is_no_author(topic: str) -> None:
    found = extract_text(text(TITLE, topic, "14 October 2026", BODY, "A spare echo of the tide.")).article
    assert found is not None
    assert found.authors == ()


def test_entries_with_a_day_below_their_heading_stay() -> None:
    told = text(FIRST, "Tide Day, Orrin", "14 October 2026", SECOND, "Gull Week, Pell", "21 October 2026", LAST)
    assert body_of(extract_text(text(TITLE, told))) == told


def test_names_in_a_list_below_the_byline_are_no_authors() -> None:
    books = ("A Tide Too Far", "by Idris Vaughan", "The Gull's Office", "by Petra Holm")
    found = extract_text(text(TITLE, "By Ada Byron", "14 October 2026", *books, BODY)).article
    assert found is not None
    assert (found.authors, found.body) == (("Ada Byron",), text(*books, BODY))
