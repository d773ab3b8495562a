"""The body by other means: who is asked for it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from pipelines.extract import extract

if TYPE_CHECKING:
    from types import FrameType

BODY = " ".join(["The harbour office has mounted eleven phones under its pier."] * 12)
STATED = json.dumps({"@type": "NewsArticle", "headline": "Tide", "articleBody": BODY})


@pytest.mark.parametrize(
    ("head", "asked"), [(f"<script type='application/ld+json'>{STATED}</script>", False), ("", True)]
)
def test_trafilatura_is_asked_only_where_the_page_itself_does_not_tell(head: str, *, asked: bool) -> None:
    entered = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "trafilatura" in frame.f_code.co_filename:
            entered.add(frame.f_code.co_filename)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        extract(f"{head}<h1>Tide</h1><p>Wait.".encode(), "http://harbour-post.example/2026/02/03/tide")
    finally:
        sys.setprofile(before)
    assert bool(entered) is asked
