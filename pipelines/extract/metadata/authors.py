"""The authors of a page: what it says of them, parted into persons and organisations, freed of roles and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.claims.evidence import Evidence, text_of
from pipelines.extract.claims.json_ld import resolve, strings, types
from pipelines.extract.cutting.classes import MAX_ATTRIBUTE
from pipelines.extract.metadata.asides import leads_to_source
from pipelines.extract.metadata.leads import LEAD_ALONE, is_signed
from pipelines.extract.metadata.names import is_full_name, names_in
from pipelines.extract.metadata.newsrooms import is_agency, is_desk, is_organisation
from pipelines.extract.metadata.titles import declared_names, fold, host_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.claims.json_ld import Node

__all__ = ["Byline", "authors", "parted"]

# Authors of one page; longer lists are masthead or markup gone wrong.
_MAX_AUTHORS = 25
# Texts of one claim that are read: each may hold many names.
_MAX_NAMES = 200
# Text of an element that is a byline and not a container around one.
_MAX_BYLINE = 160
# Links of a byline that are looked at.
_MAX_LINKS = 20
# Elements named so that are read as bylines; further ones are of other articles.
_MAX_SHOWN = 12

_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "cxenseparse:author",
    "article:author_name",
    "article.author",
    "author_name",
    "citation_author",
    "og:article:author",
    "og:author",
)
# Of content systems and widgets: believed of persons only, for where no person wrote they name whatever wire a text came over.
_METAS_OF_PERSONS = ("articleauthor", "dable:author", "dd:author")
# Fewer letters begin the names of others by chance, as those of agencies do.
_LEAST_LETTERS = 4
_ASIDE = frozenset(("nav", "footer", "aside", "form", "figure", "figcaption", "blockquote"))
_ELSEWHERE = re.compile(
    r"related|recommend|sidebar|comment|footer|teaser|promo|card|popular|trending|bio\b|newsletter|widget",
    re.IGNORECASE,
)

# Who worked on a text after its author.
_CHECKED = re.compile(
    r"\b(?:reviewed|checked|edited|verified|approved|translated|illustrated|produced)\s+by\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote a page, in its order; each name once."""

    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def authors(evidence: Evidence) -> Byline:
    """Give the authors by the first claim that names a person, else by the first that names anyone.

    An organisation is believed at once unless it is the site itself or a desk: sites put these where they keep the person
    in the byline only. A desk is then named beside the person.
    """
    declared = set(declared_names(evidence))
    site = declared.union(host_names(evidence.url))
    fallback, desks = Byline(), tuple[str, ...]()
    for claim in _claims(evidence):
        byline = _parted(claim, site, declared)
        if byline.persons and (not desks or all(map(is_full_name, byline.persons))):
            return Byline(byline.persons, tuple(dict.fromkeys(desks + byline.organisations)))
        others = tuple(name for name in byline.organisations if not _is_site(name, site, declared))
        if not all(map(is_desk, others)):
            return byline
        if not fallback.organisations:
            fallback, desks = byline, others
    return fallback


def _is_site(name: str, site: set[str], declared: set[str]) -> bool:
    """Tell whether an organisation is the site, whose declared name may go on with its section or its form by law."""
    folded = fold(name)
    return folded in site or (len(folded) >= _LEAST_LETTERS and any(one.startswith(folded) for one in declared))


Claim = list[tuple[str, set[str]]]


def parted(claim: Claim, evidence: Evidence) -> Byline:
    """Part names and the types that they are given, as those of the page's own claims."""
    declared = set(declared_names(evidence))
    return _parted(claim, declared.union(host_names(evidence.url)), declared)


def _claims(evidence: Evidence) -> Iterator[Claim]:
    """Give names and the types the page gives them, claim by claim, the most formal first."""
    for article in evidence.articles[:3]:
        for key in ("author", "creator"):
            claim = _stated(article, key, evidence)
            yield claim + (_helpers(article, evidence) if claim else [])
    for name in _METAS:
        yield [(text, set()) for text in evidence.metas.get(name, [])[:_MAX_AUTHORS]]
    for name in _METAS_OF_PERSONS:
        texts = evidence.metas.get(name, [])[:_MAX_AUTHORS]
        yield [(text, set()) for text in texts if not is_organisation(text)]
    yield from _body_claims(evidence)


def _stated(article: Node, key: str, evidence: Evidence) -> Claim:
    return [named for value in resolve(article.get(key), evidence.nodes) for named in _json_ld_name(value)]


