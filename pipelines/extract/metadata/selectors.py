"""A page's own selectors: tags, classes, ids, and what stands inside what; in one walk, whatever the page has written."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["selected"]

# Longer ones are markup gone wrong.
_MAX_SELECTOR = 200
_STEP = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
_NAME = re.compile(r"([.#])([\w-]+)")


class _Step(NamedTuple):
    """What one element must be."""

    tag: str
    """Empty for any."""
    ids: frozenset[str]
    classes: frozenset[str]


def selected(root: HtmlElement, selector: str, most: int) -> list[HtmlElement] | None:
    """Give the first `most` elements that a selector names; None for one of another kind, which says nothing.

    A child (`>`) is taken for any descendant.
    """
    if len(selector) > _MAX_SELECTOR:
        return None
    paths = [_path(part) for part in selector.split(",")]
    if not all(paths):
        return None
    return list(islice(chain.from_iterable(_found(root, path) for path in paths), most))


def _path(selector: str) -> list[_Step]:
    """Give the steps of a selector without commas, outermost first; none where it has other ones than we read."""
    matches = [_STEP.fullmatch(step) for step in selector.replace(">", " ").split()]
    return [_step(match) for match in matches if match] if all(matches) else []


def _step(match: re.Match[str]) -> _Step:
    names = _NAME.findall(match[2])
    return _Step(
        tag=(match[1] or "").strip("*").lower(),
        ids=frozenset(name for mark, name in names if mark == "#"),
        classes=frozenset(name for mark, name in names if mark == "."),
    )


def _found(root: HtmlElement, path: list[_Step]) -> Iterator[HtmlElement]:
    """Yield the elements that the last step fits, inside such as the steps before it fit."""
    *outer, last = path
    # How many of the outer steps the elements around have fitted, by depth.
    done = [0]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            done.pop()
            continue
        at = done[-1]
        if at == len(outer) and _fits(element, last):
            yield element
        done.append(at + 1 if at < len(outer) and _fits(element, outer[at]) else at)


def _fits(element: HtmlElement, step: _Step) -> bool:
    if step.tag and element.tag != step.tag:
        return False
    if step.ids and step.ids != {element.get("id")}:
        return False
    return not step.classes or step.classes.issubset((element.get("class") or "").split())
