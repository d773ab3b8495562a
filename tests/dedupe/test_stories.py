from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedupe.stories.assign import StoryInput, StoryState, StoryUpdate, assign
from pipelines.records import Story

if TYPE_CHECKING:
    import random

START = datetime(2026, 3, 2, 9, tzinfo=UTC)

EVENTS = {
    "outage": [
        ("Harbour Cloud outage takes shops offline", "Harbour Cloud went down for six hours on Monday after a faulty router update in Lisbon, taking thousands of web shops offline."),
        ("Router update blamed for Harbour Cloud outage", "A faulty router update in Lisbon caused the six hour outage at Harbour Cloud that took thousands of web shops offline, the firm said."),
        ("Shops count losses after Harbour Cloud outage", "Web shops count their losses after the six hour outage at Harbour Cloud, which blames a faulty router update in Lisbon."),
    ],
    "chip": [
        ("Quayside shows Tern chip for phones", "Quayside Semiconductor presented the Tern processor for cheap phones in Taipei, made in a four nanometer process with a neural unit."),
        ("Tern: Quayside's processor for cheap phones", "The Tern processor that Quayside Semiconductor presented in Taipei brings a neural unit to cheap phones, in a four nanometer process."),
    ],
    "breach": [
        ("Bergen hospital loses patient records", "Attackers stole the records of ninety thousand patients from a hospital in Bergen, encrypting its servers with the Mistral ransomware."),
        ("Ransomware gang steals records from Bergen hospital", "The records of ninety thousand patients were stolen from a hospital in Bergen, whose servers were encrypted by ransomware attackers."),
    ],
}  # fmt: skip


def article(event: str, number: int, hours: float = 0, language: str = "en") -> StoryInput:
    title, body = EVENTS[event][number]
    when = START + timedelta(hours=hours + number)
    return StoryInput(f"{event}-{number}", title, body, language, f"site-{number}", when)


ARTICLES = tuple(article(event, number) for event, texts in EVENTS.items() for number in range(len(texts)))


def part_of_outage(name: str, articles: tuple[str, ...], first: datetime) -> Story:
    return Story(
        id=name, title="Outage", language="en", articles=articles, sources=("site-0",), first=first, last=first
    )


class Archive:
    """What the tables would hold."""

    def __init__(self) -> None:
        self.articles: dict[str, StoryInput] = {}
        self.stories: dict[str, Story] = {}

    def take(self, *new: StoryInput) -> StoryUpdate:
        update = assign(new, StoryState(tuple(self.articles.values()), tuple(self.stories.values())))
        self.articles |= {each.id: each for each in new}
        self.stories |= {story.id: story for story in update.stories}
        for gone in update.gone:
            del self.stories[gone]
        return update

    def groups(self) -> set[frozenset[str]]:
        return {frozenset(story.articles) for story in self.stories.values()}


def test_articles_about_one_event_are_a_story() -> None:
    archive = Archive()
    archive.take(*ARTICLES)
    assert archive.groups() == {
        frozenset({"outage-0", "outage-1", "outage-2"}),
        frozenset({"chip-0", "chip-1"}),
        frozenset({"breach-0", "breach-1"}),
    }


def test_a_story_tells_its_articles_in_order_its_sources_and_its_span() -> None:
    archive = Archive()
    archive.take(*reversed(ARTICLES))
    story = archive.stories["outage-0"]
    assert story.articles == ("outage-0", "outage-1", "outage-2")
    assert story.sources == ("site-0", "site-1", "site-2")
    assert (story.first, story.last) == (START, START + timedelta(hours=2))
    assert story.title in {title for title, _ in EVENTS["outage"]}


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_any_order_and_any_batches_give_the_same_stories(rng: random.Random) -> None:
    whole, parts = Archive(), Archive()
    whole.take(*ARTICLES)
    shuffled = rng.sample(ARTICLES, len(ARTICLES))
    while shuffled:
        size = rng.randint(1, len(shuffled))
        parts.take(*shuffled[:size])
        shuffled = shuffled[size:]
    assert parts.groups() == whole.groups()


def test_the_same_articles_again_change_nothing() -> None:
    archive = Archive()
    archive.take(*ARTICLES)
    assert archive.take(*ARTICLES) == StoryUpdate((), ())


def test_a_late_article_does_not_change_the_id() -> None:
    archive = Archive()
    archive.take(article("outage", 1), article("outage", 2))
    archive.take(article("outage", 0))
    assert set(archive.stories) == {"outage-1"}
    assert archive.stories["outage-1"].articles == ("outage-0", "outage-1", "outage-2")


