"""A source's dated rules, from its YAML file to the article: an archived page is read by the rule of its day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipelines import sources
from pipelines.extract import extract

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.records import Extraction, Source

URL = "https://harbour-post.example/2026/05/old-phones-measure-the-tide"
PARAGRAPHS = (
    "The harbour office has mounted eleven discarded phones under its pier, and they now measure the tide every hour.",
    "The readings agree with those of the official gauge to within two centimetres, says the engineer who built it.",
    "Each phone costs less than its mounting. When one dies, a boat brings another, and the software notices the change.",
    "Two more towns on the coast have asked for the plans, which stand on the harbour's website for everyone to use.",
)
NOTE = "The harbour office is owned by the town, which also owns this newspaper; the paper reports on it as on others."
YAML = """name: Harbour Post
home: https://harbour-post.example/
feeds: [https://harbour-post.example/feed]
rules:
  - since: 2025-01-01
    headline: .old-headline
    remove: .old-note
    why: the note of ownership stands between the paragraphs
  - since: 2026-03-01
    body: "#story"
    headline: .new-headline
    teasers: .more
    why: since the redesign the note stands before the story
"""
PAGE = f"""<!doctype html><html lang="en"><head><title>Tide - Harbour Post</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-05-04T09:30:00+02:00"><meta name="author" content="Ada Byron"></head><body>
<main><article><h1>Tide</h1><div class="old-headline">Phones measure the tide</div><div class="new-headline">The tide, by phone</div>
<p class="old-note">{NOTE}</p><div id="story">{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</div>
<div class="more"><p><a href="/2026/05/ferry-on-hydrogen">The ferry sails on hydrogen now, and quietly</a></p></div></article></main>
</body></html>""".encode()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "harbour-post.yaml"
    path.write_text(YAML, encoding="utf-8")
    return sources.load_one(path)


def read(source: Source, year: int = 0, month: int = 1, day: int = 1) -> Extraction:
    """Extract the page as fetched at the start of a day; without one, as fetched on a day unknown."""
    return extract(PAGE, URL, source=source, fetched=datetime(year, month, day, tzinfo=UTC) if year else None)


def test_a_page_of_the_old_layout_is_read_by_the_old_rule(source: Source) -> None:
    article = read(source, 2026, 2, 28).article
    assert article is not None
    assert article.title == "Phones measure the tide"
    assert NOTE not in article.body
    assert all(text in article.body for text in PARAGRAPHS)


def test_a_page_from_the_day_of_the_new_layout_on_is_read_by_the_new_rule(source: Source) -> None:
    found = read(source, 2026, 6, 1)
    assert found.article is not None
    assert found.article.title == "The tide, by phone"
    assert found.article.body == "\n\n".join(PARAGRAPHS)
    assert [teaser.title for teaser in found.teasers] == ["The ferry sails on hydrogen now, and quietly"]


def test_a_rule_holds_from_the_morning_of_its_day(source: Source) -> None:
    article = read(source, 2026, 3, 1).article
    assert article is not None
    assert article.title == "The tide, by phone"


def test_a_page_older_than_all_rules_is_read_without(source: Source) -> None:
    article = read(source, 2024, 12, 31).article
    assert article is None or article.title == "Tide"


def test_a_page_of_unknown_day_is_read_by_the_latest_rule(source: Source) -> None:
    article = read(source).article
    assert article is not None
    assert article.title == "The tide, by phone"
