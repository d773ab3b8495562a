"""Editions: one short name for all that decides what extraction and classification make of a WARC file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.version import CODE

if TYPE_CHECKING:
    from pipelines.classify.in_use import Taught
    from pipelines.limits import Limits
    from pipelines.records import Source

__all__ = ["edition"]

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "extract", _HERE / "classify")
_MODULES = ("archive", "cdxj", "coding", "extracted", "read", "records", "rights", "urls", "withhold")
# `training` only makes the models, which are files here themselves.
_LEFT_OUT = {"__pycache__", "training"}
_CONFIG = _HERE.parent / "config"


def edition(source: Source | None, limits: Limits, taught: Taught) -> str:
    """Name what makes an intermediate: code, models and word lists, the source's declaration, bounds, what the archive taught.

    The same name means the same rows of the same WARC file, so that what stands under it need not be made again.
    """
    # What was taught lies in files that are named by their content.
    learned = [path.name if path is not None else "" for path in taught]
    told = (limits.extract, limits.rights, limits.fetch.text_bytes, source, learned)
    return hashlib.sha256(f"{_shipped()} {told!r}".encode()).hexdigest()[:16]


@cache
def _shipped() -> str:
    """Digest all that comes with the project; once a process, which has read it."""
    files = [path for folder in _FOLDERS for path in folder.rglob("*") if path.is_file()]
    files = [path for path in files if not _LEFT_OUT.intersection(path.relative_to(_HERE).parts)]
    files += [_HERE / f"{name}.py" for name in _MODULES]
    files += [path for path in _CONFIG.glob("*") if path.is_file() and path.name != "limits.yaml"]
    digest = hashlib.sha256(CODE.encode())
    for path in sorted(files):
        digest.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
