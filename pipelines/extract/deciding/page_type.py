"""Whether a page is an article, and why: explicit rules for what pages say plainly, a linear model for the rest."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.claims.json_ld import types
from pipelines.extract.cutting.blocks import outline
from pipelines.extract.deciding.no_page import no_page
from pipelines.extract.deciding.own_pages import own_page
from pipelines.extract.deciding.page_features import page_features
from pipelines.extract.deciding.signs import signs
from pipelines.extract.deciding.templates import template
from pipelines.extract.deciding.walls import titles, wall
from pipelines.extract.words import count
from pipelines.records import Decision, Kind

if TYPE_CHECKING:
    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.metadata.metadata import Metadata
    from pipelines.extract.parsing.parse import Document

__all__ = ["MODEL", "Model", "decide", "is_live", "model", "ruled"]

MODEL = Path(__file__).with_name("page_type.json")
# Fewer words are a caption or a notice; the shortest real article of 1,100 has 20.
_LEAST_WORDS = 15
# With fewer words of prose a film or a series of pictures is the page's matter.
_BESIDE_WORDS = 80
# What articles do not declare beside themselves, and never alone: of 1,106, none does.
_DECLARED = (
    (Kind.FORUM, frozenset(("DiscussionForumPosting", "QAPage"))),
    (Kind.AUTHOR, frozenset(("ProfilePage",))),
    (Kind.SECTION, frozenset(("CollectionPage", "SearchResultsPage"))),
    (Kind.SERVICE, frozenset(("JobPosting", "ContactPage", "CheckoutPage"))),
)
_POSTING = frozenset(("DiscussionForumPosting",))
_CLASS_KINDS = {"forum": Kind.FORUM, "product": Kind.PRODUCT, "service": Kind.SERVICE, "listing": Kind.SECTION}
_PATH_KINDS = (
    (
        re.compile(r"/(?:tags?|topics?|thema|themen|keywords?|stichwort|etiqueta|mot-cle)/[^/]+/?$", re.IGNORECASE),
        Kind.TAG,
    ),
    (
        re.compile(
            r"/(?:authors?|autor(?:en|es)?|auteurs?|people|profile|user|redakteur|journalist)/[^/]+/?$", re.IGNORECASE
        ),
        Kind.AUTHOR,
    ),
    (
        re.compile(r"/(?:categor(?:y|ies|ie|ia)|kategorie|section|rubrik|rubrique|channel|seccion)/", re.IGNORECASE),
        Kind.SECTION,
    ),
)
# No folder or headline that only begins so: live music, live translation.
_LIVE = re.compile(
    r"/live/|[/-](?:live-?(?:blog|ticker|updates?|coverage|reporting)|ticker)(?:[/.-]|$)",
    re.IGNORECASE,
)
_GALLERY_PATH = re.compile(
    r"/(?:galler(?:y|ies)|galerie|fotostrecke|bilderstrecke|photos?|slideshow|diaporama|fotogaler[ií]a)[/-]",
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|tv)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Model:
    """Multinomial logistic regression: a page's features, standardised, times the weights of each class."""

    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    classes: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    """One row a class, in the order of `classes`; one column a feature."""
    intercepts: tuple[float, ...]
    threshold: float
    """Least probability of the class `article` at which a page is taken for one."""

    def standardised(self, features: dict[str, float]) -> list[float]:
        """Give the features in the model's order with mean 0 and variance 1."""
        return [
            (features[name] - mean) / scale
            for name, mean, scale in zip(self.features, self.means, self.scales, strict=True)
        ]

    def probabilities(self, values: list[float]) -> dict[str, float]:
        """Give the probability of each class."""
        scores = [
            intercept + math.fsum(map(mul, row, values))
            for row, intercept in zip(self.weights, self.intercepts, strict=True)
        ]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        return {name: power / sum(powers) for name, power in zip(self.classes, powers, strict=True)}


@lru_cache(maxsize=1)
def model() -> Model:
    """Load the shipped model once a process."""
    stored = json.loads(MODEL.read_text(encoding="utf-8"))
    return Model(
        features=tuple(stored["features"]),
        means=tuple(stored["means"]),
        scales=tuple(stored["scales"]),
        classes=tuple(stored["classes"]),
        weights=tuple(tuple(row) for row in stored["weights"]),
        intercepts=tuple(stored["intercepts"]),
        threshold=stored["threshold"],
    )


def decide(
    document: Document,
    url: str,
    metadata: Metadata,
    body: str,
    *,
    evidence: Evidence | None = None,
    found: Outline | None = None,
    words: int | None = None,
) -> Decision:
    """Decide what the page is, with the body that was found on it.

    `score` is the probability of what is said: of an article where it is one, of none where it is not. Pass the
    `evidence` that the metadata was read from, the blocks `found` and how many `words` the body has, to save a second reading.
    """
    evidence = evidence or Evidence(document, url)
    return ruled(evidence, url, metadata, body, words) or _by_model(
        evidence, url, metadata, found or outline(document.tree), body
    )


