"""What stands before a name and says that it is an author's: "By", "Von", "Текст:", "記者"; and what says so behind it."""

from __future__ import annotations

import re

__all__ = ["LEAD", "LEAD_ALONE", "is_signed", "without_lead"]

# Before a name with a colon or without. In scripts of the Latin alphabet and others of words with spaces between:
_BY = (
    r"(?:(?:article |story |text |words? |written |posted |published |reported |reporting |authored |created |"
    r"edited |submitted |photographs? |guest post |contributed )?by|authors?|von|vom|"
    r"(?:écrit |publié |rédigé |propos recueillis |recueilli )?par|(?:escrito |publicado |redactado )?por|di|"
    r"a cura di|(?:scritto |pubblicato )?da|(?:geschreven )?door|af|(?:publicerad |skriven |skrevet |publisert )?av|skrevet af|"
    r"autore?n?|auteure?|quelle|source|fuente|text|texte|texto|testo|redakt(?:eur|ion)|autor(?:a|es)?|"
    r"oprac\.|opracowała?|napsala?|scris de|szerző|írta|yazar|γράφ(?:ει (?:ο|η)|ουν οι)|автор|by line|"
    r"بقلم|מאת|โดย|ผู้เขียน|tác giả|oleh|penulis)(?<=\w|\.)(?!\w)"
)
# With a colon only: without, they begin sentences, or name what is written.
_LABELS = (
    r"(?:tekst(?: og foto| i zdjęcia)?|opracowanie|journalist|teksti(?: ja kuvat?)?|kirjoittaja|toimittaja|haber|yazan|"
    r"συντάκτ(?:ης|ρια)|κείμενο|авторы|авторка|автори|текст|автор текста|подготовил[аи]?|підготу(?:вав|вала|вали)|беседовал[аи]?|"
    r"كتب|كتبت|تحرير|إعداد|الكاتبة?|نویسنده|نويسنده|خبرنگار|گزارشگر|लेखक|रिपोर्टर|লেখক|প্রতিবেদক|เรื่อง|bài(?: và ảnh)?|reporter)"
)
# Of East Asia; some have a bar or an equals sign behind them, some nothing.
_UNSPACED = (
    r"(?:取材・文|文・取材|文・写真|取材|文|撰文|執筆|筆者|著者|ライター|作者|글[·・]\s?사진|글|작성자?|기자명?|(?:本[报報])?[记記]者)"
    r"(?:\s*[:：/／|｜丨=＝]\s*|\s+)|文・|(?:本[报報])?[记記]者(?=[\u4e00-\u9fff]{2,4}(?:$|[\s、，,／/]))"
)
LEAD = re.compile(
    rf"^\W*(?:{_BY}(?:\s*[:：]\s*|\s*[\-–|]?\s+)|{_LABELS}\s*[:：]\s*|{_UNSPACED})",
    re.IGNORECASE,
)
LEAD_ALONE = re.compile(
    r"(?:written |posted |submitted |words |story |text )?by:?|von:?|par:?|por:?|author:?|autor:?|text:?", re.IGNORECASE
)
# Where only a name can follow, these say no more with their colon.
_LABEL = re.compile(
    r"^\W*(?:подготовил[аи]?|беседовал[аи]?|كتبت?|تحرير|إعداد|الكاتبة?|نویسنده|خبرنگار|लेखक|লেখক|প্রতিবেদক)\s+(?=\S)",
    re.IGNORECASE,
)
# Reporters of Korea, with where they write from, or for whom, before their names: these begin with what families are called,
# and "전문 기자" or "정치부 기자" are kinds of reporters.
_REPORTER = (
    r"(?=[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구나진지엄채원천방공현함변염여추도소석])"
    r"(?!전문|전직|현직|인턴|고정|한국|유명|신문|방송|연예|소속|지역|주요|이전|이런)[가-힣]{2,4}(?<![부팀생])"
    r"\s?(?:선임|수석|인턴|객원|전문)?\s?(?:기자|특파원)"
)
_SIGNED = re.compile(
    rf"\W{{0,3}}(?:\S{{1,20}}\s?[=＝]\s?)?{_REPORTER}\W{{0,3}}|[\[［【〔]\S{{1,20}}\s{_REPORTER}[\]］】〕]"
    r"|[〔【]\S{0,6}[記记]者[\u4e00-\u9fff]{2,4}[／/、].{1,30}[〕】]"
)
_LONGEST_SIGNED = 60


def is_signed(text: str) -> bool:
    """Tell whether a text around a headline says by its words that it names the author."""
    return LEAD.match(text) is not None or (len(text) <= _LONGEST_SIGNED and _SIGNED.fullmatch(text) is not None)


def without_lead(text: str) -> str:
    """Give a text that can only be an author's name without what says so before it."""
    return _LABEL.sub("", LEAD.sub("", text))
