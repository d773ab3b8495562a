"""The report of a reprocessing, as data and as a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pipelines.publish.page import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.reprocess.findings import Findings

__all__ = ["asked", "data", "page"]

_MARKS = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)


def asked(since: str, until: str, named: Sequence[str], at: Sequence[str]) -> str:
    """Say in words what a reprocessing was asked for."""
    return f"{since} up to {until}, {', '.join(at) or ', '.join(named) or 'all sources'}"


def data(what: str, found: Findings) -> bytes:
    """Give the report as JSON."""
    return json.dumps({"asked": what, **found.data()}, ensure_ascii=False, indent=1).encode()


def page(what: str, found: Findings) -> bytes:
    """Give the report as a page."""
    examples = [(example, _parted(example.diff)) for example in found.examples]
    return render("reprocess.html.j2", asked=what, found=found, examples=examples)


def _parted(diff: str) -> list[tuple[str, str]]:
    """Part a word diff into what stayed, went and came."""
    parts, at = [], 0
    for mark in _MARKS.finditer(diff):
        parts.append(("", diff[at : mark.start()]))
        parts.append(("del", mark[1]) if mark[1] is not None else ("ins", mark[2]))
        at = mark.end()
    return [*parts, ("", diff[at:])]
