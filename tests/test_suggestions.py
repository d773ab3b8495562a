"""Which teasers of a batch are suggested to the crawls of their sources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines import backlog, layout, suggestions, urls
from pipelines.hosts import Hosts
from pipelines.records import Article, Candidate, Channel, Fate, Outcome, Page, Place, Source, Teaser, TeaserKind
from pipelines.store import journal
from pipelines.store.tables import Rows

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SITE = "https://www.wire.test/"
HOSTS = Hosts((Source(id="wire", name="Wire", home=SITE, hosts=("wire-media.test",)),))


def article(name: str, *, source: str = "wire", site: str = SITE, day: int = 0) -> Article:
    url = f"{site}{name}"
    return Article(
        id=name,
        url=url,
        canonical_url=url,
        source=source,
        title="A title",
        body="b",
        markdown="b",
        word_count=1,
        extractor="1",
        published=NOON + timedelta(days=day),
    )


def teaser(article: str, url: str | None, kind: TeaserKind = TeaserKind.EDITORIAL) -> Teaser:
    return Teaser(article=article, url=url, title=f"See {url}", place=Place.AFTER, position=0, kind=kind)


def suggested(bucket: Bucket, teasers: list[Teaser], **rows: Rows) -> list[str]:
    """Commit a batch and give the URLs that it suggests."""
    number = journal.catch_up(bucket) + 1
    brought = {"articles": Rows(insert=(article("a"), article("b", day=1), article("c", source="other")))}
    journal.propose(bucket, number, ["w"], {**brought, "teasers": Rows(insert=teasers), **rows})
    return [candidate.url for candidate in suggestions.of_batch(bucket, number, HOSTS).get("wire", ())]


def test_editorial_teasers_of_the_own_site_are_suggested_once_with_their_evidence(bucket: Bucket) -> None:
    link = f"{SITE}why-the-old-modem-still-hums"
    given = [
        teaser("a", link),
        teaser("b", f"{link}?utm_source=more"),
        teaser("a", "https://blog.wire.test/hum"),
        teaser("a", "https://wire-media.test/hum"),
        teaser("a", f"{SITE}deals/buy-a-modem-now", TeaserKind.PROMOTION),
        teaser("a", f"{SITE}partner/modems-by-a-sponsor", TeaserKind.SPONSORED),
        teaser("a", "https://elsewhere.test/why-it-hums-there-too"),
        teaser("a", "mailto:desk@wire.test"),
        teaser("a", None),
        teaser("c", f"{SITE}what-another-site-shows"),
    ]
    assert suggested(bucket, given) == [link, "https://blog.wire.test/hum", "https://wire-media.test/hum"]
    first = suggestions.of_batch(bucket, 1, HOSTS)["wire"][0]
    assert (first.channel, first.seen_in, first.source) == (Channel.TEASER, f"{SITE}b", "wire")


def test_what_a_crawl_touched_or_the_tables_hold_in_any_dress_is_not_suggested(bucket: Bucket) -> None:
    links = [f"{SITE}{name}" for name in ("refused", "after-a-redirect", "stored", "new")]
    refused = Fate(run="r", url=links[0], source="wire", outcome=Outcome.REFUSED, reason="no", at=NOON, warc="w")
    page = Page(
        url=f"{SITE}moved",
        final_url=links[1],
        source="wire",
        fetched=NOON,
        status=200,
        content_type=None,
        digest="d",
        warc="w",
        offset=0,
        length=1,
        etag=None,
        last_modified=None,
        truncated=None,
        channel=Channel.FEED,
        seen_in=SITE,
    )

    stored = article("x").model_copy(update={"id": urls.article_id("http://m.wire.test/stored/")})
    rows = {
        "fates": Rows(insert=(refused,)),
        "pages": Rows(insert=(page,)),
        "articles": Rows(insert=(article("a"), stored)),
    }
    assert suggested(bucket, [teaser("a", link) for link in links], **rows) == [links[3]]


def test_batches_are_handed_over_in_their_order_and_each_once(bucket: Bucket) -> None:
    assert list(suggestions.pending(bucket)) == []
    suggested(bucket, [])
    suggested(bucket, [])
    assert list(suggestions.pending(bucket)) == [1, 2]
    suggestions.mark(bucket, 1)
    assert list(suggestions.pending(bucket)) == [2]
    suggestions.mark(bucket, 2)
    assert list(suggestions.pending(bucket)) == []


def test_a_bucket_from_before_there_was_a_mark_is_not_walked_from_its_beginning(bucket: Bucket) -> None:
    for number in range(1, 13):
        journal.catch_up(bucket)
        journal.propose(bucket, number, ["w"], {})
    assert list(suggestions.pending(bucket)) == list(range(3, 13))


def kept(url: str) -> Candidate:
    return Candidate(url=url, source="wire", channel=Channel.TEASER, seen_in=SITE)


def test_the_backlog_comes_after_what_a_batch_names_and_loses_what_was_met_meanwhile(bucket: Bucket) -> None:
    links = [f"{SITE}{name}" for name in ("kept", "met-meanwhile", "new")]
    elsewhere = "https://sold.test/a-site-that-was-the-source-s-once"
    backlog.keep(bucket, "wire", [*map(kept, links), kept(elsewhere)])
    met = Fate(run="r", url=links[1], source="wire", outcome=Outcome.STORED, reason="", at=NOON, warc="w")
    assert suggested(bucket, [teaser("a", links[2])], fates=Rows(insert=(met,))) == [links[2], links[0]]


def test_a_source_with_suggestions_in_hand_gets_its_backlog_with_its_own_batches_alone(bucket: Bucket) -> None:
    backlog.keep(bucket, "wire", [kept(f"{SITE}kept")])
    assert suggested(bucket, []) == [f"{SITE}kept"], "its crawl took all it had"
    bucket.create(layout.suggested("wire", "d"), b"")
    assert suggested(bucket, []) == []
    assert suggested(bucket, [teaser("a", f"{SITE}new")]) == [f"{SITE}new", f"{SITE}kept"]


def test_a_backlog_in_which_nothing_is_new_is_given_empty_so_that_it_goes(bucket: Bucket) -> None:
    backlog.keep(bucket, "wire", [kept(f"{SITE}gone")])
    met = Fate(run="r", url=f"{SITE}gone", source="wire", outcome=Outcome.FAILED, reason="404", at=NOON, warc="w")
    suggested(bucket, [], fates=Rows(insert=(met,)))
    assert suggestions.of_batch(bucket, 1, HOSTS) == {"wire": []}
    backlog.keep(bucket, "wire", [])
    assert list(bucket.list(layout.backlog())) == []
