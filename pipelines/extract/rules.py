"""A source's own selectors, dated, laid over the model's verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from pipelines.errors import Misconfigured
from pipelines.extract.model import BlockModel, Verdicts

if TYPE_CHECKING:
    from lxml import html

    from pipelines.extract.blocks import Block, Outline
    from pipelines.records import Rule, Source

__all__ = ["Ruled", "apply", "in_force"]

# Inside the element that a rule names as body, a block is dropped only where the model is this sure that it is none.
FLOOR = 0.1


@dataclass(frozen=True, slots=True)
class Ruled:
    """The verdicts under a rule."""

    verdicts: Verdicts
    headline: str | None
    """Text of the headline that the rule selects; null where it selects none."""


def in_force(source: Source | None, fetched: datetime | None) -> Rule | None:
    """Give the latest rule not after the day of the fetch; a page without one is taken to be of today's layout."""
    day = fetched.astimezone(UTC).date() if fetched is not None else None
    rules = [rule for rule in source.rules if day is None or rule.since <= day] if source else []
    return max(rules, key=lambda rule: rule.since, default=None)


def apply(rule: Rule, outline: Outline, root: html.HtmlElement, verdicts: Verdicts, model: BlockModel) -> Ruled:
    """Overrule the verdicts: raises Misconfigured for a selector that cannot be parsed."""
    body, roles = verdicts.body.copy(), verdicts.roles.copy()
    if rule.body:
        inside = chosen(rule.body, root, outline)
        body = np.where(inside, np.where(body >= FLOOR, np.maximum(body, 0.99), body), 0).astype(np.float32)
    if rule.remove:
        body[chosen(rule.remove, root, outline)] = 0
    for selector, role in ((rule.teasers, "teaser"), (rule.headline, "title")):
        if selector:
            inside = chosen(selector, root, outline)
            body[inside] = 0
            roles[inside] = 0
            roles[inside, model.roles.index(role)] = 1
    title = model.roles.index("title")
    at = np.flatnonzero(roles[:, title] == 1).tolist() if rule.headline else []
    return Ruled(Verdicts(body, roles), outline.blocks[at[0]].text if at else None)


def chosen(selector: str, root: html.HtmlElement, outline: Outline) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell for each block whether a selected element holds it."""
    elements = set(compiled(selector)(root))
    inside: list[bool] = []
    for container in outline.containers:
        parent = container.index > 0 and inside[container.parent]
        inside.append(
            parent or container.element in elements or above(container.element, outline, container.parent, elements)
        )
    return np.array([inside[b.container.index] or linked(b, elements) for b in outline.blocks], dtype=bool)


def above(element: html.HtmlElement, outline: Outline, parent: int, elements: set[html.HtmlElement]) -> bool:
    """Tell whether a selected inline element stands between a container and the one around it."""
    stop = outline.containers[parent].element
    for ancestor in element.iterancestors():
        if ancestor is stop:
            return False
        if ancestor in elements:
            return True
    return False


def linked(block: Block, elements: set[html.HtmlElement]) -> bool:
    """Tell whether all visible text of a block is in selected links."""
    visible = [piece for piece in block.pieces if not piece.text.isspace()]
    return bool(visible) and all(piece.link is not None and piece.link in elements for piece in visible)


@lru_cache(maxsize=512)
def compiled(selector: str) -> CSSSelector:
    """Compile a selector once a process."""
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise Misconfigured("rules", f"selector {selector!r}: {error}", "Write a CSS selector (Level 3).") from error
