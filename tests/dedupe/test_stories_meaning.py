from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedupe.stories.assign import StoryInput, StoryState, assign
from pipelines.dedupe.stories.meaning import Meanings
from pipelines.dedupe.stories.sketch import Sketch, sketch

if TYPE_CHECKING:
    import random

START = datetime(2026, 3, 2, 9, tzinfo=UTC)

TEXTS = {
    "blaze-0": ("Blaze aboard Northern Star leaves hundreds stranded in Stavanger", "Three hundred travellers were brought ashore by lifeboat after smoke filled the lower decks of the ship. Fjordline says its boats will stay in port until Sunday as authorities look for the cause of the fire."),
    "blaze-1": ("Travellers rescued as smoke fills ship near Norway", "Crew members led holidaymakers to lifeboats late on Tuesday. A machine below deck had caught fire, the shipping company said, and departures are off until the weekend."),
    "outage": ("Savers locked out of accounts by failed migration at Larkspur", "A move to new databases has kept clients of the lender from their money since Wednesday. Larkspur said it was sorry and that penalties would be paid back."),
    "branches": ("Larkspur Bank to open forty branches", "Larkspur Bank will open forty branches in small towns next year, it said on Thursday. Customers had asked for places where they can talk to somebody about their accounts, the bank said."),
}  # fmt: skip


def article(name: str, language: str = "en") -> StoryInput:
    return StoryInput(name, *TEXTS[name], language, f"site of {name}", START)


ARTICLES = tuple(article(name) for name in TEXTS)


def drawn(title: str, body: str, name: str = "one", language: str = "en") -> Sketch:
    return sketch(StoryInput(name, title, body, language, "site", START))


def groups(*articles: StoryInput, readings: int) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in assign(articles, StoryState(), readings).stories}


def test_reports_of_one_event_in_other_words_are_a_story_by_their_meaning() -> None:
    blaze = (article("blaze-0"), article("blaze-1"))
    assert groups(*blaze, readings=0) == set()
    assert groups(*blaze, readings=2) == {frozenset({"blaze-0", "blaze-1"})}


def test_two_events_told_in_alike_words_are_parted_by_their_meaning() -> None:
    bank = (article("outage"), article("branches"))
    assert groups(*bank, readings=0) == {frozenset({"outage", "branches"})}
    assert groups(*bank, readings=2) == set()


def test_words_decide_when_no_more_articles_may_be_read() -> None:
    blaze = (article("blaze-0"), article("blaze-1"))
    assert groups(*blaze, readings=1) == groups(*blaze, readings=0)


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_any_order_gives_the_same_stories_by_meaning_too(rng: random.Random) -> None:
    shuffled = rng.sample(ARTICLES, len(ARTICLES))
    assert groups(*shuffled, readings=9) == groups(*ARTICLES, readings=9) == {frozenset({"blaze-0", "blaze-1"})}


def test_a_text_means_the_same_whatever_was_read_before_it() -> None:
    one, other, long = (sketch(article(name)) for name in ("blaze-0", "blaze-1", "branches"))
    alone, after = Meanings(9), Meanings(9)
    after.alike(long, one)
    assert alone.alike(one, other) == after.alike(one, other) == after.alike(other, one)


def test_an_article_is_read_once() -> None:
    one, other = sketch(article("blaze-0")), sketch(article("blaze-1"))
    meanings = Meanings(2)
    assert [meanings.alike(one, other) is None for _ in range(3)] == [False, False, False]
    assert meanings.alike(one, sketch(article("outage"))) is None


def test_other_languages_are_not_read() -> None:
    one = sketch(article("blaze-0"))
    german = sketch(article("blaze-1", "de"))
    meanings = Meanings(9)
    assert meanings.alike(one, german) is None
    assert meanings.alike(german, german) is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", ""),
        ("", "A body without a headline."),
        ("A headline without a body", ""),
        ("a" * 100_000, "b" * 100_000),
        ("half a character \ud83d", "\udc00 and the other half"),
        ("\0 \u202e \u200b", "[CLS] [SEP] [PAD] [MASK] [UNK]"),
        ("🙂" * 5_000, "́" * 50_000),
        ("标题", "ไม่มีช่องว่าง"),
    ],
)
def test_hostile_texts_are_read_within_bounds(title: str, body: str) -> None:
    alike = Meanings(2).alike(drawn(title, body), drawn(*TEXTS["outage"], name="other"))
    assert alike is not None
    assert -1.001 <= alike <= 1.001


def test_the_same_headline_and_lead_are_most_alike() -> None:
    meanings = Meanings(9)
    sketches = [sketch(each) for each in ARTICLES]
    table = np.array([[meanings.alike(one, other) for other in sketches] for one in sketches], dtype=float)
    assert (table.argmax(axis=1) == np.arange(len(sketches))).all()


def test_time_parts_what_means_the_same() -> None:
    late = article("blaze-1")._replace(published=START + timedelta(days=10))
    assert groups(article("blaze-0"), late, readings=9) == set()
