"""Families and stories through the real tables: in any order, again, and by writers at the same time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.resolve import resolve
from pipelines.settings import Settings
from pipelines.store import journal, tables
from tests.dedupe.batches import LIMITS, commit, met
from tests.dedupe.test_families import prose
from tests.processes import at_once

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.bucket import Bucket
    from pipelines.extracted import Extracted


def newsroom() -> list[Extracted]:
    """Visits to three texts and what became of them: whole, cut, framed by a site, edited later, joined into one."""
    rows = []
    for n in range(3):
        text, other = prose(n), prose((n + 1) % 3)
        title = f"{text.split('.')[0]} again"
        half = ". ".join(text.split(". ")[:10])
        rows += [
            met(f"https://first{n}.example/a", title, text, hour=n),
            met(f"https://first{n}.example/a", title, f"{text} An update follows here.", hour=n, seen=40 + n),
            met(f"https://cut.example/a{n}", title, half, hour=n + 4),
            met(f"https://frame.example/a{n}", title, f"From our partner. {text} All rights reserved.", hour=n + 2),
            met(f"https://both{n}.example/a", title, f"{text} {other}", hour=n + 8),
        ]
    return rows


def batches(rows: list[Extracted], rng: random.Random) -> list[list[Extracted]]:
    left, cut = rng.sample(rows, len(rows)), []
    while left:
        size = rng.randint(4, 9)
        cut.append(left[:size])
        left = left[size:]
    return cut


def found(bucket: Bucket) -> dict[str, list[dict[str, object]]]:
    """All that deduplication keeps of the articles, in one order."""
    kept = {name: tables.scan(bucket, name).collect() for name in ("sketches", "duplicates", "versions")}
    return {name: frame.sort(tables.TABLES[name].key).to_dicts() for name, frame in kept.items()}


def told(bucket: Bucket) -> set[tuple[str, ...]]:
    """The stories as groups of articles."""
    return {tuple(row) for row in tables.scan(bucket, "stories").select("articles").collect()["articles"].to_list()}


def at(folder: Path) -> Bucket:
    return open_bucket(Settings(bucket=str(folder)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    """Everything in one batch."""
    bucket = at(tmp_path_factory.mktemp("whole"))
    commit(bucket, *newsroom())
    return bucket


def test_any_order_of_batches_leaves_the_same_tables(whole: Bucket, tmp_path: Path) -> None:
    rng = random.Random(11)
    wanted = found(whole)
    assert len(wanted["duplicates"]) == 9
    for n in range(2):
        bucket = at(tmp_path / str(n))
        for batch in batches(newsroom(), rng):
            commit(bucket, *batch)
        assert found(bucket) == wanted
        assert told(bucket) == told(whole)


def test_a_batch_that_comes_again_changes_no_family_and_no_story(whole: Bucket) -> None:
    brought = resolve(whole, newsroom(), LIMITS)
    for name in ("sketches", "duplicates", "versions", "stories"):
        rows = brought[name]
        assert (rows.insert, rows.update, rows.delete) == ([], [], rows.delete)
        assert not rows.delete


WRITER = """
import random, sys
from pipelines.bucket import open_bucket
from pipelines.settings import load
from tests.dedupe.batches import commit
from tests.store.test_families import batches, newsroom
name = int(sys.argv[1])
rows = [row for n, row in enumerate(newsroom()) if n % 3 == name or n % 5 == 0]
bucket = open_bucket(load())
for batch in batches(rows, random.Random(name)):
    commit(bucket, *batch)
"""


@pytest.mark.long
@pytest.mark.parametrize("settings", ["directory", "s3"], indirect=True)
def test_writers_at_the_same_time_leave_the_same_families(settings: Settings, whole: Bucket) -> None:
    bucket = open_bucket(settings)
    journal.catch_up(bucket)
    # Every fifth visit is in the batches of all three: what a task that is run twice brings.
    writers = at_once(WRITER, settings, range(3))
    assert [writer.wait(240) for writer in writers] == [0, 0, 0]
    assert found(bucket) == found(whole)
    assert told(bucket) == told(whole)


def test_a_writer_that_lost_the_race_resolves_again_on_what_the_other_left(tmp_path: Path) -> None:
    bucket = at(tmp_path)
    first, copy = (met(f"https://{name}.example/a", "A title", prose(1), hour=n) for n, name in enumerate("ab"))
    number = journal.catch_up(bucket) + 1
    alone = resolve(bucket, [copy], LIMITS)
    commit(bucket, first)
    assert not journal.propose(bucket, number, [copy.warc], alone)
    commit(bucket, copy)
    assert tables.scan(bucket, "duplicates").collect().height == 1
    assert bucket.get(layout.journal(2))
