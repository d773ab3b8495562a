"""A source's own selectors, dated, laid over the model's verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from pipelines import css
from pipelines.errors import Misconfigured
from pipelines.extract.judging.model import BlockModel, Verdicts
from pipelines.extract.judging.second_look import RIVALS
from pipelines.extract.metadata.titles import fold
from pipelines.extract.selecting.body import first_prose, is_kept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lxml import html
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Block, Container, Outline
    from pipelines.records import Rule, Source

__all__ = ["Met", "Ruled", "apply", "in_force"]

# Inside an element that a rule names as body, the model may still leave out what it is this sure to be none of it, as it
# may what it takes for a teaser or a promotion. Lifted beyond doubt, the rest is kept.
FLOOR, SURE = 0.1, 0.99
# What becomes of the blocks that the other parts name, in the order in which they overrule each other.
ROLES = {"remove": None, "teasers": "teaser", "headline": "title"}
# Roles of what an article is made of: what a rule removes has none of them, while a teaser in it stays one.
OWN = ("title", "standfirst", "byline", "body", "caption")
# Where a page's head has its summary; more metas are markup gone wrong.
SUMMARIES, MOST_METAS = frozenset(("description", "og:description", "twitter:description")), 1_000
# Parts of a rule that every article has: where one is not met, the site may have changed.
ALWAYS = frozenset(("body", "headline"))


@dataclass(frozen=True, slots=True)
class Met:
    """What a selector of the rule met on the page."""

    part: str
    """Key of the rule: `body`, `remove`, `teasers` or `headline`."""
    selector: str
    elements: int
    """Elements that it selects."""
    blocks: int
    """Blocks that these hold; without one the part is left to the extractor."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """The verdicts under a rule, or under none."""

    verdicts: Verdicts
    headline: str | None = None
    """Text of the headline that the rule selects; null where it selects none."""
    since: date | None = None
    """First day of the rule; null where none is in force."""
    met: tuple[Met, ...] = ()
    """What each selector of the rule met."""
    removed: frozenset[str] = frozenset()
    """Texts of the blocks that are not the article's by the rule's word."""
    by: Mapping[int, str] = field(default_factory=dict)
    """Blocks that the rule overruled, with the words for it."""

    @property
    def has_body(self) -> bool:
        """Tell whether the rule found the body."""
        return any(met.part == "body" and met.blocks for met in self.met)

    @property
    def missed(self) -> str | None:
        """Say by the rule's day what it did not find although every article has it; null where it found all."""
        missing = [f"no {met.part} {met.selector!r}" for met in self.met if met.part in ALWAYS and not met.blocks]
        return f"{self.since} meets {' and '.join(missing)}" if missing else None


def in_force(source: Source | None, fetched: datetime | None) -> Rule | None:
    """Give the latest rule not after the day of the fetch; a page without one is taken to be of today's layout."""
    day = fetched.astimezone(UTC).date() if fetched is not None else None
    rules = [rule for rule in source.rules if day is None or rule.since <= day] if source else []
    return max(rules, key=lambda rule: rule.since, default=None)


def apply(rule: Rule, outline: Outline, root: html.HtmlElement, verdicts: Verdicts, model: BlockModel) -> Ruled:
    """Overrule the verdicts, each part where it is met: raises Misconfigured for a selector that cannot be parsed."""
    parts = {"body": rule.body, "remove": rule.remove, "teasers": rule.teasers, "headline": rule.headline}
    named = {part: Named(selector, root, outline) for part, selector in parts.items() if selector}
    body, roles = verdicts.body.copy(), verdicts.roles.copy()
    if "body" in named and named["body"].blocks.any():
        body, roles = with_body(named["body"], outline, verdicts, model, summaries(root))
    for part, role in ROLES.items():
        if part in named:
            inside = named[part].blocks
            body[inside] = 0
            if role is None:
                inside = inside & np.isin(roles.argmax(axis=1), [model.roles.index(each) for each in OWN])
            roles[inside] = 0
            roles[inside, model.roles.index(role or "chrome")] = 1
    texts = {part: [outline.blocks[at].text for at in np.flatnonzero(found.blocks)] for part, found in named.items()}
    return Ruled(
        Verdicts(body, roles),
        headline=next(iter(texts.get("headline", ())), None),
        since=rule.since,
        met=tuple(found.met(part) for part, found in named.items()),
        removed=frozenset(texts.get("remove", ())),
        by=overruled(named, verdicts, Verdicts(body, roles), model),
    )


def overruled(named: Mapping[str, Named], before: Verdicts, after: Verdicts, model: BlockModel) -> dict[int, str]:
    """Say of each block that the rule overruled by which part: those that it names, and those that it put in or out."""
    had, has = (is_kept(verdicts, model) for verdicts in (before, after))
    by = {
        **dict.fromkeys(np.flatnonzero(has & ~had).tolist(), "by the rule's body"),
        **dict.fromkeys(np.flatnonzero(had & ~has).tolist(), "outside the rule's body"),
    }
    for part in ROLES:
        if part in named:
            by |= dict.fromkeys(np.flatnonzero(named[part].blocks).tolist(), f"by the rule's {part}")
    return by


