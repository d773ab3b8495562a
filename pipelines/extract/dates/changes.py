"""Words by which a line beside a date says that the text was changed then, not published."""

from __future__ import annotations

import re
import unicodedata

from pipelines.extract.dates.months import folded

__all__ = ["is_changed", "speaks_of_change"]

# What words for a change begin with or hold, by language; folded, for labels are set in capitals, and some drop accents.
_STEMS = (
    "updat|modif|revis|review",  # English and Romance languages
    "mis à jour|mise à jour|actualiz|atualiz|aggiorn",
    "aktualis|geändert|bijgewerkt|gewijzigd|uppdater|oppdater|opdater",
    "aktualiz|modyfik|upraven|ažurira|posodobljen|frissít|módosít|päivitet|muokattu|güncelle",
    "ενημερώθηκε|τελευταία ενημέρωση",
    "обновлен|обновлён|оновлен|обновен|последна промяна|ажурира",
    "آخر تحديث|تم التحديث|به‌روزرسانی|به روزرسانی|بروزرسانی|بروز رسانی",
    "עודכן|עודכנה|עדכון אחרון",
    "अपडेट|अद्यतन|আপডেট|হালনাগাদ",
    "อัปเดต|อัพเดต|อัปเดท|อัพเดท|แก้ไขล่าสุด|cập nhật|diperbarui",
    "업데이트",
)
# Those that are parts of other words (Andrade, изменение климата) or of names (이수정), or that stand in any text, as 更新
# does in Chinese: whole words, the last two as labels before a day.
_WHOLE = (
    r"\bandra[dt]\b|\bизменен[ао]?\b|"
    r"(?:\b|(?<=最[終终后後新近]))更新\D{0,6}\d{1,4}\s?[-./:年月]|"
    r"(?:\b|(?<=최종))수정\D{0,6}\d{2,4}\s?[-./년]"
)


def _pattern() -> re.Pattern[str]:
    # The Korean of `_WHOLE` is taken apart as that of the text is, into what its syllables are made of.
    stems = (re.escape(folded(stem)) for line in _STEMS for stem in line.split("|"))
    return re.compile(f"{'|'.join(stems)}|{unicodedata.normalize('NFD', _WHOLE)}")


_CHANGED = _pattern()
_YEAR = re.compile(r"\d{4}|\d\d[./-]\d\d[./-]\d\d")
# A label in a line of its own stands so far at most before its day.
_LABEL = 20


def speaks_of_change(text: str) -> bool:
    """Tell whether a short text names the time of a change, not of publication.

    One with a day before the word and another behind it gives both times, that of publication first.
    """
    text = folded(text)
    match = _CHANGED.search(text)
    if match is None:
        return False
    return not (_YEAR.search(text, 0, match.start()) and _YEAR.search(text, match.start()))


def is_changed(text: str, before: str) -> bool:
    """Tell whether a short text is the time of a change, by its words or by those of a label `before` it.

    What ends with a number has its own time, and says nothing of the next.
    """
    label = before[-_LABEL:]
    if any(map(str.isdecimal, label)):
        label = ""
    return speaks_of_change(f"{label} {text}")
