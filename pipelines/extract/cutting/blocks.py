"""A tree to its text blocks in page order, each with its pieces of text and the chain of containers it stands in.

A block is a run of inline content between two borders of block-level elements or two line breaks in a row: the
smallest part of a page that is judged as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pipelines.errors import Quarantine
from pipelines.extract.cutting.elements import ASIDES, BORDERS, PASSED_OVER, SKIPPED, STYLES, passed_over
from pipelines.extract.cutting.formulas import Formula, formula, is_drawn, pictured
from pipelines.extract.cutting.permalinks import without_permalinks
from pipelines.extract.cutting.phrasing import is_aside, is_phrase
from pipelines.extract.cutting.superscripts import exponent, is_note_mark, takes_exponent

if TYPE_CHECKING:
    from lxml import html

__all__ = ["HEADINGS", "PICTURES", "Block", "Container", "Outline", "Piece", "outline"]

# The most seen on 1,400 pages is 6,000; features and model take 20 µs a block.
MAX_BLOCKS = 40_000
# Characters. No server takes longer addresses; the most seen on 1,400 pages are 2,006 and 119.
MAX_ADDRESS, MAX_REL = 10_000, 300

# Levels of the elements that are headings.
HEADINGS = {f"h{level}": level for level in range(1, 7)}
PICTURES = ("img", "amp-img")


class Piece(NamedTuple):
    """A stretch of text under one style, white space as in the source."""

    text: str
    link: html.HtmlElement | None
    """The `<a href>` around it; a card may put one around several blocks."""
    style: str
    """Any of `b` bold, `i` italic, `c` code, `k` a key to press, `d` struck out, `f` a formula in TeX, `n` a line break, `m` the mark of a note or what is not for the eye."""


@dataclass(slots=True, eq=False)
class Container:
    """A block-level element on the way from the root to a block."""

    index: int
    """Order of its start tag among the containers, from 0."""
    element: html.HtmlElement
    tag: str
    parent: int
    """Index of the next container around it; the root is its own."""
    first: int
    """Index of the first block in it."""
    last: int = 0
    """Index after the last block in it."""
    images: int = 0
    """Pictures that start directly in it."""


@dataclass(slots=True, eq=False)
class Block:
    """A run of inline content."""

    text: str
    """Its text, white space folded."""
    pieces: list[Piece]
    container: Container
    """The innermost block-level element around it."""

    def without_marks(self) -> Block:
        """Give it without the marks of notes: none of its words, but the model has learned from texts that have them."""
        pieces = [piece for piece in self.pieces if "m" not in piece.style]
        if len(pieces) == len(self.pieces):
            return self
        return Block(" ".join("".join([piece.text for piece in pieces]).split()), pieces, self.container)


@dataclass(slots=True)
class Outline:
    """All blocks of a page and all containers around them, both in page order."""

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    images: list[tuple[html.HtmlElement, int, int]] = field(default_factory=list)
    """Each picture with the index of its container and of the block that follows it."""


class Walk:
    """State of the one pass over a tree."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.open: list[Container] = []
        self.links: list[html.HtmlElement] = []
        self.styles: list[str] = [""]
        self.run: list[Piece] = []
        self.breaks = 0
        # Elements that are a part of a line although most of their kind are not.
        self.phrases: list[html.HtmlElement] = []
        # The mark of a note that is open, and the `<sup>` behind a number or unit.
        self.mark: html.HtmlElement | None = None
        self.raised: html.HtmlElement | None = None

    def text(self, text: str) -> None:
        """Add a text node to the run."""
        if self.raised is not None:
            text = exponent(text)
        style = self.styles[-1] if self.mark is None else f"{self.styles[-1]}m"
        if self.breaks and not text.isspace():
            self.breaks = 0
        self.run.append(Piece(text, self.links[-1] if self.links else None, style))

    def flush(self) -> None:
        """End the run; what holds a visible character becomes a block."""
        if len(self.run) > 1 and self.open[-1].tag in HEADINGS:
            self.run = without_permalinks(self.run)
        text = " ".join("".join([piece.text for piece in self.run]).split())
        if text:
            if len(self.outline.blocks) >= MAX_BLOCKS:
                raise Quarantine(f"page of more than {MAX_BLOCKS:,} text blocks")
            self.outline.blocks.append(Block(text, self.run, self.open[-1]))
        self.run = []
        self.breaks = 0

    def enter(self, element: html.HtmlElement, tag: str) -> None:
        """Open a container."""
        if self.run:
            self.flush()
        containers = self.outline.containers
        parent = self.open[-1].index if self.open else 0
        container = Container(len(containers), element, tag, parent, len(self.outline.blocks))
        containers.append(container)
        self.open.append(container)

    def leave(self) -> None:
        """Close the innermost container."""
        if self.run:
            self.flush()
        self.open.pop().last = len(self.outline.blocks)

    def link(self, element: html.HtmlElement) -> None:
        """Open an `<a>`; what is around many blocks is asked for its address by each."""
        href = element.get("href")
        if not href:
            return
        if len(href) <= MAX_ADDRESS and len(element.get("rel") or "") <= MAX_REL:
            self.links.append(element)
        if "#" in href:
            self.note(element)

    def superscript(self, element: html.HtmlElement) -> None:
        """Open a `<sup>`."""
        self.note(element)
        if self.run and takes_exponent(self.run):
            self.raised = element

    def note(self, element: html.HtmlElement) -> None:
        """Open the mark of a note, where it is one; those in another are of it."""
        if self.mark is None and is_note_mark(element):
            self.mark = element

    def phrase(self, element: html.HtmlElement) -> None:
        """Open an element that is a part of a line; a button is set off from the words beside it without a space."""
        self.phrases.append(element)
        if element.tag == "button" and self.run and self.run[-1].text[-1:].isalnum():
            self.text(" ")

    def end_phrase(self) -> None:
        """Close the innermost element that is a part of a line."""
        element = self.phrases.pop()
        if element.tag == "button" and self.run and (element.tail or "")[:1].isalnum():
            self.text(" ")

    def aside(self, element: html.HtmlElement) -> None:
        """Open what is not for the eye, or how characters are read."""
        if self.mark is None:
            self.mark = element

    def formula(self, said: Formula | None) -> bool:
        """Add a formula to the run; tell whether there is one."""
        if said is None or not self.open:
            return False
        style = self.styles[-1] + "f" * said.is_tex + "m" * (self.mark is not None)
        self.run.append(Piece(said.text, self.links[-1] if self.links else None, style))
        return True

    def picture(self, element: html.HtmlElement) -> None:
        """Note a picture."""
        self.outline.images.append((element, self.open[-1].index, len(self.outline.blocks)))

    def line_break(self) -> None:
        """Note a `<br>`; the second in a row parts paragraphs."""
        self.breaks += 1
        if self.run and self.breaks > 1 and not any(container.tag == "pre" for container in self.open[-2:]):
            self.flush()
        elif self.run:
            self.run.append(Piece("\n", None, "n"))


