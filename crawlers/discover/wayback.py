"""The Wayback Machine: which pages of a publisher it holds for a range of days, and their bytes as captured.

The CDX server lists captures (github.com/internetarchive/wayback/tree/master/wayback-cdx-server); `id_` after the
timestamp of a replay URL asks for the body as it was received, without the banner and rewritten links.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from crawlers.discover.listing import Listing, propose, unique
from pipelines import urls
from pipelines.records import Candidate, Channel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.records import Source

__all__ = ["Captures", "captured", "captured_headers", "held_by", "query", "raw", "read"]

CDX = "https://web.archive.org/cdx/search/cdx"
_CDX_PATH, _REPLAY_PATH = "/cdx/search/cdx", "/web"
# Rows of one answer: a large publisher's day; more come with the resumption key.
ROWS = 5_000
_STAMP = "%Y%m%d%H%M%S"
_FIELDS = ("timestamp", "original", "mimetype", "statuscode", "digest")
_RAW = re.compile(rf"{_REPLAY_PATH}/(\d{{14}})id_/https?:")
_ORIGINAL_HEADER = re.compile(r"x-archive-orig-(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Captures:
    """One answer of the CDX server."""

    listing: Listing
    """The pages as candidates, by the URLs they had, each with its first capture."""
    resume: str | None
    """Key to ask for the rows that follow; null at the end."""


def query(host: str, since: datetime, until: datetime, *, resume: str | None = None, server: str = CDX) -> str:
    """Give the URL that lists HTML captures answered 200 of `host` and its subdomains, first capture of each URL.

    `since` is inclusive, `until` exclusive; both are times of capture, not of publication.
    """
    last = datetime.fromtimestamp(until.timestamp() - 1, UTC)
    parameters = [
        ("url", host),
        ("matchType", "domain"),
        ("output", "json"),
        ("fl", ",".join(_FIELDS)),
        ("from", since.astimezone(UTC).strftime(_STAMP)),
        ("to", last.strftime(_STAMP)),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("limit", str(ROWS)),
        ("showResumeKey", "true"),
    ]
    return f"{server}?{urlencode([*parameters, *([('resumeKey', resume)] if resume else [])])}"


def raw(timestamp: str, url: str, server: str) -> str:
    """Give the replay URL of a capture's bytes as received; `server` is the archive's address without a path."""
    return f"{server}{_REPLAY_PATH}/{timestamp}id_/{url}"


def held_by(server: str | None, url: str) -> bool:
    """Tell whether `url` is a replay URL of the archive at `server`, and not anyone's word for what a page said."""
    return server is not None and captured(url, server) is not None


def captured(url: str, server: str) -> datetime | None:
    """Give the time of the capture that a raw replay URL of the archive at `server` holds; null for any other URL."""
    found = _RAW.match(url, len(server.rstrip("/"))) if url.startswith(f"{server.rstrip('/')}/") else None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def read(body: bytes, url: str, source: Source) -> Captures:
    """Read the CDX server's JSON answer to `query`; `url` is the query, kept as where the candidates were seen."""
    try:
        rows = json.loads(body.decode("utf-8", "replace") or "[]")
    except (ValueError, RecursionError) as error:
        return _nothing(f"no CDX answer: {error}")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return _nothing("no CDX answer: not a list of rows")
    resume = None
    # A resumption key stands alone in the last row, after an empty one.
    if len(rows) >= 2 and not rows[-2] and len(rows[-1]) == 1:
        resume, rows = str(rows[-1][0]), rows[:-2]
    if not rows:
        return Captures(Listing(), resume)
    header = [str(name) for name in rows[0]]
    if not {"timestamp", "original"} <= set(header):
        return _nothing(f"no CDX answer: its columns are {', '.join(header)[:100]}")
    found = (_capture(dict(zip(header, row, strict=False)), url, source) for row in rows[1 : ROWS + 1])
    return Captures(Listing(candidates=unique(found)), resume)


def captured_headers(headers: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Give the response headers as captured, from the `X-Archive-Orig-` headers of a raw replay."""
    return {found[1]: values for name, values in headers.items() if (found := _ORIGINAL_HEADER.fullmatch(name))}


def _capture(row: dict[str, object], url: str, source: Source) -> Candidate | None:
    timestamp, original = str(row["timestamp"]), str(row["original"])
    # The index writes the default port into URLs of old captures.
    link = re.sub(r"^(http://[^/:]+):80(?=/|$)|^(https://[^/:]+):443(?=/|$)", r"\1\2", original)
    if not re.fullmatch(r"\d{14}", timestamp) or urls.absolute(link, link) is None:
        return None
    proposed = propose(source, link, base=link, channel=Channel.ARCHIVE)
    if proposed is None:
        return None
    capture = raw(timestamp, original, url.partition(_CDX_PATH)[0])
    return proposed.model_copy(update={"seen_in": url, "capture": capture})


def _nothing(trouble: str) -> Captures:
    return Captures(Listing(trouble=trouble), None)
