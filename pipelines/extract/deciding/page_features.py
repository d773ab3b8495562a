"""What tells an article from a page of another kind, as numbers: the URL, the claims, the title, the markup, the body's prose."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.claims.json_ld import ARTICLE_TYPES
from pipelines.extract.codes import letters
from pipelines.extract.deciding.page_address import address, host_name
from pipelines.extract.deciding.page_markup import markup
from pipelines.extract.metadata.metadata import states_section

if TYPE_CHECKING:
    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.metadata.metadata import Metadata

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
_PRICE = re.compile(r"[$€£¥]\s?\d|\d\s?(?:€|EUR|USD)\b")
_CURRENCIES = ("$", "€", "£", "¥", "EUR", "USD")
_CALL = re.compile(
    r"\b(?:contact us|get started|request a (?:quote|demo)|free (?:quote|trial|consultation|estimate)|book (?:now|a|your)|call (?:us|now)|add to (?:cart|bag)|"
    r"buy now|shop now|sign up|learn more|apply now|enroll|schedule|our (?:team|services|clients|products)|we (?:offer|provide|help)|in stock|free shipping)\b"
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
_LATIN = re.compile("[a-z]{3,}")
_LETTERS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"20[12]\d")
_GUIDE = re.compile(
    r"\b(?:how to|how do|how does|what is|what are|why|guide|tips|best|top|vs|review|explained|ways|things|history|ideas|trends|examples|benefits|types)\b",
    re.IGNORECASE,
)
# A shorter name stands in other words by chance.
_LEAST_NAME = 4
_QUOTES, _DIGITS = "“„«」", "0123456789"
_SENTENCE_END = (".", "!", "?", "。", "”", '"', "»", "؟", "…", ")", "’")
# The text of which shares are taken: enough for stable shares, bounded for books.
_MAX_BODY = 10_000


def page_features(evidence: Evidence, metadata: Metadata, found: Outline, body: str) -> dict[str, float]:
    """Give the features by name of a page cut to these blocks; counts are logarithms, shares lie between 0 and 1, flags are 0 or 1."""
    features = _claims(evidence, metadata)
    features |= address(evidence.url)
    features |= _title(metadata.title or "", evidence.url)
    features |= _prose(body[:_MAX_BODY])
    features |= _brand(body[: 2 * _MAX_BODY], metadata, evidence.url)
    return features | markup(evidence, found, math.expm1(features["words"]))


def _claims(evidence: Evidence, metadata: Metadata) -> dict[str, float]:
    declared = evidence.types
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
        "section": float(states_section(evidence)),
        "feed": float("amphtml" in evidence.links),
    }
    return features


def _title(title: str, url: str) -> dict[str, float]:
    slug = set(_LATIN.findall(urlsplit(url).path.lower()))
    words = set(_LATIN.findall(title.lower()))
    name = host_name(url)
    return {
        "title_words": math.log1p(len(title.split())),
        "title_length": math.log1p(len(title)),
        "title_question": float("?" in title),
        "title_number": float(bool(re.match(r"\D{0,12}\d", title))),
        "title_year": float(bool(_YEAR.search(title))),
        "title_guide": float(bool(_GUIDE.search(title))),
        "title_brand": float(len(name) >= _LEAST_NAME and name in _letters(title)),
        "title_in_url": len(slug & words) / (len(words) + 1),
    }


def _brand(body: str, metadata: Metadata, url: str) -> dict[str, float]:
    """Count how often the text names its own site: who sells speaks of himself."""
    thousand = (len(body.split()) + 50) / 1000
    name, site = host_name(url), (metadata.site_name or "").strip().lower()
    lower = body.lower()
    hosts = _in_letters(name, lower) if len(name) >= _LEAST_NAME else 0
    sites = lower.count(site) if len(site) >= _LEAST_NAME else 0
    return {"names_host": math.log1p(hosts / thousand), "names_site": math.log1p(sites / thousand)}


def _in_letters(name: str, lower: str) -> int:
    """Count how often the letters of a name stand in a row, whatever stands between them."""
    said = letters(lower)
    # A pattern of each site's own takes five times as long to compile as this takes.
    return len(re.findall(r"[\W_]*".join(name), lower)) if said is None else said.count(name)


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.lower()))


def _prose(body: str) -> dict[str, float]:
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    sizes = [_size(line) for line in lines]
    total = sum(sizes)
    long = [size for line, size in zip(lines, sizes, strict=True) if size >= 25 and line.endswith(_SENTENCE_END)]
    thousand = (total + 50) / 1000
    lower = body.lower()
    tokens = lower.split()
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
        "prices": math.log1p((len(_PRICE.findall(body)) if any(map(body.__contains__, _CURRENCIES)) else 0) / thousand),
        "calls": math.log1p(len(_CALL.findall(lower)) / thousand),
        "replies": math.log1p(sum(map(_REPLY.__contains__, tokens)) / thousand),
        "reader": math.log1p(sum(map(_READER.__contains__, tokens)) / thousand),
        "said": math.log1p((sum(map(_SAID.__contains__, tokens)) + sum(map(body.count, _QUOTES))) / thousand),
        "questions": math.log1p(body.count("?") / thousand),
        "digits": sum(map(body.count, _DIGITS)) / (len(body) + 1),
    }


def _size(line: str) -> float:
    """Length in words; scripts without spaces count three characters a word."""
    spaced = len(line.split())
    return max(float(spaced), len(line) / 3 if not line.isascii() and spaced <= len(line) / 12 else 0.0)
