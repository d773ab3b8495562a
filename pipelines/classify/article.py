"""Classification of one article: language, topics, names, summary, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.classify import entities, language, summary, topics

if TYPE_CHECKING:
    from pipelines.classify.gazetteer import Gazetteer
    from pipelines.classify.model import Model
    from pipelines.records import Article, Source

__all__ = ["classify"]


def classify(
    article: Article, source: Source | None = None, used: Model | None = None, book: Gazetteer | None = None
) -> Article:
    """Give the article with its language, topics, names and summary filled in.

    `used` null takes the shipped model, `book` null the curated names.
    """
    used = used or topics.shipped()
    spoken = language.detect(article.title, article.body, article.language)
    return article.model_copy(
        update={
            "language": spoken,
            "topics": topics.classify(
                article.title,
                article.body,
                section=article.section,
                tags=article.tags,
                source_topics=source.topics if source is not None else None,
                url=article.canonical_url,
                used=used,
            ),
            "topics_version": used.version,
            "entities": entities.find(article.title, article.body, spoken, book),
            "summary": summary.summarise(article.title, article.body, spoken),
        }
    )
