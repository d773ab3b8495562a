"""When a page was published and changed: the page's claims in order of trust, guessed only in need."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipelines.extract.claims.evidence import Evidence, text_of
from pipelines.extract.claims.json_ld import strings, types
from pipelines.extract.cutting.classes import MAX_ATTRIBUTE
from pipelines.extract.dates.changes import is_changed, speaks_of_change
from pipelines.extract.dates.moments import Moment, parse_moment
from pipelines.extract.dates.months import month_number
from pipelines.extract.dates.refining import is_before, is_exact, refined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_NEAR = "near heading"
# Texts behind a heading among which the hour of publication is looked for: before it stands the clock of the site.
_MOST_NEAR = 12
# A time of another event of the same day.
_OTHER_EVENT = re.compile("creat|release")
# A text without any has no date.
_DIGIT = re.compile(r"\d")

# Types of JSON-LD objects that are the page itself; and what no count of milliseconds goes beyond.
_PAGES = frozenset(("WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "MedicalWebPage"))
_MAX_EPOCH = 10**13
_URL = re.compile(r"/(?:.*?[/_-])?((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")
_URL_ID = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4,12}(?!\d)")


def published(evidence: Evidence, fetched: datetime | None = None) -> Moment | None:
    """Give the publication time by the first claim that can be parsed and does not lie in the future of `fetched`.

    Where that claim is coarse, another of the same day that tells hour or zone takes its place.
    """
    first = next(_read(evidence, _published_claims(evidence), fetched), None)
    if first is None or is_exact(first):
        return first
    return refined(first, _read(evidence, _refining_claims(evidence), fetched))


def _read(evidence: Evidence, claims: Iterable[tuple[str, str]], fetched: datetime | None) -> Iterator[Moment]:
    for rule, text in claims:
        moment = parse_moment(text, rule, language=evidence.language or _UNDETERMINED)
        if moment is not None and plausible(moment.time, fetched):
            yield moment


def modified(evidence: Evidence, fetched: datetime | None = None, *, since: Moment | None = None) -> datetime | None:
    """Give the last modification by the page's word; null where it gives none that is plausible, and none before the publication `since`."""
    claims = _texts(evidence.article.get("dateModified"))
    claims += [text for name in _MODIFIED_METAS for text in evidence.metas.get(name, [])[:1]]
    claims += [text for node in evidence.nodes if types(node) & _PAGES for text in _texts(node.get("dateModified"))[:1]]
    moments = _read(evidence, (("", text) for text in claims), fetched)
    return next((moment.time for moment in moments if since is None or not is_before(moment, since)), None)


def _texts(value: object) -> list[str]:
    """Give the texts of a property; a number is a time as machines count it."""
    return [str(value)] if isinstance(value, int) and 0 < value < _MAX_EPOCH else strings(value)


def plausible(time: datetime, fetched: datetime | None) -> bool:
    """Tell whether a page fetched at `fetched` can be of this time."""
    return _EARLIEST <= time <= (fetched + _AHEAD if fetched else _LATEST)


