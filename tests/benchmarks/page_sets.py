"""Sets of labelled pages: rows of JSON lines, each naming a page in a folder of (gzip-compressed) HTML files."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["name_of", "page_bytes", "page_path", "rows_of", "url_of"]

# More are a bomb; the largest page of the sets has 9 MB.
MAX_BYTES = 100_000_000


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read a set; raises SystemExit that names file and line where a row is not JSON or names no page."""
    rows: list[dict[str, Any]] = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: texts hold U+2028
    except OSError as error:
        raise SystemExit(f"{path}: {error.strerror}; give a set of pages, one JSON object a line") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SystemExit(f"{path}:{number}: {error}; each line is one JSON object") from error
        if not isinstance(row, dict) or not (row.get("page") or row.get("id")):
            raise SystemExit(f"{path}:{number}: a row needs `id` (or `page`, as SET/ID) to name its page")
        rows.append(row)
    return rows


def name_of(row: dict[str, Any]) -> str:
    """Give the page's name: `page` where the row has one, as `SET/ID`, else `id`."""
    return str(row.get("page") or row["id"])


def url_of(row: dict[str, Any]) -> str:
    """Give the page's address; some rows of the public sets lack it."""
    return str(row.get("url") or f"https://unknown.example/{name_of(row)}")


def page_path(folder: Path, name: str) -> Path | None:
    """Find a page of the set, whichever way the folder is laid out; None where it is not there."""
    bare = name.rsplit("/", 1)[-1]
    for ending in (".html.gz", ".html"):
        for place in (folder / f"{name}{ending}", folder / f"{bare}{ending}", folder.parent / f"{name}{ending}"):
            if place.is_file():
                return place
    return None


def page_bytes(path: Path) -> bytes:
    """Read a page."""
    if path.suffix != ".gz":
        return path.read_bytes()
    with gzip.open(path) as stream:
        return stream.read(MAX_BYTES)
