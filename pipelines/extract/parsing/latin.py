"""Which charset Latin letters are in, told by whose alphabet they then belong to: statistics of letters can't tell "naïve" from "naďve"."""

from __future__ import annotations

import re

__all__ = ["LATIN", "WESTERN", "latin_charset"]

WESTERN = "cp1252"
# Letters beyond ASCII of the languages written in each charset: of English, those of its loanwords.
ALPHABETS = {
    WESTERN: (
        "áàâäçéèêëíïñóôöü", "àâæçéèêëîïôœùûüÿ", "äöüßé", "áéíóúüñºª", "àáâãçéêíóôõúü", "àèéìíîòóù", "áéèëêïíóöü",
        "åäöéü", "æøåéäöü", "áðéíóúýþæö", "àçéèíïóòúü", "áéíóúàèìòù", "äöåšž",
    ),
    "cp1250": ("ąćęłńóśźżé", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "áçéëíóöúýđ"),
    "cp1254": ("çğıöşüâîûi̇",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}  # fmt: skip
ALPHABETS["iso8859_2"] = ALPHABETS["cp1250"]
LATIN = frozenset(ALPHABETS)
# The HTML Standard's charset of pages that declare none, by their language (13.2.3.2); all others are Western.
FALLBACKS = {
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), ("cp1250", "iso8859_2")),
    **dict.fromkeys(("az", "ku", "tr"), ("cp1254",)),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257",)),
}
# What the page's language leads to, and else the Western charset, must explain clearly less for another to be taken.
MARGIN = 0.05

LANGUAGE = re.compile(rb"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)
# What is neither letter nor mark stands between words, but for these.
INSIDE = "’‘·\xad\xa0"


def latin_charset(page: bytes, sample: bytes) -> str:
    """Give the charset of a page in Latin letters that declares none; `sample` is the part of it that has some beyond ASCII."""
    shares = {charset: explained(sample.decode(charset, "replace"), charset) for charset in ALPHABETS}
    language = LANGUAGE.search(page[:2_000])
    expected = FALLBACKS.get(language[1].decode().lower(), (WESTERN,)) if language else (WESTERN,)
    best = max(shares, key=shares.__getitem__)
    likely = max((*expected, WESTERN), key=shares.__getitem__)
    return likely if shares[likely] >= shares[best] - MARGIN else best


def explained(text: str, charset: str) -> float:
    """Give the share of a text's characters beyond ASCII that one of the languages of `charset` would have, from 0 to 1."""
    letters, marks, odd = [], 0, 0
    for at, one in enumerate(text):
        if one.isascii():
            continue
        if one.isalpha():
            letters.append(one.lower())
        elif (
            one.isprintable()
            and one != "\ufffd"
            and not (text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha())
        ):
            marks += 1
        else:
            marks, odd = marks + (one in INSIDE), odd + (one not in INSIDE)
    known = max(sum(map(alphabet.__contains__, letters)) for alphabet in ALPHABETS[charset])
    return (known + marks) / max(len(letters) + marks + odd, 1)
