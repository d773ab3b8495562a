"""Each kind of page that the newsroom has, and what comes out of it at the other end of the line."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import polars as pl
import pytest

from pipelines.records import Access, Kind, Outcome
from pipelines.store import tables
from tests.newsroom import feeds, pages
from tests.newsroom.articles import Piece, pieces
from tests.newsroom.routes import HOPS

if TYPE_CHECKING:
    from tests.line.conftest import Line

pytestmark = pytest.mark.xdist_group("line")


def piece(trap: str) -> Piece:
    return next(piece for piece in pieces() if piece.trap == trap)


def fates(line: Line, run: str = "first") -> dict[str, dict[str, Any]]:
    rows = tables.scan(line.bucket, "fates").filter(pl.col("run") == run).collect()
    return {row["url"]: row for row in rows.iter_rows(named=True)}


def articles(line: Line) -> dict[str, dict[str, Any]]:
    rows = tables.scan(line.bucket, "articles").collect()
    return {row["canonical_url"]: row for row in rows.iter_rows(named=True)}


def seen(line: Line, run: str, url: str) -> list[int]:
    parts = urlsplit(url)
    return [hit.status for hit in line.hits[run] if (hit.host, hit.path) == (parts.netloc, parts.path)]


def test_what_robots_txt_forbids_is_refused_unasked(line: Line) -> None:
    url = f"http://chipwire.test{feeds.WITHHELD}"
    fate = fates(line)[url]
    assert fate["outcome"] == Outcome.REFUSED
    assert "robots.txt" in fate["reason"]
    assert seen(line, "first", url) == []


def test_a_redirect_leads_to_the_one_article(line: Line) -> None:
    target = next(piece for piece in pieces() if (piece.publisher, piece.number) == ("chipwire", 4))
    found = fates(line)
    assert found[f"http://chipwire.test{HOPS[0]}"]["article"] == found[target.url]["article"] is not None


def test_amp_and_tracked_addresses_are_one_article(line: Line) -> None:
    found = fates(line)
    amp = piece("amp")
    addresses = [(f"http://chipwire.test{pages.amp_path(amp)}", amp.url)]
    addresses += [(url, truth.variant_of) for url, truth in line.truth.items() if "utm_" in url and truth.variant_of]
    assert len(addresses) >= 3
    for variant, plain in addresses:
        named = {found[url]["article"] for url in (variant, plain) if url in found}
        assert len(named) == 1, variant
        assert None not in named, variant
        assert plain in articles(line)
        assert variant not in articles(line)


def test_known_pages_are_answered_with_304_on_the_second_visit(line: Line) -> None:
    statuses = Counter(hit.status for hit in line.hits["again"])
    assert statuses[304] > 80
    assert 304 not in {hit.status for hit in line.hits["first"]}


@pytest.mark.parametrize("publisher", ["netzkante", "hashira", "lefil", "chipwire", "redcobre"])
def test_every_charset_is_read(line: Line, publisher: str) -> None:
    # windows-1252, Shift_JIS, UTF-8 under a wrong declaration, UTF-8 compressed, UTF-8
    stored = articles(line)
    mine = [p for p in pieces() if p.publisher == publisher and p.url in stored and p.kind is Kind.ARTICLE]
    assert mine
    for p in mine:
        assert stored[p.url]["title"] == p.title
        assert "�" not in stored[p.url]["body"]


@pytest.mark.parametrize(("path", "status"), [(feeds.DEAD["chipwire"][0], 404), (feeds.DEAD["chipwire"][1], 410)])
def test_a_dead_link_fails_with_its_status(line: Line, path: str, status: int) -> None:
    fate = fates(line)[f"http://chipwire.test{path}"]
    assert (fate["outcome"], fate["status"]) == (Outcome.FAILED, status)
    assert str(status) in fate["reason"]


def test_an_error_that_heals_within_the_crawl_costs_nothing(line: Line) -> None:
    url = piece("heals").url
    assert seen(line, "first", url) == [500, 200]
    assert fates(line)[url]["outcome"] == Outcome.STORED


def test_a_slow_page_is_waited_for(line: Line) -> None:
    assert fates(line)[piece("slow").url]["outcome"] == Outcome.STORED


def test_a_page_of_twenty_megabytes_ends_with_a_reason_and_takes_no_neighbour_along(line: Line) -> None:
    fate = fates(line)[piece("huge").url]
    assert fate["outcome"] in {Outcome.QUARANTINED, Outcome.FAILED, Outcome.STORED}
    assert fate["reason"]
    assert Counter(row["outcome"] for row in fates(line).values())[Outcome.QUARANTINED] <= 1


@pytest.mark.parametrize("kind", [Kind.SOFT_404, Kind.GALLERY, Kind.VIDEO])
def test_what_looks_like_an_article_and_is_none_says_what_it_is(line: Line, kind: Kind) -> None:
    found = fates(line)
    for p in pieces():
        if p.kind is kind:
            assert found[p.url]["outcome"] == Outcome.NOT_AN_ARTICLE
            assert p.url not in articles(line)


def test_a_live_blog_is_an_article_whole(line: Line) -> None:
    live = next(p for p in pieces() if p.kind is Kind.LIVE)
    row = articles(line)[live.url]
    assert all(" ".join(text.split()) in " ".join(row["body"].split()) for text in live.body)
    assert row["live"]


def test_a_paywalled_stub_says_that_it_is_one(line: Line) -> None:
    stub = next(p for p in pieces() if p.access is Access.PAYWALLED)
    found = fates(line)[stub.url]
    if found["outcome"] == Outcome.STORED:
        assert articles(line)[stub.url]["access"] in {Access.PAYWALLED, Access.CUT, Access.METERED}
    else:
        assert found["outcome"] == Outcome.NOT_AN_ARTICLE


def test_the_language_is_the_texts_not_the_sites(line: Line) -> None:
    foreign = [p for p in pieces() if p.language != p.site.language]
    assert foreign
    for p in foreign:
        assert articles(line)[p.url]["language"] == p.language


def test_teasers_of_every_shape_come_out_as_records_and_leave_the_body(line: Line) -> None:
    stored = articles(line)
    rows = tables.scan(line.bucket, "teasers").collect().iter_rows(named=True)
    found = {(row["article"], row["url"]): row for row in rows}
    wanted: Counter[str] = Counter()
    got: Counter[str] = Counter()
    leaked: dict[str, list[str]] = defaultdict(list)
    for p in pieces():
        row = stored.get(p.url)
        for teaser in line.truth[p.url].teasers if row else ():
            wanted[teaser.shape] += 1
            record = found.get((row["id"], teaser.url)) if row else None
            if record and teaser.title in (record["title"] or ""):
                got[teaser.shape] += teaser.blurb is None or bool(record["blurb"])
            if row and " ".join((teaser.blurb or teaser.title).split()) in " ".join(row["body"].split()):
                leaked[teaser.shape].append(p.url)
    shapes = {"inline", "aside", "grid", "cards", "cards_bold", "bullets", "bullets_plain", "after_cards", "after_list"}
    assert set(wanted) == shapes
    assert {shape: got[shape] / wanted[shape] for shape in shapes if got[shape] < 0.8 * wanted[shape]} == {}
    assert {shape: urls for shape, urls in leaked.items() if len(urls) > 0.05 * wanted[shape]} == {}


def test_the_headings_of_teasers_are_kept_in_every_language(line: Line) -> None:
    rows = tables.scan(line.bucket, "teasers").select("heading").drop_nulls().collect()
    headings = set(rows["heading"])
    for publisher in ("rackreport", "lefil", "netzkante", "redcobre", "hashira"):
        site = next(p.site for p in pieces() if p.publisher == publisher)
        assert headings & set(site.headings), publisher
