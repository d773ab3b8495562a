"""Stories in the real tables: ids that stay, merges and splits that are recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines import urls
from pipelines.bucket import open_bucket
from pipelines.records import Story
from pipelines.settings import Settings
from pipelines.store import journal, storied, tables
from pipelines.store.tables import Rows
from tests.dedupe.batches import START, commit, met
from tests.dedupe.test_stories import EVENTS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.bucket import Bucket
    from pipelines.dedupe.stories.assign import StoryUpdate
    from pipelines.extracted import Extracted


def report(event: str, number: int, hour: float | None = None) -> Extracted:
    title, body = EVENTS[event][number]
    return met(address(event, number), title, body, hour=number if hour is None else hour)


def address(event: str, number: int) -> str:
    return f"https://site{number}.example/{event}"


def name(event: str, number: int) -> str:
    return urls.article_id(address(event, number))


def stories(bucket: Bucket) -> dict[str, Story]:
    rows = tables.scan(bucket, "stories").collect().to_dicts()
    return {row["id"]: Story.model_validate(row) for row in rows}


def put(bucket: Bucket, *rows: Story) -> None:
    """Write stories as an earlier version of the code may have left them."""
    number = journal.catch_up(bucket) + 1
    assert journal.propose(bucket, number, [], {"stories": Rows(insert=rows)})


def story(title: str, *articles: str) -> Story:
    return Story(id=title, title=title, language="en", articles=articles, sources=("site0",), first=START, last=START)


def test_an_id_stays_from_run_to_run(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    commit(bucket, report("outage", 1), report("chip", 0))
    assert stories(bucket) == {}
    commit(bucket, report("outage", 2), report("chip", 1))
    began = set(stories(bucket))
    assert began == {name("outage", 1), name("chip", 0)}
    commit(bucket, report("outage", 0))
    commit(bucket, report("breach", 0), report("outage", 1))
    held = stories(bucket)
    assert set(held) == began
    assert held[name("outage", 1)].articles == tuple(name("outage", n) for n in range(3))


def test_a_merge_is_recorded_and_the_other_story_goes(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    commit(bucket, report("outage", 0))
    commit(bucket, report("outage", 1, hour=24 * 13))
    for each in tables.scan(bucket, "stories").collect()["id"]:
        number = journal.catch_up(bucket) + 1
        journal.propose(bucket, number, [], {"stories": Rows(delete=(each,))})
    put(bucket, story("one", name("outage", 0)), story("other", name("outage", 1)))
    commit(bucket, report("outage", 2, hour=24 * 6))
    held = stories(bucket)
    assert set(held) == {"one"}
    assert held["one"].merged_from == ("other",)
    assert set(held["one"].articles) == {name("outage", n) for n in range(3)}


def test_a_split_is_recorded_in_the_part_that_left(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    commit(bucket, report("outage", 0), report("chip", 0), report("chip", 1))
    for each in tables.scan(bucket, "stories").collect()["id"]:
        number = journal.catch_up(bucket) + 1
        journal.propose(bucket, number, [], {"stories": Rows(delete=(each,))})
    put(bucket, story("wrong", name("outage", 0), name("chip", 0), name("chip", 1)))
    commit(bucket, report("outage", 1), report("outage", 2))
    held = stories(bucket)
    assert {(each.id, each.split_from) for each in held.values()} == {("wrong", None), (name("chip", 0), "wrong")}


def test_an_article_of_long_ago_does_not_bring_all_that_came_since(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    between = met("https://between.example/a", *EVENTS["breach"][0], hour=-24 * 5_000, seen=1)
    commit(bucket, between, report("chip", 0))
    old = met("https://old.example/a", *EVENTS["outage"][0], hour=-24 * 13_000, seen=2)
    commit(bucket, old, report("chip", 1), report("outage", 1))
    assert {story.articles for story in stories(bucket).values()} == {(name("chip", 0), name("chip", 1))}
    spans = storied.spans([at(-24 * 13_000), at(0), at(24 * 20), at(24 * 60)], timedelta(days=14))
    assert spans == [
        (at(-24 * 13_014), at(-24 * 12_986)),
        (at(-24 * 14), at(24 * 34)),
        (at(24 * 46), at(24 * 74)),
    ]


def test_an_article_dated_in_the_future_joins_what_is_told_when_it_is_fetched(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    ahead = met(address("chip", 0), *EVENTS["chip"][0], hour=24 * 20_000, seen=3)
    commit(bucket, ahead)
    commit(bucket, report("chip", 1))
    (story,) = stories(bucket).values()
    assert story.articles == (name("chip", 1), name("chip", 0))
    assert story.last == at(3)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_what_leaves_a_story_is_missed_in_it_alone(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    commit(bucket, *(report("outage", number) for number in range(3)), report("chip", 0), report("chip", 1))
    (other,) = (told for told in stories(bucket).values() if name("chip", 0) in told.articles)

    def leaving(*numbers: int) -> StoryUpdate:
        return storied.correct(bucket, [], [name("outage", number) for number in numbers], 14, 100)

    for numbers, stay in (((1,), (0, 2)), ((0,), (1, 2))):
        done = leaving(*numbers)
        assert [(told.id, told.articles) for told in done.stories] == [
            (name("outage", 0), tuple(name("outage", number) for number in stay))
        ]
        assert done.gone == ()
    assert leaving(0, 1) == ((), (name("outage", 0),))
    assert leaving(0, 1, 2) == ((), (name("outage", 0),))
    assert other not in leaving(0).stories


def test_an_article_that_reads_otherwise_now_goes_to_another_story_and_has_no_place_without_a_language(
    tmp_path: Path,
) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path)))
    commit(bucket, *(report("outage", number) for number in range(3)), report("chip", 0))
    title, body = EVENTS["chip"][1]
    read = report("outage", 2).extraction
    assert read is not None
    assert read.article is not None
    moved = read.article.model_copy(update={"title": title, "body": body})
    done = storied.correct(bucket, [moved], [], 14, 100)
    told = {each.id: set(each.articles) for each in done.stories}
    assert told == {
        name("outage", 0): {name("outage", 0), name("outage", 1)},
        name("chip", 0): {name("chip", 0), moved.id},
    }
    done = storied.correct(bucket, [moved.model_copy(update={"language": None})], [], 14, 100)
    assert [set(each.articles) for each in done.stories] == [{name("outage", 0), name("outage", 1)}]
