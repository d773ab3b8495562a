"""The headline of a page: what the page offers for it, freed of site names, and which offer to take."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.claims.json_ld import strings
from pipelines.extract.metadata import headings
from pipelines.extract.parsing.entities import unescape
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.extract.claims.evidence import Evidence

__all__ = ["Offer", "choose", "declared_names", "fold", "host_names", "offers", "site_names"]

# Between a headline and what a site adds to it. A bare hyphen or colon is too common inside headlines.
_SEPARATOR = re.compile(
    r"\s+[-–—|｜•·»«›:/]{1,2}\s+|\s*[|｜ㅣ]\s*|(?<=[^\x00-\x7f])[:：](?=[^\x00-\x7f])|\s+::\s+|-(?=[^-]*ㅣ)|(?<=[^\x00-\x7f])_|_(?=[^\x00-\x7f])"
)
# What a content system puts behind a headline that stands alone elsewhere: sections and site names without spaces between.
_ADDED = re.compile(r"(?:\s*[-–—|｜ㅣ·]\s*[^-–—|｜ㅣ·]{1,30}){1,3}")
# Kana and Chinese characters one by one, for no space parts their words; any other script by its words.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}", re.IGNORECASE)
# Words of a site's name with what it says beside it.
_MAX_NAME = 5
# A headline of more words is a paragraph in a heading's dress.
_MAX_WORDS = 45
_MAX_HEADINGS = 6
# Longer texts are no titles; to free one of a site's names takes quadratic time.
_MAX_CHARACTERS = 2_000
# A heading of which the head says less than this is a slogan, a menu or another article's.
_LEAST_SHARED = 0.2
# One of which it says so much is no slogan, whatever else the page shows.
_SURELY_SHARED = 0.5
# Letters of a word that stands in any headline of its language.
_SHORT = 3
_HEAD = ("og", "title", "json-ld", "twitter")
# With fewer words, the end of a heading is the same as og:title by chance.
_TELLING_WORDS = 4
# Left in words to tell the browser where to part them.
_SOFT = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Offer:
    """One text the page offers as its headline."""

    source: str
    """`og`, `twitter`, `json-ld`, `h1`, `meta` or `title`; `slogan` for a heading of the site."""
    raw: str
    """As the page has it, entities resolved."""
    clean: str
    """Free of site names."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case: what two offers must share to agree."""
        return tuple(_WORD.findall(self.clean.lower()))

    @property
    def terms(self) -> list[str]:
        """Its words, and where no space parts them each two characters side by side: one alone is in any headline."""
        words = self.words
        pairs = [one + other for one, other in pairwise(words) if _DENSE.match(one) and _DENSE.match(other)]
        return [word for word in words if not _DENSE.match(word)] + pairs if pairs else list(words)


def offers(evidence: Evidence) -> list[Offer]:
    """Give all offers of the page, without empty ones, in falling order of how formal they are."""
    raw: list[tuple[str, str]] = [("json-ld", text) for text in strings(evidence.article.get("headline"))[:1]]
    if not raw:
        raw = [("json-ld", text) for text in strings(evidence.article.get("name"))[:1]]
    for source, names in (
        ("og", ("og:title",)),
        ("twitter", ("twitter:title",)),
        ("meta", ("title", "dc.title", "headline", "sailthru.title", "parsely-title")),
    ):
        if text := evidence.meta(*names):
            raw.append((source, text))
    head = {" ".join(text.split()) for _, text in raw}
    for heading in evidence.headings[:_MAX_HEADINGS]:
        raw.append(("h1", headings.without_badge(heading, headings.said(heading), head)))
    if evidence.title:
        raw.append(("title", evidence.title))
    plain = [(source, " ".join(_SOFT.sub("", unescape(text[:_MAX_CHARACTERS])).split())) for source, text in raw]
    sites = site_names(evidence)
    bodies = [text for source, text in plain if source in ("h1", "json-ld", "meta")]
    found = [
        Offer(source, text, clean)
        for source, text in plain
        if (clean := _without_site(_bare(text, bodies), sites, bodies))
    ]
    return _without_slogan(found, evidence, sites)


def site_names(evidence: Evidence) -> list[str]:
    """Give the names that the site goes by, those of its host among them, folded to letters and digits."""
    return list(dict.fromkeys([*declared_names(evidence), *host_names(evidence.url)]))


