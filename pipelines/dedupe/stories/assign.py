"""Assigns new articles to stories: the one step of story detection that the line calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.dedupe.stories.cluster import component, events
from pipelines.dedupe.stories.meaning import Meanings
from pipelines.dedupe.stories.settle import StoryUpdate, settle
from pipelines.dedupe.stories.sketch import Sketch, StoryInput, sketch
from pipelines.dedupe.stories.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.records import Story

__all__ = ["StoryInput", "StoryState", "StoryUpdate", "assign"]


class StoryState(NamedTuple):
    """What is known before new articles come: read from the tables, whole days around the new articles."""

    articles: tuple[StoryInput, ...] = ()
    """Articles published within the window of the new ones."""
    stories: tuple[Story, ...] = ()
    """Stories that any of these articles belongs to."""


def assign(new: Sequence[StoryInput], window: StoryState, readings: int = 0) -> StoryUpdate:
    """Find the stories that `new` articles found, join, merge or split.

    The outcome depends on the set of articles in the window alone, not on the order or the batches in which they came.
    Only articles linked to a new one, directly or through others, are looked at again. A story has two articles or
    more, of one language. It keeps its id while its earliest article stays; a new one is named after its earliest
    article.

    Of the English articles `readings` at most are read for their meaning, where words leave doubt whether two report one
    event. Only where that is too few does it count which came together.
    """
    latest = {article.id: article for article in (*window.articles, *new)}
    index = Window((sketch(article) for article in latest.values()), Meanings(readings))
    touched: set[str] = set()
    groups: list[list[Sketch]] = []
    waiting = sorted({article.id for article in new})
    while waiting:
        article = waiting.pop()
        if article in touched:
            continue
        linked = component(index, article)
        touched |= linked
        groups.extend(events(index, linked))
        waiting.extend(_fellows(linked, window.stories, index))
    return settle(groups, window.stories)


def _fellows(linked: frozenset[str], stories: Sequence[Story], index: Window) -> Iterator[str]:
    """Give the articles in the window that stand in a story with linked ones, yet are not linked themselves."""
    for story in stories:
        if not linked.isdisjoint(story.articles):
            yield from (article for article in story.articles if article in index.sketches and article not in linked)