def ruled(evidence: Evidence, url: str, metadata: Metadata, body: str, words: int | None = None) -> Decision | None:
    """Refuse a page that plainly is none: a wall, nothing to read, a film or pictures; None where the model is to judge."""
    if what := no_page(evidence.markup):
        return Decision(article=False, kind=Kind.NOT_HTML, score=1.0, reason=f"{what}, not a page")
    if words is None:
        words = round(count(body))
    if stop := wall(evidence, metadata, body, words):
        return Decision(article=False, kind=stop[0], score=0.95, reason=stop[1])
    if made := _made(evidence, url, metadata):
        return Decision(article=False, kind=made[0], score=0.95, reason=f"{made[1]}, with {words} words of body")
    if words < _LEAST_WORDS:
        kind = _instead(evidence, url, words=words) or _list_of(evidence, url) or Kind.EMPTY
        return Decision(article=False, kind=kind, score=0.95, reason=f"{words} words of body")
    beside = _instead(evidence, url, words=words) if words < _BESIDE_WORDS else None
    if beside is None:
        return None
    return Decision(article=False, kind=beside, score=0.8, reason=f"says {beside.value}, with {words} words of body")


def _made(evidence: Evidence, url: str, metadata: Metadata) -> tuple[Kind, str] | None:
    """Say what a page was made for, by the template that its body names or by a headline that is nothing else."""
    if made := template(evidence.tree):
        return made.kind, f"{made.system}'s template of such pages ({made.names!r} on the body)"
    if not evidence.article and (own := own_page(titles(evidence, metadata), url)):
        return Kind.SERVICE, f"a page of the site about itself ({own!r})"
    return _declared(evidence, url)


def _declared(evidence: Evidence, url: str) -> tuple[Kind, str] | None:
    """Say what a page declares itself to be, beside which it declares no article but a posting to a forum."""
    if types(evidence.article) - _POSTING:
        return None
    for kind, names in _DECLARED:
        if declared := names & evidence.types:
            listed = _list_of(evidence, url) if kind is Kind.SECTION else None
            return listed or kind, f"a {min(declared)} as declared"
    if not evidence.article and (evidence.meta("og:type") or "").lower() == "profile":
        return Kind.AUTHOR, "a profile as declared"
    return None


def _is_home(url: str) -> bool:
    return urlsplit(url).path.strip("/") in ("", "index.html", "index.php", "home")


def _instead(evidence: Evidence, url: str, *, words: int) -> Kind | None:
    """Give the kind of a page whose matter is not text.

    An address under `/tv/` or `/photo/` may be that of news about television and cameras: where a page with a text declares
    itself an article, it is asked for the film as well.
    """
    og = (evidence.meta("og:type") or "").lower()
    told = words >= _LEAST_WORDS and bool(evidence.article)
    film = "VideoObject" in evidence.types
    if og.startswith("video") or (film and not evidence.article) or (_VIDEO_PATH.search(url) and (film or not told)):
        return Kind.VIDEO
    if evidence.types & {"ImageGallery", "MediaGallery"} or (_GALLERY_PATH.search(url) and not told):
        return Kind.GALLERY
    return None


def _by_model(evidence: Evidence, url: str, metadata: Metadata, found: Outline, body: str) -> Decision:
    fitted = model()
    features = page_features(evidence, metadata, found, body)
    values = fitted.standardised(features)
    probabilities = fitted.probabilities(values)
    article = probabilities["article"]
    accepted = article >= fitted.threshold
    other = max((name for name in fitted.classes if name != "article"), key=probabilities.__getitem__)
    reason = signs(fitted, values, "article" if accepted else other, other if accepted else "article")
    if accepted:
        live = is_live(evidence, url)
        kind = Kind.LIVE if live else Kind.ARTICLE
        return Decision(article=True, kind=kind, score=round(article, 4), reason=reason)
    return Decision(article=False, kind=_kind(other, evidence, url), score=round(1 - article, 4), reason=reason)


def is_live(evidence: Evidence, url: str) -> bool:
    """Tell whether a page calls itself a live blog, in its JSON-LD or its URL."""
    return "LiveBlogPosting" in evidence.types or bool(_LIVE.search(urlsplit(url).path))


def _kind(predicted: str, evidence: Evidence, url: str) -> Kind:
    if _is_home(url):
        return Kind.INDEX
    listed = _list_of(evidence, url) if predicted == "listing" else None
    return listed or _CLASS_KINDS[predicted]


def _list_of(evidence: Evidence, url: str) -> Kind | None:
    """Give the kind of list that a page declares itself to be, or is by its address."""
    if _is_home(url):
        return Kind.INDEX
    if "ProfilePage" in evidence.types:
        return Kind.AUTHOR
    path = urlsplit(url).path
    return next((kind for pattern, kind in _PATH_KINDS if pattern.search(path)), None)
