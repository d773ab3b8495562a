"""When a page was published and changed: the page's claims in order of trust, parsed strictly, guessed only in need."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.changes import is_changed, speaks_of_change
from pipelines.extract.classes import MAX_ATTRIBUTE
from pipelines.extract.clock import Clock, clock_around
from pipelines.extract.evidence import Evidence, text_of
from pipelines.extract.json_ld import strings
from pipelines.extract.months import IN_TWO_WORDS, is_thai, month_number
from pipelines.records import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["Moment", "is_month", "modified", "parse_moment", "plausible", "published", "speaks_of_change"]

# Before the first web page no page was published.
_EARLIEST = datetime(1991, 8, 6, tzinfo=UTC)
# Clocks and zones are wrong by hours, not by days; a later date is the event's or the offer's.
_AHEAD = timedelta(hours=36)
# What an unknown fetch time is replaced with: a bound far away, the same on every machine.
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "published_time",
    "publication_date", "publish-date", "publish_date", "publishdate", "pubdate", "parsely-pub-date", "sailthru.date",
    "article.published", "published-date", "published_at", "article_date_original", "article:post_date", "originalpublicationdate",
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dc.date.issued", "dcterms.issued", "date", "cxenseparse:recs:publishtime",
    "citation_publication_date", "citation_date", "og:pubdate", "rnews:datepublished", "ptime", "cxenseparse:publishtime",
    "datecreated", "article:created_time", "created", "creation_date", "release_date", "shareaholic:article_published_time", "video:release_date",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "article:updated_time", "lastmod", "last-modified",
    "article.updated", "dcterms.modified", "dc.date.modified", "updated_time", "modified_time", "revision_date", "cxenseparse:modifiedtime",
)  # fmt: skip

# Other names of the same claim, in whatever spelling.
_PUBLISHED_NAME = re.compile(
    r"(?:^|[^a-z])(?:publish(?:ed)?|pub|post(?:ed)?|issued?|release)(?:[^a-z]?(?:date|time|at|on))?$|date[^a-z]?(?:published|posted|issued)$"
)
# A text of more characters around the heading is prose, and its dates are the story's.
_SHORT = 80
# A text without any has no date.
_DIGIT = re.compile(r"\d")

_ISO = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{8}(?!\d))")
# The same behind a word or in the midst of a line: no part of a longer number, of an identifier, a version or an address.
_INNER_ISO = re.compile(r"(?<![\dA-Za-z_./+#=@-])((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?![\d/_-]|\.\w|(?!T\d)[A-Za-z])")
# What most pages state, and the library reads at once.
_WHOLE_ISO = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3,6})?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})|(?<![\d.])(\d\d)\.(\d\d)\.(\d\d)(?![\d.])")
# Day or month first: as the page's language has it, else only where one of the two can be no month.
_UNORDERED = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])")
# Languages that write the year first tell nothing of the other two, nor does English without a country.
_NO_ORDER = frozenset(("zh", "ja", "ko", "hu", "lt", "mn", "eu", "fa"))
_MONTH_FIRST = frozenset(("en-US", "en-PH", "es-US", "es-PR", "es-PA"))
_CJK = re.compile(r"(\d{4})\s?[年년.]\s?(\d{1,2})\s?[月월.]\s?(\d{1,2})\s?[日일]?")
_URL = re.compile(r"/(?:.*?[/_-])?((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")
_URL_ID = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4,12}(?!\d)")
# A name with the marks that scripts of South and South-East Asia write vowels with, and the stops of its abbreviation.
_MONTH = r"[^\W\d_][^\s\d_,;:!?/|()\[\]<>\"«»–—·•*-]{1,20}"
_NAMED = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s+(?:de\s+|of\s+)?(?P<m1>(?:(?:{'|'.join(IN_TWO_WORDS)})\s+)?{_MONTH})(?:\s?/\s?{_MONTH})?,?\s+"
    r"(?:de\s+|del\s+|năm\s+|พ\.ศ\.\s*)?(?P<y1>\d{4})"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<time>\d\d:\d\d:\d\d(?:\s[A-Z]{{1,5}})?\s)?(?P<y2>\d{{4}})"
    rf"|(?P<y3>\d{{4}})\.?\s+(?:gada|жылғы)\s+(?P<d3>\d{{1,2}})\.?\s+(?P<m3>{_MONTH})"
    rf"|(?P<y4>\d{{4}})\.?\s+(?:m\.\s+)?(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?![\d:]|,?\s\d{{4}})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})", re.IGNORECASE)
# Years of an emperor's reign and of the republic: the first is the one after these.
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(元|\d{{1,3}})\s?年\s?[)）]?\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日?")
# Thailand counts from the Buddha's death; no other count is near.
_BUDDHIST, _LEAST_BUDDHIST = 543, 2400


@dataclass(frozen=True, slots=True)
class Moment:
    """A time with zone as the page states it (UTC where it states none), how exact it is, and the rule that found it."""

    time: datetime
    precision: Precision
    rule: str


def published(evidence: Evidence, fetched: datetime | None = None) -> Moment | None:
    """Give the publication time by the first claim that can be parsed and does not lie in the future of `fetched`."""
    for rule, text in _published_claims(evidence):
        moment = parse_moment(text, rule, language=evidence.language)
        if moment is not None and plausible(moment.time, fetched):
            return moment
    return None


def modified(evidence: Evidence, fetched: datetime | None = None) -> datetime | None:
    """Give the last modification by the page's word; null where it gives none that is plausible."""
    claims = list(strings(evidence.article.get("dateModified")))
    claims += [text for name in _MODIFIED_METAS for text in evidence.metas.get(name, [])[:1]]
    for text in claims:
        moment = parse_moment(text, "", language=evidence.language)
        if moment is not None and plausible(moment.time, fetched):
            return moment.time
    return None


