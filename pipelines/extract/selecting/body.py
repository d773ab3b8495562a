"""The model's verdicts to the body: which blocks are kept, what role each of the others has, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.dates.dates import parse_moment
from pipelines.extract.judging.model import Verdicts
from pipelines.extract.judging.second_look import RIVALS
from pipelines.extract.phrases import groups, is_placeholder
from pipelines.extract.selecting.accordions import with_whole_accordions
from pipelines.extract.selecting.colophon import is_colophon
from pipelines.extract.selecting.copies import without_copies
from pipelines.extract.selecting.editors_notes import editors_notes
from pipelines.extract.selecting.endings import without_ending
from pipelines.extract.selecting.follow_lines import is_follow_line
from pipelines.extract.selecting.house_lines import is_house_line
from pipelines.extract.selecting.legends import legends
from pipelines.extract.selecting.lists import with_whole_lists
from pipelines.extract.selecting.notes import is_unseen, notes
from pipelines.extract.selecting.offers import offers
from pipelines.extract.selecting.pull_quotes import without_pull_quotes
from pipelines.extract.selecting.sub_headlines import sub_headlines
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Block, Container, Outline
    from pipelines.extract.judging.model import BlockModel

__all__ = ["Selection", "first_prose", "is_kept", "select"]

# Fewer cells or items are judged one by one, and those of which one is so many characters long.
ALONE, LONGEST_PART = 3, 200
# The site around an article has no table of so many cells: half a suspicion is enough to keep it.
LARGE_TABLE, LARGE_THRESHOLD = 30, 0.35
# A block more likely than not to be something else that stands among the text is left out, for the two models err on different
# blocks: unless it is likelier by so much to be of the body, for then two of three were.
LEAST_RIVAL, OUTWEIGHS = 0.5, 0.1
# A summary stands so near below the title, bylines aside, and says more than a page's number or a section's name.
BELOW_TITLE, LEAST_SUMMARY_WORDS = 2, 4
# A line that begins with a day has so few characters; the day itself stands in the first.
LONGEST_DATED, DAY = 120, 20
# A shorter sentence ("External content.") opens a paragraph as well.
LEAST_NOTICE_WORDS = 5
# Code of fewer lines needs no numbers; the longest listing of a page has not so many.
LEAST_LINES, MOST_LINES = 2, 99_999
# Containers between code and the text around it: a figure, a frame for its button; those of a table with the numbers of its
# lines are not counted.
CODE_LEVELS, GUTTER = 3, frozenset(("td", "tr", "tbody", "table"))
# Elements of text that no reader takes for a heading, and those that make an entry of what is in them.
PARAGRAPHS = frozenset(("p", "div", "section", "aside", "article", "main", "center", "figure", "body"))
ITEMS = frozenset(("li", "td", "th", "dt", "dd", "summary"))
# Groups of phrases that no one wrote for the text, and of those that may be an article's own as a heading or a name.
NO_ONES, LABELS = frozenset(("placeholders", "interruptions")), frozenset(("advertisements", "pagers", "offers"))
# What tells lines of the site on itself, whatever they were taken for.
HOUSE = (is_colophon, is_house_line, is_follow_line)
# Whose words are no note of the editors.
NO_EDITORS = tuple(role for role in RIVALS if role not in {"promo", "bio"})
# JSON that a script left in the page, and what a template or an editor's shortcodes left to be filled in: "[form id=4711]".
DATA = re.compile(
    r"""[{[]\s*["{][^"]*"\s*:|(?:\{\{[^{}]+\}\}|\{%[^%]+%\}|\[[A-Z]+(?:_[A-Z]+)+\]|\[/?[a-z][\w-]{1,40}\s+[\w-]{1,40}=[^\[\]]*\](?:[^\[\]]*\[/[\w-]+\])?)\s*\Z"""
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What became of a page's blocks."""

    kept: tuple[int, ...]
    """Blocks of the body, standfirst aside, in page order."""
    standfirst: tuple[int, ...]
    """Blocks of the summary under the headline that readers of the page would count to its text."""
    summary: tuple[int, ...]
    """Where there is none, what summarises the text under the headline, or right above it, without being of it."""
    roles: tuple[str, ...]
    """Role of every block, `body` for those kept."""
    body: tuple[float, ...]
    """Probability of every block to be of the body."""
    confidence: float
    """How sure the cut is: mean certainty over the characters near it, 0.5 to 1; 0 for an empty body."""


def select(outline: Outline, verdicts: Verdicts, model: BlockModel) -> Selection:
    """Keep the blocks that the model gives to the body."""
    probability = together(outline, verdicts.body, model.threshold)
    wanted = with_code(outline, is_kept(Verdicts(probability, verdicts.roles), model))
    others = verdicts.roles.copy()
    others[:, model.roles.index("body")] = 0
    roles = [model.roles[role] for role in others.argmax(axis=1).tolist()] if len(others) else []
    roles = without_items(outline, roles)
    wanted = completed(outline, wanted, Verdicts(probability, verdicts.roles), model, roles)
    opening = first_prose(outline, wanted)
    standfirst, kept = [], []
    for index in np.flatnonzero(wanted).tolist():
        leads = index < opening and roles[index] == "standfirst" and verdicts.roles[index].max() > 0.5
        if leads and verdicts.roles[index].argmax() == model.roles.index("standfirst"):
            standfirst.append(index)
        else:
            kept.append(index)
    below = summary(outline, verdicts, model, roles[: kept[0]]) if kept else ()
    if below and standfirst and is_headed(outline, standfirst[0], below[0]):
        standfirst, kept = [], sorted([*standfirst, *kept])
    below = below or (sub_headlines(outline, roles, kept[0]) if kept else ())
    once = without_copies(outline.blocks, [index for index in kept if not is_left_over(outline.blocks[index])])
    once = without_ending(outline.blocks, without_pull_quotes(outline.blocks, once))
    for index in kept:
        roles[index] = "chrome"
    for index in once:
        roles[index] = "body"
    return Selection(
        kept=tuple(once),
        standfirst=tuple(standfirst),
        summary=() if standfirst else below,
        roles=tuple(roles),
        body=tuple(probability.tolist()),
        confidence=confidence(outline, probability, wanted),
    )


def completed(
    outline: Outline, wanted: NDArray[np.bool_], verdicts: Verdicts, model: BlockModel, roles: Sequence[str]
) -> NDArray[np.bool_]:
    """Keep or drop what was judged part by part as a whole, keep what the kept text brings with it, and no offers."""
    found = with_whole_lists(outline, wanted, verdicts.body, roles)
    found = with_whole_accordions(outline, found, verdicts.body)
    noted = notes(outline, found.tolist())
    found[noted] = verdicts.body[noted] > 0
    readers = verdicts.roles[:, [model.roles.index(role) for role in NO_EDITORS]].sum(axis=1)
    found[editors_notes(outline, verdicts.body, readers)] = True
    found[legends(outline, found.tolist(), roles)] = True
    found[list(offers(outline))] = False
    return found


def is_kept(verdicts: Verdicts, model: BlockModel, least: float | None = None) -> NDArray[np.bool_]:
    """Tell which blocks are of the body with a probability of `least`, by default the model's, and likely nothing else."""
    rivals = verdicts.roles[:, [model.roles.index(role) for role in RIVALS]].sum(axis=1)
    found: NDArray[np.bool_] = (verdicts.body >= (model.threshold if least is None else least)) & (
        (rivals <= LEAST_RIVAL) | (verdicts.body - rivals > OUTWEIGHS)
    )
    return found


def summary(outline: Outline, verdicts: Verdicts, model: BlockModel, before: Sequence[str]) -> tuple[int, ...]:
    """Give the block before the text that is a standfirst more likely than anything else but the body, right below the title.

    What the model hesitates to give to either is lost to neither.
    """
    likely = (model.roles.index("standfirst"), model.roles.index("body"))
    for index, role in enumerate(before):
        if role != "standfirst" or verdicts.roles[index].argmax() not in likely:
            continue
        near = [role for role in before[:index] if role != "byline"][-BELOW_TITLE:]
        text = outline.blocks[index].text
        if "title" in near and count(text) >= LEAST_SUMMARY_WORDS and not dated(text):
            return (index,)
    return ()


def without_items(outline: Outline, roles: Sequence[str]) -> list[str]:
    """Give the roles where no item of a list is the standfirst: one of several points is no summary."""
    return [
        "chrome" if role == "standfirst" and is_point(outline, outline.blocks[index].container) else role
        for index, role in enumerate(roles)
    ]


def is_point(outline: Outline, container: Container) -> bool:
    """Tell whether a container is or stands right in one of several items of a list, and is no heading there."""
    if container.tag in HEADINGS:
        return False
    item = container if container.tag == "li" else outline.containers[container.parent]
    around = outline.containers[item.parent]
    return item.tag == "li" and around.last - around.first > item.last - item.first


def is_headed(outline: Outline, index: int, above: int) -> bool:
    """Tell whether a paragraph stands right below a sub-heading which parts it from a block `above`: it is that section's."""
    if index - 1 <= above or outline.blocks[index].container.tag in HEADINGS:
        return False
    return outline.blocks[index - 1].container.tag in HEADINGS


def dated(text: str) -> bool:
    """Tell whether a short text begins with a day, as a line of date, source and author does and no summary."""
    return text[:1].isdecimal() and len(text) <= LONGEST_DATED and parse_moment(text[:DAY], "") is not None


def is_left_over(block: Block) -> bool:
    """Tell whether a block is of no one's writing.

    It is a script's data, the notice in place of a video, the label over an advertisement, the line that says where the text
    goes on or whose it is, or the numbers of lines of code.
    JSON in `<pre>` is code.
    """
    if block.container.tag == "pre":
        return numbers_lines(block.text)
    first, _, rest = block.text.partition(". ")
    if DATA.match(block.text) or (rest and notifies(first)) or is_unseen(block):
        return True
    said = groups(block.text)
    if not NO_ONES.isdisjoint(said) or any(tells(block.text) for tells in HOUSE):
        return True
    return not LABELS.isdisjoint(said) and is_plain(block)


def is_plain(block: Block) -> bool:
    """Tell whether a block is a paragraph in plain letters: as a heading, an item or a name in bold, "Publicité" is the article's."""
    element = block.container.element
    around = element.getparent()
    inside = block.container.tag in PARAGRAPHS and (around is None or around.tag not in ITEMS)
    return inside and not all("b" in piece.style for piece in block.pieces if not piece.text.isspace())


def notifies(sentence: str) -> bool:
    """Tell whether the first of several sentences is a whole notice in place of a video."""
    return is_placeholder(sentence) and len(sentence.split()) >= LEAST_NOTICE_WORDS


def numbers_lines(text: str) -> bool:
    """Tell whether a text counts from a number on, as the gutter beside code does."""
    numbers = text.split() if text[:1].isdecimal() else []
    if len(numbers) < LEAST_LINES or not numbers[0].isdecimal() or len(numbers[0]) > len(str(MOST_LINES)):
        return False
    return numbers == [str(number) for number in range(int(numbers[0]), int(numbers[0]) + len(numbers))]


def with_code(outline: Outline, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep the code in the midst of the text as well: `<pre>` whose container, or one just around it, holds text before and behind."""
    kept = running(wanted.tolist())
    found = wanted.copy()
    for index, block in enumerate(outline.blocks):
        container = block.container
        if wanted[index] or container.tag != "pre":
            continue
        levels = 0
        for _ in range(CODE_LEVELS + len(GUTTER)):
            container = outline.containers[container.parent]
            levels += container.tag not in GUTTER
            found[index] = kept[index] > kept[container.first] and kept[container.last] > kept[index + 1]
            if found[index] or levels == CODE_LEVELS:
                break
    return found


def together(outline: Outline, probability: NDArray[np.float32], threshold: float) -> NDArray[np.float32]:
    """Judge the cells of a table together, and the items of a list of links: all belong to the article, or none does."""
    smoothed = probability.copy()
    # How many blocks before each are long, and how many link nothing: lists may stand in lists.
    long = running(len(block.text) >= LONGEST_PART for block in outline.blocks)
    bare = running(all(piece.link is None for piece in block.pieces) for block in outline.blocks)
    for container in outline.containers:
        inside = slice(container.first, container.last)
        size = container.last - container.first
        if size <= ALONE or container.tag not in {"tbody", "ul", "ol"}:
            continue
        if long[container.last] > long[container.first]:
            continue
        if container.tag == "tbody":
            mean = probability[inside].mean()
            large = size >= LARGE_TABLE and mean >= LARGE_THRESHOLD
            smoothed[inside] = max(mean, threshold) if large else mean
        elif bare[container.last] == bare[container.first]:
            smoothed[inside] = probability[inside].mean()
    return smoothed


def running(flags: Iterable[bool]) -> list[int]:
    """Count the true ones before each index."""
    return [0, *accumulate(flags)]


def first_prose(outline: Outline, wanted: NDArray[np.bool_]) -> int:
    """Index of the second kept paragraph: a standfirst stands before it."""
    found = [index for index in np.flatnonzero(wanted).tolist() if len(outline.blocks[index].text) > 80]
    return found[1] if len(found) > 1 else -1


def confidence(outline: Outline, probability: NDArray[np.float32], wanted: NDArray[np.bool_]) -> float:
    """Mean certainty over the kept characters and those nearly kept."""
    if not wanted.any():
        return 0.0
    certainty = np.abs(probability - 0.5) + 0.5
    sizes: Sequence[int] = [len(block.text) for block in outline.blocks]
    weights = np.array(sizes) * (wanted | (probability > 0.1))
    return float(np.average(certainty, weights=weights))
