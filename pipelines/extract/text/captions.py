"""Captions that were copied with a plain text: lines that end with the credit of a picture, or are nothing but one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.images.attribution import part
from pipelines.extract.metadata.newsrooms import is_agency
from pipelines.extract.text.lines import Line, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["captions"]

# A longer text is a paragraph that names its source.
_CHARACTERS, _WORDS = 300, 40
# What says that the credit is a picture's: a table and a text have sources, too.
_PICTURE = re.compile(
    r"\b(?:photo(?:s|graph|graphs|graphie|graphy)?|(?:listing |lead |header |top |featured )?images?|pictures?|credits?|cr[eé]ditos?|"
    r"illustrations?|screenshots?|(?:\w+[-\s]?)?fotos?|fotografía|(?:\w+[-\s]?)?bild(?:er|quelle|nachweis)?|imagen|imagem|immagine|beeld|kuva|"
    r"fotó|fotoğraf|zdjęcie|фото(?:графия)?|снимок|φωτογραφία|صورة|الصورة|تصوير|फोटो|फ़ोटो|तस्वीर|사진)\b|\bfot\.|[©ⓒ]|"
    r"写真|撮影|画像|图片|图源|摄影|圖片|攝影|[图圖]\s?[/／]",
    re.IGNORECASE,
)
_ENLARGE = re.compile(r"(?:enlarge|zoom|vergrößern|agrandir)\s?/\s.{5,250}", re.IGNORECASE)
# Two of these beside each other are a table of what a thing has: "Photo: 48 MP".
_ROW = re.compile(r"[^\W\d_][^:：]{0,30}[:：]\s*\S.{0,60}")
_ROW_WORDS = 8
# What begins so, or has words in small letters but for those of names, is no name.
_QUESTION = re.compile(r"(?:why|how|what|when|who|where|warum|wie|was|pourquoi|comment|por qué|cómo)\b", re.IGNORECASE)
_WHO_WORDS = 7
_SMALL = re.compile(r"(?<!\S)(?!(?:of|de|der|von|van|und|and|et|y|for|für|via|by|del|da|di|la|le)\b)[a-zà-ÿ]")


def captions(lines: Sequence[Line]) -> set[int]:
    """Give the lines that are captions with their credits; the last is none, for it may say where a text is from."""
    found = {at for at in range(len(lines) - 1) if _is_caption(lines[at])}
    beside = {at: (*lines[max(at - 1, 0) : at], lines[at + 1]) for at in found}
    return {at for at in found if not (_is_row(lines[at]) and any(map(_is_row, beside[at])))}


def _is_caption(line: Line) -> bool:
    text = line.text
    if line.marker or len(text) > _CHARACTERS or line.words > _WORDS or line.shape not in (Shape.TITLE, Shape.PROSE):
        return False
    if _ENLARGE.fullmatch(text):
        return True
    if "/" not in text and _PICTURE.search(text) is None:
        return False
    told, credit = part(text)
    if credit is None or any(map(str.isdigit, credit)) or _QUESTION.match(credit):
        return False
    if told is None:
        return _PICTURE.search(text) is not None and _is_name(credit)
    pictured = _PICTURE.search(text[len(told) :]) is not None and not credit[0].islower()
    return len(credit.split()) <= _WHO_WORDS and (pictured or _is_filed(credit))


def _is_name(who: str) -> bool:
    return is_agency(who) or (len(who.split()) <= _WHO_WORDS and _SMALL.search(who) is None)


def _is_filed(credit: str) -> bool:
    """Tell whether a photographer's name stands beside an agency's; an agency alone may sign a text."""
    sides = [side.strip() for side in credit.split("/")]
    return any(map(is_agency, sides)) and any(len(side.split()) > 1 for side in sides)


def _is_row(line: Line) -> bool:
    return line.words <= _ROW_WORDS and _ROW.fullmatch(line.text) is not None
