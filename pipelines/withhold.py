"""Keep of an article what its publisher's reservations allow: all of it, or headline and link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.rights import permits

if TYPE_CHECKING:
    from pipelines.records import Article, Extraction, Page
    from pipelines.rights import Policy

__all__ = ["headline", "withhold"]


def withhold(extraction: Extraction, page: Page, policy: Policy) -> Extraction:
    """Set the reservations of `page` on the article, and take its text out where `policy` keeps no copy of it.

    What is judged is the day the page was fetched, so that the same archive gives the same rows on any day.
    """
    article = extraction.article
    if article is None or not page.reservations:
        return extraction
    article = article.model_copy(update={"reservations": page.reservations})
    permission = permits(page.reservations, policy, page.fetched)
    if permission.body:
        return extraction.model_copy(update={"article": article})
    return headline(extraction.model_copy(update={"article": article}))


def headline(extraction: Extraction) -> Extraction:
    """Take out of an article its words and pictures: what stays is what a list of links would say of it."""
    article = extraction.article
    return extraction.model_copy(update={"article": article and _headline(article), "teasers": ()})


def _headline(article: Article) -> Article:
    return article.model_copy(
        update={
            "standfirst": None,
            "body": "",
            "markdown": "",
            "summary": (),
            "entities": (),
            "images": (),
            "lead_image": None,
            "word_count": 0,
            "topics": tuple(topic.model_copy(update={"words": ()}) for topic in article.topics),
        }
    )
