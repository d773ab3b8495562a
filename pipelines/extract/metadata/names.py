"""The text of a byline to names: parted, and freed of roles, degrees, dates, addresses and link texts."""

from __future__ import annotations

import re
import unicodedata
from operator import itemgetter
from typing import TYPE_CHECKING

from pipelines.extract.metadata.asides import without_lengths
from pipelines.extract.metadata.hands import is_other_hand, without_other_hands
from pipelines.extract.metadata.leads import among, without_lead
from pipelines.extract.metadata.newsrooms import is_agency, is_organisation
from pipelines.extract.metadata.roles import DEGREE, RANK, ROLE, ROLE_ALONE, is_role

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["is_full_name", "names_in", "without_addresses"]

# A name of more words or characters is a sentence.
_MAX_WORDS = 6
_MAX_CHARACTERS = 60
# A word is looked at once: each part goes no further than the mark that ends it.
_EMAIL = re.compile(r"(?<!\S)\S[^\s@]*+@\S[^\s.]*+\.\S+|@\w+")
_PARENTHESES = re.compile(r"\s*[(（\[][^()（）\[\]]{0,200}[)）\]]")
_SPLIT = re.compile(
    r"\s*(?:[;|｜丨/／•·、，＆&+]|\n|\s(?:and|und|et|og|och|és|și|ve|та|و|और|এবং|dan|và|และ|with|mit|avec)\s)\s*"
)
# These stand inside names too ("Ortega y Gasset"): they part only what is a full name on both sides.
_SPLIT_FULL = re.compile(r"^(\S+(?:\s\S+)+)\s(?:y|e|en|ja|i|a|и|і|й|και)\s(\S+(?:\s\S+)+)$")
_COMMA = re.compile(r"\s*,\s*")
_TAIL = re.compile(
    r"\s*(?:(?:선임|수석|인턴|객원|전문)?\s?기자|특파원|記者|特派員|撰文|편집위원)(?:\s*외\s*\d+명)?$|\s\S{0,8}(?:レポーター|ライター|編集委員|論説委員|編集長)$|\s+외\s*\d+명$|,?\s+for\s+\S.*$|\s+[-–—]\s+.*$|\s+\|.*$|"
    r"\s(?:ist|est|es)\s\S.*$|\s(?:[Ff]ollow(?:ing)?|Folgen|Seguir|Suivre|Segui|Volgen)$|"
    r"\s(?:op|on|am|le|il|el|em|den|d\.|w|dnia|at|the|um|à|alle|om|kl\.?)$"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
# What else stands in a byline: dates, reading times, and who checked the text after its author.
_BESIDE = re.compile(
    rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}})?|\b\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?|\b\d+\s?min(?:ute)?s?\b(?:\sread)?|"
    r"\b\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?|"
    r"\b(?:pubblicato|aggiornato|publié|mis à jour|publicado|actualizado|atualizado|veröffentlicht|aktualisiert|erschienen|gepubliceerd|"
    r"bijgewerkt|opublikowano|aktualizacja|publicerad|uppdaterad|publisert|oppdatert|udgivet|julkaistu|päivitetty|опубликовано|"
    r"обновлено|입력|수정)\b.*$|\b(?:is|was)\s(?:an?|the|our)\s.*$|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:last |first )?(?:updated|published|posted|reviewed|fact[- ]checked|edited|translated|illustrated|photographed|produced|medically)\b.*$",
    re.IGNORECASE,
)
_WRITTEN_BY = re.compile(r"^.{0,80}\b(?:written|posted|authored|articles?|posts|stories) by:?\s+", re.IGNORECASE)
# A signature of East Asia in brackets, and in it the place or the paper that a reporter of Korea writes from or for; who of
# Taiwan reports; and who saw to a text after its author.
_BRACKETED = re.compile(r"[\[［【〔]([^\[\]［］【】〔〕]{2,60})[\]］】〕]")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FROM = re.compile(r"^\S{1,20}(?:\s?[=＝]\s?)(?=[가-힣]{2,4}\s?\S{0,2}기자)")
_PAPER = re.compile(r"^\S{2,20}\s(?=[가-힣]{2,4}$)")
_REPORTS = re.compile(r"^(?!綜合|综合|專題|专题)([\u4e00-\u9fff]{2,4})\s(?:報導|報道|报道|文)$")
# What a company is by law is part of its name.
_COMPANY = re.compile(r",\s*((?:inc|llc|ltd|corp|plc|gmbh|l\.?p|s\.?a|n\.?v|co)\.?)(?=\s*(?:$|[,;]))", re.IGNORECASE)
_KEPT = "\0"
# What stands around a name and is none of it; and the words at its end, initials among them, that a full stop shortens.
_MARKS = " \t,.;:|-–—*_\"'“”"
_SHORTENED = re.compile(r"(?:\b(?:[Ii]nc|[Ll]td|Co|[Cc]orp|Bros|[JjSs]r)|(?<!\w)[A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я])$")
# One word behind a full name and a comma is where its bearer is.
_PLACE = re.compile(r"[^\W\d_]+")
# So are a preposition and what follows it.
_WHENCE = re.compile(r"(?<=\w\s)(\S+)\s(?:in|aus)\s(?=[^\W\d_a-z]).*$")
_DATE = re.compile(r"\d{4}|\d{1,2}[:.]\d{2}|\bupdated\b|\bpublished\b|\bposted\b|\bmin read\b", re.IGNORECASE)
# Whole texts where names stand, that are none.
_NO_NAMES = (
    r"admin|administrator|author|authors|unknown|none|null|undefined|n/?a|by|share|follow|image|photo|foto|user|root|guest|"
    r"webmaster|about|more|posted|written|editor|news|home|the author|about the author|learn more|read more|insights from|"
    r"view profile|see profile|full bio|bio|profile|contributor|written by|posted by|log ?in|sign ?in|sponsored|"
    r"(?:article )?tags|print(?: this page)?|last (?:modified|updated)|(?:podcast )?transcript|table of contents|contents|"
    r"(?:ai|ki)[- ](?:generated|generiert)|chatgpt|openai|press release|presse(?:mitteilung|meldung|info)|persbericht|"
    r"communiqué(?: de presse)?|comunicado(?: de prensa)?|comunicato stampa|gast(?:autor(?:in)?|beitrag|auteur)|guest (?:post|blogger)|"
    r"autora? invitad[oa]|invitad[oa]|(?:auteure? )?invitée?|(?:autore )?ospite|reading time|lesezeit|temps de lecture|"
    r"tiempo de lectura|tempo d[ie] lettura|tempo de leitura|leestijd|vp|svp|evp|coo|cfo|cio|cmo|ciso|cpo|(?:vice )?president|"
    r"le|la|il|el|am|on|at|um|den|op"
)
_JUNK = re.compile(
    r"(?:報導|報道|报道)$|[。！？]|https?:|www\.|^[a-z_]+(?:\.[a-z_]+){2,}$|\b(?:twitter|facebook|linkedin|instagram|whatsapp)\b|"
    rf"^(?:{_NO_NAMES})$",
    re.IGNORECASE,
)
# How somebody is called who logs in.
_LOGIN = re.compile(r"[a-z]+\.[a-z]+\d*")


