"""What a page says of its article: headline, authors, times, language, section, tags, canonical URL, picture, access."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.claims.json_ld import strings
from pipelines.extract.dates.dates import modified, published
from pipelines.extract.images.images import lead_image
from pipelines.extract.metadata import breadcrumbs, tag_links
from pipelines.extract.metadata.access import stated
from pipelines.extract.metadata.authors import authors
from pipelines.extract.metadata.site_name import site_name
from pipelines.extract.metadata.titles import choose, offers
from pipelines.urls import absolute, canonical, syndicated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pipelines.extract.parsing.parse import Document
    from pipelines.records import Access, Image, Precision

__all__ = ["Metadata", "metadata", "states_section"]

_MAX_TAGS = 50
_MAX_TAG = 100
_MAX_STANDFIRST = 1_000
# What content systems call the section of articles that were given none (WordPress in its languages), and the folder of all.
_NO_SECTIONS = frozenset(
    name.casefold()
    for name in (
        "uncategorized",
        "uncategorised",
        "allgemein",
        "unkategorisiert",
        "non classé",
        "non classifié(e)",
        "sin categoría",
        "sin categorizar",
        "sem categoria",
        "senza categoria",
        "geen categorie",
        "niet gecategoriseerd",
        "okategoriserade",
        "ikke kategoriseret",
        "ukategorisert",
        "bez kategorii",
        "nezařazené",
        "без рубрики",
        "без категорії",
        "未分類",
        "未分类",
        "미분류",
        "egyéb",
        "kategorizálatlan",
        "fără categorie",
        "genel",
        "yleinen",
        "ukategoriseret",
        "nezaradené",
        "χωρίς κατηγορία",
        "без категория",
        "غير مصنف",
        "دسته‌بندی نشده",
        "chưa phân loại",
        "chưa được phân loại",
        "ไม่มีหมวดหมู่",
        "tak berkategori",
        "post",
        "posts",
        "blog",
        "blogs",
        "article",
        "articles",
    )
)
_TAG_METAS = (
    "news_keywords",
    "article:tag",
    "og:article:tag",
    "parsely-tags",
    "sailthru.tags",
    "cxenseparse:tags",
    "keywords",
)
# How Medium names the tags among its keywords, and its other values.
_TAG_NAME = "Tag:"
_NAMED_VALUE = re.compile(r"\w+:\S")
# What content systems say of the page among its tags: who wrote it, what it costs, how it looks ("source:staff").
_OF_PAGE = re.compile(
    r"(?:source|paywall|content[ _-]?type|content[ _-]?tier|page[ _-]?type|article[ _-]?type|post[ _-]?type|type|access|"
    r"template|layout|format|display|visibility|word[ _-]?count):\S",
    re.IGNORECASE,
)
# What scripts write for a value that is not set, as the last part of an address: all articles would be one.
_UNSET = re.compile(
    r"(?:^|/)(?:undefined|null|nan|none|(?:\[|%5b)object(?:\s|%20)object(?:\]|%5d))/?(?:[?#]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article; null or empty where it does not say."""

    title: str | None
    """Headline, free of site names."""
    title_candidates: tuple[str, ...]
    """Every text that the page offers as headline, with and without site names: one may stand again in the body."""
    standfirst: str | None
    """Summary by the head's word; the line under the visible headline, where there is one, is nearer to the truth."""
    authors: tuple[str, ...]
    """Persons, in the page's order."""
    organisations: tuple[str, ...]
    """Agencies and desks named as author."""
    published: datetime | None
    """Aware, in the zone that the page states (its calendar day is the publisher's), UTC where it states none."""
    published_precision: Precision | None
    published_rule: str | None
    """The claim it was read from, such as `json-ld:datePublished`."""
    modified: datetime | None
    """Aware, as `published`; none before that."""
    language: str | None
    """BCP 47 tag as the page declares it; not checked against the text."""
    section: str | None
    tags: tuple[str, ...]
    canonical_url: str
    """Canonical URL, checked; the page's own where its declaration leads astray."""
    syndicated_from: str | None
    """Address on another site that the page calls its canonical one; null where it calls none."""
    site_name: str | None
    lead_image: Image | None
    access: Access
    """What the page claims; whether the text in hand is cut is told with the body."""


def metadata(document: Document, url: str, *, fetched: datetime | None = None) -> Metadata:
    """Collect what the page fetched from `url` says of its article; times after `fetched` are not believed."""
    return from_evidence(Evidence(document, url), fetched=fetched)


