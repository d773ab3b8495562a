from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from pipelines.dedupe import versions
from pipelines.records import Change, Version
from tests.dedupe.tables import START, article

BODY = "The factory opens on Monday.\n\nIt will employ 300 people, the company said."


def visit(body: str, seen: float, *, title: str = "A factory opens", modified: float | None = None) -> Version:
    told = None if modified is None else START + timedelta(hours=modified)
    return versions.visit(article("a", body, seen=seen, title=title, modified=told))


def test_an_edit_keeps_its_word_diff() -> None:
    _, second = versions.chain([visit(BODY, 1), visit(BODY.replace("employ 300", "need up to 250"), 2)])
    assert second.diff == (
        "The factory opens on Monday. It will [-employ 300-]{+need up to 250+} people, the company said."
    )


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (1, 5, Change.EDITED),
        (None, 5, Change.EDITED),
        (1, 1, Change.SILENTLY_EDITED),
        (None, None, Change.SILENTLY_EDITED),
    ],
)
def test_an_edit_is_silent_where_the_publisher_dates_it_no_later(
    before: float | None, after: float | None, change: Change
) -> None:
    chain = versions.chain([visit(BODY, 1, modified=before), visit(BODY + " It will not.", 6, modified=after)])
    assert chain[1].change is change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Updated 3 hours ago", "Updated 1 day ago"),
        ("1,204 views", "3,377 views"),
        ("Nov. 3, 2026", "Nov. 4, 2026"),
        ("Advertisement", ""),
        ("Posted Nov. 3, 2026 at 10:15 am by Jane", "Posted Nov. 4, 2026 at 9:05 am by Jane"),
        ("Nov. 3, 2026 | 5 min read | 12 comments", "Nov. 3, 2026 | 5 min read | 40 comments"),
        ("Last updated at 10:15 GMT", "Last updated at 11:40 GMT"),
        ("12 shares · 40 likes", "13 shares · 55 likes"),
        ("Ships in March\n\nCosts 40 euros", "- Ships in March\n\n- Costs 40 euros"),
    ],
)
def test_counters_dates_and_advertisements_are_noise(before: str, after: str) -> None:
    chain = versions.chain([visit(f"{BODY}\n\n{before}", 1), visit(f"{BODY}\n\n{after}", 2)])
    assert chain[1].change is Change.NOISE


@pytest.mark.parametrize(
    "figures", [("300 people", "200 people"), ("$3 billion", "$5 billion"), ("version 4", "version 5")]
)
def test_a_figure_that_changes_in_a_sentence_is_an_edit(figures: tuple[str, str]) -> None:
    bodies = [f"The company said that it had {figure} in its newest report." for figure in figures]
    chain = versions.chain([visit(bodies[0], 1), visit(bodies[1], 2)])
    assert chain[1].change is Change.SILENTLY_EDITED


def test_a_headline_that_changes_is_told_apart() -> None:
    chain = versions.chain([visit(BODY, 1), visit(BODY, 2, title="A factory opens late")])
    assert (chain[1].title_changed, chain[1].diff) == (True, " ".join(BODY.split()))


def test_white_space_alone_makes_no_version() -> None:
    assert len(versions.chain([visit(BODY, 1), visit(BODY.replace("\n\n", "\n \n"), 2)])) == 1


def test_any_order_of_visits_gives_the_same_chain() -> None:
    visits = [visit(BODY, 1), visit(BODY + " More.", 2), visit(BODY, 3)]
    chains = [versions.chain(order) for order in itertools.permutations(visits)]
    assert all(chain == chains[0] for chain in chains)
    assert [v.number for v in chains[0]] == [1, 2, 3]


@pytest.mark.timeout(10)
def test_a_huge_text_is_compared_in_bounded_time() -> None:
    one = " ".join(f"a{n % 977}" for n in range(60_000))
    other = " ".join(f"a{n % 983}" for n in range(60_000))
    assert "[-" in versions.diff(one, other)
    lines = "\n".join(f"b{n % 7}" for n in range(60_000))
    assert versions.diff(lines, lines + "\nend").endswith("{+end+}")


@pytest.mark.parametrize(
    "lines",
    [
        ("40 people died today", "50 people died today"),
        ("Chip maker now worth 3 trillion", "Chip maker now worth 4 trillion"),
        ("Customers lost 300 shares", "Customers lost 900 shares"),
    ],
)
def test_a_figure_that_changes_in_a_line_somebody_wrote_is_an_edit(lines: tuple[str, str]) -> None:
    chain = versions.chain([visit(f"{BODY}\n\n{lines[0]}", 1), visit(f"{BODY}\n\n{lines[1]}", 2)])
    assert chain[1].change is Change.SILENTLY_EDITED


@pytest.mark.timeout(20)
@pytest.mark.parametrize("many", [300, 600, 6000])
def test_texts_made_to_align_slowly_are_compared_in_bounded_time(many: int) -> None:
    one = " ".join(f"a b x{n}" for n in range(many))
    other = " ".join(f"b a y{n}" for n in range(many))
    assert "[-" in versions.diff(one, other)
