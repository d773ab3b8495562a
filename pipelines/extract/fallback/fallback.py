"""The body by other means, where the block model finds next to none: the page's own JSON-LD, the state of its scripts, trafilatura."""

from __future__ import annotations

from itertools import accumulate, compress, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from trafilatura import bare_extraction

from pipelines.extract.fallback.state import State, state, stated
from pipelines.extract.judging.opinion import depth, standing
from pipelines.extract.markdown.inline import paragraph
from pipelines.extract.markdown.markdown import markdown
from pipelines.extract.metadata.titles import fold
from pipelines.extract.selecting.bylines import is_byline
from pipelines.extract.text.lines import Line, Shape, read_lines
from pipelines.extract.text.teasers import split
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.claims.json_ld import Node
    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.metadata.metadata import Metadata
    from pipelines.extract.parsing.parse import Document

__all__ = ["LEAST_WORDS", "Other", "fallback"]

# Below this many words of body others are asked; real notices are that short, so they must find far more.
LEAST_WORDS = 60
FAR_MORE = 3
# A longer text is no news article; the longest of 1,100 has 130,000 characters.
_MAX_CHARACTERS = 400_000
# Looking for each block in the text of each reader takes their product at worst, 4 ns a character.
_MAX_COMPARED = 200_000_000
# trafilatura takes quadratic time on some pages: 67 s on 64,000 pictures in a paragraph. Articles have 20,000 tags at most.
_MAX_ELEMENTS = 30_000
# And it climbs: 1.6 s for so many elements times depth. The most seen is 230,000.
_MAX_STEPS = 1_000_000
# Of elements beside each other it compares each with all: 5 s for 8,000 links in one paragraph. The most seen is 980.
_MAX_BESIDE = 3_000
# It reads long attributes again and again: 10 s for 15 MB of them. The largest article page seen has 3 MB.
_MAX_MARKUP = 4_000_000


class Other(NamedTuple):
    """A body by other means."""

    body: str
    markdown: str
    reader: str
    """Who found it: the page's JSON-LD, its scripts or trafilatura."""
    nodes: tuple[Node, ...]
    """The objects of the scripts' state that hold it, the innermost first."""


class Cut(NamedTuple):
    """What a reader found, paragraph by paragraph."""

    texts: list[str]
    outline: Outline | None
    """Where they are blocks: of the page, or of markup in one of its strings."""
    blocks: list[int]


def fallback(
    document: Document,
    found: Outline,
    evidence: Evidence,
    metadata: Metadata,
    words: int,
    *,
    removed: Collection[str] = (),
) -> Other | None:
    """Give what another reader finds, where it is far more than `words`; None where nobody does.

    `removed` are the texts of blocks that are known to be none of the article's.
    """
    claimed = evidence.article.get("articleBody")
    readers: dict[str, Callable[[], State]] = {
        "the page's JSON-LD": lambda: stated(claimed if isinstance(claimed, str) else ""),
        "the state of the page's scripts": lambda: state(document.tree),
        "trafilatura": lambda: State(trafilatura_body(document), None, ()),
    }
    for reader, look in readers.items():
        # The later readers are slow, and most often not needed.
        read = look()
        cut = _cut(read, found)
        # What others find carries the teasers too: headings and line shapes tell them apart, as in any plain text.
        lines = read_lines("\n\n".join(cut.texts))
        told = [at for at in _without_head(lines, split(lines).body, metadata) if lines[at].text not in removed]
        paragraphs = [lines[at].text for at in told]
        if sum(map(count, paragraphs)) > max(LEAST_WORDS, FAR_MORE * words):
            return Other("\n\n".join(paragraphs), _markdown(cut, lines, told, evidence.base), reader, read.nodes)
    return None


def _markdown(cut: Cut, lines: Sequence[Line], told: Sequence[int], base: str) -> str:
    """Render the lines that are told, as blocks where they are: the text of a block is one line."""
    if cut.outline is not None and len(lines) == len(cut.blocks):
        return markdown(cut.outline, [cut.blocks[at] for at in told], base)
    return "\n\n".join(paragraph(lines[at].text) for at in told)


def _without_head(lines: Sequence[Line], body: Sequence[int], metadata: Metadata) -> list[int]:
    """Leave out headline and site name, and before the first sentence what says nothing but who wrote and when."""
    titles = [fold(title) for title in metadata.title_candidates]
    # What a title has behind another is the site's name or a section's.
    added = {longer[len(title) :] for title in titles for longer in titles if longer.startswith(title)}
    dropped = {*titles, *added, fold(metadata.site_name or "")} - {""}
    authors = (*metadata.authors, *metadata.organisations)
    told = next((at for at in body if lines[at].shape is Shape.PROSE), 0)
    return [
        at
        for at in body
        if fold(lines[at].text) not in dropped and not (at < told and is_byline(lines[at].text, authors))
    ]


def _cut(read: State, found: Outline) -> Cut:
    """Give the page's own blocks that stand in what was read, where they make up most of it: readers join what a page parts."""
    text = read.text[:_MAX_CHARACTERS]
    stands = standing([block.text.replace(" ", "") for block in found.blocks], text, _MAX_COMPARED)
    blocks = {
        index: words
        for index in compress(range(len(stands)), stands)
        if (words := found.blocks[index].without_marks().text)
    }
    texts = list(blocks.values())
    if 2 * sum(map(len, texts)) > len("".join(text.split())):
        return Cut(texts, found, list(blocks))
    if read.fragment is None:
        return Cut(text.split("\n"), None, [])
    lengths = accumulate(map(len, read.fragment.texts))
    first = sum(1 for _ in takewhile(lambda length: length <= _MAX_CHARACTERS, lengths))
    return Cut(read.fragment.texts[:first], read.fragment.outline, read.fragment.kept[:first])


def trafilatura_body(document: Document) -> str:
    """Give what trafilatura takes for the main text, empty where it finds none and for a page that would take it too long."""
    elements = sum(1 for _ in islice(document.tree.iter(), _MAX_ELEMENTS + 1))
    if elements > _MAX_ELEMENTS or elements * depth(document.tree) > _MAX_STEPS:
        return ""
    if max(map(len, document.tree.iter())) > _MAX_BESIDE or len(document.text) > _MAX_MARKUP:
        return ""
    found = bare_extraction(document.tree, include_comments=False, favor_precision=True)
    return found.text or "" if found is not None and not isinstance(found, dict) else ""
