"""What the tables may hold of an article whose page the archive keeps as evidence only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import limits
from pipelines.bucket import Directory
from pipelines.extracted import Extracted
from pipelines.records import (
    Article,
    Candidate,
    Channel,
    Decision,
    Extraction,
    Image,
    Kind,
    Outcome,
    Page,
    Reservation,
    Role,
    Visit,
)
from pipelines.resolve import resolve
from pipelines.withhold import withhold

LIMITS = limits.load(Path(__file__).parents[2] / "config" / "limits.yaml")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
KEY = "raw/warc/source=wire/date=2026-03-01/r-0.warc.gz"
NO_SNIPPET = Reservation(protocol="meta-robots", statement="nosnippet", evidence='<meta name="robots" ...>')
NO_TRAINING = Reservation(protocol="content-signal", statement="ai-train=no", evidence="robots.txt, line 2")


def page(url: str, *reserved: Reservation) -> Page:
    return Page(
        url=url,
        final_url=url,
        source="wire",
        fetched=NOW,
        status=200,
        content_type="text/html",
        digest="sha1:X",
        warc=KEY,
        offset=len(url),
        length=1,
        channel=Channel.FEED,
        seen_in="https://wire.test/feed",
        reservations=reserved,
    )


def extraction(name: str) -> Extraction:
    article = Article(
        id=name,
        url=f"https://wire.test/{name}",
        canonical_url=f"https://wire.test/{name}",
        source="wire",
        title=f"Headline {name}",
        standfirst="What it says.",
        body="The operator opens a hall. It has signed for the power.",
        markdown="The operator opens a hall.",
        summary=("The operator opens a hall.",),
        images=(Image(url="https://wire.test/a.jpg"),),
        word_count=11,
        extractor="1",
        page=f"{KEY}#{len(name)}",
        fetched=NOW,
    )
    return Extraction(decision=Decision(article=True, kind=Kind.ARTICLE, score=1, reason="prose"), article=article)


def kept(*reserved: Reservation, name: str = "hall") -> Article:
    found = withhold(extraction(name), page(f"https://wire.test/{name}", *reserved), LIMITS.rights).article
    assert found is not None
    return found


def test_a_statement_travels_with_the_article_it_does_not_withhold() -> None:
    assert kept(NO_TRAINING).reservations == (NO_TRAINING,)
    assert kept(NO_TRAINING).body == kept().body != ""


def test_of_a_page_kept_as_evidence_the_tables_hold_headline_and_link() -> None:
    found = kept(NO_SNIPPET)
    assert (found.title, found.url, found.reservations) == ("Headline hall", "https://wire.test/hall", (NO_SNIPPET,))
    assert not any((found.body, found.markdown, found.standfirst, found.summary, found.images, found.word_count))


def test_articles_without_their_text_are_no_copies_of_each_other(tmp_path: Path) -> None:
    rows = []
    for name in ("hall", "roof"):
        held = page(f"https://wire.test/{name}", NO_SNIPPET)
        told = withhold(extraction(name), held, LIMITS.rights)
        rows.append(Extracted(warc=KEY, source="wire", at=NOW, visit=None, page=held, extraction=told))
    brought = resolve(Directory(tmp_path), rows, LIMITS)
    assert brought["duplicates"].insert == []
    assert {fate.outcome for fate in brought["fates"].insert if hasattr(fate, "outcome")} == {Outcome.STORED}


@pytest.mark.parametrize("title", ["A new hall", None])
def test_a_refused_page_leaves_the_headline_that_the_crawl_kept(tmp_path: Path, title: str | None) -> None:
    url = "https://wire.test/reserved"
    candidate = Candidate(url=url, source="wire", channel=Channel.FEED, seen_in="https://wire.test/feed", title=title)
    visit = Visit(
        url=url, final_url=url, role=Role.ARTICLE, candidate=candidate, outcome=Outcome.REFUSED, reason="the line"
    )
    row = Extracted(warc=KEY, source="wire", at=NOW, visit=visit, page=None)
    (fate,) = resolve(Directory(tmp_path), [row], LIMITS)["fates"].insert
    assert fate.model_dump(include={"outcome", "reason", "title"}) == {
        "outcome": Outcome.REFUSED,
        "reason": "the line",
        "title": title,
    }
