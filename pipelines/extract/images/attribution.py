"""The credit at the end of a caption: who made or owns the picture, parted from what it shows, in the words of many languages.

Only what says clearly that it is a credit is one: a label, an agency among names, or a photographer and a paper in brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["bare", "is_credited", "is_empty", "is_label", "part", "unlabelled"]

_NOUN = (
    r"(?:photo(?:s|graph|graphs|graphie|graphy)?|images?|pictures?|cr[eé]dit[eo]?s?|illustrations?|copyright|source|"
    r"screenshots?|(?:symbol|archiv|agentur)?fotos?|fotograf(?:ía|ia|[aio])?|(?:symbol|archiv)?bild(?:er|quelle|nachweis)?|quelle|grafik|imagen|imagem|immagine|fuente|fonte|"
    r"beeld|bron|kuva|kilde|källa|fotó|forrás|fotoğraf|kaynak|fot\.|zdjęcie|źródło|zdroj|фото(?:графия)?|источник|снимок|"
    r"джерело|φωτογραφία|πηγή|صورة|الصورة|تصوير|المصدر|फोटो|फ़ोटो|तस्वीर|साभार|사진|출처|자료|写真|撮影|画像|提供|出典|出所|"
    r"图片来源|图片|图源|摄影|来源|圖片來源|圖片|攝影|來源|ภาพ)"
)
# Labels of nothing but credits.
_SURE = re.compile(r"\W*(?:[©ⓒ]|copyright|courtesy|(?:\w+\s)?(?:cr[eé]dit|by\s))", re.IGNORECASE)
# Words of a label that is of nothing but credits, where it stands alone.
_OWNER = re.compile(
    r"\b(?:source|cr[eé]dit[eo]?s?|copyright|fuente|fonte|\w*quelle|\w*nachweis|bron|kilde|källa|forrás|kayna(?:k|ğı)|źródło|zdroj|"
    r"источник|джерело|πηγή|مصدر|المصدر|출처)\b|出典|出所|来源|來源|提供",
    re.IGNORECASE,
)
_MAX_LABEL = 40
# What separates a label from the name: marks, or words that name who did it ("Bild von" may say what it shows).
_LABEL = (
    rf"(?:{_NOUN}(?:\s?[/&]?\s?{_NOUN}){{0,2}}(?:\s?[:：=＝/／]|\.{{3}}|…|\s(?:by|par|por|via|courtesy(?:\sof)?)\s(?!courtesy)|\s?[©ⓒ]|"
    r"(?<=source),\s)|[©ⓒ](?:\s?(?:19|20)\d\d\b)?|courtesy(?:\sof)?\s|copyright\s(?=(?-i:[^\W\da-z_]))|[图圖]\s?[/／])"
)
_LABELLED = re.compile(rf"{_LABEL}\s*(?:by\s|courtesy\s(?:of\s)?)?(?P<who>\S.*)", re.IGNORECASE)
# A label that nothing parts from the name, where only a name stands behind it.
_LOOSE = re.compile(
    r"(?:fot\.|fotos?|photos?|photographie|beeld|bild|kuva|fotó|фото|사진)\s+(?:(?:di|de|von|van|av|af|door)\s+)?(?P<who>\S.*)",
    re.IGNORECASE,
)
_ABBREVIATED = "fot."
# A label in the midst of a line begins with a capital, or is of a script without them, and a colon ends it.
_INSIDE = re.compile(
    rf"\s(?=[©ⓒ]|(?:(?-i:[^\Wa-zà-öø-ÿа-я_])\w{{1,14}}\s?[/&]?\s?){{1,3}}[:：=＝]\s?\S)(?={_LABEL})", re.IGNORECASE
)
_TRAILING = re.compile(
    rf"(?:(?:^|[\s(\[]){_NOUN}(?:\s?[/&]?\s?{_NOUN}){{0,2}}\s?(?:[:：=＝/／]|by|\.{{3}}|…)|(?<=[.!?])\s{_NOUN})\s*$",
    re.IGNORECASE,
)
# The full stop behind a name, which is not that of a shortened word.
_STOP = re.compile(r"(?:\s+|(?<=\w\w\w)(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bBros))\.$")
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]{2,120})[)\]）]\.?$")
# Where what a caption tells may end; the full stop of an initial is no end.
_SEAM = re.compile(
    r"(?:(?<=\w\w[.!?])(?<!\b[Ff]ot\.)|(?<=[)\]”»\"’…][.!?])|(?<=[.!?][)\]”»\"’])|(?<=…))\s+(?=\S)|(?<=[。！？])\s*(?=\S)|"
    rf"\s(?:[|–—]|//)\s(?=\S)|\s[/-]\s?(?=(?i:{_LABEL}|fot(?:o|\.)\s))"
)
_SENTENCE = re.compile(r"(?<=\w{3}[.!?])\s(?!courtesy|via\s)|[。！？]", re.IGNORECASE)
_AGENCY = re.compile(
    r"(?:the )?(?:ap|afp|epa|reuters|dpa|getty(?: images)?|shutterstock|istock(?:photo)?|alamy|unsplash|pexels|pixabay|adobe stock|"
    r"picture[- ]alliance|imago(?: images)?|bloomberg|keystone|ntb|ritzau(?: scanpix)?|scanpix|anp|belga|apa|ansa|efe|lapresse|pap|"
    r"tass|тасс|риа новости|xinhua|新华社|新華社|视觉中国|共同通信|時事通信|연합뉴스|뉴시스|뉴스1|aap|associated press|zuma(?: press)?(?: wire)?|"
    r"press association|depositphotos|wikimedia commons|anadolu(?: agency| ajansı)?)(?: photos?| foto| images?| stock photo)?",
    re.IGNORECASE,
)
# A photographer before or behind the agency, with nothing between what a picture shows and both of them.
_FILED = re.compile(rf"\s(?=(?:{_AGENCY.pattern})\s?/\s?\S)", re.IGNORECASE)
# What a caption goes on with after "Photo:", where its credit stands elsewhere.
_LEADING = re.compile(r"^(?:photo|foto|bild|picture|image|imagen|imagem|immagine)\s?[:：]\s?(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s?[/|]\s?|\s(?:via|on)\s|,\s|\s[–—-]\s")
_SLASH = re.compile(r"\s?/\s?")
# Words in small letters that stand in names.
_SMALL = frozenset(
    re.findall(r"\w+", "de del della di da dos du la le el al bin ibn von van der den y e and of the for für pour para")
)
_MAX_WORDS = 15
_MAX_NAME = 5
_MAX_CREDIT = 120
# A text behind a label that is all of a caption may be the caption, if it is longer.
_MAX_ALONE = 5
_EDGES = " \t|–—-/·•,;:("


Parts = tuple[str | None, str | None]


def is_label(text: str) -> bool:
    """Tell whether a text is a label before a credit, in an element of its own."""
    return len(text) <= _MAX_LABEL and _OWNER.search(text) is not None


def is_empty(credit: str) -> bool:
    """Tell whether a credit is a label without a name."""
    return _OWNER.fullmatch(credit.strip(f"{_EDGES}：")) is not None


def bare(credit: str) -> str:
    """Give a credit without the brackets around it, its label, and the full stop behind it."""
    text = credit.strip()
    brackets = _BRACKETS.fullmatch(text)
    text = brackets[1].strip() if brackets else text
    labelled = _LABELLED.fullmatch(text)
    if labelled and not _SENTENCE.search(labelled["who"]):
        text = labelled["who"]
    return _STOP.sub("", text.strip(" |/·–—-"))


def part(caption: str) -> Parts:
    """Part a caption into what it tells and the credit at its end; either is null where there is none."""
    seams = sorted({match.end() for match in _SEAM.finditer(caption) if len(caption) - match.end() <= _MAX_CREDIT})
    parted = _at_seam(caption, seams) or _in_brackets(caption, seams)
    if parted is not None:
        return parted
    if credit := _whole(caption):
        return None, credit
    return _inside(caption) or _with_agency(caption, seams) or (caption, None)


def _at_seam(caption: str, seams: Sequence[int]) -> Parts | None:
    for start in seams:
        if credit := _labelled(caption[start:]) or _loose(caption[start:]):
            return _parted(caption, start, credit)
    return None


def _in_brackets(caption: str, seams: Sequence[int]) -> Parts | None:
    """Part at the brackets at the end; a photographer right before the agency in them is none of what the picture shows."""
    brackets = _BRACKETS.search(caption)
    if brackets is None:
        return None
    if credit := _labelled(brackets[1]) or _loose(brackets[1]):
        return _parted(caption, brackets.start(), credit)
    if credit := _named(brackets[1], bracketed=True):
        start = next((start for start in seams if _is_signature(caption[start : brackets.start()])), None)
        return _parted(caption, brackets.start(), credit) if start is None else _parted(caption, start, caption[start:])
    return None


def _inside(caption: str) -> Parts | None:
    for match in _INSIDE.finditer(caption):
        credit = _labelled(caption[match.end() :])
        if credit is not None and all(map(_is_name, _BETWEEN.split(credit))):
            return _parted(caption, match.start(), credit)
    return None


def _with_agency(caption: str, seams: Sequence[int]) -> Parts | None:
    filed = (match.end() for match in _FILED.finditer(caption) if not caption.endswith((")", "]", "）")))
    for start in (*seams, 0, *filed):
        if credit := _named(caption[start:]):
            return _parted(caption, start, credit)
    return None


def is_credited(text: str) -> bool:
    """Tell whether a text ends with a credit behind a label of its own, or in brackets, or is nothing else."""
    seams = [match.end() for match in _SEAM.finditer(text) if len(text) - match.end() <= _MAX_CREDIT]
    brackets = _BRACKETS.search(text)
    inside = brackets is not None and _labelled(brackets[1]) is not None
    return inside or _at_seam(text, seams) is not None or _whole(text) is not None


def unlabelled(caption: str) -> str:
    """Give a caption that its credit was taken from without the label which stood before that."""
    return _TRAILING.sub("", caption).rstrip(_EDGES)


def _whole(caption: str) -> str | None:
    """Give the credit where a caption is nothing else; a longer text behind "Photo:" may be what the picture shows."""
    loose = _loose(caption)
    if loose is not None and (caption.lower().startswith(_ABBREVIATED) or _AGENCY.fullmatch(loose)):
        return loose
    credit = _labelled(caption)
    if credit is not None and len(credit.split()) > _MAX_ALONE and not _SURE.match(caption):
        return None
    return credit


def _parted(caption: str, start: int, credit: str) -> Parts:
    return _LEADING.sub("", caption[:start].rstrip(_EDGES)) or None, _STOP.sub("", credit)


def _labelled(text: str) -> str | None:
    """Give the credit behind a label; null where a sentence stands there."""
    match = _LABELLED.fullmatch(text.strip()) if len(text) <= _MAX_CREDIT else None
    if match is None or len(match["who"].split()) > _MAX_WORDS or _SENTENCE.search(match["who"]):
        return None
    return bare(text)


def _loose(text: str) -> str | None:
    """Give the names behind a label that nothing parts from them; null where anything else stands there."""
    match = _LOOSE.fullmatch(text.strip()) if len(text) <= _MAX_CREDIT else None
    who = _STOP.sub("", match["who"]).strip(_EDGES) if match is not None else ""
    return who if who and all(map(_is_name, _BETWEEN.split(who))) else None


def _is_signature(text: str) -> bool:
    """Tell whether a text before an agency in brackets is nothing but the name of a person."""
    return " " in text.strip() and _is_name(text) and _AGENCY.fullmatch(text.strip()) is None


def _named(text: str, *, bracketed: bool = False) -> str | None:
    """Give a text that is an agency with names beside it, or in brackets a photographer and his paper; else null."""
    if len(text) > _MAX_CREDIT:
        return None
    plain = bare(text)
    names = [name for name in _BETWEEN.split(plain) if name]
    if not all(map(_is_name, names)):
        return None
    slashed = _SLASH.split(plain)
    signed = bracketed and len(slashed) > 1 and " " in slashed[0].strip()
    return plain if signed or any(map(_AGENCY.fullmatch, names)) else None


def _is_name(text: str) -> bool:
    words = text.split()
    capital = all(not word[0].islower() or word in _SMALL for word in words)
    return _AGENCY.fullmatch(text) is not None or (
        0 < len(words) <= _MAX_NAME and capital and not any(character.isdigit() for character in text)
    )