def with_body(
    named: Named, outline: Outline, verdicts: Verdicts, model: BlockModel, declared: Collection[str] = ()
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Give the probabilities of body and roles where the body lies in the named elements, and nowhere else.

    A standfirst outside them stays one where the model takes it for nothing else, or the page has `declared` it as its
    summary; a paragraph that the model would rather have in the body is not lifted into the head instead.
    """
    body, roles = verdicts.body, verdicts.roles.copy()
    likely = named.blocks & is_kept(verdicts, model, FLOOR)
    kept = likely | named.without(likely)
    for rival in RIVALS:
        roles[kept, model.roles.index(rival)] = 0
    standfirst = model.roles.index("standfirst")
    above = (roles[:, standfirst] > 0.5) & leading(outline, kept)
    stated = np.array([fold(block.text) in declared for block in outline.blocks], dtype=bool)
    outside = ~named.blocks & ~stated & (roles.argmax(axis=1) != standfirst)
    roles[outside, standfirst] = 0
    body = np.where(kept, np.maximum(body, SURE), np.where(named.blocks | above, body, 0))
    return body.astype(np.float32), roles


def summaries(root: html.HtmlElement) -> frozenset[str]:
    """Give the summaries that a page's head declares, folded."""
    metas = islice(root.iter("meta"), MOST_METAS)
    named = (meta for meta in metas if (meta.get("name") or meta.get("property") or "").lower() in SUMMARIES)
    return frozenset(filter(None, (fold(meta.get("content") or "") for meta in named)))


def leading(outline: Outline, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which blocks stand before a body that is long enough to have a standfirst."""
    before = np.zeros(len(kept), dtype=bool)
    if first_prose(outline, kept) >= 0:
        before[: np.flatnonzero(kept)[0]] = True
    return before


class Named:
    """The elements that a selector names, and the blocks that they hold."""

    def __init__(self, selector: str, root: html.HtmlElement, outline: Outline) -> None:
        self.selector = selector
        self.elements = held(selector, root, outline)
        self.blocks = union(self.elements.values(), len(outline.blocks))

    def met(self, part: str) -> Met:
        """Say what the selector met as this part of the rule."""
        return Met(part, self.selector, len(self.elements), int(self.blocks.sum()))

    def without(self, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which blocks are in an element that holds none of those kept: it was named for their sake."""
        empty = [parts for parts in self.elements.values() if not any(kept[part].any() for part in parts)]
        return union(empty, len(kept))


def union(holders: Iterable[list[slice]], count: int) -> NDArray[np.bool_]:
    """Tell of each of `count` blocks whether one of the holders holds it."""
    inside = np.zeros(count, dtype=bool)
    for holder in holders:
        for part in holder:
            inside[part] = True
    return inside


def held(selector: str, root: html.HtmlElement, outline: Outline) -> dict[html.HtmlElement, list[slice]]:
    """Give each selected element with the blocks that it holds."""
    found: dict[html.HtmlElement, list[slice]] = {element: [] for element in named_by(selector, root)}
    if not found:
        return found
    for container in outline.containers:
        for element in (container.element, *between(container, outline)):
            if element in found:
                found[element].append(slice(container.first, container.last))
    for index, block in enumerate(outline.blocks):
        for link in links(block, found):
            found[link].append(slice(index, index + 1))
    containers = {container.element: container for container in outline.containers}
    for element in [element for element, parts in found.items() if not parts]:
        around = next((containers[above] for above in element.iterancestors() if above in containers), None)
        if around is not None and packed(element) == packed(around.element) != "":
            found[element].append(slice(around.first, around.last))
    return found


def named_by(selector: str, root: html.HtmlElement) -> list[html.HtmlElement]:
    """Give the elements that a selector names; one that cannot be used was not read from a source's file."""
    try:
        elements: list[html.HtmlElement] = css.compiled(selector)(root)
    except css.BadSelector as error:
        raise Misconfigured("rules", f"selector {selector!r:.80}: {error}", "Write a CSS selector (Level 3)") from error
    return elements


def packed(element: html.HtmlElement) -> str:
    """Give all text of an element without white space: two of which one stands in the other are alike if it is all there is."""
    return "".join("".join(element.itertext()).split())


def between(container: Container, outline: Outline) -> Iterator[html.HtmlElement]:
    """Yield the inline elements that stand between a container and the one around it."""
    stop = outline.containers[container.parent].element
    for ancestor in container.element.iterancestors():
        if ancestor is stop:
            return
        yield ancestor


def links(block: Block, elements: Collection[html.HtmlElement]) -> set[html.HtmlElement]:
    """Give the selected links of a block whose visible text is all in such; none for another block."""
    found = {piece.link for piece in block.pieces if not piece.text.isspace()}
    return {link for link in found if link is not None} if all(link in elements for link in found) else set()
