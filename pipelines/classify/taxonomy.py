"""The headings of `config/topics.yaml`, typed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from pipelines import declared

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["OTHER", "Heading", "Taxonomy", "load"]

OTHER = "other"
"""Id of the heading for what is not technology; it stands alone."""


class Heading(BaseModel):
    """One topic under which articles are filed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    id: str = Field(pattern=r"^[a-z]+$")
    """Short name used in tables and feeds."""
    name: str
    """Name for readers."""
    description: str
    """What belongs under it."""
    iptc: tuple[Annotated[str, Field(pattern=r"^medtop:\d{8}$")], ...]
    """Nearest IPTC Media Topics; empty where there is none."""
    sections: tuple[str, ...]
    """Names of publishers' sections and tags of this topic, lower case."""
    terms: tuple[str, ...]
    """Words and pairs of words that speak of this topic, lower case."""


class Taxonomy(BaseModel):
    """All headings."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    topics: tuple[Heading, ...]
    """In the order in which they are shown."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the topics, in order."""
        return tuple(heading.id for heading in self.topics)

    @property
    def sections(self) -> dict[str, str]:
        """Names of publishers' sections to the topic they stand for."""
        return {section: heading.id for heading in self.topics for section in heading.sections}

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        """Ids of the topics to the terms that speak of them."""
        return {heading.id: heading.terms for heading in self.topics}


@lru_cache(maxsize=8)
def load(path: Path) -> Taxonomy:
    """Read `config/topics.yaml`; raises `Misconfigured` with file and line."""
    return declared.read(path, Taxonomy)
