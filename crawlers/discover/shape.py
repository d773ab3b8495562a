"""The shape of a URL: what its words and digits say about the page behind it, before anyone asks for it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["never_an_article", "signature", "slug_words", "span"]

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|m?js|json|xml|rss|atom|pdf|zip|gz|tgz|exe|dmg|apk|mp[34]|m4[av]|webm|"
    r"avi|mov|wav|ogg|woff2?|ttf|eot|txt|csv|docx?|xlsx?|pptx?|epub|ics)$",
    re.IGNORECASE,
)
# Path segments under which sites of any language keep pages that list, serve or sell, never a single article.
_SERVICE = re.compile(
    r"about(?:-us)?|accounts?|advertis(?:e|ing)|archives?|auth?ors?|aut(?:or(?:es|en)?|eurs?)|basket|careers|cart|"
    r"categor(?:y|ies)|categorias?|kategorien?|checkout|comments|contact(?:-us)?|contributors?|cookie(?:s|-policy)|"
    r"datenschutz|events|faq|feeds?|forums?|help|impressum|imprint|jobs|kontakt|legal|live-tv|log-?(?:in|out)|"
    r"masthead|media-kit|my-account|newsletters?|pages?|password|people|preferences|privacy(?:-policy)?|profiles?|"
    r"regist(?:er|ration)|rss|search|shop|sign-?(?:in|up)|sitemap|staff|store|subscri(?:be|ptions?)|tags?|team|"
    r"terms(?:-(?:of-(?:service|use)|and-conditions))?|topic-tag|users?|"
    r"wp-(?:admin|content|json|login\.php)|xmlrpc\.php|cdn-cgi"
)
_LISTS_QUERY = re.compile(r"s|q|search|paged?|sort|filter|orderby|replytocom|share|print")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+")
# Numbers this long count articles; shorter ones belong to words (`covid-19`, `top-10`).
_ID = re.compile(r"\d{4}")
# Year first, as in /2025/11/22/, /2025-11/, post-sitemap-202511.xml; never the middle of a longer number.
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[/._-]?(0[1-9]|1[0-2])(?:[/._-]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


def never_an_article(path: str, query: str = "") -> bool:
    """Tell whether a URL's path and query are those of a home page, a file, a service page or a page of a list."""
    segments = [segment for segment in path.lower().split("/") if segment]
    keys = {key.lower() for key, _ in parse_qsl(query)} if query else set()
    if not segments:
        # Old systems name their articles in the query: /?p=123, /?id=123.
        return not keys & {"p", "id", "article", "story", "newsid"}
    if _FILE.search(segments[-1]) or any(_LISTS_QUERY.fullmatch(key) for key in keys):
        return True
    return any(_SERVICE.fullmatch(segment) for segment in segments)


def slug_words(url: str) -> int:
    """Count the words of the longest path segment: headlines make four and more, sections one or two."""
    return max((len(_WORD.findall(unquote(segment))) for segment in urlsplit(url).path.split("/")), default=0)


def signature(url: str) -> str:
    """Give the shape that URLs of one kind on one site share: a site's articles have few, its other pages others.

    Each segment becomes `slug` (three words and more, or a word with an id), `number`, `mixed` or stays as it is.
    """
    parts = urlsplit(url)
    kinds = [_kind(segment) for segment in parts.path.split("/") if segment]
    keys = sorted({key for key, _ in parse_qsl(parts.query)})
    return "/".join(kinds) + ("?" + "&".join(keys) if keys else "")


def _kind(segment: str) -> str:
    segment = unquote(segment).lower()
    stem, dot, suffix = segment.rpartition(".")
    if dot and suffix in {"html", "htm", "php", "aspx", "shtml", "ece", "jsp"}:
        return f"{_kind(stem)}.{suffix}"
    if segment.isdigit():
        return "number"
    words = len(_WORD.findall(segment))
    if words >= 3 or len(segment) > 40 or (words and _ID.search(segment)):
        return "slug"
    return "mixed" if _NUMBER.search(segment) else segment


def span(url: str) -> tuple[date, date] | None:
    """Give the first and last day that a date in the path covers: a day, a month or a year; None where none stands."""
    dates = list(_DATE.finditer(urlsplit(url).path))
    # The most exact one speaks: /2025/sitemap-2025-11.xml is November.
    best = max(dates, key=lambda found: sum(part is not None for part in found.groups()), default=None)
    if best is None:
        return None
    year, month, day = int(best[1]), best[2], best[3]
    try:
        if month and day:
            exact = date(year, int(month), int(day))
            return exact, exact
        if month:
            following = date(year + (month == "12"), int(month) % 12 + 1, 1)
            return date(year, int(month), 1), date.fromordinal(following.toordinal() - 1)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None
