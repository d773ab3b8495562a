"""Pages of one newspaper, judged with the body that was found on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.extract.deciding.page_type import decide
from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse

if TYPE_CHECKING:
    from pipelines.records import Decision

SITE = "https://www.harbour-post.example"
STORY = f"{SITE}/science/2026/03/04/old-phones-measure-the-tide-at-the-town-pier"
PARAGRAPH = (
    "The harbour office has mounted eleven discarded phones under its pier, and they now measure the tide every four "
    "minutes, said Ada Byron, who keeps the gauge. The readings agree with the official one to within two centimetres."
)
BODY = "\n\n".join([PARAGRAPH] * 6)
BRIEF = "The ferry to the north pier sails again from Monday on, the harbour office said, after a winter in the dock."
NEWS = {
    "@type": "NewsArticle",
    "headline": "Old phones measure the tide",
    "datePublished": "2026-03-04T12:00:00Z",
    "author": {"@type": "Person", "name": "Ada Byron"},
}


def judge(markup: str, body: str, *, url: str = STORY, head: str = "", ld: object = None) -> Decision:
    script = f"<script type='application/ld+json'>{json.dumps(ld)}</script>" if ld else ""
    page = f"<html><head><title>Old phones measure the tide</title>{head}{script}</head><body>{markup}</body></html>"
    document = parse(page.encode())
    return decide(document, url, metadata(document, url), body)


def paragraphs(body: str) -> str:
    return "".join(f"<p>{line}</p>" for line in body.split("\n\n"))
