"""Gives an article its topics, with calibrated probabilities and the words that decided."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from scipy.special import expit

from pipelines import settings
from pipelines.classify import features, model, taxonomy
from pipelines.records import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["MODEL", "VERSION", "classify"]

MODEL = Path(__file__).parent / "topics.npz"
"""The model in use."""

_MODEL = model.load(MODEL)

VERSION = _MODEL.version
"""Version of the model in use; stands on every article."""

_MOST = 3
"""A fourth topic was never right in the labelled items."""
_WORDS = 5
"""Deciding words shown for a topic."""
_SECTION_SHIFT = 1.0
"""Log-odds that a publisher's section or tag adds to its topic: publishers file by desk and by search engine, so it
may settle a close call and never overrule the text."""


def classify(
    title: str,
    body: str,
    *,
    section: str | None = None,
    tags: Sequence[str] = (),
    source_topics: Mapping[str, str] | None = None,
    url: str | None = None,
) -> tuple[Topic, ...]:
    """Return one to three topics, best first; `other` (not technology) stands alone.

    `body` may be empty. `source_topics` maps the publisher's sections, tags and path segments (lower case) to topics;
    names that mean the same at every publisher are in `config/topics.yaml`. Empty where there is nothing to read.
    """
    if not title.strip() and not body.strip():
        return ()
    used = _MODEL
    read = features.read(title, body)
    seen = model.vector(read, used.keys, used.idf)
    odds = used.log_odds(seen) + _evidence(used.topics, section, tags, source_topics or {}, url)
    chances = expit(odds)
    return tuple(
        Topic(id=used.topics[topic], score=round(float(chances[topic]), 4), words=_deciding(used, read, seen, topic))
        for topic in _given(used, chances)
    )


def _given(used: model.Model, chances: NDArray[np.float32]) -> list[int]:
    order = [int(topic) for topic in np.argsort(-chances, kind="stable")]
    if used.topics[order[0]] == taxonomy.OTHER:
        return order[:1]
    rest = [topic for topic in order[1:] if chances[topic] >= used.threshold[topic]]
    return [order[0], *(topic for topic in rest if used.topics[topic] != taxonomy.OTHER)][:_MOST]


def _evidence(
    topics: tuple[str, ...],
    section: str | None,
    tags: Sequence[str],
    source_topics: Mapping[str, str],
    url: str | None,
) -> NDArray[np.float32]:
    names = {name.strip().lower() for name in (section or "", *tags)}
    own = names | {part.lower() for part in urlsplit(url or "").path.split("/")}
    general = _sections()
    meant = {source_topics[name] for name in own if name in source_topics}
    meant |= {general[name] for name in names if name in general and name not in source_topics}
    return np.array([_SECTION_SHIFT if topic in meant else 0.0 for topic in topics], dtype=np.float32)


def _deciding(used: model.Model, read: features.Features, seen: model.Vector, topic: int) -> tuple[str, ...]:
    """Share what each feature adds to the topic among the words that it was read from; return the strongest."""
    value = np.zeros(len(used.keys), dtype=np.float32)
    value[seen.rows] = seen.values * used.weights[seen.rows, topic]
    total = np.zeros(len(read.terms), dtype=np.float64)
    for hashes, terms in ((read.words, read.word_of), (read.pieces, read.piece_of)):
        rows = model.rows_of(hashes, used.keys)
        known = rows >= 0
        times = np.bincount(rows[known], minlength=1)
        total += np.bincount(terms[known], value[rows[known]] / times[rows[known]], minlength=len(total))
    sums: dict[str, float] = {}
    for term, share in zip(read.terms, total.tolist(), strict=True):
        sums[term] = sums.get(term, 0.0) + share
    best = sorted(sums, key=lambda term: (-sums[term], term))[: 2 * _WORDS]
    return tuple(term for term in best if sums[term] > 0)[:_WORDS]


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    return taxonomy.load(settings.load().config / "topics.yaml").sections
