"""A page's parts put together: body, metadata and teasers as one extraction."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from trafilatura import bare_extraction

from pipelines import urls
from pipelines.extract.parse import Document, parse
from pipelines.records import Article, Decision, Extraction, Kind, Place, Precision, Source, Teaser

if TYPE_CHECKING:
    from lxml import html

__all__ = ["extract"]

EXTRACTOR = f"copydesk {version('copydesk')} trafilatura {version('trafilatura')}"
# Fewer words than this are a notice, not an article.
LEAST_WORDS = 40
# A link with fewer words names a section or a page of the site, not a story.
LEAST_TITLE_WORDS = 5


def extract(
    html_bytes: bytes,
    url: str,
    *,
    content_type: str | None = None,
    source: Source | None = None,
    fetched: datetime | None = None,
) -> Extraction:
    """Extract the page fetched from `url`; raises Quarantine for one over a bound, nothing else."""
    document = parse(html_bytes, content_type)
    found = bare_extraction(document.tree, url=url, with_metadata=True, include_comments=False)
    body = found.text if found is not None and not isinstance(found, dict) and found.text else ""
    paragraphs = [line.strip() for line in body.split("\n") if line.strip()]
    words = len(re.findall(r"\w+", body))
    identity = urls.article_id(url)
    teasers = links(document, url, identity, body)
    if words < LEAST_WORDS or found is None or isinstance(found, dict) or not found.title:
        decision = Decision(article=False, kind=Kind.OTHER, score=0.5, reason=f"{words} words of body")
        return Extraction(decision=decision, teasers=teasers)
    article = Article(
        id=identity,
        url=url,
        canonical_url=urls.canonical(url, found.url),
        source=source.id if source else "",
        site_name=found.sitename,
        title=found.title,
        body="\n\n".join(paragraphs),
        markdown="\n\n".join(paragraphs),
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=datetime.fromisoformat(found.date).replace(tzinfo=UTC) if found.date else None,
        published_precision=Precision.DAY if found.date else None,
        published_rule="trafilatura" if found.date else None,
        word_count=words,
        confidence=0.5,
        extractor=EXTRACTOR,
        fetched=fetched,
    )
    decision = Decision(article=True, kind=Kind.ARTICLE, score=0.5, reason=f"{words} words of body")
    return Extraction(decision=decision, article=article, teasers=teasers)


def links(document: Document, url: str, identity: str, body: str) -> tuple[Teaser, ...]:
    """Collect the links to other pages whose text reads like a headline and does not stand in the body."""
    found: dict[str, str] = {}
    for anchor in document.tree.iter("a"):
        title = " ".join(anchor.text_content().split())
        target = urls.absolute(url, anchor.get("href") or "")
        if target and len(title.split()) >= LEAST_TITLE_WORDS and title not in body and not in_chrome(anchor):
            found.setdefault(target, title)
    return tuple(
        Teaser(article=identity, url=target, title=title, place=Place.AFTER, position=position)
        for position, (target, title) in enumerate(found.items())
        if urls.same_site(url, target) and urls.article_id(target) != identity
    )


def in_chrome(anchor: html.HtmlElement) -> bool:
    """Tell whether a link stands in the navigation or at the foot of the page."""
    return any(parent.tag in {"nav", "footer", "form"} for parent in anchor.iterancestors())
