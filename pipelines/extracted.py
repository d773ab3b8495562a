"""What extraction made of one WARC file: the intermediate between the parallel tasks and the one that commits."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from pipelines import layout
from pipelines.records import Extraction, Page, Record, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.bucket import Bucket

__all__ = ["Extracted", "read", "stands", "write"]


class Extracted(Record):
    """One touched URL after extraction and classification."""

    warc: str
    """Key of the WARC file."""
    source: str
    """Id of the source."""
    at: AwareDatetime
    """When it was fetched, or when the crawl noted that no response came."""
    noted: AwareDatetime | None = None
    """When the visit ended; null where no crawl noted it."""
    visit: Visit | None
    """What the crawl noted; null in archives of other crawlers."""
    page: Page | None
    """Its exchange in the archive; null where no response came."""
    extraction: Extraction | None = None
    """What the page yields; null where nothing was to be extracted or `trouble` says why it could not be."""
    trouble: str | None = None
    """Why the page was set aside; null where it was not."""

    @property
    def url(self) -> str:
        """The URL that was touched; the file's key where it holds none."""
        if self.visit is not None:
            return self.visit.url
        return self.page.url if self.page is not None else self.warc


def write(bucket: Bucket, warc: str, edition: str, rows: Iterable[Extracted]) -> None:
    """Write the rows of a WARC file as made by `edition`, once."""
    lines = [row.model_dump_json() for row in rows]
    # A fixed time in the gzip header: the same rows are the same bytes.
    bucket.create(layout.extracted(warc, edition), gzip.compress("\n".join(lines).encode(), 6, mtime=0))


def stands(bucket: Bucket, warc: str, edition: str) -> bool:
    """Tell whether `edition` has made the rows of a WARC file."""
    try:
        bucket.get(layout.extracted(warc, edition), 0, 1)
    except KeyError:
        return False
    return True


def read(bucket: Bucket, warc: str, edition: str) -> Iterator[Extracted]:
    """Yield the rows of a WARC file; raises `KeyError` where `edition` has not made them."""
    for line in gzip.decompress(bucket.get(layout.extracted(warc, edition))).splitlines():
        yield Extracted.model_validate_json(line)
