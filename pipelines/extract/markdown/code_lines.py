"""The lines of code as its elements part them: what stands beside the code (numbers, buttons, labels) left out, blank lines and indents kept."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pipelines.extract.cutting.elements import ASIDES, BORDERS, PASSED_OVER, SKIPPED
from pipelines.extract.cutting.phrasing import is_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

__all__ = ["Code", "classes", "code", "only_numbers"]

# Elements that highlighters give to a line; the cells of a row share one.
LINES = frozenset(("div", "li", "ol", "p", "table", "tr", "ul"))
# White space between these is the indentation of the markup.
LAYOUT = LINES | {"tbody", "td", "th", "thead"}
# What is no code wherever it stands in it: Substack's label says that spacing is kept.
BESIDE = SKIPPED | {"button", "label"}
TOOLS = frozenset(("code-toolbar", "copy", "copy-button", "toolbar"))
# How highlighters call what numbers the lines: Chroma, Pygments, react-syntax-highlighter, Prism, GitHub, Crayon, SyntaxHighlighter,
# highlightjs-line-numbers, Rouge.
NUMBERS = frozenset((
    "ln", "lnt", "lineno", "linenos", "linenumber", "line-number", "line-numbers", "react-syntax-highlighter-line-number", "blob-num",
    "crayon-num", "crayon-nums", "gutter", "hljs-ln-numbers", "hljs-ln-n", "linenodiv", "rouge-gutter",
))  # fmt: skip
# The share of lines that are numbered where they are; the first and the last may be no lines.
MOST_LINES = 0.9
MAX_DIGITS, MAX_CLASSES = 5, 500
NO_BREAK_SPACE = "\xa0"


class Code(NamedTuple):
    """The text of code."""

    text: str
    less: bool
    """Whether something beside the code was left out."""


class Part(NamedTuple):
    """A stretch of text, or the end of a line."""

    text: str
    number: tuple[str, str] | None = None
    """Tag and classes of an element that begins a line and holds a number alone."""
    border: bool = False
    """Whether it ends a line for an element's sake."""


def code(root: HtmlElement) -> Code:
    """Read the code in an element, in one walk."""
    walk = Walk(root)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if walk.is_beside(element):
                events.skip_subtree()
            else:
                walk.start(element)
        else:
            walk.end(element)
    numbers = numbering(walk.parts)
    texts = [part.text for at, part in enumerate(walk.parts) if at not in numbers]
    text = "".join(texts)
    return Code(text if root.tag == "pre" else text.replace(NO_BREAK_SPACE, " "), walk.less or bool(numbers))


class Walk:
    """State of the walk through the elements of code."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.has_code = root.tag == "pre" and root.find("code") is not None
        self.parts: list[Part] = []
        self.fresh = True
        self.less = False
        # Of each open line: parts before it, and whether it holds lines.
        self.lines: list[list[int]] = []
        self.rows = 0
        # An element named like a number that holds something else: none inside is asked again.
        self.refused: HtmlElement | None = None
        self.left_out: HtmlElement | None = None

    def is_beside(self, element: HtmlElement) -> bool:
        """Tell whether an element stands beside the code."""
        if element is self.root:
            return False
        tag, named = str(element.tag), classes(element)
        beside = (
            tag in BESIDE
            or (tag in ASIDES and is_aside(element))
            or not TOOLS.isdisjoint(named)
            or (self.has_code and self.is_frame(element))
        )
        if not beside and self.refused is None and not NUMBERS.isdisjoint(named):
            beside = only_numbers(element)
            self.refused = None if beside else element
        if beside:
            self.left_out = element
            self.less = self.less or tag == "label" or not NUMBERS.isdisjoint(named)
        return beside

    def is_frame(self, element: HtmlElement) -> bool:
        """Tell whether an element beside `<code>` in `<pre>` holds none of it."""
        return (
            element.getparent() is self.root
            and element.tag in BORDERS | PASSED_OVER
            and element.find(".//code") is None
        )

    def start(self, element: HtmlElement) -> None:
        """Take in a start tag and the text behind it."""
        tag = str(element.tag)
        if tag in LINES:
            self.border()
            if self.lines:
                self.lines[-1][1] = 1
            self.lines.append([len(self.parts), 0])
            self.rows += tag == "tr"
        elif tag == "br":
            self.write("\n")
        text = element.text or ""
        if not (text.isspace() and len(element) and element[0].tag in LAYOUT):
            number = (tag, element.get("class") or "") if self.fresh and is_number(element) else None
            self.write(text, number)

    def end(self, element: HtmlElement) -> None:
        """Take in an end tag and the text behind it; a line without text, and a row, is a blank one."""
        if element is self.left_out:
            self.left_out = None
        elif element.tag in LINES:
            before, parted = self.lines.pop()
            if len(self.parts) == before and (element.tag == "tr" or not (parted or self.rows)):
                self.parts.append(Part("\n"))
            self.rows -= element.tag == "tr"
            self.border()
        if element is self.refused:
            self.refused = None
        text = element.tail or ""
        if element is not self.root and not (text.isspace() and element.tag in LAYOUT):
            self.write(text)

    def write(self, text: str, number: tuple[str, str] | None = None) -> None:
        """Add text."""
        if text:
            self.parts.append(Part(text, number))
            self.fresh = text.endswith("\n")

    def border(self) -> None:
        """End the line, if it has begun."""
        if not self.fresh:
            self.parts.append(Part("\n", border=True))
            self.fresh = True


def numbering(parts: Sequence[Part]) -> set[int]:
    """Find the parts that number the lines: alike, counting on, one at the start of nearly each line."""
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, part in enumerate(parts):
        if part.number is not None:
            alike[part.number].append(at)
    ends = "".join([part.text for part in parts]).strip("\n").count("\n")
    for found in alike.values():
        alone = {at + 1 for at in found if at + 1 < len(parts) and parts[at + 1].border}
        if 2 * len(alone) <= len(found):
            # The numbers of blank lines.
            alone = set()
        lines = ends + 1 - len(alone)
        if len(found) > 1 and len(found) >= MOST_LINES * lines and counts_on(parts[at].text for at in found):
            return alone.union(found)
    return set()


def counts_on(texts: Iterable[str]) -> bool:
    """Tell whether numbers follow one another."""
    numbers = list(map(int, texts))
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def is_number(element: HtmlElement) -> bool:
    """Tell whether an element holds a number that a line may have, and nothing else."""
    text = (element.text or "").strip()
    return not len(element) and len(text) <= MAX_DIGITS and text.isascii() and text.isdecimal()


def only_numbers(element: HtmlElement) -> bool:
    """Tell whether an element holds numbers at most."""
    return all(word.isdecimal() for text in element.itertext() for word in text.split())


def classes(element: HtmlElement) -> list[str]:
    """Give the classes of an element, in small letters."""
    return (element.get("class") or "")[:MAX_CLASSES].lower().split()