def from_evidence(evidence: Evidence, *, fetched: datetime | None = None) -> Metadata:
    """Collect the metadata from evidence that others read too."""
    offered = offers(evidence)
    titles = tuple(dict.fromkeys(text for offer in offered for text in (offer.clean, offer.raw)))
    title = choose(offered)
    byline = authors(evidence)
    moment = published(evidence, fetched)
    target = _canonical(evidence)
    return Metadata(
        title=title.clean if title else None,
        title_candidates=titles,
        standfirst=_standfirst(evidence),
        authors=byline.persons,
        organisations=byline.organisations,
        published=moment.time if moment else None,
        published_precision=moment.precision if moment else None,
        published_rule=moment.rule if moment else None,
        modified=modified(evidence, fetched, since=moment),
        language=evidence.language,
        section=_named(_section(evidence)) or _named(breadcrumbs.section(evidence, titles)),
        tags=tuple(_tags(evidence)),
        canonical_url=canonical(evidence.url, target),
        syndicated_from=syndicated(evidence.url, target),
        site_name=site_name(evidence, titles),
        lead_image=lead_image(evidence),
        access=stated(evidence),
    )


def _canonical(evidence: Evidence) -> str | None:
    """Give the address that the page declares for its article, passing over those in which a script wrote that it has none."""
    declared = evidence.links.get("canonical", [])[:1] + evidence.metas.get("og:url", [])[:1]
    return next((absolute(evidence.base, one) for one in declared if not _UNSET.search(one)), None)


def states_section(evidence: Evidence) -> bool:
    """Tell whether the page's head names a section, or a trail from home through one: what the page type model learned from."""
    return _stated_section(evidence) is not None or len(breadcrumbs.stated(evidence)) > 2


def _standfirst(evidence: Evidence) -> str | None:
    claims = strings(evidence.article.get("description"))[:1]
    claims += [text for name in ("og:description", "description") for text in evidence.metas.get(name, [])[:1]]
    return next((text[:_MAX_STANDFIRST] for text in claims if text), None)


def _section(evidence: Evidence) -> str | None:
    # Forums are nearly alone with this one: the page type model knows it not.
    return _stated_section(evidence) or next(iter(strings(evidence.meta("og:article:section"))), "")[:_MAX_TAG] or None


def _stated_section(evidence: Evidence) -> str | None:
    claims = strings(evidence.article.get("articleSection"))[:1]
    claims += [
        text
        for name in ("article:section", "section", "parsely-section", "sailthru.section", "cxenseparse:section")
        for text in strings(evidence.metas.get(name))[:1]
    ]
    return next((text[:_MAX_TAG] for text in claims if text), None)


def _named(section: str | None) -> str | None:
    """Give a section unless its name is that of all articles which were given none."""
    return None if section is None or section.strip().casefold() in _NO_SECTIONS else section


def _tags(evidence: Evidence) -> Iterator[str]:
    """Give the keywords of the first place that has any, the head's before the page's; some sites say nothing but "keywords"."""
    for claim in (_terms(evidence.article.get("keywords")), *(evidence.metas.get(name) for name in _TAG_METAS)):
        texts = strings(claim)
        split = texts if len(texts) > 1 else [part for text in texts for part in re.split(r"[,;|、，；]", text)]
        tags = [bare for tag in split if 0 < len(bare := tag.strip().lstrip("#＃ ")) <= _MAX_TAG]
        if tags:
            yield from _once(_without_names(tags))
            return
    yield from _once(tag for tag in tag_links.shown(evidence) if len(tag) <= _MAX_TAG)


def _terms(claim: object) -> object:
    """Give keywords as texts where they are objects with names (`DefinedTerm`)."""
    terms = claim if isinstance(claim, list) else [claim]
    return [term.get("name", term) if isinstance(term, dict) else term for term in terms]


def _once(tags: Iterable[str]) -> list[str]:
    """Give each tag once, as it is spelt first."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(tag.casefold(), tag)
    return list(found.values())[:_MAX_TAGS]


def _without_names(tags: list[str]) -> list[str]:
    """Give the tags of a list that names its values ("Tag:Postgres", "Topic:Data"); of others, all but what is said of the page."""
    if not any(tag.startswith(_TAG_NAME) for tag in tags):
        return [tag for tag in tags if not _OF_PAGE.match(tag)]
    return [tag.removeprefix(_TAG_NAME) for tag in tags if tag.startswith(_TAG_NAME) or not _NAMED_VALUE.match(tag)]