def _helpers(article: Node, evidence: Evidence) -> Claim:
    """Give the contributors whom the page's byline names too: others edited, or are the site itself."""
    helpers = [helper for helper in _stated(article, "contributor", evidence) if is_full_name(helper[0])]
    if not helpers:
        return []
    texts = (text_of(element) for element in _own_bylines(evidence)[:_MAX_SHOWN])
    signed = {name for text in texts if len(text) <= _MAX_BYLINE for name in names_in(text)}
    return [helper for helper in helpers if helper[0] in signed]


def _own_bylines(evidence: Evidence) -> list[HtmlElement]:
    return [element for element in evidence.bylines if not _elsewhere(element) and not _checked(element)]


def _json_ld_name(value: object) -> Iterator[tuple[str, set[str]]]:
    if isinstance(value, dict):
        names = strings(value.get("name"))
        if not names:
            names = [" ".join(strings(value.get("givenName"))[:1] + strings(value.get("familyName"))[:1])]
        for name in names:
            yield name, types(value)
    else:
        for name in strings(value):
            yield name, set()


def _body_claims(evidence: Evidence) -> Iterator[Claim]:
    own = _own_bylines(evidence)
    for chosen in (
        [e for e in own if e.get("itemprop") == "author"],
        [e for e in own if e.get("rel") == "author"],
        [e for e in own if e.tag == "a" and "/author" in (e.get("href") or "")],
    ):
        names = [
            (text, set[str]()) for element in chosen[:_MAX_AUTHORS] if len(text := text_of(element)) <= _MAX_BYLINE
        ]
        yield names[: _leading(chosen)]
    for element in own[:_MAX_SHOWN]:
        text = _said(element)
        if len(text) <= _MAX_BYLINE:
            yield [(name, set()) for name in names_in(text) if is_full_name(name)]
    yield from _near_heading(evidence)


def _said(element: HtmlElement) -> str:
    """Give the text of a byline without that of links to where the article may be edited."""
    text = text_of(element)
    for link in islice(element.iter("a"), _MAX_LINKS):
        if leads_to_source(link.get("href") or ""):
            text = text.replace(text_of(link), " ", 1)
    return text


def _near_heading(evidence: Evidence) -> Iterator[Claim]:
    """Give the names that follow a "by" in the short texts around the heading."""
    near = evidence.near
    for before, text in zip(["", *near], near, strict=False):
        opened = LEAD_ALONE.fullmatch(before.strip()) is not None
        if len(text) <= _MAX_BYLINE and (opened or is_signed(text)):
            yield [(name, set()) for name in names_in(text) if is_full_name(name)]


def _leading(elements: list[HtmlElement]) -> int:
    """Count the elements that stand together with the first: a second byline far below is another article's."""
    if not elements:
        return 0
    block = elements[0].getparent()
    block = block.getparent() if block is not None and block.getparent() is not None else block
    return next(
        (n for n, e in enumerate(elements) if block is not None and block not in e.iterancestors()), len(elements)
    )


def _elsewhere(element: HtmlElement) -> bool:
    """Tell whether `element` stands in a part of the page that speaks of other pages or other people."""
    for depth, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in _ASIDE or (depth < 6 and _ELSEWHERE.search((ancestor.get("class") or "")[:MAX_ATTRIBUTE])):
            return True
    return False


def _checked(element: HtmlElement) -> bool:
    """Tell whether the words right before `element` say that who is named there did not write the text."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return text is not None and _CHECKED.search(text[-_MAX_BYLINE:]) is not None


def _parted(claim: Claim, site: set[str], declared: set[str]) -> Byline:
    """Part the names; a person may give the host its name ("adabyron.example"), so two words need a declared site name.

    Beside a person, the site itself is no author unless it is an agency, or the page lists it as an organisation.
    """
    persons: dict[str, None] = {}
    organisations: dict[str, bool] = {}
    for text, kinds in claim[:_MAX_NAMES]:
        for name in names_in(text):
            stated = bool(kinds & {"Organization", "NewsMediaOrganization", "Corporation"})
            if stated or fold(name) in (declared if " " in name else site) or is_organisation(name):
                organisations[name] = stated or is_agency(name) or organisations.get(name, False)
            else:
                persons[name] = None
    others = [name for name, sure in organisations.items() if sure or not persons or not _is_site(name, site, declared)]
    return Byline(tuple(persons)[:_MAX_AUTHORS], tuple(others)[:_MAX_AUTHORS])
