"""The readers that are measured, ours and the peers': bytes and address of a page to a row in the scorer's format.

Each is imported and run once on a small page before its clock starts: importing is no part of reading a page. Peers get
what they ask for, bytes or text; the text is decoded for them off the clock, by the charset that we found.
"""

from __future__ import annotations

import os
import tempfile
import time
import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipelines.extract.article import examine
from pipelines.extract.judging.model import SHIPPED, BlockModel, load
from pipelines.extract.parsing.parse import decode
from pipelines.extract.training.folds import fold_of, publisher
from pipelines.extract.words import words
from pipelines.records import TeaserKind
from tests.benchmarks.page_sets import page_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.extract.article import Examined

__all__ = ["PEERS", "Job", "read"]

SMALL = b"<html><head><title>Tide</title></head><body><article><h1>Tide</h1>" + b"<p>A line of prose.</p>" * 9


@dataclass(frozen=True, slots=True)
class Job:
    """One page for one reader."""

    reader: str
    """`ours`, or one of `PEERS`."""
    name: str
    """The page's id in its set."""
    url: str
    path: Path
    """Where the page is: HTML, gzip by its ending."""
    folds: Path | None = None
    """Folder of fold models for `ours`: the page is judged by the one that saw no page of its publisher."""


def read(job: Job) -> dict[str, Any]:
    """Read the page; `seconds` in the row is CPU time of the reader alone."""
    content = page_bytes(job.path)
    if job.reader == "ours":
        model = ours(SHIPPED if job.folds is None else job.folds / f"fold-{fold_of(publisher(job.url))}.onnx")
        started = time.process_time()
        row = as_row(examine(content, job.url, model=model))
    else:
        text = decode(content, None)[1]
        reader = peer(job.reader)
        started = time.process_time()
        row = reader(content, text, job.url)
    return {"id": job.name, **row, "seconds": time.process_time() - started}


def as_row(examined: Examined) -> dict[str, Any]:
    """Give our extraction in the scorer's format: a promotion is no teaser, a standfirst may count to the body."""
    extraction = examined.extraction
    article = extraction.article
    row: dict[str, Any] = {
        "body": "",
        "teasers": [
            {"url": teaser.url, "title": teaser.title}
            for teaser in extraction.teasers
            if teaser.url and teaser.kind is not TeaserKind.PROMOTION
        ],
        "article": extraction.decision.article,
        "kind": extraction.decision.kind.value,
    }
    if article is not None:
        lead = None if stands_in_head(examined) else article.standfirst
        row |= {
            "body": "\n\n".join(part for part in (lead, article.body) if part),
            "title": article.title,
            "authors": [*article.authors, *article.organisations],
            "date": article.published.isoformat() if article.published else None,
            "lang": article.language,
            "topics": list(article.tags),
        }
    return row


def stands_in_head(examined: Examined) -> bool:
    """Tell whether the standfirst is of the page's head, not of its text.

    That is what the block model gives to no body, and the page's description with the byline right below.

    Our record keeps it apart from the body in any case. The label sets disagree on whether it belongs to it.
    """
    selection, declared = examined.selection, examined.metadata.standfirst
    if not selection.standfirst or declared is None:
        return not selection.standfirst
    shown = [word for index in selection.standfirst for word in words(examined.outline.blocks[index].text)]
    below = selection.standfirst[-1] + 1
    return words(declared) == shown and selection.roles[below : below + 1] == ("byline",)


@cache
def ours(path: Path) -> BlockModel:
    """Load a model and run it once."""
    model = load(path)
    examine(SMALL, "https://unknown.example/small", model=model)
    return model


@cache
def peer(name: str) -> Reader:
    """Import a peer and run it once."""
    warnings.simplefilter("ignore")
    reader = PEERS[name]()
    reader(SMALL, SMALL.decode(), "https://unknown.example/small")
    return reader


def trafilatura(**settings: Any) -> Callable[[], Reader]:
    """Make trafilatura with metadata, as it is called for an article."""

    def ready() -> Reader:
        from trafilatura import bare_extraction

        def reader(content: bytes, _: str, url: str) -> dict[str, Any]:
            found = bare_extraction(content, url=url, with_metadata=True, **settings)
            if found is None or isinstance(found, dict):
                return {"body": ""}
            authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
            return {"body": found.text, "title": found.title, "authors": authors, "date": found.date}

        return reader

    return ready


def trafilatura_text() -> Reader:
    """Make trafilatura as most call it: the text and nothing else."""
    from trafilatura import extract

    return lambda content, _, url: {"body": extract(content, url=url) or ""}


def readability() -> Reader:
    """Make readability-lxml; its summary is HTML, whose text stands for the body."""
    from lxml import html
    from readability import Document

    def reader(_: bytes, text: str, url: str) -> dict[str, Any]:
        document = Document(text, url=url)
        summary = html.fromstring(document.summary(html_partial=True))
        return {"body": "\n".join(summary.itertext()), "title": document.short_title()}

    return reader


def newspaper() -> Reader:
    """Make newspaper4k."""
    from newspaper import Article

    def reader(_: bytes, text: str, url: str) -> dict[str, Any]:
        article = Article(url, fetch_images=False)
        article.download(input_html=text)
        article.parse()
        date = article.publish_date.isoformat() if article.publish_date else None
        return {"body": article.text, "title": article.title, "authors": list(article.authors), "date": date}

    return reader


def news_please() -> Reader:
    """Make news-please; it writes to its home on import, so it gets a new one."""
    os.environ["HOME"] = tempfile.mkdtemp(prefix="news-please-")
    from newsplease import NewsPlease

    def reader(_: bytes, text: str, url: str) -> dict[str, Any]:
        found = NewsPlease.from_html(text, url=url, fetch_images=False)
        date = found.date_publish.isoformat() if found.date_publish else None
        return {"body": found.maintext or "", "title": found.title, "authors": found.authors or [], "date": date}

    return reader


def resiliparse() -> Reader:
    """Make resiliparse's plain text of the main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda _, text, __: {"body": extract_plain_text(text, main_content=True, alt_texts=False)}


if TYPE_CHECKING:
    Reader = Callable[[bytes, str, str], dict[str, Any]]

PEERS: dict[str, Callable[[], Reader]] = {
    "trafilatura": trafilatura(),
    "trafilatura precision": trafilatura(favor_precision=True),
    "trafilatura fast": trafilatura(fast=True),
    "trafilatura text only": trafilatura_text,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "news-please": news_please,
    "resiliparse": resiliparse,
}
