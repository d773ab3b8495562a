"""Captions and credits of pictures amid a plain text, and sentences and rows that look like them."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, SECOND, TITLE, body_of, text


@pytest.mark.parametrize(
    "caption",
    [
        "Image: Harbour Post",
        "Foto: dpa",
        "(Bild: Hafenamt Orrin)",
        "Photo by Ada Byron",
        "Credit: Ada Byron",
        "The pier at dawn. Photo: Ada Byron/Getty Images",
        "The pier at low water, October 2026. Credit: Ada Byron",
        "The pier at dawn (Photo: Harbour Post / Ada Byron)",
        "La jetée à Orrin, le 8 janvier 2026. LOUIS GARNIER / AFP",
        "Enlarge / The phones beside the gauge of 1984.",
        "图片来源：受访者提供",
        "[사진=부산항 제공]",
        "桟橋のスマートフォン（写真：編集部）",
    ],
)
def test_a_caption_with_its_credit_is_none_of_the_text(caption: str) -> None:
    for lines in ((FIRST, caption, SECOND, LAST), (caption, FIRST, SECOND, LAST)):
        assert body_of(extract_text(text(TITLE, *lines))) == text(FIRST, SECOND, LAST)


@pytest.mark.parametrize(
    "lines",
    [
        ("Photo: 48 MP", "Video: 4K", "Bild: OLED"),
        ("Image: The big question",),
        ("Illustration: Why Caching Works",),
        ("Credit: 5 points",),
        ("Source: Eurostat",),
        ("He had one request: photos of gulls.",),
        ("The office had eleven phones, and the town had a photo editor: Ada Byron",),
        ("Two neighbouring towns have sued for the name, and lost. EFE",),
        ("In the picture: a gull, a phone and a rope.",),
        ("She bought a camera. Photo by photo, the wall filled up.",),
        ("Photo of the week: Gulls",),
    ],
)
def test_a_sentence_a_heading_or_a_row_that_names_a_picture_stays(lines: tuple[str, ...]) -> None:
    told = text(FIRST, *lines, SECOND, LAST)
    assert body_of(extract_text(text(TITLE, told))) == told


def test_the_last_line_may_say_where_a_text_is_from() -> None:
    told = text(FIRST, SECOND, LAST, "Credit: Ada Byron")
    assert body_of(extract_text(text(TITLE, told))) == told