def outline(root: html.HtmlElement) -> Outline:
    """Cut the tree into blocks. Raises Quarantine for a page of more than `MAX_BLOCKS`."""
    body = root.find("body")
    walk = Walk()
    events = etree.iterwalk(root if body is None else body, events=("start", "end"))
    for event, element in events:
        if event == "end":
            end(walk, element, str(element.tag))
            text = element.tail
        elif start(walk, element, str(element.tag)):
            text = element.text
        else:
            events.skip_subtree()
            continue
        # Most text nodes only part elements; the first line of code may be indented.
        if text and (walk.run or not text.isspace() or (walk.open and walk.open[-1].tag == "pre")):
            walk.text(text)
    return walk.outline


def start(walk: Walk, element: html.HtmlElement, tag: str) -> bool:
    """Take in a start tag; tell whether to read what is inside."""
    if tag in BORDERS:
        walk.enter(element, tag)
    elif tag in PASSED_OVER or "-" in tag:
        return start_doubtful(walk, element, tag)
    elif tag == "a":
        walk.link(element)
    elif tag in ASIDES:
        if is_aside(element):
            walk.aside(element)
        return not is_drawn(element)
    elif tag in SKIPPED:
        walk.formula(formula(element) if tag == "math" else None)
        return tag == "template" and element.get("shadowrootmode") == "open"
    elif tag == "br":
        walk.line_break()
    elif tag == "img":
        if walk.open and not walk.formula(pictured(element)):
            walk.open[-1].images += 1
            walk.picture(element)
    elif tag == "sup":
        walk.superscript(element)
    elif tag in STYLES:
        walk.styles.append(walk.styles[-1] + STYLES[tag])
    return True


def start_doubtful(walk: Walk, element: html.HtmlElement, tag: str) -> bool:
    """Take in the start tag of an element that may hold a block, a part of a line or nothing; tell whether to read what is inside."""
    if walk.open and is_phrase(element, walk.open[-1].tag):
        walk.phrase(element)
        return True
    walk.enter(element, tag)
    if tag == "amp-img":
        walk.picture(element)
    return tag not in PASSED_OVER or not passed_over(element)


def end(walk: Walk, element: html.HtmlElement, tag: str) -> None:
    """Take in an end tag."""
    if walk.mark is element:
        walk.mark = None
    if tag in BORDERS:
        walk.leave()
    elif tag in PASSED_OVER or "-" in tag:
        if walk.phrases and walk.phrases[-1] is element:
            walk.end_phrase()
        else:
            walk.leave()
    elif tag == "a":
        if walk.links and walk.links[-1] is element:
            walk.links.pop()
    elif tag == "sup":
        if walk.raised is element:
            walk.raised = None
    elif tag in STYLES:
        walk.styles.pop()
