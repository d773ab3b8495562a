"""Scores our extraction of the newsroom's own pages against the newsroom's truth: the figures that need no other data."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from pipelines.extract.article import extract
from pipelines.records import Extraction, Kind
from tests.newsroom.publishers import publisher
from tests.newsroom.site import answer
from tests.newsroom.truth import NOT_ARTICLES, Truth, truths

__all__ = ["Figures", "Read", "figures", "newsroom"]


class Read(NamedTuple):
    """One page, what it is, and what came out of it."""

    truth: Truth
    found: Extraction


class Figures(NamedTuple):
    """Shares from 0 to 1, over pages where not said otherwise."""

    f1: float
    """Words of the body as multisets, mean over articles."""
    leaks: float
    """Articles whose body holds a teaser's title or blurb, or what the site says for itself."""
    kept: float
    """Blocks of the true bodies that are in the body."""
    titles: float
    dates: float
    """To the minute, or the day where the page tells no more."""
    authors: float
    """The set of persons, and of desks."""
    teaser_recall: float
    """Links of teasers that are found."""
    teaser_precision: float
    """Found links that are teasers."""
    accepted: float
    rejected: float


@cache
def newsroom() -> tuple[Read, ...]:
    """Extract every page that stands for itself, as its publisher sends it."""
    found = []
    for url, truth in truths().items():
        if truth.kind is None or truth.variant_of:
            continue
        parts = urlsplit(url)
        reply = answer(parts.netloc, parts.path, {}, edition=1, tries=1)
        if reply.stream is None:
            content_type = dict(reply.headers)["Content-Type"]
            found.append(Read(truth, extract(reply.body, url, content_type=content_type)))
    return tuple(found)


def words(text: str | None) -> list[str]:
    """Give the words of a text; characters where its script has no spaces."""
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+", (text or "").lower())


def figures(pages: tuple[Read, ...]) -> Figures:
    """Score the pages."""
    articles = [page for page in pages if page.truth.kind not in NOT_ARTICLES]
    others = [page for page in pages if page.truth.kind in NOT_ARTICLES]
    with_teasers = [page for page in articles if page.truth.kind is Kind.ARTICLE]
    want = [{shown.url for shown in page.truth.teasers} for page in with_teasers]
    got = [{str(teaser.url) for teaser in page.found.teasers} for page in with_teasers]
    right = sum(len(one & other) for one, other in zip(want, got, strict=True))
    return Figures(
        f1=mean([f1(page) for page in articles]),
        leaks=mean([bool(leaks(page)) for page in articles]),
        kept=mean([kept for page in articles for kept in blocks_kept(page)]),
        titles=mean(
            [page.found.article is not None and page.found.article.title == page.truth.title for page in articles]
        ),
        dates=mean([dated(page) for page in articles]),
        authors=mean([credited(page) for page in articles]),
        teaser_recall=right / sum(map(len, want)),
        teaser_precision=right / sum(map(len, got)),
        accepted=mean([page.found.article is not None for page in articles]),
        rejected=mean([page.found.article is None for page in others]),
    )


def mean(values: list[bool] | list[float]) -> float:
    return sum(values) / len(values)


def body_of(page: Read) -> str:
    return page.found.article.body if page.found.article is not None else ""


def f1(page: Read) -> float:
    """Compare the words of standfirst and body, which pages part in different ways."""
    article = page.found.article
    mine = Counter(words(f"{article.standfirst or ''} {article.body}" if article else ""))
    theirs = Counter(words(" ".join((page.truth.standfirst or "", *page.truth.body))))
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def leaks(page: Read) -> list[str]:
    """Give what is in the body and must not be there."""
    own = publisher(page.truth.source).words
    unwanted = [own.newsletter, own.cookie, own.footer, own.about, own.lead, "never worked, not even on Sundays"]
    unwanted += [text for shown in page.truth.teasers for text in (shown.title, shown.blurb) if text]
    held = " ".join(words(body_of(page)))
    true = " ".join(words(" ".join(page.truth.body)))
    said = [" ".join(words(text)) for text in unwanted]
    return [text for text in said if text in held and text not in true]


def blocks_kept(page: Read) -> list[bool]:
    held = " ".join(words(body_of(page)))
    return [" ".join(words(block)) in held for block in page.truth.body]


def dated(page: Read) -> bool:
    article = page.found.article
    if article is None or article.published is None or page.truth.published is None:
        return False
    return article.published.replace(second=0) == page.truth.published.replace(second=0)


def credited(page: Read) -> bool:
    article, truth = page.found.article, page.truth
    return article is not None and (set(article.authors), set(article.organisations)) == (
        set(truth.authors),
        set(truth.organisations),
    )
