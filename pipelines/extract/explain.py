"""Show a page as it was judged, block by block, with role and reason: for the person who tunes a source.

A page is hostile here too: the terminal gets its text without control characters and without markup of ours, the HTML
view gets it escaped, and its policy forbids scripts and requests.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from rich.console import Group
from rich.table import Table
from rich.text import Text

from pipelines.extract.article import examine
from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.judging.model import load
from pipelines.extract.reasons import reasons
from pipelines.extract.teasers.cards import cards
from pipelines.records import Kind
from pipelines.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jinja2 import Template
    from rich.console import RenderableType

    from pipelines.extract.article import Examined
    from pipelines.extract.cutting.blocks import Block, Outline
    from pipelines.extract.selecting.rules import Met
    from pipelines.records import Decision, Source

__all__ = ["COLOURS", "Explanation", "Judged", "as_html", "as_table", "explain", "judged"]

# Roles by colour: what is kept in greens and blues, what goes to the teasers in oranges, the rest in greys.
COLOURS = {
    "title": "#1f6feb",
    "standfirst": "#3b8eea",
    "body": "#2e8b57",
    "caption": "#5f9ea0",
    "byline": "#7b68b5",
    "teaser_heading": "#b5541c",
    "teaser": "#d2691e",
    "inline_teaser": "#e08a2e",
    "promo": "#b8860b",
    "bio": "#9a6fb0",
    "comments": "#8c8c8c",
    "chrome": "#a9a9a9",
}
# A block surer than this needs no look.
UNSURE = 0.6
# What the views' own signs mean; the HTML view draws no bar, and outlines where the terminal has a question mark.
_SURE = "sure: from 0 to 1, that the block is of the article's text (of any other role: that it is not)"
LEGEND = f"{_SURE}; ?: below {UNSURE}, look at it; bar: the page from top to bottom, █ text, ▒ teasers, ░ the rest"
HTML_LEGEND = f"{_SURE}; dashed outline: below {UNSURE}, look at it"
# As many such blocks are named in the head.
_DOUBTFUL = 20
# Text of a block shown in the terminal: the first lines tell which one it is.
_SHOWN = 200
# Cells of the bar, and those that tell body and teasers from the rest where there are no colours.
_CELLS = 400
_SHADES = {"body": "█", "standfirst": "█", "teaser": "▒", "inline_teaser": "▒", "teaser_heading": "▒"}
# Columns of a terminal that has room for the reasons beside the text; in a narrower one they stand below.
_WIDE = 110
# Roles that the probability of being the article's text speaks for; it speaks against the others.
_KEPT = frozenset(("body", "standfirst"))
# Containers named as reasons, and how many of their class names, of what length.
_CONTAINERS = 2
_CLASSES = 2
_CLASS_LENGTH = 40
_TELLING_TAGS = frozenset(("article", "aside", "footer", "form", "header", "main", "nav", "figure", "blockquote"))
_TEMPLATE = Path(__file__).with_name("explain.html.jinja")


@dataclass(frozen=True, slots=True)
class Judged:
    """One block of the page and what was made of it."""

    text: str
    role: str
    """One of `COLOURS`; that of a teaser too where only its link, its heading or its card made it one."""
    score: float
    """How sure it is that the block is of the article's own text, or of any other role that it is not, from 0 to 1."""
    tag: str
    """Tag of the element it stands in."""
    why: tuple[str, ...] = ()
    """What speaks for the role, strongest first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page as it was judged."""

    url: str | None
    """Null for a file whose address nothing tells."""
    title: str
    decision: Decision
    blocks: tuple[Judged, ...]
    rule: str | None = None
    """Day since which the source's rule that was applied is in force; null where none was."""
    met: tuple[Met, ...] = ()
    """What each selector of that rule met on the page."""
    reader: str | None = None
    """Who found the body where the blocks yield next to none; null where it is made of blocks."""

    @property
    def doubtful(self) -> tuple[int, ...]:
        """The first blocks that are worth a look, by their numbers."""
        return tuple(at for at, block in enumerate(self.blocks) if block.score < UNSURE)[:_DOUBTFUL]

    @property
    def address(self) -> str:
        """The page's address in words."""
        return self.url or "no address"

    @property
    def said(self) -> str:
        """The decision in words."""
        made = self.decision
        kind = "" if made.kind is Kind.ARTICLE else f", {made.kind.value}"
        return f"{'an article' if made.article else 'no article'}{kind} ({made.score:.2f}): {made.reason}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say what the blocks do not show: what the rule met, and that the body came from elsewhere."""
        ruled = f"under the source's rule of {self.rule}"
        met = [f"the rule's {met.part} {met.selector!r} meets {_met(met)}" for met in self.met]
        read = f"its body is no block's: too little was kept, and {self.reader} gave more"
        return (*([ruled, *met] if self.rule else ()), *([read] if self.reader else ()))


def explain(
    html: bytes,
    url: str,
    *,
    content_type: str | None = None,
    source: Source | None = None,
    fetched: datetime | None = None,
) -> Explanation:
    """Examine a page as `extract` does, and say of each block what it was taken for and why. Raises what `extract` does."""
    examined = examine(html, url, content_type=content_type, source=source, fetched=fetched)
    article, ruled = examined.extraction.article, examined.ruled
    return Explanation(
        url=url,
        title=(article.title if article else examined.metadata.title) or "",
        decision=examined.extraction.decision,
        blocks=tuple(judged(examined, reasons(examined, load(), url), url)),
        rule=ruled.since.isoformat() if ruled.since else None,
        met=ruled.met,
        reader=examined.text.reader,
    )


