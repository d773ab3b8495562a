"""The shape of a URL: what its words and digits say about the page behind it, before anyone asks for it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["lists", "never_an_article", "signature", "slug_words", "span"]

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|m?js|json|xml|rss|atom|pdf|zip|gz|tgz|exe|dmg|apk|mp[34]|m4[av]|webm|"
    r"avi|mov|wav|ogg|woff2?|ttf|eot|txt|csv|docx?|xlsx?|pptx?|epub|ics)$",
    re.IGNORECASE,
)
# Path segments under which sites of any language list, serve or sell, whatever follows.
_NEVER = re.compile(
    r"accounts?|auth?ors?|aut(?:or(?:es|en)?|eurs?)|basket|cart|categor(?:y|ies)|categorias?|kategorien?|cdn-cgi|checkout|"
    r"comments|feeds?|log-?(?:in|out)|my-account|pages?|password|profiles?|regist(?:er|ration)|rss|"
    r"sign-?(?:in|up)|sitemap|tags?|topic-tag|users?|wp-(?:admin|content|json|login\.php)|xmlrpc\.php"
)
# Those that may also be sections: what follows is an article when it reads like a headline.
_SERVICE = re.compile(
    r"about(?:-us)?|advertis(?:e|ing)|archives?|careers|contact(?:-us)?|contributors?|cookie(?:s|-policy)|datenschutz|events|faq|"
    r"forums?|help|impressum|imprint|jobs|kontakt|legal|live-tv|masthead|media-kit|newsletters?|people|preferences|"
    r"privacy(?:-policy)?|search|shop|staff|store|subscri(?:be|ptions?)|team|terms(?:-(?:of-(?:service|use)|and-conditions))?"
)
# Words of a slug from which on it reads like a headline.
_HEADLINE = 3
# The number of a further page of the article before it; ids are longer.
_PAGE = re.compile(r"\d{1,3}")
_LISTS_QUERY = re.compile(r"s|q|search|paged?|sort|filter|orderby|replytocom|share|print|view")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+")
# Numbers this long count articles; shorter ones belong to words (`covid-19`, `top-10`).
_ID = re.compile(r"\d{4}")
_LONG_NUMBER = re.compile(r"\d{3,}")
_DAY = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/")
# Year first, as in /2025/11/22/, /2025-11/, post-sitemap-202511.xml; never the middle of a longer number.
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[/._-]?(0[1-9]|1[0-2])(?:[/._-]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


def never_an_article(path: str, query: str = "") -> bool:
    """Tell whether a URL's path and query are those of a home page, a file, a service page or a page of a list."""
    segments = [segment for segment in path.lower().split("/") if segment]
    if lists(query):
        return True
    if not segments:
        # Old systems name their articles in the query: /?p=123, /?id=123.
        return not any(key in {"p", "id", "article", "story", "newsid"} for key, _ in parse_qsl(query))
    return bool(_FILE.search(segments[-1])) or _further_page(segments) or _served(path, segments)


def _further_page(segments: list[str]) -> bool:
    return len(segments) > 1 and bool(_PAGE.fullmatch(segments[-1])) and _words(segments[-2]) > _HEADLINE


def _served(path: str, segments: list[str]) -> bool:
    """Tell whether a service word rules the path; a day in it, or a headline after the word, speaks against."""
    if _DAY.search(path) and not segments[-1].isdigit():
        return False
    if any(_NEVER.fullmatch(segment) for segment in segments):
        return True
    word = next((place for place, segment in enumerate(segments) if _SERVICE.fullmatch(segment)), None)
    return word is not None and not any(_words(later) >= _HEADLINE for later in segments[word + 1 :])


def _words(segment: str) -> int:
    return len(_WORD.findall(segment))


def lists(query: str) -> bool:
    """Tell whether a query sorts, searches, pages, shares or prints: the page behind it is another's double.

    One that also carries an id (`?idx=8576&page=1`) names an article all the same.
    """
    pairs = parse_qsl(query) if query else []
    doubles = [key for key, _ in pairs if _LISTS_QUERY.fullmatch(key.lower())]
    return bool(doubles) and not any(key not in doubles and _LONG_NUMBER.fullmatch(value) for key, value in pairs)


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
    """Give the first and last day that a date in the path covers: a day, a month or a year; None where none stands or `url` is no URL."""
    try:
        dates = list(_DATE.finditer(urlsplit(url).path))
    except ValueError:
        return None
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
