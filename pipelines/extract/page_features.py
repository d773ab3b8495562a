"""What tells an article from a page of another kind, as numbers: the URL, the claims, the markup, the body's prose."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from pipelines.extract.json_ld import ARTICLE_TYPES, types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from pipelines.extract.evidence import Evidence
    from pipelines.extract.metadata import Metadata

__all__ = ["page_features"]

_NEWS_TYPES = ARTICLE_TYPES - {
    "Review",
    "CriticReview",
    "Recipe",
    "HowTo",
    "DiscussionForumPosting",
    "SocialMediaPosting",
}
_TYPE_GROUPS = {
    "ld_news": _NEWS_TYPES,
    "ld_product": {"Product", "ProductGroup", "Offer", "AggregateOffer", "IndividualProduct"},
    "ld_collection": {"CollectionPage", "ItemList", "SearchResultsPage", "Blog", "ProductCollection", "OfferCatalog"},
    "ld_service": {"Service", "LocalBusiness", "ProfessionalService", "Course", "SoftwareApplication", "WebApplication", "Event",
                   "FinancialProduct", "EducationalOccupationalProgram", "JobPosting", "MedicalBusiness", "Dentist", "HomeAndConstructionBusiness", "MovingCompany"},
    "ld_forum": {"DiscussionForumPosting", "QAPage", "Question", "Answer", "Comment"},
    "ld_faq": {"FAQPage"},
    "ld_profile": {"ProfilePage"},
}  # fmt: skip
_TAGS = ("p", "li", "h2", "article", "img", "time")
# Words in class names that say what a part of the page is for, in whatever spelling of class names.
_CLASS_WORDS = (
    "topic", "replies", "forum", "user", "vote", "comment", "signature", "question", "answer", "product", "price", "cart",
    "sku", "stock", "rating", "review", "swatch", "card", "listing", "result", "filter", "pagination", "facet", "testimonial",
    "accordion", "form", "feature", "slider", "banner", "byline", "author", "publish", "caption", "share", "entry-content",
    "article-body", "article", "blog", "post", "related", "course", "program", "toc",
)  # fmt: skip
_TAG_COUNTS = etree.XPath("concat({})".format(", ' ', ".join(f"count(//{tag})" for tag in _TAGS)))
_CLASSES = etree.XPath("//@class", smart_strings=False)
_LINKS = etree.XPath("count(//a[@href])")
_ALL_TEXT = etree.XPath("string(//body)", smart_strings=False)
# Paths without unions and nested steps: libxml2 merges node sets in quadratic time.
_CODE = etree.XPath(
    "//text()[parent::script or parent::style or parent::noscript or parent::template]", smart_strings=False
)
_LINK_TEXTS = etree.XPath("/html/body/descendant::text()[ancestor::a]", smart_strings=False)
_ID = re.compile(r"\d{4,}")
_DAY = re.compile(r"/(?:19|20)\d{2}[/-]?(?:[01]\d|[a-z]{3})?(?:[/-]|$)")
_LISTING = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies|ie)|kategorie|authors?|autor(?:en)?|people|profile|search|suche|archives?|page|collections?|"
    r"shop|store|products?|produkt|thema|themen|rubrik|section|forums?|threads?|t|r|questions?|community|services?|"
    r"solutions?|pricing|about|contact|jobs?|careers?|courses?|programs?|degrees?|events?|listings?|videos?|gallery|galerie)(?:/|$|\.)",
    re.IGNORECASE,
)
_ARTICLE_PATH = re.compile(
    r"/(?:blogs?|news|articles?|stor(?:y|ies)|posts?|insights?|guides?|artikel|nachrichten|archive|opinion|resources|learn|p|magazine|reviews?|how-to|tips)(?:/|$)",
    re.IGNORECASE,
)
_PRICE = re.compile(r"[$€£¥]\s?\d|\d\s?(?:€|EUR|USD)\b")
_CALL = re.compile(
    r"\b(?:contact us|get started|request a (?:quote|demo)|free (?:quote|trial|consultation|estimate)|book (?:now|a|your)|call (?:us|now)|add to (?:cart|bag)|"
    r"buy now|shop now|sign up|learn more|apply now|enroll|schedule|our (?:team|services|clients|products)|we (?:offer|provide|help)|in stock|free shipping)\b",
    re.IGNORECASE,
)
_REPLY = frozenset(
    [
        "reply",
        "replies",
        "posted",
        "joined",
        "upvotes",
        "upvote",
        "likes",
        "like",
        "views",
        "quote",
        "thread",
        "op",
        "edited",
        "re:",
        "originally",
        "accepted",
        "answer",
        "answers",
    ]
)
_READER = frozenset(
    [
        "you",
        "your",
        "our",
        "we",
        "us",
        "sie",
        "ihre",
        "ihr",
        "wir",
        "unser",
        "unsere",
        "vous",
        "votre",
        "vos",
        "nous",
        "notre",
        "usted",
        "su",
        "nuestro",
        "nuestra",
    ]
)
_SAID = frozenset(
    [
        "said",
        "says",
        "told",
        "according",
        "added",
        "reported",
        "sagte",
        "laut",
        "sagt",
        "dit",
        "selon",
        "déclaré",
        "dijo",
        "según",
        "afirmó",
        "disse",
        "secondo",
        "ha",
    ]
)
_QUOTE = re.compile("[“„«」]")
_DIGIT = re.compile("[0-9]")
_SENTENCE_END = (".", "!", "?", "。", "”", '"', "»", "؟", "…", ")", "’")
# The text of which shares are taken: enough for stable shares, bounded for books.
_MAX_BODY = 10_000


def page_features(evidence: Evidence, metadata: Metadata, body: str) -> dict[str, float]:
    """Give the features by name; counts are logarithms, shares lie between 0 and 1, flags are 0 or 1."""
    features = _claims(evidence, metadata)
    features |= _address(evidence.url)
    features |= _prose(body[:_MAX_BODY])
    features |= _markup(evidence.tree, math.expm1(features["words"]))
    return features


def _markup(tree: HtmlElement, words: float) -> dict[str, float]:
    tags = dict(zip(_TAGS, map(float, _TAG_COUNTS(tree).split()), strict=True))
    classes = " ".join(_CLASSES(tree)).lower()
    links = _LINKS(tree)
    text = max(1, _length([_ALL_TEXT(tree)]) - _length(_CODE(tree)))
    features = {f"tag_{name}": math.log1p(count) for name, count in tags.items()}
    features |= {f"class_{word}": math.log1p(classes.count(word)) for word in _CLASS_WORDS}
    return features | {
        "links": math.log1p(links),
        "links_per_word": min(2.0, links / (words + 20)),
        "link_share": min(1.0, _length(_LINK_TEXTS(tree)) / text),
        "body_share": min(1.5, 6 * words / text),
        "body_per_paragraph": math.log1p(words / (tags["p"] + 1)),
    }


def _length(texts: Iterable[str]) -> int:
    """Characters without those that only part words."""
    return len("".join("".join(texts).split()))


def _claims(evidence: Evidence, metadata: Metadata) -> dict[str, float]:
    declared = {name for node in evidence.nodes for name in types(node)}
    kind = (evidence.meta("og:type") or "").lower()
    rule = metadata.published_rule or ""
    features = {group: float(bool(declared & members)) for group, members in _TYPE_GROUPS.items()}
    features |= {
        "ld_any": float(bool(declared)),
        "og_article": float("article" in kind),
        "og_website": float("website" in kind),
        "og_product": float("product" in kind),
        "og_none": float(not kind),
        "dated": float(metadata.published is not None),
        "dated_by_claim": float(
            rule.startswith(("json-ld:date", "meta:article", "microdata", "meta:date", "meta:pub"))
        ),
        "dated_by_sight": float(rule in ("text", "time", "time:published")),
        "dated_by_change": float("odified" in rule or "updated" in rule),
        "persons": float(bool(metadata.authors)),
        "organisations": float(bool(metadata.organisations)),
        "section": float(metadata.section is not None),
        "feed": float("amphtml" in evidence.links),
        "title_words": math.log1p(len((metadata.title or "").split())),
        "title_question": float("?" in (metadata.title or "")),
        "title_number": float(bool(re.match(r"\D{0,12}\d", metadata.title or ""))),
    }
    return features


def _address(url: str) -> dict[str, float]:
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    last = segments[-1] if segments else ""
    words = len([word for word in re.split(r"[-_+]", last.rsplit(".", 1)[0]) if word])
    return {
        "url_root": float(not segments),
        "url_depth": float(min(len(segments), 8)),
        "url_words": math.log1p(words),
        "url_id": float(bool(_ID.search(last))),
        "url_day": float(bool(_DAY.search(parts.path))),
        "url_listing": float(bool(_LISTING.search(parts.path))),
        "url_article": float(bool(_ARTICLE_PATH.search(parts.path))),
        "url_query": float(bool(parts.query) and "utm_" not in parts.query and "srsltid" not in parts.query),
        "url_slash": float(parts.path.endswith("/")),
    }


def _prose(body: str) -> dict[str, float]:
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    sizes = [_size(line) for line in lines]
    total = sum(sizes)
    long = [size for line, size in zip(lines, sizes, strict=True) if size >= 25 and line.endswith(_SENTENCE_END)]
    thousand = (total + 50) / 1000
    tokens = body.lower().split()
    return {
        "words": math.log1p(total),
        "lines": math.log1p(len(lines)),
        "line_words": math.log1p(total / len(lines)) if lines else 0.0,
        "longest": math.log1p(max(sizes, default=0)),
        "long_lines": math.log1p(len(long)),
        "long_share": sum(long) / total if total else 0.0,
        "stopped_share": sum(line.endswith(_SENTENCE_END) for line in lines) / len(lines) if lines else 0.0,
        "short_share": sum(size <= 6 for size in sizes) / len(lines) if lines else 0.0,
        "repeated_share": 1 - len(set(lines)) / len(lines) if lines else 0.0,
        "prices": math.log1p(len(_PRICE.findall(body)) / thousand),
        "calls": math.log1p(len(_CALL.findall(body)) / thousand),
        "replies": math.log1p(sum(map(_REPLY.__contains__, tokens)) / thousand),
        "reader": math.log1p(sum(map(_READER.__contains__, tokens)) / thousand),
        "said": math.log1p((sum(map(_SAID.__contains__, tokens)) + len(_QUOTE.findall(body))) / thousand),
        "questions": math.log1p(body.count("?") / thousand),
        "digits": len(_DIGIT.findall(body)) / (len(body) + 1),
    }


def _size(line: str) -> float:
    """Length in words; scripts without spaces count three characters a word."""
    spaced = len(line.split())
    return max(float(spaced), len(line) / 3 if not line.isascii() and spaced <= len(line) / 12 else 0.0)
