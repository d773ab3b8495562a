"""Lines of a plain text that are nothing but days, times and lengths, in whatever words a site puts around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.dates.ago import AGO
from pipelines.extract.dates.clock import is_zone
from pipelines.extract.dates.dates import is_month, parse_moment
from pipelines.extract.dates.meta import is_meta
from pipelines.extract.metadata.asides import without_lengths
from pipelines.extract.selecting import bylines

if TYPE_CHECKING:
    from pipelines.extract.text.lines import Line

__all__ = ["AROUND", "is_stamp", "says_nothing"]

# A longer line tells a story.
_CHARACTERS = 120
# What stands around a day and a time and says nothing else, in languages that pages' bylines are not read in, too.
AROUND = bylines.AROUND | frozenset(
    word
    for line in (
        "modifié modifiée modificado modificada modificato geändert gewijzigd edited reading time lettura min",
        "в опубликовано обновлено дата публикации время на прочтение чтения чтение мин минут минуты понедельник вторник среда четверг",
        "пятница суббота воскресенье г года",
        "نشر نُشر في تم آخر تحديث تاريخ النشر يوم الساعة الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "प्रकाशित अपडेट अपडेटेड को पर बजे समय",
        "수정 등록 승인 최종수정 发布 发布于 发布时间 發布 發布時間 更新时间 更新時間 时间 時間 日期 掲載 最終更新 投稿日 公開日 更新日",
    )
    for word in line.split()
)
_TOKEN = re.compile(r"[^\s\d,،.;:：|·•()（）\[\]/–—-]+")
_LETTER = re.compile(r"[^\W\d_]")
_CLOCK = re.compile(r"(?<=\d)T\d{2}:?\d{2}(?::?\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?")
_NUMBERS = re.compile(r"(?<!\d)\d{1,4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,4}(?!\d)")
_AGO = re.compile(rf"(?<!\w){AGO}(?!\w)", re.IGNORECASE)
# Where a text was filed, before its day.
_PLACE = re.compile(r"^[^\W\d_]{2,20}\s?[-–—,]\s(?=\D{0,12}\d)")
# Who put a text on the site, by the name with which one logs in.
_POSTED = re.compile(
    r"(?:posted|published|written|veröffentlicht|publié|publicado|pubblicato)\b.{0,80}\s(?:by|von|par|por|da)\s\S{2,30}",
    re.IGNORECASE,
)


def is_stamp(line: Line) -> bool:
    """Tell whether a line is nothing but days, times, how long ago and how long to read, with the words around them."""
    text = line.text
    if line.marker or len(text) > _CHARACTERS or not any(map(str.isdigit, text)):
        return False
    if is_meta(text):
        return True
    bare = _PLACE.sub("", text, count=1)
    told = (
        _without_times(bare) != bare
        or without_lengths(text) != text
        or _NUMBERS.search(text) is not None
        or parse_moment(text, "") is not None
    )
    return told and (says_nothing(bare) or _POSTED.fullmatch(text) is not None)


def says_nothing(text: str) -> bool:
    """Tell whether the words of a text only stand around days and times."""
    tokens = (token for token in _TOKEN.findall(_without_times(text)) if _LETTER.search(token))
    return all(
        token.lower().strip("'’\"") in AROUND or is_month(token) or is_zone(token) or _LETTER.search(token[1:]) is None
        for token in tokens
    )


def _without_times(text: str) -> str:
    """Give a text without times as machines write them, and without how long ago something was."""
    return _AGO.sub(" ", _CLOCK.sub(" ", text))