def plausible(time: datetime, fetched: datetime | None) -> bool:
    """Tell whether a page fetched at `fetched` can be of this time."""
    return _EARLIEST <= time <= (fetched + _AHEAD if fetched else _LATEST)


def _published_claims(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give rule and text of each claim, the most trusted first; the body is searched only when the head is silent."""
    for key in ("datePublished", "dateCreated", "uploadDate"):
        for article in evidence.articles[:2]:
            yield from ((f"json-ld:{key}", text) for text in strings(article.get(key))[:1])
    for name in _PUBLISHED_METAS:
        yield from ((f"meta:{name}", text) for text in evidence.metas.get(name, [])[:1])
    for name in sorted(evidence.metas):
        if _PUBLISHED_NAME.search(name):
            yield from ((f"meta:{name}", text) for text in evidence.metas[name][:1])
    for node in evidence.nodes:
        yield from (("json-ld:page", text) for text in strings(node.get("datePublished"))[:1])
    dated = (element for element in evidence.properties if element.get("itemprop") in _PROPERTIES)
    yield from (("microdata:datePublished", _stated(element)) for element in islice(dated, _MOST_CLAIMS))
    yield from _times(evidence)
    if match := _URL.match(urlsplit(evidence.url).path):
        yield "url", "-".join(match.groups())
    yield from _near_heading(evidence)
    yield from _visible(evidence)
    for text in strings(evidence.article.get("dateModified")):
        yield "json-ld:dateModified", text
    for name in _MODIFIED_METAS:
        yield from ((f"meta:{name}", text) for text in evidence.metas.get(name, [])[:1])
    yield from _in_id(evidence.url)


def _in_id(url: str) -> Iterator[tuple[str, str]]:
    """Give the day with which a content system's number in the last part of the URL begins, such as `A20260304120000123`."""
    if match := _URL_ID.search(urlsplit(url).path.rsplit("/", 1)[-1]):
        yield "url:id", "-".join(match.groups())


_PROPERTIES = frozenset(("datePublished", "dateCreated", "published-date"))
# Each may have to be read to its end, and a page that says when it was published does so with the first.
_MOST_CLAIMS = 50


def _stated(element: HtmlElement) -> str:
    return element.get("datetime") or element.get("content") or element.get("title") or text_of(element)


_NOT_OWN = re.compile(
    r"related|sidebar|comment|footer|teaser|card|popular|trending|recent|widget|event|countdown", re.IGNORECASE
)


def _times(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give the page's own `<time>` elements: those marked as publication first, then the first outside other articles' blocks."""
    own = list(islice((element for element in evidence.times if not _foreign(element)), _MOST_CLAIMS))
    for element in own:
        marks = f"{element.get('class') or ''} {element.get('pubdate') or ''} {element.get('itemprop') or ''}".lower()
        if "pub" in marks or element.get("pubdate") is not None or "entry-date" in marks:
            yield "time:published", _stated(element)
    for element in own[:3]:
        if "updat" not in (element.get("class") or "").lower():
            yield "time", _stated(element)


def _foreign(element: HtmlElement) -> bool:
    for depth, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in ("nav", "footer", "aside", "li"):
            return True
        if depth < 6 and _NOT_OWN.search((ancestor.get("class") or "")[:MAX_ATTRIBUTE]):
            return True
    return False


_DATED = (
    ".//*[self::span or self::p or self::div or self::li or self::small or self::em or self::a or self::strong or self::h6 or self::h5]"
    "[contains(@class, 'date') or contains(@class, 'Date') or contains(@class, 'time') or contains(@class, 'publish') "
    "or contains(@class, 'posted') or contains(@class, 'meta') or contains(@class, 'byline') or contains(@id, 'date')]"
)


def _visible(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give texts of small elements whose names say date."""
    for element in evidence.tree.xpath(_DATED)[:40]:
        if not _foreign(element) and len(text := text_of(element)) <= 120:
            yield "text", text


def is_month(word: str) -> bool:
    """Tell whether `word` names a month in one of the languages that dates are read in."""
    return month_number(word) is not None


def _near_heading(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give the short texts around the first heading; those that speak of a change come last."""
    near = evidence.near
    pairs = zip(["", *near], near, strict=False)
    short = [(before, text) for before, text in pairs if len(text) <= _SHORT and _DIGIT.search(text)]
    changed = [is_changed(text, before) for before, text in short]
    for rule, late in (("near heading", False), ("near heading:change", True)):
        yield from ((rule, text) for (_, text), is_late in zip(short, changed, strict=True) if is_late is late)


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
            return Moment(found[0], found[1], rule)
    return None


Parsed = tuple[datetime, Precision] | None


def _iso(text: str) -> Parsed:
    match = _ISO.match(text)
    if match is None:
        return None
    if _WHOLE_ISO.fullmatch(text):
        time = datetime.fromisoformat(text).replace(microsecond=0)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)), Precision.SECOND
    day = match["day"]
    year, month, number = day.split("-") if "-" in day else (day[:4], day[4:6], day[6:])
    return _built(year, month, number, clock_around(text, *match.span()))


def _inner_iso(text: str) -> Parsed:
    match = _INNER_ISO.search(text)
    return _built(match[1], match[2], match[3], clock_around(text, *match.span())) if match else None


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
        day, month, year = match.groups()[:3] if match[1] else match.groups()[3:]
        year = year if len(year) == 4 else f"20{year}"
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


def _named(text: str, language: str | None) -> Parsed:
    for match in _NAMED.finditer(text):
        form = next(form for form in "1234" if match[f"m{form}"])
        name, year, day = (match[f"{part}{form}"] for part in "myd")
        month = month_number(name, language)
        if month is not None:
            inner = match["time"]  # `Date.toString` of Java and `date` of Unix put the year behind the time
            clock = clock_around(inner, 0, 0) if inner else clock_around(text, *match.span())
            return _built(_common_era(year) if is_thai(name) else year, month, day, clock)
    return None


def _common_era(year: str) -> str:
    """Give a year as the rest of the world counts it, where Thailand counts otherwise."""
    return str(int(year) - _BUDDHIST) if int(year) >= _LEAST_BUDDHIST else year


def _epoch(text: str) -> Parsed:
    if not text.isdecimal() or len(text) not in (10, 13):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC), Precision.SECOND


def _built(year: str, month: str | int, day: str, clock: Clock | None) -> Parsed:
    when = (int(year), int(month), int(day))
    return (datetime(*when, tzinfo=UTC), Precision.DAY) if clock is None else clock.on(*when)
