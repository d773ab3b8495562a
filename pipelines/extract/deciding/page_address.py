"""What tells an article from a page of another kind in its URL."""

from __future__ import annotations

import math
import re
from urllib.parse import urlsplit

__all__ = ["address", "host_name"]

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
# Words of a path, by the kind of page that stands under them.
_WORDS = {
    "service": r"[\w-]*services?|solutions?|platform|features?|industries|capabilities|consulting|pricing|plans?|offers?|deals|programs?|degrees?|courses?|"
    r"training|academics?|certificat\w+|seminars?|departments?|admissions?|compare|calculators?",
    "shop": r"shop|store|products?|produkt|p|dp|item|collections?|c|cart|gp|sku|catalog\w*|category|categories|brand",
    "forum": r"forums?|threads?|topic|t|r|questions?|community|discussion|talk|viewtopic|showthread|comments|board|q|showtopic",
    "list": r"tags?|topics?|categor(?:y|ies|ie)|authors?|search|archives?|page|latest|all|directory|list(?:ings?)?|find|browse|jobs?|events?|index\w*|best-of|lists?",
    "article": r"blogs?|news|articles?|stor(?:y|ies)|posts?|insights?|guides?|resources?|learn|magazine|how-to|tips|advice|health|knowledge|library|research|"
    r"journal|education",
}  # fmt: skip
_PATHS = {kind: re.compile(rf"/(?:{words})(?:[/.-]|$)", re.IGNORECASE) for kind, words in _WORDS.items()}
_THREAD = re.compile(r"(?:^|&)(?:t|tid|threadid|topic|p)=\d", re.IGNORECASE)


def address(url: str) -> dict[str, float]:
    """Give the features of a URL: counts are logarithms, flags 0 or 1."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    last = segments[-1] if segments else ""
    words = len([word for word in re.split(r"[-_+]", last.rsplit(".", 1)[0]) if word])
    features = {f"path_{kind}": float(bool(pattern.search(parts.path))) for kind, pattern in _PATHS.items()}
    if _THREAD.search(parts.query):
        features["path_forum"] = 1.0
    return features | {
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


def host_name(url: str) -> str:
    """Give the first label of the host, letters and digits only: what a company calls itself in its texts."""
    label = (urlsplit(url).hostname or "").removeprefix("www.").split(".")[0]
    return "".join(re.findall(r"[^\W_]+", label.lower()))
