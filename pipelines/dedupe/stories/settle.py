"""Turns events found anew into stories: which keep their id, which merge, split or end."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pipelines.dedupe.stories.sketch import cosine
from pipelines.records import Story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.dedupe.stories.sketch import Sketch

__all__ = ["StoryUpdate", "settle"]


class StoryUpdate(NamedTuple):
    """What new articles change."""

    stories: tuple[Story, ...]
    """Stories that are new or changed, by id."""
    gone: tuple[str, ...]
    """Ids of stories that were joined into another, or have fewer than two articles left."""


def settle(groups: Sequence[Sequence[Sketch]], stories: Sequence[Story]) -> StoryUpdate:
    """Match groups of articles, each in order of publication, with the stories that their articles were in.

    A story goes where its earliest article goes; where that lies before the window, where most of its articles go. Of
    several stories in one group the one that began first lives on, the others are noted in `merged_from`. A group that
    holds a part of a story that went elsewhere notes it in `split_from`.
    """
    heirs = _heirs(groups, stories)
    kept: list[Story] = []
    used = {story.id for story in stories}
    grouped = {sketch.id for group in groups for sketch in group}
    for number, group in enumerate(groups):
        inherited = sorted(heirs[number], key=lambda story: (story.first, story.id))
        story = _story(group, inherited, stories, grouped, used)
        if story is not None:
            used.add(story.id)
            kept.append(story)
    before = {story.id: story for story in stories}
    ids = {story.id for story in kept}
    looked_at = {story.id for inherited in heirs.values() for story in inherited}
    return StoryUpdate(
        stories=tuple(sorted((each for each in kept if before.get(each.id) != each), key=lambda each: each.id)),
        gone=tuple(sorted(looked_at - ids)),
    )


def _heirs(groups: Sequence[Sequence[Sketch]], stories: Sequence[Story]) -> Mapping[int, list[Story]]:
    """Say which stories each group inherits, by the group's number."""
    group_of = {sketch.id: number for number, group in enumerate(groups) for sketch in group}
    heirs: dict[int, list[Story]] = defaultdict(list)
    for story in stories:
        at = [group_of[article] for article in story.articles if article in group_of]
        if at:
            most = max(Counter(at).values())
            first = group_of.get(story.articles[0])
            heir = first if first is not None else next(number for number in at if at.count(number) == most)
            heirs[heir].append(story)
    return heirs


def _story(
    group: Sequence[Sketch], inherited: Sequence[Story], stories: Sequence[Story], grouped: set[str], used: set[str]
) -> Story | None:
    """Make the story of a group; null for fewer than two articles."""
    frozen = [article for story in inherited for article in story.articles if article not in grouped]
    if len(group) + len(frozen) < 2:
        return None
    members = {sketch.id for sketch in group}
    living = inherited[0] if inherited else None
    joined = dict.fromkeys(each for story in inherited for each in story.merged_from)
    joined |= dict.fromkeys(story.id for story in inherited[1:])
    older = [story for story in inherited if not grouped.issuperset(story.articles)]
    return Story(
        id=living.id if living else next(each.id for each in group if each.id not in used),
        title=_central(group).title,
        language=group[0].language,
        articles=(*frozen, *(sketch.id for sketch in group)),
        sources=tuple(sorted({sketch.source for sketch in group}.union(*(story.sources for story in older)))),
        first=min([group[0].published, *(story.first for story in older)]),
        last=max([group[-1].published, *(story.last for story in older)]),
        merged_from=tuple(joined),
        split_from=living.split_from if living else _parent(members, stories),
    )


def _parent(members: set[str], stories: Sequence[Story]) -> str | None:
    """Name the story that most of the members were in; null where they were in none."""
    counts = {story.id: len(members.intersection(story.articles)) for story in stories}
    best = max(counts.values(), default=0)
    return min(story for story, count in counts.items() if count == best) if best else None


def _central(group: Sequence[Sketch]) -> Sketch:
    """Pick the article most like all others; the earliest where several are."""
    return max(group, key=lambda one: round(sum(cosine(one.text, other.text) for other in group), 6))
