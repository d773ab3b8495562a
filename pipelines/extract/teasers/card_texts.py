"""What the texts of a teaser's card are: a title, a kicker above it, a label, a time; and a text without what dresses it."""

from __future__ import annotations

import re

from pipelines.extract.dates.meta import is_meta
from pipelines.extract.metadata.leads import is_signed
from pipelines.extract.metadata.names import names_in
from pipelines.extract.metadata.roles import is_role
from pipelines.extract.phrases import is_button, is_label, is_step, is_teaser_heading
from pipelines.extract.selecting.bylines import is_person, says_nothing

__all__ = [
    "LEAST_TITLE_WORDS",
    "announced_title",
    "begins_anew",
    "is_byline",
    "is_dull",
    "is_headless",
    "is_kicker",
    "is_time",
    "undressed",
    "words",
]

# A link with fewer words is the section or the author of its card, unless it is all the card has.
LEAST_TITLE_WORDS = 3
# A headline of more words is a blurb; the longest of 8,000 real headlines had 27.
MOST_TITLE_WORDS = 27
# What is shorter and stands over a headline is its kicker.
MOST_KICKER_WORDS = 4
# In scripts without spaces two characters count as a word.
WIDE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Where one element's text ends and the next one's begins without a space: "3h agoWhy the second plant is late".
SEAM = re.compile(r"(?:[^\W\d_]{2}|[\d.!?:)\]»”])\Z")
OPENING = re.compile(r"[^\W\d_][^\W\d_]|\d+ ")
# Marks of lists, arrows and what no reader sees, before or behind a title.
DRESS = " \t\n\r\xa0\u200b\u200c\u200d\ufeff•·|:;,–—←→⟵⟶➔➜➞➡➤▶►▷▸◀◄◁◂👉"
# What says behind an arrow whether it is drawn in colours.
VARIANTS = "\ufe0e\ufe0f"
# Arrows that are quotation marks or names of elements where both stand in a title.
ANGLES = (("«", "»"), ("‹", "›"), ("<", ">"), ("＜", "＞"))
# Brackets that are none of a title where they stand around all of it.
BRACKETS = (("[", "]"), ("(", ")"), ("［", "］"), ("【", "】"), ("（", "）"))
LEADING_MARK = re.compile(r"\A(?:-|#{1,6})\s+")
CREDIT = re.compile(r"\s*(?:©|\(c\)|credit:|photo:|foto:)", re.IGNORECASE)
# The time since or until, and how long a text takes, in few words: "Showbiz / 4 h ago", "Guides·9 min".
CLOCK = re.compile(
    r"\d\s?(?:min|mins|minutes?|minuten|h|hrs?|hours?|std|stunden?|days?|tagen?|weeks?|months?|years?)\b", re.IGNORECASE
)
MOST_CLOCK_WORDS = 6
# Between the parts of a line of author, role and time; which has so few characters.
MARKS = re.compile(r"\s*[·•|｜/／,，]\s*|\s[-–—]\s")
MOST_BYLINE = 100
# Of how many days or minutes a title may speak.
DURATION = re.compile(r"\d+\s?[a-z]+\.?", re.IGNORECASE)


def words(text: str) -> list[str]:
    """Words of a title; in scripts without spaces, pairs of characters."""
    wide = WIDE.findall(text)
    return text.split() if not wide else wide[::2]


def begins_anew(before: str, text: str) -> bool:
    """Tell whether a text is the next part of a card, set off by its style alone, and not the rest of a word."""
    opening = OPENING.match(text)
    return opening is not None and not opening.group()[0].islower() and SEAM.search(before[-2:]) is not None


def undressed(text: str) -> str:
    """Give a text of a link without list marks and arrows around it and labels behind it."""
    text = " ".join(text.split())
    if text[-1:] in VARIANTS and text[-2:-1] in DRESS:
        text = text[:-1]
    text = text.lstrip(DRESS + VARIANTS).rstrip(DRESS)
    for left, right in ANGLES:
        if (left in text) != (right in text):
            text = text.strip(DRESS + left + right)
    text = unbracketed(text)
    text = LEADING_MARK.sub("", text)
    front, bar, back = text.rpartition(" | ")
    return front if bar and is_label(back) else text


def unbracketed(text: str) -> str:
    """Give a text without the brackets around all of it."""
    inner = text[1:-1]
    for left, right in BRACKETS:
        if text.startswith(left) and text.endswith(right) and left not in inner and right not in inner:
            return inner.strip(DRESS)
    return text


def is_kicker(text: str, below: str) -> bool:
    """Tell whether a text is the few words above a headline, and `below` the headline."""
    size = len(words(below))
    few = len(words(text)) <= MOST_KICKER_WORDS or text.isupper()
    return few and MOST_KICKER_WORDS < size <= MOST_TITLE_WORDS and not below.endswith((".", "。", "…", "]"))


def is_headless(text: str) -> bool:
    """Tell whether a card's title is none, for want of a better one."""
    return is_dull(text) or len(words(text)) < LEAST_TITLE_WORDS


def is_dull(text: str) -> bool:
    """Tell whether a text of a link is no title: a label, a button, a date, a reading time, a credit."""
    if is_label(text) or is_button(text) or is_meta(text) or is_teaser_heading(text) or CREDIT.match(text):
        return True
    return len(text.split()) <= MOST_CLOCK_WORDS and CLOCK.search(text) is not None


def is_time(text: str) -> bool:
    """Tell whether a text is a date, a reading time or the time since, and no mere "3 days"."""
    bare = text.strip()
    return is_meta(bare) and DURATION.fullmatch(bare) is None


def announced_title(text: str) -> str | None:
    """Give the title behind a phrase of headings, as in "More on chips: A headline", or a step to it; None where there is none."""
    lead, _, behind = text.partition(":")
    announces = len(words(behind)) >= LEAST_TITLE_WORDS and (is_teaser_heading(lead) or is_step(lead))
    return undressed(behind) if announces else None


def is_byline(text: str) -> bool:
    """Tell whether a text names authors behind a "by" and says nothing else but roles, days and times; or but times alone."""
    if len(text) > MOST_BYLINE:
        return False
    first, *others = [part for part in MARKS.split(text) if part] or [""]
    if is_signed(first):
        named = names_in(first)
        opens = bool(named) and all(map(is_person, named))
    else:
        opens = bool(others) and is_meta(first)
    return opens and all(is_meta(part) or says_nothing(part) or is_office(part) for part in others)


def is_office(text: str) -> bool:
    """Tell whether a text is a role such as "Senior Reporter", and no sentence about a reporter."""
    return len(text.split()) <= MOST_KICKER_WORDS and is_role(text)
