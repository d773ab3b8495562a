"""A page of our own with what is to be read of its head, and an article in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.extract.metadata.metadata import Metadata, metadata
from pipelines.extract.parsing.parse import parse

if TYPE_CHECKING:
    from datetime import datetime

URL = "https://www.harbour-post.example/science/2026/03/04/tide-gauge-phones"


def read(
    head: str = "", body: str = "", *, url: str = URL, fetched: datetime | None = None, language: str = "en_GB"
) -> Metadata:
    page = f"<!doctype html><html lang='{language}'><head>{head}</head><body>{body}</body></html>"
    return metadata(parse(page.encode()), url, fetched=fetched)


def ld(*objects: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(o)}</script>" for o in objects)


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Old phones measure the tide",
    "author": {"@type": "Person", "name": "Ada Byron"},
    "datePublished": "2026-03-04T23:30:15-05:00",
    "dateModified": "2026-03-05T10:00:00Z",
    "articleSection": "Science",
    "keywords": ["tide", "phones"],
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "image": {"@type": "ImageObject", "url": "/img/pier.jpg"},
    "isAccessibleForFree": "False",
}
