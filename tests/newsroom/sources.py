"""Declarations of the invented publishers, as `config/sources` holds those of real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from tests.newsroom.articles import sections_of
from tests.newsroom.publishers import publishers

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.records import Source

__all__ = ["sources", "write_sources"]


def sources() -> tuple[Source, ...]:
    """One for each publisher; the home page of Chipwire is a section too, since only it links the old addresses."""
    found = []
    for site in publishers():
        declared = site.source(tuple(f"/section/{name}/" for name in sections_of(site.id)))
        if site.id == "chipwire":
            declared = declared.model_copy(update={"sections": (site.home,)})
        found.append(declared)
    return tuple(found)


def write_sources(folder: Path) -> tuple[Path, ...]:
    """One `<id>.yaml` each, with nothing in it that is the default anyway."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sources():
        path = folder / f"{source.id}.yaml"
        fields = source.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
        path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
        written.append(path)
    return tuple(written)
