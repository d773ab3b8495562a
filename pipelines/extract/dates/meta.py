"""Lines that are nothing but a date, how long ago something was, or how long it takes to read."""

from __future__ import annotations

import re

from pipelines.extract.dates.ago import AGO
from pipelines.extract.dates.months import MONTHS
from pipelines.extract.words import count

__all__ = ["is_meta"]

# A date or reading time of more characters is none; the pattern takes quadratic time on a longer line of marks.
_META_CHARACTERS = 80
# So is a date with more words, its weekday and its time of day among them.
_META_WORDS = 8
# Each of them has one; most texts that are asked about have none.
_NUMBER = re.compile(r"\d")
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er)?\.?"
_META = re.compile(
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,20}|"
    rf"{AGO}|"
    r"\d+\s*(?:min|mins|minutes?|hours?|hrs?|h|days?|weeks?|months?|years?|min\.)\s*(?:read|ago|de lecture|lesezeit)?|"
    rf"\W*+(?:\S+\s)?(?:{_DAY}\s(?:de\s|of\s)?{_MONTH}\.?|{_MONTH}\.?\s{_DAY}),?(?:\s(?:de\s|del\s)?\d{{4}})?"
    r"(?:,?\s(?:\S{1,4}\s)?\d{1,2}[.:h]\d{2}.{0,16})?|"
    r"(?:\d{4}|(?:令和|平成|民國|民国)\s?(?:元|\d{1,3}))年\d{1,2}月\d{1,2}日.{0,12})",
    re.IGNORECASE,
)


def is_meta(text: str) -> bool:
    """Tell whether `text` alone is a date or a reading time."""
    if len(text) > _META_CHARACTERS or _NUMBER.search(text) is None:
        return False
    return count(text) <= _META_WORDS and _META.fullmatch(text) is not None
