"""Pages read again: what differs, and what becomes of the tables."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import layout, stages, suggestions, up_to
from pipelines.dedupe import sketch
from pipelines.hosts import Hosts
from pipelines.publish.newest import newest
from pipelines.records import Fate, Source
from pipelines.reprocess import steps
from pipelines.reprocess.again import Reader
from pipelines.reprocess.correction import correction
from pipelines.store import journal, tables, upkeep
from pipelines.store.tables import Rows
from tests.conftest import ROOT
from tests.reprocess.desk import (
    CHANGED,
    COPY,
    EDITED,
    HALL,
    OFFER,
    PLANT,
    QUIET,
    crawled,
    declare,
    id_of,
    page,
    processed,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.bucket import Directory
    from pipelines.reprocess.findings import Findings

# All share one archive, which takes some seconds to make.
pytestmark = pytest.mark.xdist_group("reprocess")

ALL = ("2026-03-01", "2026-03-05")


def compared() -> Findings:
    return steps.compare(steps.files(*ALL, ["wire"]), (), print)


def applied(since: str = ALL[0], until: str = ALL[1], at: tuple[str, ...] = ()) -> Findings:
    return steps.apply(steps.files(since, until, ["wire"], at), steps.met(at), print)


def of(found: Mapping[str, list[dict[str, Any]]], table: str, url: str) -> list[dict[str, Any]]:
    key = "id" if table == "articles" else "article"
    return [row for row in found[table] if row[key] == id_of(url)]


def test_what_the_same_code_and_rules_read_again_is_no_difference_and_no_batch(bucket: Directory) -> None:
    before, number = rows(bucket), journal.head(bucket)
    found = applied()
    assert (found.pages, found.same, found.differs) == (5, 5, False)
    assert (rows(bucket), journal.head(bucket)) == (before, number)


def test_a_rule_that_changed_is_told_field_by_field_and_nothing_is_written(bucket: Directory, tmp_path: Path) -> None:
    declare(tmp_path, CHANGED)
    keys = sorted(bucket.list(""))
    found = compared()
    assert (found.pages, found.same, found.differ, found.cease, found.articles) == (5, 1, 3, 1, 2)
    assert {"body", "markdown", "word_count", "versions"} <= found.fields.keys()
    assert "title" not in found.fields
    (body,) = (example for example in found.examples if example.field == "body")
    assert body.url == PLANT
    assert f"after a complaint. [-{OFFER}-] Analysts doubt" in body.diff
    assert "…" in body.diff
    (leaving,) = found.leaving
    assert (leaving.url, leaving.was) == (HALL, "stored: new article")
    assert found.decisions == {"stored to empty": 1}
    assert sorted(bucket.list("")) == keys


def test_an_article_is_corrected_with_its_versions_and_is_no_news(bucket: Directory, tmp_path: Path) -> None:
    before, listed = rows(bucket), {entry.id: entry for entry in newest(bucket, 10)}
    declare(tmp_path, CHANGED)
    applied()
    after = rows(bucket)
    was, now = of(before, "versions", PLANT), of(after, "versions", PLANT)
    for column in ("article", "number", "seen", "change", "title", "modified", "page"):
        assert [row[column] for row in now] == [row[column] for row in was], column
    assert [OFFER in row["body"] for row in (*was, *now)] == [True, True, False, False]
    assert "[-Two-]{+Three+}" in now[1]["diff"]
    assert OFFER not in now[1]["diff"]
    (article,) = of(after, "articles", PLANT)
    assert (article["body"], article["page"]) == (now[1]["body"], now[1]["page"])
    (sketched,) = of(after, "sketches", PLANT)
    assert sketched["digest"] == sketch.take(article["body"])[1]
    entry = {entry.id: entry for entry in newest(bucket, 10)}[id_of(PLANT)]
    assert (entry.published, entry.updated) == (listed[id_of(PLANT)].published, listed[id_of(PLANT)].updated)
    assert [row for row in after["fates"] if row["url"] == PLANT] == [
        row for row in before["fates"] if row["url"] == PLANT
    ]


def test_an_edit_that_only_a_rule_made_goes(bucket: Directory, tmp_path: Path) -> None:
    before = rows(bucket)
    declare(tmp_path, CHANGED)
    key = crawled(bucket, "wire", 3, (PLANT, EDITED.replace(b"<body>", b"<body><!-- served by c -->")))
    processed([key])
    assert [row["change"] for row in of(rows(bucket), "versions", PLANT)] == [
        "first",
        "silently_edited",
        "silently_edited",
    ]
    applied("2026-03-01", "2026-03-03")
    after = rows(bucket)
    assert [(row["number"], row["page"]) for row in of(after, "versions", PLANT)] == [
        (row["number"], row["page"]) for row in of(before, "versions", PLANT)
    ]
    (fate,) = (row for row in after["fates"] if row["warc"] == key)
    assert (fate["outcome"], fate["reason"]) == ("unchanged", "the page changed, the article did not")
    assert not applied().differs


def test_process_may_commit_meanwhile(bucket: Directory, tmp_path: Path) -> None:
    declare(tmp_path, CHANGED)
    key = crawled(bucket, "wire", 3, (PLANT, EDITED.replace(b"<body>", b"<body><!-- served by c -->")))
    stages.extract(key)
    number = journal.head(bucket)
    with ThreadPoolExecutor(2) as pool:
        both = pool.submit(applied), pool.submit(stages.commit, [key])
        assert [each.result() for each in both][1] in ({"unchanged": 1}, {"updated": 1})
    assert journal.head(bucket) == number + 2
    applied()
    after = rows(bucket)
    assert [OFFER in row["body"] for row in of(after, "versions", PLANT)] == [False, False]
    assert (len(after["fates"]), len(after["pages"]), stages.uncovered()) == (7, 7, [])


def test_an_article_that_is_none_any_more_leaves_and_its_fate_tells_why(bucket: Directory, tmp_path: Path) -> None:
    assert [row["article"] for row in rows(bucket)["duplicates"]] == [id_of(COPY)]
    declare(tmp_path, CHANGED)
    applied()
    after = rows(bucket)
    for table in ("articles", "versions", "teasers", "sketches"):
        assert of(after, table, HALL) == [], table
    assert after["duplicates"] == [], "its copy is an original now"
    (fate,) = (row for row in after["fates"] if row["url"] == HALL)
    assert (fate["outcome"], fate["article"]) == ("not_an_article", None)
    assert fate["reason"] == f"empty: 0 words of body; until it was read again it was article {id_of(HALL)}"
    assert len(after["pages"]) == 6


def test_what_is_applied_twice_is_applied_once_and_what_is_taken_back_leaves_no_trace(
    bucket: Directory, tmp_path: Path
) -> None:
    before, number = rows(bucket), journal.head(bucket)
    declare(tmp_path, CHANGED)
    applied()
    once = rows(bucket)
    assert not applied().differs
    assert (rows(bucket), journal.head(bucket)) == (once, number + 1)
    declare(tmp_path)
    found = applied()
    assert (found.become, found.articles) == (1, 2)
    assert rows(bucket) == before


def test_an_article_of_another_canonical_address_moves_to_the_id_that_follows_from_it(bucket: Directory) -> None:
    before, old = rows(bucket), id_of("http://wire.test/as-it-was-called")
    # As code that read another canonical address has left the tables.
    brought = {}
    for name, columns in {"articles": ("id",), "versions": ("article",), "sketches": ("article", "family")}.items():
        held = [tables.row_of(tables.TABLES[name].record, row) for row in of(before, name, PLANT)]
        keys = [(id_of(PLANT), *(getattr(row, key) for key in tables.TABLES[name].key[1:])) for row in held]
        brought[name] = Rows(
            insert=[row.model_copy(update=dict.fromkeys(columns, old)) for row in held],
            delete=[key if len(key) > 1 else key[0] for key in keys],
        )
    told = [tables.row_of(Fate, row) for row in before["fates"] if row["url"] == PLANT]
    brought["fates"] = Rows(update=[fate.model_copy(update={"article": old}) for fate in told])
    journal.propose(bucket, journal.catch_up(bucket) + 1, [], brought)
    assert [row["article"] for row in rows(bucket)["versions"]].count(old) == 2
    assert applied().differ == 3
    assert rows(bucket) == before


def test_one_that_was_killed_half_way_is_finished_by_the_next(bucket: Directory, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "bucket", tmp_path / "other")
    declare(tmp_path, CHANGED)
    applied()
    whole = rows(bucket)
    shutil.rmtree(tmp_path / "bucket")
    (tmp_path / "other").rename(tmp_path / "bucket")
    # What a SIGKILL leaves: an entry that some of its tables hold.
    reader = Reader(print)
    found = reader.read(steps.files(*ALL, ["wire"]), ()).found
    number = journal.catch_up(bucket) + 1
    entry = journal.entry(bucket, number, [], correction(bucket, found, reader.limits))
    bucket.create(layout.journal(number), entry.model_dump_json().encode())
    for name in ("pages", "articles", "versions"):
        tables.apply(bucket, name, journal.change(bucket, entry, name), number)
    assert not applied().differs
    assert rows(bucket) == whole
    assert journal.head(bucket) == number


def test_an_article_is_brought_up_to_date_with_its_visits_beyond_the_range(bucket: Directory, tmp_path: Path) -> None:
    declare(tmp_path, CHANGED)
    found = applied("2026-03-02", "2026-03-03")
    assert (found.pages, found.articles, found.beyond) == (1, 1, 2)
    after = rows(bucket)
    assert [OFFER in row["body"] for row in of(after, "versions", PLANT)] == [False, False]
    assert of(after, "articles", HALL), "the range does not name its visit"


def test_one_article_is_read_again_by_itself(bucket: Directory, tmp_path: Path) -> None:
    declare(tmp_path, CHANGED)
    assert applied(at=(f"{HALL}/?utm_source=feed",)).pages == 1
    after = rows(bucket)
    assert (of(after, "articles", HALL), OFFER in of(after, "versions", PLANT)[0]["body"]) == ([], True)


def test_an_article_of_which_a_visit_is_lost_stays_as_it_is(bucket: Directory, tmp_path: Path) -> None:
    declare(tmp_path, CHANGED)
    (first,) = steps.files("2026-03-01", "2026-03-02", ["wire"])
    for key in [key for key in bucket.list(layout.EXTRACTED) if layout.warc_of_extracted(key) == first]:
        bucket.delete(key)
    bucket.delete(first)
    before = rows(bucket)
    found = applied("2026-03-02", "2026-03-03")
    assert (found.articles, found.kept) == (0, 1)
    assert rows(bucket) == before


@pytest.mark.parametrize(("name", "value"), [("nosnippet", "body"), ("seconds", "0.001")])
def test_what_was_withheld_stays_so_and_what_fails_now_stays_as_it_is(
    name: str, value: str, bucket: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("sources"))
    limits, section = tmp_path / "config" / "limits.yaml", {"nosnippet": "rights:", "seconds": "extract:"}[name]
    head, mark, rest = limits.read_text().partition(f"\n{section}\n")
    lines = rest.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.strip().startswith(f"{name}:"))
    lines[at] = f"  {name}: {value}\n"
    limits.write_text(head + mark + "".join(lines))
    monkeypatch.setenv("COPYDESK_CONFIG", str(tmp_path / "config"))
    before = rows(bucket)
    found = applied("2026-03-01", "2026-03-02")
    assert (found.withheld, found.fail) == ((1, 0) if name == "nosnippet" else (0, 3))
    assert rows(bucket) == before
    (quiet,) = of(before, "articles", QUIET)
    assert (quiet["body"], quiet["title"]) == ("", "A quiet word")


def test_files_that_no_table_covers_are_left_to_process(bucket: Directory) -> None:
    crawled(bucket, "wire", 3, (f"{PLANT}-2", page("A newer one", ("It says nothing that counts.",))))
    found = compared()
    assert (found.files, found.waiting, found.become) == (3, 1, 0)


def test_teasers_are_those_of_all_visits_and_ask_no_publisher_for_more(bucket: Directory, tmp_path: Path) -> None:
    assert of(rows(bucket), "teasers", PLANT) == []
    declare(tmp_path, CHANGED)
    # The visit that shows one lies before the range, and the article differs.
    assert "teasers" in applied("2026-03-02", "2026-03-03").fields
    (teaser,) = of(rows(bucket), "teasers", PLANT)
    assert (teaser["title"], teaser["url"]) == ("An older hall is sold", "http://wire.test/2026/02/02/an-older-hall")
    hosts = Hosts([Source(id="wire", name="Wire", home="http://wire.test/")])
    assert suggestions.of_batch(bucket, journal.head(bucket), hosts) == {}
    declare(tmp_path)
    applied()
    assert of(rows(bucket), "teasers", PLANT) == []


def test_the_rows_of_a_correction_go_once_they_are_old(bucket: Directory, tmp_path: Path) -> None:
    declare(tmp_path, CHANGED)
    applied()
    number = journal.head(bucket)
    entry = journal.read(bucket, number)
    assert entry is not None
    assert (entry.warcs, sorted(entry.again)) == ((), steps.files(*ALL, ["wire"]))
    for mark in (layout.suggested_up_to(), layout.published_up_to()):
        up_to.write(bucket, mark, number)
    upkeep.tidy_work(bucket, timedelta(days=7))
    assert [key for key in bucket.list(layout.JOURNAL) if layout.entry_of_rows(key)] == []
    assert journal.catch_up(bucket) == number
