"""A standfirst in flat markup, where the paragraphs are its siblings and it is judged to be the first of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extract.words import count

if TYPE_CHECKING:
    from pipelines.extract.cutting.blocks import Block, Outline
    from pipelines.extract.selecting.body import Selection

__all__ = ["with_standfirst"]

# A summary says more than the name of a section, and less than a long paragraph; characters.
LEAST_WORDS, LONGEST = 4, 600
# What only summaries are named, and what first paragraphs are as well.
NAMED = re.compile(
    r"stand-?first|(?<![a-z])de(?:k|ck)(?![a-z])|sub-?title|sub-?head(?:line|ing)?|strap-?line|entradilla|bajada|chap[ôo](?![a-z])|"
    r"chapeau|(?<![a-z])sapo(?![a-z])|ingress|manchet|(?<![a-z])sommario|occhiello|vorspann|unterzeile",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"(?<![a-z])(?:intro|summary|excerpt|abstract|desc(?:ription)?|teaser|preamble)(?![a-z])", re.IGNORECASE
)
# Characters of a class that are read; more hold data.
MOST_NAMES = 300
# Blocks between a standfirst and the first paragraph that are looked at.
MOST_BETWEEN = 8


def with_standfirst(selection: Selection, outline: Outline) -> Selection:
    """Give the selection where the first block of the body is its standfirst, if it shows that it is.

    It is named one and parted from the next paragraph by a byline or a picture; where first paragraphs are named so as well, only
    a byline parts it. That the page declares it as its description tells nothing: so are first paragraphs.
    """
    if selection.standfirst or selection.summary or len(selection.kept) < 2:
        return selection
    first, second = selection.kept[:2]
    block = outline.blocks[first]
    if block.container.tag == "li" or second - first > MOST_BETWEEN:
        return selection
    if len(block.text) > LONGEST or count(block.text) < LEAST_WORDS:
        return selection
    signed = "byline" in selection.roles[first + 1 : second]
    if signed:
        shown = is_named(block, NAMED) or is_named(block, WEAK)
    else:
        shown = is_named(block, NAMED) and any(first < at <= second for _, _, at in outline.images)
    if not shown:
        return selection
    roles = (*selection.roles[:first], "standfirst", *selection.roles[first + 1 :])
    return replace(selection, kept=selection.kept[1:], standfirst=(first,), roles=roles)


def is_named(block: Block, names: re.Pattern[str]) -> bool:
    """Tell whether one of some names stands on the element of a block."""
    return names.search((block.container.element.get("class") or "")[:MOST_NAMES]) is not None
