"""A publisher that the discovery tests read."""

from __future__ import annotations

from pipelines.records import Source

HOME = "https://www.example.org/"
SOURCE = Source(id="example", name="Example", home=HOME)


def source(**given: object) -> Source:
    """Give the publisher with other fields."""
    return Source.model_validate({**SOURCE.model_dump(), **given})