def names_in(text: str) -> list[str]:
    """Split "By A, B and C (agency)" into names; roles, degrees, addresses, dates and link texts are dropped."""
    if len(text) > 10 * _MAX_CHARACTERS or text.startswith(("http", "/")):
        return []
    plain = " ".join(_PARENTHESES.sub("", _unbracketed(_EMAIL.sub(" ", text))).split())
    plain = without_other_hands(among(_FROM.sub("", without_lengths(plain))))
    plain = _BESIDE.sub(" ; ", _WRITTEN_BY.sub("", without_lead(plain)))
    parts = [half for part in _SPLIT.split(plain) for half in _halves(part)]
    names = [name for part in parts for name in _by_comma(part)]
    return list(dict.fromkeys(name for name in map(_tidy, names) if _is_name(name)))


def without_addresses(text: str) -> str:
    """Give a text of one line without addresses of mail and handles; a long one as it is."""
    return text if len(text) > 10 * _MAX_CHARACTERS else " ".join(_EMAIL.sub(" ", text).split())


def _unbracketed(text: str) -> str:
    """Give what stands in brackets around the whole of a text in a script of East Asia: elsewhere that is no name."""
    match = _BRACKETED.fullmatch(text.strip())
    return match[1] if match and _EASTERN.search(match[1]) else text


def _halves(part: str) -> tuple[str, ...]:
    match = _SPLIT_FULL.match(part)
    return match.groups() if match and not match[2][0].islower() else (part,)


def _by_comma(part: str) -> Iterable[str]:
    parts = [p.replace(_KEPT, ", ") for p in _COMMA.split(_COMPANY.sub(rf"{_KEPT}\1", part)) if p]
    single = all(len(p.split()) == 1 and p[:1].isupper() and p.isalpha() for p in parts)
    if len(parts) == 2 and single and not any(map(is_organisation, parts)) and not DEGREE.fullmatch(parts[1]):
        return [f"{parts[1]} {parts[0]}"]
    if len(parts) == 2 and " " in parts[0] and _PLACE.fullmatch(parts[1]) and not is_organisation(parts[1]):
        return parts[:1]
    return [p for n, p in enumerate(parts) if n == 0 or not _is_addition(p)]


def _is_addition(part: str) -> bool:
    """Tell whether what follows a name after a comma is a role, a degree or a place, not another name."""
    if is_agency(part):
        return False
    return is_role(part) or (part[:1].islower() and not is_organisation(part))


def _tidy(name: str) -> str:
    name = _REPORTS.sub(itemgetter(1), without_lead(name.strip()))
    name = _bare(_WHENCE.sub(itemgetter(1), _TAIL.sub("", name)))
    paper = _PAPER.match(name)
    if paper and is_organisation(paper.group()):
        name = name[paper.end() :]
    role = ROLE.search(name)
    if role and len(name[: role.start()].split()) >= 2 and not is_organisation(name[: role.start()]):
        name = RANK.sub("", name[: role.start()])
    return _bare(name)


def _bare(name: str) -> str:
    """Strip the marks around a name, but for the full stop of a shortened word at its end."""
    bare = name.strip(_MARKS)
    stopped = name.lstrip(_MARKS)[len(bare) :].startswith(".")
    return f"{bare}." if stopped and _SHORTENED.search(bare) else bare


def _is_name(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= _MAX_WORDS or not 2 <= len(name) <= _MAX_CHARACTERS:
        return False
    if _LOGIN.fullmatch(name) and not is_organisation(name):
        return False
    if _JUNK.search(name) or _DATE.search(name) or ROLE_ALONE.fullmatch(name) or is_other_hand(name):
        return False
    return sum(map(_is_letter, name)) * 2 > len(name)


def _is_letter(character: str) -> bool:
    """Tell whether a character is a letter or a vowel sign, which scripts of India and Burma write as marks on letters."""
    return character.isalpha() or unicodedata.category(character) in {"Mn", "Mc"}


def is_full_name(name: str) -> bool:
    """Tell whether `name` looks like a person's or an organisation's where only its place says that it is one."""
    words = name.split()
    return (
        len(words) >= 2 and all(not word[0].islower() or (word.islower() and len(word) <= 3) for word in words)
    ) or not name.isascii()
