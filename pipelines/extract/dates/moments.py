"""A time as machines and newspapers of the world write it, parsed strictly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from pipelines.extract.dates.clock import Clock, clock_around
from pipelines.extract.dates.months import IN_TWO_WORDS, is_thai, month_number
from pipelines.records import Precision

__all__ = ["Moment", "parse_moment"]

_ISO = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{8}(?!\d))")
# The same behind a word or in the midst of a line: no part of a longer number, of an identifier, a version or an address.
_INNER_ISO = re.compile(r"(?<![\dA-Za-z_./+#=@-])((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?![\d/_-]|\.\w|(?!T\d)[A-Za-z])")
# Behind more characters it belongs to what these speak of.
_BEHIND = 40
# What most pages state, and the library reads at once.
_WHOLE_ISO = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3,6})?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})|(?<![\d.])(\d\d)\.(\d\d)\.(\d\d)(?![\d.])")
# In these a day of two-digit numbers begins with the year.
_YEAR_FIRST = frozenset(("zh", "ja", "ko"))
# Day or month first: as the page's language has it, else only where one of the two can be no month.
_UNORDERED = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])")
# Languages that write the year first tell nothing of the other two, nor does English without a country, nor a page that names none.
_NO_ORDER = frozenset(("zh", "ja", "ko", "hu", "lt", "mn", "eu", "fa", "und"))
_MONTH_FIRST = frozenset(("en-US", "en-PH", "es-US", "es-PR", "es-PA"))
_CJK = re.compile(r"(\d{4})\s?[年년.]\s?(\d{1,2})\s?[月월.]\s?(\d{1,2})\s?[日일]?")
# A name with the marks that scripts of South and South-East Asia write vowels with, and the stops of its abbreviation.
_MONTH = r"[^\W\d_][^\s\d_,،;؛:!?/|()\[\]<>\"«»–—·•*-]{1,20}"
_NAMED = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s+(?:de\s+|of\s+)?(?P<m1>(?:(?:{'|'.join(IN_TWO_WORDS)})\s+)?{_MONTH})(?:\s?/\s?{_MONTH})?[,،]?\s+"
    r"(?:de\s+|del\s+|năm\s+|พ\.ศ\.\s*)?(?P<y1>\d{4})"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[,،]?\s+(?P<time>\d\d:\d\d:\d\d(?:\s[A-Z]{{1,5}})?\s)?(?P<y2>\d{{4}})"
    rf"|(?P<y3>\d{{4}})\.?\s+(?:gada|жылғы)\s+(?P<d3>\d{{1,2}})\.?\s+(?P<m3>{_MONTH})"
    rf"|(?P<y4>\d{{4}})\.?\s+(?:m\.\s+)?(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?![\d:]|,?\s\d{{4}})"
    r"|(?<![\d./-])(?P<d5>\d{1,2})(?P<mark>[./-])(?P<m5>[^\W\d_]{3,12})(?P=mark)(?P<y5>\d{4})(?!\d)"
    r"|(?P<d6>\d{1,2})\s+(?P<m6>[ก-๎.]{3,12})\s+(?P<y6>\d\d)(?![\d:.])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})", re.IGNORECASE)
# Years of an emperor's reign and of the republic: the first is the one after these.
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(元|\d{{1,3}})\s?年\s?[)）]?\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日?")
# Thailand counts from the Buddha's death; no other count is near.
_BUDDHIST, _LEAST_BUDDHIST, _BUDDHIST_CENTURY = 543, 2400, 25


@dataclass(frozen=True, slots=True)
class Moment:
    """A time with zone as the page states it (UTC where it states none), how exact it is, and the rule that found it."""

    time: datetime
    precision: Precision
    rule: str
    zoned: bool = True
    """Whether the page states the zone."""


def day_first(language: str | None) -> bool | None:
    """Tell whether a day stands before its month where both are numbers; null where the language does not tell."""
    if not language or language == "en" or language.split("-")[0] in _NO_ORDER:
        return None
    return language not in _MONTH_FIRST


def parse_moment(text: str, rule: str, *, language: str | None = None) -> Moment | None:
    """Parse a time as machines and most newspapers write it; None where it is none or none that exists.

    `language`: BCP 47 tag of the page, which tells how to read 3/4/2026 and what months are called; null where it is unknown.
    """
    text = text.strip()[:200]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    for parser in (_iso, partial(_numeric, language=language), partial(_named, language=language), _inner_iso, _epoch):
        try:
            found = parser(text)
        except (ValueError, OverflowError, TypeError):
            continue
        if found is not None:
            time, precision = found
            zoned = time.tzinfo is not None
            return Moment(time if zoned else time.replace(tzinfo=UTC), precision, rule, zoned)
    return None


# Without a zone where the text states none.
Parsed = tuple[datetime, Precision] | None


def _iso(text: str) -> Parsed:
    match = _ISO.match(text)
    if match is None:
        return None
    if _WHOLE_ISO.fullmatch(text):
        return datetime.fromisoformat(text).replace(microsecond=0), Precision.SECOND
    day = match["day"]
    year, month, number = day.split("-") if "-" in day else (day[:4], day[4:6], day[6:])
    return _built(year, month, number, clock_around(text, *match.span()))


def _inner_iso(text: str) -> Parsed:
    match = _INNER_ISO.search(text)
    if match is None or match.start() > _BEHIND:
        return None
    return _built(match[1], match[2], match[3], clock_around(text, *match.span()))


def _numeric(text: str, language: str | None) -> Parsed:
    if match := _SLASHED.search(text) or _CJK.search(text):
        year, month, day = match.groups()
    elif match := _UNORDERED.search(text):
        one, _, other, year = match.groups()
        first = day_first(language)
        if first is None and int(one) <= 12 and int(other) <= 12 and one != other:
            return None
        day, month = (one, other) if int(one) > 12 or (first and int(other) <= 12) else (other, one)
    elif match := _DOTTED.search(text):
        if (parts := match.groups()[:3] if match[1] else _two_digits(match[4], match[5], match[6], language)) is None:
            return None
        day, month, year = parts
    elif match := _NUMBERED.search(text):
        day, month, year = match.groups()
    elif match := _ERA.search(text):
        era, reigned, month, day = match.groups()
        year = str(_ERAS[era] + (1 if reigned == "元" else int(reigned)))
    else:
        return None
    if (language or "").startswith("th"):
        year = _common_era(year)
    return _built(year, month, day, clock_around(text, *match.span()))


def _two_digits(one: str, month: str, other: str, language: str | None) -> tuple[str, str, str] | None:
    """Give day, month and year of 04.03.26; None where the page's language leaves open which of the two is the year.

    A caller that knows of no page's language is told what most languages mean, the day first.
    """
    if language and language.split("-")[0] in _YEAR_FIRST:
        return other, month, f"20{one}"
    ordered = not language or day_first(language) is not None
    # Of the two readings the later is the more likely, for most pages are of the last years.
    return (one, month, f"20{other}") if ordered or one <= other else None


def _named(text: str, language: str | None) -> Parsed:
    for match in _NAMED.finditer(text):
        form = next(form for form in "123456" if match[f"m{form}"])
        name, year, day = (match[f"{part}{form}"] for part in "myd")
        month = month_number(name, language)
        if month is not None:
            inner = match["time"]  # `Date.toString` of Java and `date` of Unix put the year behind the time
            clock = clock_around(inner, 0, 0) if inner else clock_around(text, *match.span())
            return _built(_common_era(_whole(year)) if is_thai(name) else year, month, day, clock)
    return None


def _whole(year: str) -> str:
    """Give a Thai year with its century, where it has two digits."""
    return year if len(year) == 4 else f"{_BUDDHIST_CENTURY}{year}"


def _common_era(year: str) -> str:
    """Give a year as the rest of the world counts it, where Thailand counts otherwise."""
    return str(int(year) - _BUDDHIST) if int(year) >= _LEAST_BUDDHIST else year


def _epoch(text: str) -> Parsed:
    if not text.isdecimal() or len(text) not in (10, 13):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC), Precision.SECOND


def _built(year: str, month: str | int, day: str, clock: Clock | None) -> Parsed:
    when = (int(year), int(month), int(day))
    return (datetime(*when), Precision.DAY) if clock is None else clock.on(*when)  # noqa: DTZ001  a day has no zone
