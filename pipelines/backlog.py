"""The backlog of suggestions: what batches named beyond the pace of a source, kept for the batches that follow.

One object a source, as long as `process.suggestions_kept` allows, written anew with each hand-over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import layout
from pipelines.records import Candidate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipelines.bucket import Bucket

__all__ = ["due", "keep"]


def due(bucket: Bucket, brought: Collection[str]) -> Iterator[Candidate]:
    """Give what is kept of the sources in `brought` and of those whose crawl took all that was suggested to it.

    Any other source has enough to do: its pace is that of its crawls, however many batches others bring meanwhile.
    """
    waiting = set(map(layout.source_of, bucket.list(layout.suggested())))
    for key in bucket.list(layout.backlog()):
        source = layout.source_of(key)
        if source in brought or source not in waiting:
            for line in bucket.get(key).splitlines():  # bytes: as text, it would part lines at U+2028 too
                yield Candidate.model_validate_json(line)


def keep(bucket: Bucket, source: str, left: Sequence[Candidate]) -> None:
    """Replace what is kept of a source; with nothing left its object goes."""
    if left:
        lines = "".join(f"{candidate.model_dump_json(exclude_defaults=True)}\n" for candidate in left)
        bucket.replace(layout.backlog(source), lines.encode())
    else:
        bucket.delete(layout.backlog(source))