def _published_claims(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give rule and text of each claim, the most trusted first; the body is searched only when the head is silent."""
    yield from _head(evidence, ("datePublished", "dateCreated", "uploadDate"), 2)
    yield from _hentry(evidence)
    times = _times(evidence)
    yield from times.own
    if match := _URL.match(urlsplit(evidence.url).path):
        yield "url", "-".join(match.groups())
    yield from _near_heading(evidence.near)
    yield from times.elsewhere
    yield from _visible(evidence)
    yield from times.changed
    for text in _texts(evidence.article.get("dateModified")):
        yield "json-ld:dateModified", text
    for name in _MODIFIED_METAS:
        yield from ((f"meta:{name}", text) for text in evidence.metas.get(name, [])[:1])
    yield from _in_id(evidence.url)


def _head(evidence: Evidence, keys: Iterable[str], articles: int) -> Iterator[tuple[str, str]]:
    for key in keys:
        for article in evidence.articles[:articles]:
            yield from ((f"json-ld:{key}", text) for text in _texts(article.get(key))[:1])
    for name in _PUBLISHED_METAS:
        yield from ((f"meta:{name}", text) for text in evidence.metas.get(name, [])[:1])
    for name in sorted(evidence.metas):
        if _PUBLISHED_NAME.search(name):
            yield from ((f"meta:{name}", text) for text in evidence.metas[name][:1])
    for node in evidence.nodes:
        yield from (("json-ld:page", text) for text in _texts(node.get("datePublished"))[:1])
    dated = (element for element in evidence.properties if element.get("itemprop") in _PROPERTIES)
    yield from (("microdata:datePublished", _stated(element)) for element in islice(dated, _MOST_CLAIMS))


def _refining_claims(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give the claims that may tell the hour of a known day: of the article itself, and of publication alone."""
    stated = _head(evidence, ("datePublished",), 1)
    yield from (claim for claim in stated if not _OTHER_EVENT.search(claim[0]))
    yield from _hentry(evidence)
    yield from _times(evidence).own
    yield from (claim for claim in _near_heading(evidence.behind[:_MOST_NEAR]) if claim[0] == _NEAR)


def _in_id(url: str) -> Iterator[tuple[str, str]]:
    """Give the day with which a content system's number in the last part of the URL begins, such as `A20260304120000123`."""
    if match := _URL_ID.search(urlsplit(url).path.rsplit("/", 1)[-1]):
        yield "url:id", "-".join(match.groups())


_PROPERTIES = frozenset(("datePublished", "dateCreated", "published-date"))
# Each may have to be read to its end, and a page that says when it was published does so with the first.
_MOST_CLAIMS = 50
_MOST_TIMES = 3


def _stated(element: HtmlElement) -> str:
    return element.get("datetime") or element.get("content") or element.get("title") or text_of(element)


_NOT_OWN = re.compile(
    r"related|sidebar|comment|footer|teaser|card|popular|trending|recent|widget|event|countdown", re.IGNORECASE
)


class _Times(NamedTuple):
    """Rule and text of a page's `<time>` elements."""

    own: list[tuple[str, str]]
    """Those of the article: those marked as publication first."""
    elsewhere: list[tuple[str, str]]
    """Those outside the element that holds its headline."""
    changed: list[tuple[str, str]]
    """Those behind a word that speaks of a change."""


def _times(evidence: Evidence) -> _Times:
    """Give what the page's `<time>` elements say that stand outside other articles' blocks."""
    own = list(islice((element for element in evidence.times if not _foreign(element)), _MOST_CLAIMS))
    found = _Times([], [], [])
    for element in own:
        marks = f"{element.get('class') or ''} {element.get('pubdate') or ''} {element.get('itemprop') or ''}".lower()
        if "pub" in marks or element.get("pubdate") is not None or "entry-date" in marks:
            found.own.extend(("time:published", text) for text in _said(element))
    holder = _holder(evidence)
    inside = [element for element in own if holder is None or holder in element.iterancestors()]
    for element in (inside or own)[:_MOST_TIMES]:
        if "updat" in (element.get("class") or "").lower():
            continue
        if is_changed(text_of(element), _label(element)):
            found.changed.extend(("time:change", text) for text in _said(element))
        else:
            (found.own if inside else found.elsewhere).extend(("time", text) for text in _said(element))
    return found


def _said(element: HtmlElement) -> list[str]:
    """Give what an element states to machines, and what to readers: either may tell the hour."""
    stated = _stated(element)
    return list(dict.fromkeys((stated, text_of(element))))


def _holder(evidence: Evidence) -> HtmlElement | None:
    """Give the `<article>` or `<main>` that holds the first heading; a time above it is another's."""
    headings = islice(evidence.headings, 1)
    return next((one for heading in headings for one in heading.iterancestors("article", "main")), None)


def _label(element: HtmlElement) -> str:
    """Give the words right before an element, be they in one of their own."""
    before, around = element.getprevious(), element.getparent()
    text = (before.tail if before is not None else around.text if around is not None else None) or ""
    return text_of(before) if before is not None and not text.strip() else text


def _hentry(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give the days that pages of the microformat hAtom mark as publication."""
    if "<abbr" not in evidence.markup:
        return
    for element in islice(evidence.walk("abbr"), _MOST_CLAIMS):
        if "published" in (element.get("class") or "")[:MAX_ATTRIBUTE].split() and not _foreign(element):
            yield "hentry:published", _stated(element)


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


def _near_heading(near: list[str]) -> Iterator[tuple[str, str]]:
    """Give the short ones of the texts `near` the first heading; those that speak of a change come last."""
    pairs = zip(["", *near], near, strict=False)
    short = [(before, text) for before, text in pairs if len(text) <= _SHORT and _DIGIT.search(text)]
    changed = [is_changed(text, before) for before, text in short]
    for rule, late in ((_NEAR, False), (f"{_NEAR}:change", True)):
        yield from ((rule, text) for (_, text), is_late in zip(short, changed, strict=True) if is_late is late)
