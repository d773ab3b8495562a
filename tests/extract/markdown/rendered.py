"""Markup as Markdown, and a reader of Markdown who is not of this project."""

from __future__ import annotations

from markdown_it import MarkdownIt

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.markdown.markdown import markdown
from pipelines.extract.parsing.parse import parse

URL = "https://news.example/2026/story"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def render(markup: str) -> str:
    """Give the Markdown of a page of which all blocks are kept."""
    found = outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)
    return markdown(found, range(len(found.blocks)), URL)
