"""The name of the site that a page stands on: as its head declares it, else as `<title>` adds it to the headline."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipelines import urls
from pipelines.extract.claims.evidence import text_of
from pipelines.extract.claims.json_ld import strings, types
from pipelines.extract.metadata.titles import fold
from pipelines.extract.parsing.entities import unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.claims.evidence import Evidence

__all__ = ["site_name"]

_SEPARATOR = re.compile(r"\s[-–—|｜•·»«:/]{1,2}\s|[|｜ㅣ_]")
_AROUND = " \t-–—|｜ㅣ•·»«:/_,()[]"
# Characters of a name, and letters of a headline that `<title>` holds.
_MAX_NAME = 60
_LEAST_HEADLINE = 8
# What the alternative of a logo says beside the name, as in "Harbour Post – home".
_MAX_BESIDE = 12
# To search for each apart takes a tenth of the time of one pattern for all.
_COPYRIGHT = ("©", "&copy;", "&#169;", "copyright", "Copyright", "COPYRIGHT")
_COPYRIGHT_LENGTH = 100
_MARKUP = re.compile("[<>]")
# An address with more than a word behind its host.
_DEEPER = re.compile(
    r"\s*+(?!\.)(?:[a-z]{2,6}:)?+(?://[^/?#]*+)?+/?+(?:[^/?#]{13}|[^/?#]++/[^/?#])",
    re.IGNORECASE,
)
# Lines and links that are asked.
_MAX_LINES = 20
_MAX_LINKS = 1_000
_MAX_HOME_LINKS = 20


def site_name(evidence: Evidence, titles: Iterable[str]) -> str | None:
    """Give the site's name; what stands in `<title>` beside one of the page's `titles` only where the page says it again."""
    return next(_declared(evidence), None) or _confirmed(evidence, list(_beside(evidence.title or "", titles)))


def _declared(evidence: Evidence) -> Iterator[str]:
    yield from strings(evidence.metas.get("og:site_name"))[:1]
    publisher = evidence.article.get("publisher")
    if isinstance(publisher, dict):
        yield from strings(publisher.get("name"))[:1]
    for node in evidence.nodes if "WebSite" in evidence.types else ():
        if "WebSite" in types(node):
            yield from strings(node.get("name"))[:1]
    yield from strings(evidence.metas.get("application-name"))[:1]


def _beside(title: str, titles: Iterable[str]) -> Iterator[str]:
    """Yield what may be the site's name: all that `<title>` has before or behind a headline, then the outermost part of it."""
    whole = " ".join(unescape(title).split())
    for headline in titles:
        if len(headline) < _LEAST_HEADLINE or headline == whole:
            continue
        if whole.startswith(headline):
            rest, outermost = whole.removeprefix(headline), -1
        elif whole.endswith(headline):
            rest, outermost = whole.removesuffix(headline), 0
        else:
            continue
        for name in (rest, _SEPARATOR.split(rest.strip(_AROUND))[outermost]):
            if 0 < len(bare := name.strip(_AROUND)) <= _MAX_NAME and len(fold(bare)) > 1:
                yield bare


def _confirmed(evidence: Evidence, names: list[str]) -> str | None:
    """Give the first name that a link to the site's home page says too, else that the line of its copyright does."""
    if not names:
        return None
    said = [fold(text) for link in islice(_home_links(evidence), _MAX_HOME_LINKS) for text in _texts(link)]
    for name in names:
        folded = fold(name)
        if any(folded in text and len(text) <= len(folded) + _MAX_BESIDE for text in said):
            return name
    lines = [fold(unescape(line)) for line in _copyrights(evidence.markup)]
    return next((name for name in names if any(fold(name) in line for line in lines)), None)


def _copyrights(markup: str) -> Iterator[str]:
    """Yield what stands behind the marks of a copyright, up to the next tag; the first few of each mark."""
    for mark in _COPYRIGHT:
        at = markup.find(mark)
        for _ in range(_MAX_LINES):
            if at < 0:
                break
            at += len(mark)
            yield _MARKUP.split(markup[at : at + _COPYRIGHT_LENGTH], maxsplit=1)[0]
            at = markup.find(mark, at)


def _home_links(evidence: Evidence) -> Iterator[HtmlElement]:
    for link in islice(evidence.walk("a"), _MAX_LINKS):
        href = link.get("href") or ""
        # Most links lead deeper, and to resolve one takes 10 µs.
        if _DEEPER.match(href):
            continue
        target = urls.absolute(evidence.base, href)
        if target is not None and urls.is_home(target) and urls.same_site(evidence.url, target):
            yield link


def _texts(link: HtmlElement) -> Iterator[str]:
    """Yield what a link says, to the eye and to who cannot see its picture."""
    yield text_of(link)
    for element in (link, *islice(link.iter("img", "svg"), 3)):
        for attribute in ("aria-label", "title", "alt"):
            yield (element.get(attribute) or "")[:200]
