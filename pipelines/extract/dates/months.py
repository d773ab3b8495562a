"""Names of the months: of the languages seen most as they stand in dates, of all others from the CLDR."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

__all__ = ["IN_TWO_WORDS", "MONTHS", "folded", "is_thai", "month_number"]

# In the form that stands beside a day, to their numbers; what is a month here is one on a page of any language.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari januar stycznia января leden ledna ocak tammikuuta ianuarie ιανουαρίου січня يناير",
            "february feb februar feber février févr fevrier febrero fevereiro fev febbraio februari lutego февраля února şubat helmikuuta februarie φεβρουαρίου лютого فبراير",
            "march mar märz mrz maerz mars marzo março marco mart maart marca марта března mart maaliskuuta marts martie maret μαρτίου березня مارس",
            "april apr avril avr abril abr aprile aprilie kwietnia апреля dubna nisan huhtikuuta απριλίου квітня أبريل ابريل",
            "may mai mayo maio maggio mag mei maj maja мая května mayıs toukokuuta μαΐου травня مايو",
            "june jun juni juin junio junho giugno giu czerwca июня června haziran kesäkuuta iunie ιουνίου червня يونيو",
            "july jul juli juillet juil julio julho luglio lug lipca июля července temmuz heinäkuuta iulie ιουλίου липня يوليو",
            "august aug août aout agosto ago augustus augusti sierpnia августа srpna ağustos elokuuta agustus αυγούστου серпня أغسطس",
            "september sep sept septembre septiembre setembro set settembre września сентября září eylül syyskuuta septembrie σεπτεμβρίου вересня سبتمبر",
            "october oct oktober okt octobre octubre outubro out ottobre ott października октября října ekim lokakuuta octombrie οκτωβρίου жовтня أكتوبر",
            "november nov novembre noviembre novembro listopada ноября listopadu kasım marraskuuta noiembrie νοεμβρίου листопада نوفمبر",
            "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre desember des grudnia декабря prosince aralık joulukuuta decembrie δεκεμβρίου грудня ديسمبر",
        ),
        1,
    )
    for name in names.split()
}
# What the CLDR lacks: other spellings and abbreviations, and Vietnam's numbers as words.
_FURTHER = {
    name: number
    for number, names in enumerate(
        (
            "tháng một|tháng giêng|জানুয়ারি",
            "tháng hai|ফেব্রুয়ারি",
            "tháng ba|מרס",
            "tháng tư|tháng bốn",
            "tháng năm",
            "tháng sáu",
            "tháng bảy",
            "tháng tám|agt",
            "tháng chín|सितम्बर|setiembre",
            "tháng mười|अक्तूबर",
            "tháng mười một|नवम्बर",
            "tháng mười hai|tháng chạp|दिसम्बर",
        ),
        1,
    )
    for name in names.split("|")
}
# First words of the names that have two: of the months in the Levant, and in Vietnam.
IN_TWO_WORDS = ("تشرين", "كانون", "tháng mười", "tháng")
# Locales whose names a page of a language may use: each Arab region has its own, Serbian two scripts.
_LOCALES = {"ar": ("ar", "ar_LB", "ar_DZ", "ar_MA"), "sr": ("sr", "sr_Latn"), "bs": ("bs", "bs_Cyrl")}
# Languages by the first word of the names of their letters: where a page declares none, or a template's.
_SCRIPTS = {
    "ARABIC": ("ar", "fa", "ur"), "ARMENIAN": ("hy",), "BENGALI": ("bn",), "CYRILLIC": ("uk", "bg", "sr", "mk", "be", "kk"),
    "DEVANAGARI": ("hi", "mr", "ne"), "GEORGIAN": ("ka",), "GREEK": ("el",), "GUJARATI": ("gu",), "GURMUKHI": ("pa",), "HEBREW": ("he",),
    "KANNADA": ("kn",), "KHMER": ("km",), "LAO": ("lo",), "MALAYALAM": ("ml",), "MYANMAR": ("my",), "SINHALA": ("si",), "TAMIL": ("ta",),
    "TELUGU": ("te",), "THAI": ("th",),
}  # fmt: skip
# A name that another language gives another month: Croatia's October is Poland's November.
_OWN_FIRST = frozenset(("hr",))
# Accents, the dots of Indian letters, the hamza, joiners and marks of direction: some write them, some do not.
_OPTIONAL = re.compile("[\u0300-\u036f\u093c\u09bc\u0a3c\u064b-\u0655\u200b-\u200f]")
_SAME = str.maketrans({"ı": "i", "ك": "ک", "ي": "ی", "ى": "ی", "’": "'"})
_AROUND = ".'׳’"


def month_number(name: str, language: str | None = None) -> int | None:
    """Give the number of a month by its name or abbreviation; None for a word that is none.

    `language`: BCP 47 tag of the page. Without one, names of the most common languages are known, and those in scripts of
    few languages.
    """
    word = folded(name)
    spoken = (language or "").split("-")[0].lower()
    for known in (_names(spoken), _common()) if spoken in _OWN_FIRST else (_common(),):
        if word in known:
            return known[word]
    if word.isascii():
        return _names(spoken).get(word) or (_common().get(word.rpartition(".")[2]) if "." in word else None)
    script = unicodedata.name(word[0], "").partition(" ")[0]
    for tongue in (spoken, *_SCRIPTS.get(script, ())):
        if number := _names(tongue).get(word):
            return number
    # Hebrew writes "in" in one word with what follows.
    return month_number(word[1:], language) if word[0] == "ב" and len(word) > 2 else None


def is_thai(name: str) -> bool:
    """Tell whether a name is written in Thai."""
    return "\u0e00" <= name[:1] <= "\u0e7f"


def folded(name: str) -> str:
    """Give a name for comparison: without case, accents and the stop of an abbreviation."""
    if name.isascii():
        return name.lower().strip(_AROUND)
    plain = _OPTIONAL.sub("", unicodedata.normalize("NFD", name.lower()))
    return " ".join(plain.translate(_SAME).strip(_AROUND).split())


@lru_cache(maxsize=1)
def _common() -> dict[str, int]:
    return {folded(name): number for name, number in (_FURTHER | MONTHS).items()}


@lru_cache(maxsize=256)
def _names(language: str) -> dict[str, int]:
    """Give the names that the CLDR has for a language; none for one that it does not know."""
    found: dict[str, int] = {}
    for name in _LOCALES.get(language, (language,)):
        try:
            months = Locale.parse(name).months
        except (UnknownLocaleError, ValueError):
            continue
        for forms in months.values():
            for width in ("abbreviated", "wide"):
                found |= {folded(said): number for number, said in forms.get(width, {}).items()}
    return {name: number for name, number in found.items() if len(name) > 1 and not name.isdecimal()}
