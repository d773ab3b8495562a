"""Gives an article its topics, with calibrated probabilities and the words that decided."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from pipelines import settings
from pipelines.classify import features, model, taxonomy
from pipelines.classify.deciding import deciding
from pipelines.records import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["MODEL", "MOST", "classify", "evidence", "given", "shipped"]

MODEL = Path(__file__).parent / "topics.npz"
"""The model that is shipped; `training/shipped.py` makes it, `docs/topics.md` describes it."""
MOST = 3
"""A fourth topic was never right in the labelled items."""
_SECTION_SHIFT = 1.0
"""Log-odds that a publisher's section or tag adds to its topic: publishers file by desk and by search engine, so it
may settle a close call and never overrule the text."""


@lru_cache(maxsize=1)
def shipped() -> model.Model:
    """Read the model that is shipped."""
    return model.load(MODEL)


def classify(
    title: str,
    body: str,
    *,
    section: str | None = None,
    tags: Sequence[str] = (),
    source_topics: Mapping[str, str] | None = None,
    url: str | None = None,
    used: model.Model | None = None,
) -> tuple[Topic, ...]:
    """Return one to three topics, best first; `other` (not technology) stands alone.

    `body` may be empty. `source_topics` maps the publisher's sections, tags and path segments (lower case) to topics;
    names that mean the same at every publisher are in `config/topics.yaml`. `used` null takes the model that is
    shipped. Empty where there is nothing to read.
    """
    if not title.strip() and not body.strip():
        return ()
    used = used or shipped()
    read = features.read(title, body)
    seen = used.vocabulary.vector(read)
    meant = evidence(section, tags, source_topics or {}, url)
    shift = np.array([_SECTION_SHIFT if topic in meant else 0.0 for topic in used.topics], dtype=np.float32)
    chances = 1 / (1 + np.exp(-(used.log_odds(seen) + shift)))
    chosen = given(used.topics, chances, used.threshold)
    words = deciding(used, read, seen, chosen)
    return tuple(
        Topic(id=used.topics[topic], score=round(float(chances[topic]), 4), words=each)
        for topic, each in zip(chosen, words, strict=True)
    )


def given(topics: Sequence[str], chances: NDArray[np.float32], threshold: NDArray[np.float32]) -> list[int]:
    """Choose the topics to give: the likeliest, and those beyond their thresholds; indices, best first."""
    order = [int(topic) for topic in np.argsort(-chances, kind="stable")]
    if topics[order[0]] == taxonomy.OTHER:
        return order[:1]
    rest = [topic for topic in order[1:] if chances[topic] >= threshold[topic]]
    return [order[0], *(topic for topic in rest if topics[topic] != taxonomy.OTHER)][:MOST]


def evidence(
    section: str | None, tags: Sequence[str], source_topics: Mapping[str, str], url: str | None
) -> frozenset[str]:
    """Return the topics that the publisher's own filing speaks for; its own mapping comes before the general one."""
    names = {name.strip().lower() for name in (section or "", *tags)}
    own = names | {part.lower() for part in urlsplit(url or "").path.split("/")}
    general = _sections()
    meant = {source_topics[name] for name in own if name in source_topics}
    return frozenset(meant | {general[name] for name in names if name in general and name not in source_topics})


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    return taxonomy.load(settings.load().config / "topics.yaml").sections
