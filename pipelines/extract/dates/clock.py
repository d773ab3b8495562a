"""A time of day with its zone, as machines and newspapers write it behind or before a date."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from pipelines.records import Precision

__all__ = ["Clock", "clock_around", "is_zone"]

# Between a day and its time stand a comma, an "at", the name of a weekday; what is farther off is another's time.
_REACH = 40
_NEAR = 12
# From Baker Island to Kiribati, by quarters of an hour: other offsets are spans ("9:00-16:30") or slips.
_WEST, _EAST, _QUARTER = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=15)

# Abbreviations in hours east of UTC: those of RFC 5322, and those that mean one thing where news is written. Of the ambiguous
# ones, CST, EST, MST and PST are America's as in RFC 5322 (China, Australia, Malaysia and the Philippines seldom write theirs),
# BST is Britain's, GST the Gulf's, and IST India's, which has more newspapers than Ireland and Israel. AST (Halifax or Riyadh),
# WST and SST tell nothing and are left out: UTC lies between what they may mean.
_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "МСК": 3, "TRT": 3, "TSİ": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "GST": 4, "PKT": 5, "IST": 5.5, "NPT": 5.75,
    "WIB": 7, "WITA": 8, "WIT": 9, "SGT": 8, "HKT": 8, "PHT": 8, "MYT": 8, "JST": 9, "KST": 9,
    "AWST": 8, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "NST": -3.5, "NDT": -2.5, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3,
}  # fmt: skip
# America's zones without a word on summer: the day decides. Read behind "am" and "pm" only, for ET is French for "and".
_BY_DAY = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}

# Halves of the day where they stand before the time, and behind it; an hour of the night may be of either. The Hungarian "de."
# for the morning changes no hour, and is Spanish for "of".
_EARLY = "午前|上午|凌晨|清晨|早上|오전|새벽|सुबह|সকাল|ভোর"
_LATE = r"午後|下午|傍晚|晚上|오후|저녁|दोपहर|शाम|দুপুর|বিকেল|বিকাল|সন্ধ্যা|\bdu\.|\bdélután"
_NIGHT = "रात|রাত"
_EARLY_BEHIND = r"ص|صباح[اًا]*|π\.?\s?μ|এএম|एएम|(?-i:SA)"
_LATE_BEHIND = r"م|(?:مساء|ظهر|عصر)[اًا]*|μ\.?\s?μ|পিএম|पीएम|(?-i:CH)"
# Earlier hours of a night are those after midnight.
_NIGHTFALL = 6
_CLOCK = re.compile(
    rf"(?:(?P<early>{_EARLY})|(?P<late>{_LATE})|(?P<night>{_NIGHT}))?\s?"
    r"(?<![\d.,:：/+-])(?P<hour>[01]?\d|2[0-4])"
    r"(?:(?:\s?[:：]\s?|h|\sh\s(?=\d\d(?!\s?min))|\s?[時时點点시]\s?)(?P<minute>[0-5]\d|\d(?=\s?[分분]))(?!\d)"
    r"(?:(?:[:：]|[分분]\s?)(?P<second>[0-5]\d|(?<=[分분\s])\d(?=\s?[秒초]))(?!\d)(?:[.,]\d+)?)?(?:\s?[分분秒초])?"
    r"|\s?[時时點点시]|(?=\s?[ap]\.?\s?m\b)|(?:(?<=à \d)|(?<=à \d\d)|(?<=às \d)|(?<=às \d\d))(?=\s?h\b)|(?=\sUhr\b))"
    rf"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|(?P<brief>[ap])\b|\s?(?:(?P<early_behind>{_EARLY_BEHIND})|(?P<late_behind>{_LATE_BEHIND}))(?!\w)\.?)?"
    r"(?:\s?(?:Uhr|hrs?|hours|h)\b\.?)?",
    re.IGNORECASE,
)
# Germans, Finns, Danes and Italians part hour and minute with a dot: read where nothing but a word stands between.
_DOTTED = re.compile(
    rf"\D{{0,{_NEAR}}}?(?<!\d)(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)(?![\d.,]\d)(?!\d)(?:\s?Uhr\b)?",
    re.IGNORECASE,
)
# `20260304T120506`: ISO 8601 without marks.
_BARE = re.compile(r"T(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?!\d)")
_OFFSET = re.compile(
    r"(?:\s*\(?(?:UTC|GMT)\s?|\s*(?=[+−-]\d\d:?\d\d))?(?P<sign>[+−-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?::?\d\d)?(?!\d)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[\s,]*\(?([A-Z]{1,4}|[zZ]|utc|gmt|МСК|мск|TSİ)\b")
# Digits of other scripts, each of one character as those of ASCII are.
_DIGIT = re.compile(r"[^\D0-9]")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; null where the page names no second, no zone."""

    hour: int
    minute: int
    second: int | None
    zone: timezone | ZoneInfo | None

    def on(self, year: int, month: int, day: int) -> tuple[datetime, Precision]:
        """Give the moment on this day, in its zone at the offset of the day; without one where it has none."""
        time = datetime(year, month, day, self.hour, self.minute, self.second or 0, tzinfo=self.zone)
        if isinstance(self.zone, ZoneInfo):
            time = time.replace(tzinfo=timezone(time.utcoffset() or timedelta()))
        return time, Precision.MINUTE if self.second is None else Precision.SECOND


def is_zone(word: str) -> bool:
    """Tell whether `word` abbreviates a zone."""
    return word in _HOURS or word in _BY_DAY


def clock_around(text: str, start: int, end: int) -> Clock | None:
    """Give the time that belongs to the date at `text[start:end]`: the first behind it, else the last before it."""
    behind = _plain(text[end : end + _REACH])
    if match := _BARE.match(behind) or _CLOCK.search(behind) or _DOTTED.match(behind):
        return _clock(match)
    before = _plain(text[max(0, start - _REACH) : start])
    return _clock(last) if (last := _last(before)) else None


def _last(text: str) -> re.Match[str] | None:
    last = None
    for match in _CLOCK.finditer(text):
        last = match
    return last


def _plain(text: str) -> str:
    """Give a text with the digits of ASCII, every character in its place."""
    return text if text.isascii() else _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def _clock(match: re.Match[str]) -> Clock:
    named = match.groupdict()
    hour, half = int(match["hour"]), (named.get("half") or named.get("brief") or "").lower()
    night = named.get("night") is not None
    if hour < 12 and (half == "p" or _has(named, "late", "late_behind") or (night and hour >= _NIGHTFALL)):
        hour += 12
    elif hour == 12 and (half == "a" or _has(named, "early", "early_behind") or night):
        hour = 0
    minute, second = named.get("minute"), named.get("second")
    zone = _zone(match.string, match.end(), halved=bool(half))
    return Clock(hour % 24, int(minute or 0), int(second) if second else None, zone)


def _has(named: dict[str, str | None], *groups: str) -> bool:
    return any(named.get(group) for group in groups)


def _zone(text: str, at: int, *, halved: bool) -> timezone | ZoneInfo | None:
    """Give the zone that stands at `at`; none where there is none that is known. `halved`: behind "am" or "pm"."""
    if match := _OFFSET.match(text, at):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        offset = offset if match["sign"] == "+" else -offset
        return timezone(offset) if _WEST <= offset <= _EAST and not offset % _QUARTER else None
    name = match[1].upper() if (match := _NAME.match(text, at)) else ""
    if halved and name in _BY_DAY:
        return ZoneInfo(_BY_DAY[name])
    return timezone(timedelta(hours=_HOURS[name])) if name in _HOURS else None
