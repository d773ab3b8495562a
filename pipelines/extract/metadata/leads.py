"""What stands before a name and says that it is an author's: "By", "Von", "Текст:", "記者"; and what says so behind it."""

from __future__ import annotations

import re

__all__ = ["LEAD", "LEAD_ALONE", "among", "is_signature", "is_signed", "without_lead"]

# Kinds of texts, by whom they are ("Eine Analyse von", "Review by"); behind a preposition with an article stands what they are of.
_KIND = (
    r"(?:(?:an?\s)?(?:analysis|review|opinion|commentary|column|essay|interview|feature|perspective|explainer|op-ed|report|"
    r"guest (?:column|essay|article)) by|as told to|"
    r"(?:eine?\s)?(?:bericht|(?:kurz)?analyse|(?:gast)?kommentar|(?:gast)?kolumne|(?:gast)?beitrag|reportage|interview|essay|porträt|"
    r"glosse|rezension|kritik|leitartikel|meinungsbeitrag|feature) von|"
    r"von (?:unsere[mnr]|dpa)[- ]?(?:\w{0,20}korrespondent(?:in|en)?|\w{0,20}redakteur(?:in)?|\w{0,20}reporter(?:in)?|mitarbeiter(?:in)?|autor(?:in)?)|"
    r"(?:une?\s)?(?:chronique|analyse|tribune|enquête|reportage|interview|critique|éditorial|édito|billet|récit|portrait|entretien) (?:de|par)|"
    r"(?:una?\s)?(?:columna|análisis|crónica|reportaje|artículo|opinión|entrevista|crítica|tribuna|coluna|análise|crônica|reportagem|artigo) (?:de|por)|"
    r"(?:una?\s)?(?:analisi|commento|intervista|recensione|reportage|articolo|editoriale|inchiesta) di|"
    r"(?:een\s)?(?:analyse|column|commentaar|interview|recensie|reportage|opinie|artikel) (?:van|door)|"
    r"door (?:onze|van onze) (?:redact(?:eur|rice)|verslag(?:gever|geefster)|correspondent|medewerker))"
    r"(?=\s(?!(?-i:der|dem|den|die|das|eine[mnr]?|la|le|les|los|las|el|il|lo|gli|i|het|de|the|an?)\b))"
)
# Before a name with a colon or without. In scripts of the Latin alphabet and others of words with spaces between:
_BY = (
    r"(?:(?:article |story |text |words? |written |posted |published |reported |reporting |authored |created |"
    r"edited |submitted |photographs? |guest post |contributed |(?:words|text|story) and \w{3,20} )?by|authors?|von|vom|"
    r"(?:écrit |publié |rédigé |propos recueillis |recueilli )?par|(?:escrito |publicado |redactado )?por|di|"
    r"a cura di|(?:scritto |pubblicato )?da|(?:geschreven )?door|af|(?:publicerad |skriven |skrevet |publisert )?av|skrevet af|"
    r"autore?n?|auteure?|quelle|source|fuente|text|texte|texto|testo|redakt(?:eur|ion)|autor(?:a|es)?|"
    r"oprac\.|opracowała?|napsala?|scris de|szerző|írta|yazar|γράφ(?:ει (?:ο|η)|ουν οι)|автор|by line|"
    r"بقلم|מאת|โดย|ผู้เขียน|tác giả|oleh|penulis)(?<=\w|\.)(?!\w)"
)
# With a colon only: without, they begin sentences, or name what is written.
_LABELS = (
    r"(?:(?:texte?|tekst|texto|testo|words|story)(?:\s(?:and|und|et|y|e|en|i|og|och|&)\s\w{3,20})?|opracowanie|journalist|teksti(?: ja kuvat?)?|kirjoittaja|toimittaja|haber|yazan|"
    r"συντάκτ(?:ης|ρια)|κείμενο|авторы|авторка|автори|текст|автор текста|подготовил[аи]?|підготу(?:вав|вала|вали)|беседовал[аи]?|"
    r"كتب|كتبت|تحرير|إعداد|الكاتبة?|نویسنده|نويسنده|خبرنگار|گزارشگر|लेखक|रिपोर्टर|লেখক|প্রতিবেদক|เรื่อง|bài(?: và ảnh)?|reporter)"
)
# Of East Asia; some have a bar or an equals sign behind them, some nothing.
_UNSPACED = (
    r"(?:取材・文|文・取材|文・写真|取材|文|撰文|執筆|筆者|著者|ライター|作者|글[·・]\s?사진|글|작성자?|기자명?|(?:本[报報])?[记記]者)"
    r"(?:\s*[:：/／|｜丨=＝]\s*|\s+)|文・|(?:本[报報])?[记記]者(?=[\u4e00-\u9fff]{2,4}(?:$|[\s、，,／/]))"
)
LEAD = re.compile(
    rf"^\W*(?:{_LABELS}\s*[:：]\s*|(?:{_KIND}|{_BY})(?:\s*[:：]\s*|\s*[\-–|]?\s+)|{_UNSPACED})",
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
    r"|[〔【]\S{0,6}[記记]者[\u4e00-\u9fff]{2,4}[／/、].{1,30}[〕】]|[\u4e00-\u9fff]{2,4}\s?[/／]\s?文"
)
# Among the source and the day, who wrote; in Chinese, two names may stand behind each other without a mark.
_AMONG = re.compile(r"(?:^|\s)(?:作者|撰文|采写|[本该][报報][记記]者|[记記]者|文)\s?[:：｜|]\s?")
_NEXT = re.compile(r"\s(?=\S{2,6}[:：]|\d{2,4}[-./年])")
_TWO = re.compile(r"(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff]{2,3}(?:\s|$))")
_LONGEST_SIGNED = 60


def is_signed(text: str) -> bool:
    """Tell whether a text around a headline says by its words that it names the author."""
    among = len(text) <= _LONGEST_SIGNED and _AMONG.search(text) is not None
    return LEAD.match(text) is not None or among or is_signature(text)


def is_signature(text: str) -> bool:
    """Tell whether a text is nothing but how reporters of East Asia sign, wherever it stands."""
    return len(text) <= _LONGEST_SIGNED and _SIGNED.fullmatch(text) is not None


def among(text: str) -> str:
    """Give the names in a Chinese line of source, author and day; another text as it is."""
    match = _AMONG.search(text)
    if match is None:
        return text
    names = _NEXT.split(text[match.end() :], maxsplit=1)[0]
    return _TWO.sub("、", names)


def without_lead(text: str) -> str:
    """Give a text that can only be an author's name without what says so before it."""
    return _LABEL.sub("", LEAD.sub("", text))