def _met(met: Met) -> str:
    """Say how many elements a selector met, and what they hold."""
    left = "" if met.part == "remove" else ": left to the extractor"
    if not met.elements:
        return f"nothing{left}"
    elements, blocks = (f"{n} {name}{'s' * (n != 1)}" for n, name in ((met.elements, "element"), (met.blocks, "block")))
    return f"{elements}, {blocks}" if met.blocks else f"{elements}, no block of its own{left}"


def judged(examined: Examined, why: Sequence[tuple[str, ...]], url: str) -> Iterator[Judged]:
    """Yield the blocks of the page at `url` with their final roles, what decided (`why`), and where in the source they stand."""
    selection, named = examined.selection, _named(examined, url)
    rows = zip(examined.outline.blocks, selection.roles, examined.roles, selection.body, why, strict=True)
    for index, (block, first, role, probability, decided) in enumerate(rows):
        ruled = examined.ruled.by.get(index)
        taken = (f"taken for {_shown(first)}, linked as a teaser",) if role != first else ()
        yield Judged(
            text=block.text,
            role=_shown(role),
            score=probability if role in _KEPT else 1 - probability,
            tag=block.container.tag,
            why=(
                *named.get(index, ()),
                *taken,
                *((ruled,) if ruled else decided),
                *_containers(examined.outline, block),
            ),
        )


def _named(examined: Examined, url: str) -> dict[int, list[str]]:
    """Say by block which teasers of the output it names; an address is one teaser."""
    positions = {teaser.url: teaser.position for teaser in examined.extraction.teasers}
    found: dict[int, list[str]] = {}
    for card in cards(examined.outline, examined.roles, url, Evidence(examined.document, url).base):
        if card.url in positions:
            found.setdefault(card.block, []).append(f"names teaser {positions[card.url]}")
    return found


def _shown(role: str) -> str:
    return role if role in COLOURS else "chrome"


def _containers(outline: Outline, block: Block) -> Iterator[str]:
    """Name the nearest containers that say what they are for: what a rule's selector would take hold of."""
    container, named = block.container, 0
    while container.index != container.parent and named < _CONTAINERS:
        names = " ".join((container.element.get("class") or container.element.get("id") or "").split()[:_CLASSES])
        if names or container.tag in _TELLING_TAGS:
            yield f"in <{container.tag}{f' {names[:_CLASS_LENGTH]!r}' if names else ''}>"
            named += 1
        container = outline.containers[container.parent]


def as_table(page: Explanation, width: int = _WIDE) -> RenderableType:
    """Give the page as a table for a terminal of `width`: one row a block, the role in its colour, unsure ones marked."""
    lines = (page.address, page.said, *page.remarks)
    facts = f"\n{visible(chr(10).join(lines))}\n"
    doubtful = f"\nunsure: {', '.join(map(str, page.doubtful))}" if page.doubtful else ""
    bar, key, legend = _bar(page.blocks), _key(page.blocks), (f"\n{LEGEND}", "dim")
    head = Text.assemble((visible(page.title), "bold"), facts, bar, "\n", key, legend, doubtful)
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column("#", justify="right", style="dim")
    table.add_column("role")
    table.add_column("sure", justify="right")
    table.add_column("text", overflow="fold", ratio=3)
    if width >= _WIDE:
        table.add_column("why", overflow="fold", style="dim", ratio=1)
    for number, block in enumerate(page.blocks):
        sure = Text(
            f"{block.score:.2f}{'?' if block.score < UNSURE else ''}", style="red" if block.score < UNSURE else ""
        )
        role = Text(block.role.replace("_", " "), style=COLOURS.get(block.role, ""))
        text = Text(_short(block.text), style="" if block.role != "chrome" else "dim")
        why = Text(visible(", ".join(block.why)), style="dim")
        below = Text.assemble("↳ ", why, style="dim")
        table.add_row(str(number), role, sure, *((text, why) if width >= _WIDE else (Group(text, below),)))
    return Group(head, table)


def _bar(blocks: Sequence[Judged]) -> Text:
    """Draw the page from top to bottom: where the body lies is seen at a glance, without colours too.

    A cell is a block; of a page of more than `_CELLS`, the most frequent role of several.
    """
    count = min(len(blocks), _CELLS)
    bounds = [at * len(blocks) // count for at in range(count + 1)] if count else []
    parts = (blocks[first:last] for first, last in pairwise(bounds))
    roles = [Counter(block.role for block in part).most_common(1)[0][0] for part in parts]
    return Text.assemble(*((_SHADES.get(role, "░"), COLOURS.get(role, "")) for role in roles))


def _key(blocks: Sequence[Judged]) -> Text:
    """Name the roles that occur, each in its colour with its count."""
    counts = Counter(block.role for block in blocks)
    shown = [(f"{role.replace('_', ' ')} {counts[role]}  ", COLOURS[role]) for role in COLOURS if counts[role]]
    return Text.assemble(*shown)


def _short(text: str) -> str:
    clean = " ".join(visible(text).split())
    return clean if len(clean) <= _SHOWN else f"{clean[: _SHOWN - 1]}…"


def as_html(page: Explanation) -> str:
    """Give the page as a self-contained HTML document: the page's own text, escaped, over the colours of its roles."""
    roles = Counter(block.role for block in page.blocks)
    counts = {role: roles[role] for role in COLOURS if roles[role]}
    clean = [Judged(visible(b.text), b.role, b.score, b.tag, tuple(map(visible, b.why))) for b in page.blocks]
    return _template().render(
        address=visible(page.address),
        title=visible(page.title),
        said=visible(page.said),
        doubtful=page.doubtful,
        remarks=tuple(map(visible, page.remarks)),
        blocks=clean,
        colours=COLOURS,
        counts=counts,
        unsure=UNSURE,
        legend=HTML_LEGEND,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
