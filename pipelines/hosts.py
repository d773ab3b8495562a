"""Hosts: which declared source a page belongs to, by the name of its host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.records import Source

__all__ = ["Hosts"]


class Hosts:
    """The hosts of sources; a subdomain belongs to whoever the nearest domain above it belongs to."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._owners = {
            host.removeprefix("www."): source.id
            for source in sources
            for host in (urls.host(source.home), *source.hosts)
        }

    def owner(self, url: str) -> str | None:
        """Give the id of the source that `url` belongs to; null where none declares its host."""
        labels = urls.host(url).split(".")
        parents = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._owners[name] for name in parents if name in self._owners), None)
