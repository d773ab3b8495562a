from __future__ import annotations

import io
import json
from collections import Counter
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import duckdb
import feedparser
import polars as pl
import pytest
from deltalake import DeltaTable
from warcio.checker import Checker

from pipelines import archive, stages
from pipelines.records import Kind, Outcome
from pipelines.store import tables

if TYPE_CHECKING:
    from tests.line.conftest import Line

pytestmark = pytest.mark.xdist_group("line")


def fates(line: Line, run: str) -> pl.DataFrame:
    return tables.scan(line.bucket, "fates").filter(pl.col("run") == run).collect()


def test_every_crawl_ends_well(line: Line) -> None:
    assert {run: set(codes) for run, codes in line.codes.items()} == {run: {0} for run in line.codes}


def test_every_url_that_went_in_has_exactly_one_fate_with_a_reason(line: Line) -> None:
    noted: Counter[str] = Counter()
    for key in line.bucket.list("raw/warc/"):
        if key.endswith(".warc.gz"):
            with line.bucket.open(key) as stream:
                rows = list(archive.read(stream, key, source="any", limit=2**26))
            assert all(row.visit is not None for row in rows)
            run = key.rsplit("/", 1)[1].rsplit("-", 1)[0]
            noted[run] += len({row.visit.url for row in rows if row.visit})
    for run, count in noted.items():
        found = fates(line, run)
        assert found.height == count == found["url"].n_unique()
        assert found.filter(pl.col("reason").str.strip_chars() == "").is_empty()


def test_every_url_ends_as_the_newsroom_meant_it(line: Line) -> None:
    ends = dict(fates(line, "first").select("url", "outcome").iter_rows())
    wrong = {
        url: (ends[url], truth.outcome)
        for url, truth in line.truth.items()
        if url in ends and ends[url] not in {truth.outcome, *truth.also}
    }
    # Three round-ups of the week look like articles in all but their links; the page type is a model, not a rule.
    assert len(wrong) <= 3, wrong
    assert {line.truth[url].kind for url in wrong} <= {Kind.INDEX}, wrong
    assert len(ends.keys() & line.truth.keys()) >= 140


def test_a_second_visit_finds_nothing_new(line: Line) -> None:
    again = Counter(fates(line, "again")["outcome"])
    assert set(again) <= {Outcome.UNCHANGED, Outcome.REFUSED, Outcome.FAILED, Outcome.NOT_AN_ARTICLE, Outcome.DUPLICATE}
    assert again[Outcome.UNCHANGED] >= 0.95 * sum(again.values())


def test_an_edit_and_a_silent_edit_are_told_apart(line: Line) -> None:
    changed = tables.scan(line.bucket, "versions").filter(pl.col("number") == 2).select("change", "diff").collect()
    assert sorted(changed["change"]) == ["edited", "silently_edited"]
    assert changed["diff"].str.contains(r"\{\+").all()
    assert line.counts["edited"]["updated"] == 2


def test_bodies_are_whole_and_hold_no_teaser(line: Line) -> None:
    bodies = dict(tables.scan(line.bucket, "articles").select("canonical_url", "body").collect().iter_rows())
    kept, there, leaks, teasers = 0, 0, 0, 0
    for url, truth in line.truth.items():
        if url in bodies and truth.outcome is Outcome.STORED and not truth.changes:
            text = " ".join(bodies[url].split())
            there += len(truth.body)
            kept += sum(" ".join(part.split()) in text for part in truth.body)
            blurbs = [teaser.blurb or teaser.title for teaser in truth.teasers]
            teasers += len(blurbs)
            leaks += sum(" ".join(blurb.split()) in text for blurb in blurbs)
    assert there > 400
    assert kept / there >= 0.97
    assert leaks / teasers <= 0.03


def test_teasers_are_rows_of_their_own(line: Line) -> None:
    found = set(tables.scan(line.bucket, "teasers").select("url").collect()["url"])
    stored = set(tables.scan(line.bucket, "articles").select("canonical_url").collect()["canonical_url"])
    wanted = [teaser.url for url, truth in line.truth.items() if url in stored for teaser in truth.teasers]
    assert len(wanted) > 200
    assert sum(url in found for url in wanted) / len(wanted) >= 0.9


def test_a_press_release_is_a_copy_wherever_it_appears_again(line: Line) -> None:
    urls = dict(tables.scan(line.bucket, "articles").select("canonical_url", "id").collect().iter_rows())
    copies = dict(tables.scan(line.bucket, "duplicates").select("article", "of").collect().iter_rows())
    carriers = [url for url, truth in line.truth.items() if truth.copies in urls and url in urls]
    family = {urls[url] for url in carriers} | {
        urls[url] for carrier in carriers if (url := line.truth[carrier].copies)
    }
    assert len(family) == 3
    assert len(copies.keys() & family) == 2


def test_doing_a_step_again_changes_nothing(line: Line) -> None:
    before = {name: tables.version(line.bucket, name) for name in tables.TABLES}
    keys = [key for key in line.bucket.list("raw/warc/") if key.endswith(".warc.gz")]
    stages.extract(keys[0])
    assert stages.commit(keys) == {}
    assert stages.uncovered() == []
    assert {name: tables.version(line.bucket, name) for name in tables.TABLES} == before


def test_other_peoples_readers_read_the_tables(line: Line) -> None:
    table = DeltaTable(line.bucket.uri("tables/articles"))
    rows = pl.scan_delta(line.bucket.uri("tables/articles")).select("id").collect().height
    with duckdb.connect() as database:
        database.register("articles", table.to_pyarrow_dataset())
        assert database.execute("select count(distinct id) from articles").fetchall() == [(rows,)]
    assert len(table.to_pandas(columns=["id"])) == rows >= 100


def test_the_archive_passes_warcio_check(line: Line) -> None:
    paths = [str(path) for path in line.root.rglob("*.warc.gz")]
    told = io.StringIO()
    checker = Checker(type("Asked", (), {"inputs": paths, "verbose": False})())
    with redirect_stdout(told):
        checker.process_all()
    assert (checker.exit_value, told.getvalue()) == (0, "")


def test_feeds_are_valid_and_carry_the_newest_originals(line: Line) -> None:
    atom = feedparser.parse(line.bucket.get("feeds/all.atom"))
    assert not atom.bozo
    assert atom.version == "atom10"
    items = json.loads(line.bucket.get("feeds/all.json"))["items"]
    assert [entry.id for entry in atom.entries] == [item["id"] for item in items]
    copies = set(tables.scan(line.bucket, "duplicates").select("article").collect()["article"])
    assert not copies & {item["id"].rsplit(":", 1)[1] for item in items}
    assert all(item["url"] and item["title"] and item["date_published"] for item in items)


def test_the_report_counts_what_the_fates_say(line: Line) -> None:
    manifest = json.loads(line.bucket.get("runs/edited/manifest.json"))
    assert manifest["total"]["urls"] == fates(line, "edited").height
    assert manifest["total"]["updated"] == 2
    assert b"<script" not in line.bucket.get("runs/edited/report.html")
