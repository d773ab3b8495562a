"""Sentences that a site adds to a plain text of its own: notes on the author, tags, rights, where it was first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.text.closings import SPOKEN, is_closing
from pipelines.extract.text.comments import is_count
from pipelines.extract.text.controls import is_control
from pipelines.extract.text.inline import inline
from pipelines.extract.text.lines import Line, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["colophon", "is_menu", "is_reference"]

# A line of small print is short; a longer paragraph that speaks of rights reports on them.
_PRINT_WORDS = 45
_PRINT_CHARACTERS = 600
# A note on the author is one paragraph, and at most this many stand at the end.
_BIO_WORDS = 70
_BIOS = 2
# A tag has few words.
_TAG_WORDS = 3
# And below a heading there are at most so many.
_MAX_TAGS = 40

_FIRST = re.compile(
    r"the (?:post|article|entry) .{3,300} (?:appeared first|was first published|first appeared) (?:on|in|at) .{2,80}|"
    r"l[’']article .{3,300} est apparu en premier sur .{2,80}|der beitrag .{3,300} erschien zuerst (?:auf|bei) .{2,80}|"
    r"la entrada .{3,300} (?:se publicó primero|apareció primero) en .{2,80}|o post .{3,300} apareceu primeiro em .{2,80}|"
    r"l[’']articolo .{3,300} (?:proviene da|sembra essere il primo su) .{2,80}|het bericht .{3,300} verscheen eerst op .{2,80}|"
    r"wpis .{3,300} pojawił się (?:poraz pierwszy|po raz pierwszy) w serwisie .{2,80}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,160}|.{0,120}\ball rights reserved\.?|.{0,40}جميع الحقوق محفوظة.{0,60}|.{0,60}все права защищены\.?",
    re.IGNORECASE,
)
# Rows of a page's foot, copied along: one entry a line, or several between bars.
_MENU = re.compile(
    r"privacy(?: (?:policy|notice|statement|settings|preferences|center|centre))?|cookies?(?: (?:settings|policy|preferences|notice))?|"
    r"(?:manage|accept) cookies|terms(?: (?:of (?:use|service)|and conditions|& conditions))?|imprint|legal(?: notice)?|accessibility|"
    r"about(?: us)?|contact(?: us)?|site ?map|careers|advertise(?: with us)?|help|comments? ?\(\d+\)|\d+ comments?|"
    r"(?:sign|log) in(?: to comment)?|register|menu|home|impressum|datenschutz(?:erklärung)?|agb|kontakt|über uns|"
    r"cookie-einstellungen|kommentare \(\d+\)|\d+ kommentare|mentions légales|politique de confidentialité|gestion des cookies|"
    r"(?:nous )?contact(?:er|ez-nous)|qui sommes-nous|commentaires \(\d+\)|aviso legal|pol[ií]tica de (?:privacidade?|cookies)|"
    r"contact?o|quiénes somos|comentarios \(\d+\)|informativa sulla privacy|contatti|chi siamo|privacybeleid|over ons|"
    r"プライバシーポリシー|利用規約|お問い合わせ|会社概要|隐私政策|联系我们|개인정보처리방침|политика конфиденциальности|контакты",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s*[|·•–—]\s*")
_MENU_CHARACTERS = 200
_ONWARD = re.compile(
    r"(?:read more|continue reading|read the (?:full|whole|rest|original)|lire la suite|lire l[’']article|weiterlesen|"
    r"den (?:ganzen|vollständigen) artikel|leer más|seguir leyendo|leia mais|continue lendo|leggi (?:tutto|l[’']articolo)|"
    r"lees (?:verder|meer)|続きを読む|阅读全文|閱讀全文)\b.{0,120}[^.!?。]",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"(?:tags?|tagged|keywords?|topics?|filed under|posted in|categor(?:y|ies)|mots[- ]clés|étiquettes?|schlagwörter|schlagworte|"
    r"themen|stichwörter|etiquetas|temas|archivado en|palavras-chave|argomenti|trefwoorden|tagi|теги|хабы|метки|ключевые слова|"
    r"タグ|キーワード|标签|標籤|关键词|關鍵字|태그|키워드)"
    r"(?:\s*[:：]\s*(?P<listed>[^.!?。]{1,300}))?",
    re.IGNORECASE,
)
_AUTHOR_HEADING = re.compile(
    r"about (?:the )?(?:authors?|writers?)|(?:meet )?the authors?|author bio|über (?:den autor|die autorin|die autoren)|"
    r"zur person|à propos de l[’']aut(?:eur|rice)|l[’']auteur|sobre (?:el autor|la autora|o autor|a autora)|"
    r"(?:informazioni )?sull[’']autore|l[’']autore|over de auteur|o autorze|об авторе|著者(?:紹介|プロフィール)?|"
    r"この記事を書いた人|关于作者|作者简介|關於作者|저자 소개",
    re.IGNORECASE,
)
_TRADE = (
    r"(?:(?:senior|junior|staff|chief|deputy|managing|contributing|associate|executive|freelance|news|technology|tech|science|"
    r"business|security|former|award-winning|london-based|us|uk)[ -])*"
    r"(?:reporter|editor|writer|journalist|correspondent|contributor|columnist|blogger|editor-in-chief|news editor)"
)
_BIO = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]+(?: (?:de|van|von|der|la|le|di|da|bin|al))*(?: |, )){2,5}"
    rf"(?:is|was|has been) (?:an?|the|our|\w+[’']s|[A-Z][\w ]{{2,30}}[’']s?) {_TRADE}\b.*|"
    r"(?:[A-ZÀ-Þ][\w’'.-]+ ){2,4}(?:writes|covers|reports|has (?:covered|written|reported)) (?:about|on|for|technology|tech|news)\b.*|"
    r"(?:[A-ZÀ-Þ][\w’'.-]+ ){2,4}(?:ist|arbeitet als) (?:(?:freier?|leitende[rn]?|stellvertretende[rn]?) )?"
    r"(?:Redakteur|Redakteurin|Journalist|Journalistin|Autor|Autorin|Korrespondent|Korrespondentin|Volontär|Volontärin)\b.*|"
    r"(?:[A-ZÀ-Þ][\w’'.-]+ ){2,4}est (?:une? )?(?:journaliste|rédact(?:eur|rice)|correspondante?|pigiste)\b.*|"
    r"(?:[A-ZÀ-Þ][\w’'.-]+ ){2,4}es (?:una? )?(?:periodista|redactora?|editora?|corresponsal|colaboradora?)\b.*"
)
# Of an author by name, at the end, a sentence says what one is, writes, or where one can be found.
_DOES = re.compile(
    r" (?:is|was|has|writes|covers|reports|works|lives|joined|can be reached|ist|schreibt|arbeitet|berichtet|lebt|est|écrit|couvre|travaille|"
    r"es|escribe|cubre|trabaja|è|scrive|lavora|is|schrijft|werkt|é|escreve|cobre|пишет|работает)\b"
)
_INNER_STOP = re.compile(r"\w[.:;)] \S")
_REFERENCE = re.compile(
    r"\((?:19|20)\d\d\w?\)|\bdoi\b|\bvol\.|\bpp?\. ?\d|\d\(\d+\)|\bproceedings\b|\barxiv\b", re.IGNORECASE
)


def is_reference(line: Line) -> bool:
    """Tell whether an item of a list cites a work: the reading that an article recommends is its own."""
    return bool(line.marker) and len(_INNER_STOP.findall(line.text)) > 1 and _REFERENCE.search(line.text) is not None


def is_menu(line: Line) -> bool:
    """Tell whether a line is of the site around the text, and names no article: its rights, its comments, how to reach it."""
    if is_count(line) or is_control(line):
        return True
    if len(line.text) > _MENU_CHARACTERS or line.shape is Shape.PROSE:
        return False
    if (tags := _TAGS.fullmatch(line.text)) is not None and tags["listed"] and "," in tags["listed"]:
        return True
    return all(_MENU.fullmatch(entry) for entry in _BAR.split(line.text))


def colophon(lines: Sequence[Line], authors: Sequence[str] = ()) -> int:
    """Give how many of the first lines are the article's: what follows is tags, rights, a note on the author, or a way on.

    The lines are those of a body, in order; a colophon is never all of it. `authors` are those of the byline: the last lines
    may be on them.
    """
    end = len(lines)
    bios = 0
    while end > 1:
        if _small_print(lines[end - 1]):
            end -= 1
        elif (start := _tags(lines, end)) is not None or (start := _headed_bio(lines, end)) is not None:
            end = start
        elif bios < _BIOS and (_is_bio(lines[end - 1]) or _begins_with(lines[end - 1], authors)):
            bios, end = bios + 1, end - 1
        else:
            break
    return end


def _long(line: Line) -> bool:
    return line.words > _PRINT_WORDS or len(line.text) > _PRINT_CHARACTERS


def _small_print(line: Line) -> bool:
    if _long(line) or line.marker:
        return False
    onward = line.shape is not Shape.PROSE and _ONWARD.fullmatch(line.text) is not None and inline(line) is None
    if onward or is_menu(line) or is_closing(line):
        return True
    return any(pattern.fullmatch(line.text) for pattern in (_FIRST, _RIGHTS))


def _is_bio(line: Line) -> bool:
    return line.words <= _BIO_WORDS and not line.marker and _BIO.fullmatch(line.text[:600]) is not None


def _begins_with(line: Line, authors: Sequence[str]) -> bool:
    """Tell whether a line is the name of one of the `authors`, alone or with what that one does; their words have quotation marks."""
    if line.words > _BIO_WORDS or SPOKEN.search(line.text) or line.marker:
        return False
    rest = [
        line.text.strip("()（）[]［］")[len(name) :]
        for name in authors
        if line.text.strip("()（）[]［］").startswith(name)
    ]
    return any(not one or _DOES.match(one) for one in rest)


def _tags(lines: Sequence[Line], end: int) -> int | None:
    """Give the index of the line that begins the tags at the end, as `Tags: a, b` or as a heading over short lines."""
    last = _TAGS.fullmatch(lines[end - 1].text)
    if last is not None and last["listed"]:
        return end - 1
    start = end - 1
    first = max(1, end - _MAX_TAGS)
    while (
        start > first and lines[start].words <= _TAG_WORDS and lines[start].shape in (Shape.TITLE, Shape.WEAK_HEADING)
    ):
        found = _TAGS.fullmatch(lines[start - 1].text)
        if found is not None and not found["listed"]:
            return start - 1
        start -= 1
    return None


def _headed_bio(lines: Sequence[Line], end: int) -> int | None:
    """Give the index of a heading such as "About the author" with at most `_BIOS` paragraphs below."""
    for start in range(end - 1, max(0, end - 2 - 2 * _BIOS), -1):
        if _AUTHOR_HEADING.fullmatch(lines[start].text.rstrip(" :：")) and end - start <= 1 + 2 * _BIOS:
            below = lines[start + 1 : end]
            return start if all(line.shape is Shape.PROSE and line.words <= _BIO_WORDS for line in below) else None
    return None
