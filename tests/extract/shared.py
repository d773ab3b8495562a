"""The development pages, where they are: env COPYDESK_SHARED or `../shared` beside the repository."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("COPYDESK_SHARED") or Path(__file__).parents[2].parent / "shared")
PAGES = SHARED / "data" / "pages"

needs_shared = pytest.mark.skipif(not PAGES.is_dir(), reason=f"no development pages in {PAGES}; set COPYDESK_SHARED")


def rows(name: str, *, every: int = 1) -> list[dict[str, Any]]:
    """Give every n-th row of a set."""
    lines = (PAGES / f"{name}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [json.loads(line) for line in lines[::every]]


def page(name: str, row: dict[str, Any]) -> bytes:
    """Give the page of a row as fetched."""
    return gzip.decompress((PAGES / name / f"{row['id']}.html.gz").read_bytes())
