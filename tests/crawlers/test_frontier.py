"""Each URL enters once, is handed out once and ends once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.frontier import Errand, Frontier
from pipelines.records import Role


def article(url: str) -> Errand:
    return Errand(url, Role.ARTICLE, 0, None)


# A busy machine takes longer to open a database than an example may by default.
@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefgh")), st.lists(st.integers(0, 3)))
def test_urls_in_are_urls_out(urls: list[str], takes: list[int]) -> None:
    frontier, out = Frontier(), Counter[str]()
    for url in urls:
        frontier.add(article(url))
    for count in [*takes, 100]:
        out.update(errand.url for errand in frontier.take(0, count))
    assert out == Counter(set(urls))
    assert all(frontier.end(url) for url in out)
    assert not any(frontier.end(url) for url in out)
    assert frontier.count("ended") == len(set(urls))


def test_articles_wait_until_every_listing_is_read() -> None:
    frontier = Frontier()
    frontier.add(article("a"))
    frontier.add(Errand("f", Role.FEED, 0, None))
    assert [errand.url for errand in frontier.take(9, 9)] == ["f"]
    assert frontier.take(9, 9) == []
    frontier.end("f")
    assert [errand.url for errand in frontier.take(9, 9)] == ["a"]


def test_the_newest_articles_come_first() -> None:
    frontier = Frontier()
    frontier.add(article("undated"))
    for day in (2, 3, 1):
        frontier.add(article(str(day)), datetime(2026, 11, day, tzinfo=UTC))
    assert [errand.url for errand in frontier.take(0, 9)] == ["3", "2", "1", "undated"]
