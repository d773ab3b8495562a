"""Guards the rules and the shipped weights on real pages; the figures that count are cross-validated, by the training."""

from __future__ import annotations

import pytest
import trafilatura

from pipelines.extract.metadata import metadata
from pipelines.extract.page_type import decide
from pipelines.extract.parse import parse
from tests.extract.shared import needs_shared, page, rows

pytestmark = [pytest.mark.shared, needs_shared]


def accepted(name: str, every: int) -> float:
    """Give the share of pages taken for articles, with the body that trafilatura's fast mode finds."""
    decisions = []
    for row in rows(name, every=every):
        bytes_, url = page(name, row), row["url"] or "https://unknown.example/page"
        document = parse(bytes_)
        body = trafilatura.extract(bytes_.decode("utf-8", "replace"), fast=True, include_comments=False) or ""
        decisions.append(decide(document, url, metadata(document, url), body).article)
    return sum(decisions) / len(decisions)


@pytest.mark.parametrize(("name", "every"), [("aeb", 6), ("fundus-a", 5)])
def test_news_articles_are_accepted(name: str, every: int) -> None:
    assert accepted(name, every) >= 0.96


def test_article_pages_of_all_kinds_are_accepted() -> None:
    assert accepted("wcxb-dev", 16) >= 0.88


def test_other_pages_are_rejected() -> None:
    assert accepted("other-dev", 8) <= 0.1
