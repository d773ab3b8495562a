"""Endless spaces of URLs are told from articles."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from crawlers import traps as module
from crawlers.traps import Traps
from pipelines import limits

TODAY = date(2026, 11, 22)
FETCH = limits.load(Path(module.__file__).parent.parent / "config" / "limits.yaml").fetch
SITE = "https://news.example"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/calendar/2031/05/12/", "calendar"),
        ("/events/2026-12-24/party", "calendar"),
        ("/a/b/a/b/a/b/story.html", "repeats itself"),
        ("/x/x/x/", "repeats itself"),
        ("/" + "/".join(f"s{n}" for n in range(40)), "segments"),
    ],
)
def test_calendars_and_paths_that_feed_on_themselves_are_traps(path: str, why: str) -> None:
    assert why in (Traps(FETCH).caught(SITE + path, TODAY) or "")


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/22/a-story-of-today",
        "/2026/11/23/a-story-of-tomorrow-in-auckland",
        "/2026/11/a-story-of-the-month",
        "/news/the-best-phones-of-2027",
        "/news/roadmap-to-2030-and-beyond",
        "/blog/ai/2019/03/08/ai/an-old-story",
        "/story.php?id=4711",
    ],
)
def test_articles_are_none(path: str) -> None:
    assert Traps(FETCH).caught(SITE + path, TODAY) is None


def test_facets_are_left_after_a_while() -> None:
    traps = Traps(FETCH)
    combined = product(("asc", "desc"), ("red", "blue", "green"), "abcdefgh", "1234")
    urls = [f"{SITE}/shop?sort={a}&color={b}&size={c}&rating={d}" for a, b, c, d in combined]
    caught = [traps.caught(url, TODAY) is not None for url in urls]
    assert caught.count(False) == FETCH.queries < len(urls)
    assert all(caught[FETCH.queries :])


@pytest.mark.parametrize("query", ["id={n}", "oid=001&aid={n:08}", "view=full&idxno={n}", "{n}"])
def test_ids_in_a_query_are_articles(query: str) -> None:
    traps = Traps(FETCH)
    urls = [f"{SITE}/read.do?{query.format(n=n)}" for n in range(500)]
    assert [url for url in urls if traps.caught(url, TODAY)] == []
