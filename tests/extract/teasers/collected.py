"""The teasers of a page of our own, whose blocks have roles by their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.teasers.roles import teaser_roles
from pipelines.extract.teasers.teasers import teasers

if TYPE_CHECKING:
    from pipelines.records import Teaser

__all__ = ["BODY", "URL", "found"]

URL = "https://news.example/chips/new-fab-opens"
BODY = "<p>The plant opened on Monday.</p>"


def found(markup: str, roles: dict[str, str], url: str = URL) -> tuple[Teaser, ...]:
    """Collect from a page whose blocks have the given roles by their text; `BODY` is the body."""
    page = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    named = ["body" if block.text in BODY else roles.get(block.text, "chrome") for block in page.blocks]
    kept = [index for index, role in enumerate(named) if role == "body"]
    return teasers(page, teaser_roles(page, named, kept, url, url), kept, url, "own", base=url)
