"""Suggestions: candidates as JSON lines, from the teasers that extraction found ("Explore more") or from anyone's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from crawlers.discover.listing import propose, unique
from pipelines.errors import Misconfigured
from pipelines.records import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.records import Source

__all__ = ["read"]


def read(lines: Iterable[str], source: Source) -> tuple[Candidate, ...]:
    """Read one candidate a line, in their order; those that are not the source's own articles are left out.

    Raises `Misconfigured` with the number of a line that is no candidate.
    """
    return unique(_candidates(lines, source))


def _candidates(lines: Iterable[str], source: Source) -> Iterator[Candidate | None]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = Candidate.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise Misconfigured(f"line {number}", f"{where}: {first['msg']}", "Write one candidate a line") from error
        own = propose(source, given.url, base=given.url, channel=given.channel, title=given.title)
        if own is not None:
            yield given.model_copy(update={"url": own.url, "source": source.id, "title": own.title})
