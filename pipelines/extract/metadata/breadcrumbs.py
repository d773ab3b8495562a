"""The trail of breadcrumbs above an article: its sections from the home page down, in JSON-LD or shown as links."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipelines import urls
from pipelines.extract.claims.evidence import text_of
from pipelines.extract.claims.json_ld import strings, types
from pipelines.extract.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.claims.json_ld import Node

__all__ = ["section", "stated"]

# More entries are a menu; and a trail that is shown is one of the first elements named so.
_MOST = 10
_MOST_TRAILS = 3
# Characters; what is longer is no name. Names of so many words may be headlines.
_LONGEST = 100
_HEADLINE_WORDS = 4
# A headline and a crumb that share so many of the shorter one's words are the same.
_SHARED = 0.6
_TAGS = ("nav", "ol", "ul", "div", "p", "section")
_NAMES = ("class", "aria-label", "id", "itemtype")
# What an element with one of these names begins with: a page without it is not searched.
_NAME = "readcrumb"
_NAMED = re.compile(rf"<(?:{'|'.join(_TAGS)})\b[^<>]{{0,300}}{_NAME}", re.IGNORECASE)
_HOME = frozenset(
    [
        "home",
        "homepage",
        "home page",
        "start",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "inizio",
        "hem",
        "hjem",
        "forside",
        "etusivu",
        "strona główna",
        "domů",
        "главная",
        "головна",
        "αρχική",
        "anasayfa",
        "ana sayfa",
        "ホーム",
        "トップ",
        "首页",
        "首頁",
        "홈",
    ]
)
_BACK = re.compile(r"\W*(?:back to|all (?:posts|articles|news)|zurück|retour|volver|voltar)\b|\s*[<←‹«]", re.IGNORECASE)


class Crumb(NamedTuple):
    """An entry of a trail."""

    name: str
    url: str | None
    """Where it leads; null where it does not say."""


def section(evidence: Evidence, titles: Iterable[str]) -> str | None:
    """Give the name of the last crumb that is neither the article, known by its address or `titles`, nor the home page.

    None where no trail tells: of two crumbs without addresses, one may be the home page and the other the article.
    """
    known = [fold(title) for title in titles]
    found = _last(stated(evidence), evidence, known)
    if found is None:
        shown = _shown(evidence)
        found = _last(shown, evidence, known)
        # Lists of links that are named so hold other things too.
        if found and not (_is_home(shown[0]) or any(_is_above(crumb, evidence.url) for crumb in shown)):
            return None
    return found.name[:_LONGEST] if found else None


def _last(trail: list[Crumb], evidence: Evidence, titles: list[str]) -> Crumb | None:
    if trail and (trail[-1].url is None or _is_own(trail[-1], evidence, titles)):
        trail = trail[:-1]
    # The first of several is left out whatever it is; one that stands alone may be the home page.
    if trail and (len(trail) > 1 or trail[0].url is None or _is_home(trail[0])):
        trail = trail[1:]
    return trail[-1] if trail and not _is_home(trail[-1]) else None


def _is_home(crumb: Crumb) -> bool:
    return fold(crumb.name) in _HOME or (crumb.url is not None and urls.is_home(crumb.url))


def _is_own(crumb: Crumb, evidence: Evidence, titles: list[str]) -> bool:
    """Tell whether a crumb is the article itself, as by its address or its headline, perhaps shortened."""
    if crumb.url is not None and urls.same_article(crumb.url, urls.normalise(evidence.url)):
        return True
    name = fold(crumb.name)
    words = set(name.split())
    return name in titles or (
        len(words) >= _HEADLINE_WORDS
        and any(len(words & set(title.split())) >= _SHARED * min(len(words), len(title.split())) for title in titles)
    )


def _is_above(crumb: Crumb, url: str) -> bool:
    """Tell whether the article at `url` stands in the folder that a crumb leads to."""
    path = urlsplit(crumb.url or "").path.rstrip("/")
    return path != "" and urlsplit(url).path.startswith(f"{path}/")


def stated(evidence: Evidence) -> list[Crumb]:
    """Give the first trail in the page's JSON-LD."""
    for node in evidence.nodes:
        items = node.get("itemListElement")
        if "BreadcrumbList" in types(node) and isinstance(items, list):
            listed = [item for item in items[:_MOST] if isinstance(item, dict)]
            if all(isinstance(item.get("position"), int) for item in listed):
                listed.sort(key=lambda item: int(item["position"]))
            return [crumb for item in listed if (crumb := _crumb(item, evidence)).name]
    return []


def _crumb(item: Node, evidence: Evidence) -> Crumb:
    inner = item.get("item")
    about = inner if isinstance(inner, dict) else {}
    names = strings(item.get("name")) or strings(about.get("name"))
    addresses = strings(inner) if isinstance(inner, str) else strings(about.get("@id")) or strings(about.get("url"))
    return Crumb(names[0] if names else "", urls.absolute(evidence.base, addresses[0]) if addresses else None)


def _shown(evidence: Evidence) -> list[Crumb]:
    """Give the first trail of links that the page shows."""
    if _NAME not in evidence.markup or not _NAMED.search(evidence.markup):
        return []
    named = (element for element in evidence.walk(*_TAGS) if any(_NAME in (element.get(name) or "") for name in _NAMES))
    trails = (list(_links(element, evidence)) for element in islice(named, _MOST_TRAILS))
    return next((trail for trail in trails if 0 < len(trail) <= _MOST), [])


def _links(element: HtmlElement, evidence: Evidence) -> Iterator[Crumb]:
    """Yield the links in an element, one more than a trail has at most; those to other languages and back are none of it."""
    for link in islice(element.iter("a"), _MOST + 1):
        url, name = urls.absolute(evidence.base, link.get("href") or ""), text_of(link)
        if url is not None and name and link.get("hreflang") is None and not _BACK.match(name):
            yield Crumb(name, url)