def test_one_article_is_no_story() -> None:
    assert assign([article("chip", 0)], StoryState()) == StoryUpdate((), ())


def test_languages_are_kept_apart() -> None:
    archive = Archive()
    archive.take(article("chip", 0), article("chip", 1, language="nl"))
    assert archive.groups() == set()


def test_regions_of_a_language_are_one() -> None:
    archive = Archive()
    archive.take(article("chip", 0, language="en-GB"), article("chip", 1, language="en"))
    assert archive.stories["chip-0"].language == "en"


def test_the_same_words_a_month_later_are_another_event() -> None:
    archive = Archive()
    archive.take(article("chip", 0), article("chip", 1, hours=24 * 31))
    assert archive.groups() == set()


def test_stories_that_an_article_joins_are_recorded_as_merged() -> None:
    archive = Archive()
    archive.take(article("outage", 0), article("outage", 1), article("outage", 2))
    whole = archive.stories["outage-0"]
    old = part_of_outage("old", ("older", "outage-0"), START)
    other = part_of_outage("other", ("outage-1",), START + timedelta(hours=1))
    state = StoryState(tuple(archive.articles.values()), (old, other))
    update = assign([article("outage", 2)], state)
    assert update.gone == ("other",)
    assert [(story.id, story.merged_from) for story in update.stories] == [("old", ("other",))]
    assert update.stories[0].articles == ("older", *whole.articles)


def test_a_story_that_falls_apart_is_recorded_as_split() -> None:
    articles = (article("outage", 0), article("outage", 1), article("chip", 0), article("chip", 1))
    wrong = Story(
        id="wrong",
        title="Both",
        language="en",
        articles=tuple(each.id for each in articles),
        sources=("site-0", "site-1"),
        first=START,
        last=START,
    )
    update = assign(articles[:1], StoryState(articles, (wrong,)))
    assert {(story.id, story.split_from, story.articles) for story in update.stories} == {
        ("wrong", None, ("outage-0", "outage-1")),
        ("chip-0", "wrong", ("chip-0", "chip-1")),
    }


@pytest.mark.parametrize("text", ["", " ", "!!!", "a", "中"])
def test_empty_articles_are_no_story(text: str) -> None:
    articles = [StoryInput(str(number), text, text, "en", "site", START) for number in range(3)]
    assert assign(articles, StoryState()).stories == ()


def test_a_template_that_a_crowd_shares_is_no_event_and_costs_little() -> None:
    text = "The share price of this company moved today as traders weighed results, outlook and rates in quiet trading."
    crowd = [StoryInput(str(number), "Share price moved", text, "en", "bot", START) for number in range(1_000)]
    assert assign(crowd, StoryState()).stories == ()


@pytest.mark.parametrize(
    "title",
    ["a" * 1_000_000, "\0" * 50, "half \ud83d a character", "<script>alert(1)</script> " * 9, "٣" * 5_000, "́" * 9_000],
)
def test_a_hostile_title_does_no_harm_to_the_others(title: str) -> None:
    hostile = StoryInput("hostile", title, "", "en", "site", START)
    stories = assign([*ARTICLES, hostile], StoryState(), readings=0).stories
    assert {story.articles for story in stories} == {story.articles for story in assign(ARTICLES, StoryState()).stories}


def test_hundreds_of_copies_at_one_moment_are_one_story_in_any_batches() -> None:
    title, body = EVENTS["breach"][0]
    copies = [StoryInput(f"copy-{number:03}", title, body, "en", f"site-{number}", START) for number in range(120)]
    whole, parts = Archive(), Archive()
    whole.take(*copies)
    parts.take(*copies[60:])
    parts.take(*copies[:60])
    assert whole.groups() == parts.groups() == {frozenset(copy.id for copy in copies)}


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_a_time_at_the_end_of_the_calendar_stops_nothing(year: int) -> None:
    odd = article("chip", 1)._replace(published=datetime(year, 1, 1, tzinfo=UTC))
    archive = Archive()
    archive.take(*(each for each in ARTICLES if each.id != odd.id), odd)
    assert not any(odd.id in group for group in archive.groups())
    assert len(archive.groups()) == 2


def test_an_empty_batch_on_a_full_window_changes_nothing() -> None:
    archive = Archive()
    archive.take(*ARTICLES)
    assert archive.take() == StoryUpdate((), ())
