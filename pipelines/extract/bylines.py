"""What the blocks judged as byline say of author and time, where the page's own claims are silent."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extract.dates import Moment, parse_moment, plausible, speaks_of_change
from pipelines.extract.names import LEAD, is_full_name, is_organisation, names_in
from pipelines.extract.titles import fold
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import datetime

    from pipelines.extract.blocks import Outline
    from pipelines.extract.body import Selection
    from pipelines.extract.metadata import Metadata

__all__ = ["completed", "is_byline"]

# A byline stands before the body or right behind its first paragraph; longer ones are texts about the author.
REACH = 3
MAX_BYLINE = 100
MAX_NAME_WORDS = 4
# Words beside a date that say no more than what happened then, and where.
MAX_BESIDE_DATE = 4
DATE_PARTS = re.compile(r"[\d年月日時时分秒년월일시분초]+")


def completed(metadata: Metadata, outline: Outline, selection: Selection, fetched: datetime | None) -> Metadata:
    """Fill in the authors and the time of publication that only the text around the headline tells.

    A name is believed only in a byline with a date in it or beside it: alone, what looks like a byline may be a button.
    """
    if metadata.published is not None and (metadata.authors or metadata.organisations):
        return metadata
    last = (selection.kept[0] if selection.kept else 0) + REACH
    near = [index for index, role in enumerate(selection.roles[: last + 1]) if role == "byline"]
    texts = {index: text for index in near if len(text := outline.blocks[index].text) <= MAX_BYLINE}
    times = {index: moment for index, text in texts.items() if (moment := time_in(text, fetched)) is not None}
    if metadata.published is None and times:
        first = next(iter(times.values()))
        metadata = replace(
            metadata, published=first.time, published_precision=first.precision, published_rule=first.rule
        )
    if metadata.authors or metadata.organisations:
        return metadata
    dated = [text for index, text in texts.items() if times.keys() & {index - 1, index, index + 1}]
    return replace(metadata, authors=names(dated))


def time_in(text: str, fetched: datetime | None) -> Moment | None:
    """Give the time in a byline that does not speak of a later change."""
    moment = None if speaks_of_change(text) else parse_moment(text, "byline")
    return moment if moment is not None and plausible(moment.time, fetched) else None


def is_byline(text: str, known: Container[str]) -> bool:
    """Tell whether a line says nothing but who wrote and when; `known` are names of the authors, folded."""
    if len(text) > MAX_BYLINE:
        return False
    if fold(text) in known or (LEAD.match(text) and (found := names_in(text)) and all(map(is_person, found))):
        return True
    return parse_moment(text, "byline") is not None and count(DATE_PARTS.sub(" ", text)) <= MAX_BESIDE_DATE


def names(texts: Sequence[str]) -> tuple[str, ...]:
    """Give the names of the first byline that holds nothing but names of persons."""
    for text in texts:
        found = names_in(text)
        if found and all(map(is_person, found)):
            return tuple(found)
    return ()


def is_person(name: str) -> bool:
    """Tell whether a text that only its place marks as a name looks like one."""
    words = name.split()
    if any(character.isdigit() or character == ":" for character in name) or is_organisation(name):
        return False
    capital = all(word[0].isupper() or not word[0].isalpha() or not word.isascii() for word in words)
    return is_full_name(name) and len(words) <= MAX_NAME_WORDS and capital
