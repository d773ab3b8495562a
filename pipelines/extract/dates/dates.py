"""When a page was published and changed: the page's claims in order of trust, guessed only in need."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.claims.evidence import Evidence, text_of
from pipelines.extract.claims.json_ld import strings
from pipelines.extract.cutting.classes import MAX_ATTRIBUTE
from pipelines.extract.dates.changes import is_changed, speaks_of_change
from pipelines.extract.dates.moments import Moment, parse_moment
from pipelines.extract.dates.months import month_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["Moment", "is_month", "modified", "parse_moment", "plausible", "published", "speaks_of_change"]

# The tag of a language that is not told (BCP 47).
_UNDETERMINED = "und"
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

_URL = re.compile(r"/(?:.*?[/_-])?((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")
_URL_ID = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4,12}(?!\d)")


def published(evidence: Evidence, fetched: datetime | None = None) -> Moment | None:
    """Give the publication time by the first claim that can be parsed and does not lie in the future of `fetched`."""
    for rule, text in _published_claims(evidence):
        moment = parse_moment(text, rule, language=evidence.language or _UNDETERMINED)
        if moment is not None and plausible(moment.time, fetched):
            return moment
    return None


def modified(evidence: Evidence, fetched: datetime | None = None) -> datetime | None:
    """Give the last modification by the page's word; null where it gives none that is plausible."""
    claims = list(strings(evidence.article.get("dateModified")))
    claims += [text for name in _MODIFIED_METAS for text in evidence.metas.get(name, [])[:1]]
    for text in claims:
        moment = parse_moment(text, "", language=evidence.language or _UNDETERMINED)
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
