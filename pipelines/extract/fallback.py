"""The body by other means, where the block model finds next to none: the page's own JSON-LD, then trafilatura."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trafilatura import bare_extraction

from pipelines.extract.markdown import escaped
from pipelines.extract.words import count

if TYPE_CHECKING:
    from pipelines.extract.evidence import Evidence
    from pipelines.extract.parse import Document

__all__ = ["LEAST_WORDS", "fallback"]

# Below this many words of body others are asked; real notices are that short, so they must find far more.
LEAST_WORDS = 60
FAR_MORE = 3
TAG = re.compile(r"<[^<>]{1,500}>")


def fallback(document: Document, evidence: Evidence, words: int) -> tuple[str, str] | None:
    """Give body and Markdown where another reader finds far more than `words`; None where nobody does."""
    stated = evidence.article.get("articleBody")
    texts = [stated if isinstance(stated, str) else "", trafilatura_body(document)]
    for text in texts:
        paragraphs = [" ".join(line.split()) for line in TAG.sub(" ", text).split("\n") if line.strip()]
        if sum(map(count, paragraphs)) > max(LEAST_WORDS, FAR_MORE * words):
            return "\n\n".join(paragraphs), "\n\n".join(map(escaped, paragraphs))
    return None


def trafilatura_body(document: Document) -> str:
    """Give what trafilatura takes for the main text, empty where it finds none."""
    found = bare_extraction(document.tree, include_comments=False, favor_precision=True)
    return found.text or "" if found is not None and not isinstance(found, dict) else ""
