"""A plain text of our own about a harbour, in parts that tests put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.records import Extraction

TITLE = "Harbour Town Builds a Tide Gauge Out of Spare Phones"
FIRST = (
    "The harbour office of a small town has mounted eleven discarded phones under its pier, and they now measure the "
    "tide every four minutes. The readings agree with the official gauge to within two centimetres."
)
SECOND = (
    "Each phone listens to the echo of a click that it makes itself. Salt and gulls have destroyed two of them so far, "
    "which the office regards as a good year."
)
LAST = "The plans are free, and three other harbours have asked for them. The town will not sell what it was given."
BLURB = (
    "Introduction The arrival of cheap sensors in every workshop has changed how small councils think about the public "
    "works that they once had to order from abroad, and the question that remains is who looks after"
)
OTHER = "A Ferry Line Lets Its Passengers Steer by Vote"
THIRD = "Why Lighthouse Keepers Now Write Software"


def body_of(extraction: Extraction) -> str:
    assert extraction.article is not None
    return extraction.article.body


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def titles(extraction: Extraction) -> list[str]:
    return [teaser.title for teaser in extraction.teasers]
