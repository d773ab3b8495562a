from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.extract.blocks import Outline, outline
from pipelines.extract.body import Selection
from pipelines.extract.bylines import completed
from pipelines.extract.metadata import Metadata, metadata
from pipelines.extract.parse import parse

URL = "https://harbour-post.example/tide"
BODY = "The harbour office has mounted eleven discarded phones under its pier, and they now measure the tide."


def read(*lines: str, fetched: datetime | None = None) -> Metadata:
    """Complete the metadata of a page that has these bylines between headline and body, and no claims."""
    markup = "".join(f"<div>{line}</div>" for line in lines)
    document = parse(f"<html><body><main>{markup}<p>{BODY}</p></main></body></html>".encode())
    found: Outline = outline(document.tree)
    silent = replace(metadata(document, URL), published=None, authors=(), organisations=())
    roles = tuple("body" if block.text == BODY else "byline" for block in found.blocks)
    selection = Selection((len(lines),), (), (), roles, (0.0,) * len(roles), 0.9)
    return completed(silent, found, selection, fetched)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("Ada Byron", "March 4, 2026"), ("Ada Byron",)),
        (("March 4, 2026", "Ada Byron and Grace Murray"), ("Ada Byron", "Grace Murray")),
        (("Ada Byron | Senior Writer | March 4, 2026",), ("Ada Byron",)),
        (("Print This Page", "March 4, 2026"), ()),
        (("Kommentare : 0", "4. März 2026"), ()),
        (("Ada Byron", "5 min read"), ()),
    ],
)
def test_a_name_beside_a_date_is_the_author(lines: tuple[str, ...], authors: tuple[str, ...]) -> None:
    assert read(*lines).authors == authors


def test_the_date_of_a_byline_is_the_time_of_publication() -> None:
    found = read("Ada Byron", "March 4, 2026")
    assert (found.published, found.published_rule) == (datetime(2026, 3, 4, tzinfo=UTC), "byline")


def test_a_change_or_a_day_to_come_is_no_publication() -> None:
    assert read("Updated March 4, 2026").published is None
    assert read("March 4, 2026", fetched=datetime(2026, 1, 1, tzinfo=UTC)).published is None


def test_what_the_page_claims_is_not_overruled() -> None:
    document = parse(f"<html><body><p>{BODY}</p></body></html>".encode())
    claimed = replace(metadata(document, URL), published=datetime(2026, 3, 1, tzinfo=UTC), authors=("Lin Wei",))
    nothing = Selection((), (), (), (), (), 0.0)
    assert completed(claimed, Outline(), nothing, None) is claimed
