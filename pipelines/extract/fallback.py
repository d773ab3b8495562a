"""The body by other means, where the block model finds next to none: the page's own JSON-LD, the state of its scripts, trafilatura."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from trafilatura import bare_extraction

from pipelines.extract.lines import read_lines
from pipelines.extract.markdown_inline import paragraph
from pipelines.extract.state import state_body
from pipelines.extract.text_teasers import split
from pipelines.extract.words import count

if TYPE_CHECKING:
    from pipelines.extract.blocks import Outline
    from pipelines.extract.evidence import Evidence
    from pipelines.extract.parse import Document

__all__ = ["LEAST_WORDS", "fallback"]

# Below this many words of body others are asked; real notices are that short, so they must find far more.
LEAST_WORDS = 60
FAR_MORE = 3
# A longer text is no news article; the longest of 1,100 has 130,000 characters.
_MAX_CHARACTERS = 400_000
# Looking for each block in the text takes their product; the page of an article has 6,000 blocks at most.
_MAX_BLOCKS = 8_000
# trafilatura takes quadratic time on some pages: 67 s on 64,000 pictures in a paragraph. Articles have 20,000 tags at most.
_MAX_ELEMENTS = 30_000
TAG = re.compile(r"<[^<>]{1,500}>")


def fallback(document: Document, found: Outline, evidence: Evidence, words: int) -> tuple[str, str] | None:
    """Give body and Markdown where another reader finds far more than `words`; None where nobody does."""
    stated = evidence.article.get("articleBody")
    texts = [stated if isinstance(stated, str) else "", state_body(document.tree), trafilatura_body(document)]
    for text in texts:
        # What others find carries the teasers too: headings and line shapes tell them apart, as in any plain text.
        lines = read_lines("\n\n".join(_blocks_in(TAG.sub(" ", text)[:_MAX_CHARACTERS], found)))
        paragraphs = [lines[at].text for at in split(lines).body]
        if sum(map(count, paragraphs)) > max(LEAST_WORDS, FAR_MORE * words):
            return "\n\n".join(paragraphs), "\n\n".join(map(paragraph, paragraphs))
    return None


def _blocks_in(text: str, found: Outline) -> list[str]:
    """Give the page's own blocks that stand in `text`, where they make up most of it: readers join what a page parts."""
    if len(found.blocks) > _MAX_BLOCKS:
        return text.split("\n")
    packed = "".join(text.split())
    blocks = [block.text for block in found.blocks if "".join(block.text.split()) in packed]
    return blocks if 2 * sum(map(len, blocks)) > len(packed) else text.split("\n")


def trafilatura_body(document: Document) -> str:
    """Give what trafilatura takes for the main text, empty where it finds none and for a page that would take it too long."""
    if next(islice(document.tree.iter(), _MAX_ELEMENTS, None), None) is not None:
        return ""
    found = bare_extraction(document.tree, include_comments=False, favor_precision=True)
    return found.text or "" if found is not None and not isinstance(found, dict) else ""