def host_names(url: str) -> list[str]:
    """Give the names that the host of `url` holds, folded to letters and digits."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    named = map(fold, (host, *labels[:-1], ".".join(labels[-2:])))
    return [name for name in dict.fromkeys(named) if len(name) >= 2]


def declared_names(evidence: Evidence) -> list[str]:
    """Give the names that the page declares for its site, folded to letters and digits."""
    declared = [
        text
        for name, most in (
            ("og:site_name", 2),
            ("application-name", 1),
            ("apple-mobile-web-app-title", 1),
            ("twitter:site", 1),
        )
        for text in strings(evidence.metas.get(name))[:most]
    ]
    for node in (evidence.article, *(n for n in evidence.nodes if n.get("@type") in ("WebSite", "Organization"))):
        publisher = node.get("publisher")
        for holder in (publisher, node if node is not evidence.article else None):
            if isinstance(holder, dict):
                declared += strings(holder.get("name"))[:1]
    return [name for name in dict.fromkeys(map(fold, declared)) if len(name) >= 2]


def fold(text: str) -> str:
    """Give the letters and digits of `text` in lower case: what a name is compared by."""
    return "".join(_WORD.findall(text.lower())).replace("_", "")


def _without_site(text: str, names: list[str], bodies: Iterable[str]) -> str:
    """Cut parts at either end that name the site, as long as a headline is left."""
    while True:
        cuts = list(_SEPARATOR.finditer(text))
        if not cuts:
            return text
        first, last = cuts[0], cuts[-1]
        head, tail = text[: last.start()].strip(), text[last.end() :].strip()
        front, rest = text[: first.start()].strip(), text[first.end() :].strip()
        if head and (_names_site(tail, names) or _confirmed(head, bodies)):
            text = head
        elif rest and _names_site(front, names):
            text = rest
        else:
            return text


def _bare(text: str, bodies: Iterable[str]) -> str:
    """Give the headline that stands alone elsewhere, where `text` only adds a section to it behind a separator."""
    for body in bodies:
        if len(body) < len(text) and text.startswith(body) and _ADDED.fullmatch(text[len(body) :]):
            return body if count(body) >= _TELLING_WORDS else text
    return text


def _names_site(part: str, names: list[str]) -> bool:
    folded = fold(part)
    if not folded or folded in names or _DOMAIN.fullmatch(part):
        return True
    return count(part) <= _MAX_NAME and any(len(name) >= 4 and name in folded for name in names)


def _confirmed(head: str, bodies: Iterable[str]) -> bool:
    folded = fold(head)
    return any(fold(body) == folded for body in bodies)


def choose(found: list[Offer]) -> Offer | None:
    """Choose the headline among the offers; null where there is none.

    JSON-LD states the headline where it needs no cleaning; else the visible heading is nearer to it than og:title,
    which is written for sharing. Measured by publisher, no learned chooser beat this order: where the offers are two
    different headlines, nothing on the page tells which of them its publisher would call the title.
    """
    usable = [offer for offer in found if 0 < count(offer.clean) <= _MAX_WORDS] or found
    first: dict[str, Offer] = {}
    for offer in usable:
        first.setdefault(offer.source, offer)
    stated, shared = first.get("json-ld"), first.get("og")
    heading = _heading(usable)
    if _is_name(heading, shared, first.get("title")):
        heading = None
    ranked = (
        heading if _outvoted(stated, heading, shared, first.get("title")) else None,
        stated if stated and stated.raw == stated.clean else None,
        _without_kicker(heading, shared),
        shared,
        stated,
        first.get("title"),
        first.get("meta"),
    )
    return next((offer for offer in ranked if offer is not None), usable[0] if usable else None)


def _is_name(heading: Offer | None, shared: Offer | None, title: Offer | None) -> bool:
    """Tell whether `<title>` puts the heading before or behind og:title, as it does with the name of a site or section."""
    if heading is None or shared is None or title is None or count(shared.clean) < 2:
        return False
    whole = tuple(_WORD.findall(title.raw.lower()))
    return whole in (heading.words + shared.words, shared.words + heading.words)


def _outvoted(stated: Offer | None, heading: Offer | None, shared: Offer | None, title: Offer | None) -> bool:
    """Tell whether heading and og:title agree on another headline than JSON-LD, and `<title>` does not bear it out."""
    if stated is None or heading is None or shared is None or heading.words != shared.words:
        return False
    return stated.words != heading.words and (title is None or title.words != stated.words)


def _without_kicker(heading: Offer | None, shared: Offer | None) -> Offer | None:
    """Prefer og:title to a heading that only puts a kicker or a date before the same words."""
    if (
        heading is None
        or shared is None
        or len(heading.words) <= len(shared.words)
        or count(shared.clean) < _TELLING_WORDS
    ):
        return heading
    return shared if heading.words[-len(shared.words) :] == shared.words else heading


def _heading(found: list[Offer]) -> Offer | None:
    """Give the `<h1>` that shares most words with what the head says; null where all are the site's or another's."""
    head = _terms_of_head(found)
    headings = [offer for offer in found if offer.source == "h1"]
    best = max(headings, key=lambda offer: _share(offer, head), default=None)
    return best if best is not None and (not head or _share(best, head) >= _LEAST_SHARED) else None


def _terms_of_head(found: Iterable[Offer]) -> set[str]:
    return {term for offer in found if offer.source in _HEAD for term in offer.terms}


def _share(offer: Offer, head: set[str]) -> float:
    terms = offer.terms
    return sum(term in head for term in terms) / (len(terms) + 1)


def _without_slogan(found: list[Offer], evidence: Evidence, sites: list[str]) -> list[Offer]:
    """Call what the site says of itself in its largest heading so: no `h1`, though it shares a word with the head.

    The page has the headline of its head in a smaller heading behind it, or it names the site beside a word as short as "for".
    """
    head = _terms_of_head(found)
    doubtful = (
        [offer for offer in found if offer.source == "h1" and _share(offer, head) < _SURELY_SHARED] if head else []
    )
    if not doubtful:
        return found
    shown = set(map(fold, headings.behind(evidence)))
    stated = {fold(offer.clean) for offer in found if offer.source in _HEAD and count(offer.clean) >= _TELLING_WORDS}
    slogans = {
        offer
        for offer in doubtful
        if stated & shown
        or (_names_site(offer.raw, sites) and all(_is_slight(term, offer) for term in offer.terms if term in head))
    }
    return [replace(offer, source="slogan") if offer in slogans else offer for offer in found]


def _is_slight(term: str, offer: Offer) -> bool:
    """Tell whether a word is as short as "for", and no abbreviation."""
    return len(term) <= _SHORT and not _DENSE.match(term) and term.upper() not in _WORD.findall(offer.raw)
