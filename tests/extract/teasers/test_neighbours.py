"""Headlines behind the body that are teasers though the model took them for furniture: the posts next to it, and dated cards."""

from __future__ import annotations

import pytest

from tests.extract.teasers.collected import BODY, found

A, B = ("The ferry sails on hydrogen now", "/2026/05/ferry"), ("Why the old pier is closed again", "/2026/04/old-pier")


@pytest.mark.parametrize(
    "steps",
    [
        "<div class='PageNavigation'><a class='prev' href='{1}'>« {0}</a> <a class='next' href='{3}'>{2} »</a></div>",
        "<div class='nav-prev'><a href='{1}'><i>Previous post</i><span>{0}</span></a></div><div class='nav-next'><a href='{3}'>{2} <span>Next</span></a></div>",
        "<p><b>Previous article:</b> <a href='{1}'>{0}</a></p><p>Next article: <a href='{3}'>{2}</a></p>",
        "<p><a rel='prev' href='{1}'>{0}</a></p><p><a rel='next' href='{3}'>{2}</a></p>",
        "<p><a href='{1}'>← Prev: {0}</a></p><p><a href='{3}'>Next: {2} →</a></p>",
        "<p><a href='{1}'><i>Vorheriger Beitrag</i> {0}</a></p><p><a href='{3}'><i>次の記事</i> {2}</a></p>",
    ],
)
def test_the_posts_before_and_after_are_teasers(steps: str) -> None:
    cards = found(BODY + steps.format(*A, *B), {})
    assert [(card.title, card.url, card.blurb) for card in cards] == [
        (title, f"https://news.example{path}", None) for title, path in (A, B)
    ]


@pytest.mark.parametrize(
    "steps",
    [
        "<p><a rel='prev' href='/2026/05/ferry'>Previous post</a> <a rel='next' href='/2026/04/old-pier'>Next post</a></p>",
        "<p><a href='/2026/05/ferry'>The ferry sails on hydrogen now</a></p>",
        "<p class='next'><a href='/chips/new-fab-opens/page-2'>To the second page of it</a></p>",
        "<p class='next'><a href='https://other.example/2026/05/ferry'>The ferry sails on hydrogen now</a></p>",
        "<p class='next-day'><a href='/delivery-1'>Learn more of delivery</a></p>",
        "<p class='prev'><a href='/tag/ferries'>All that we know of ferries</a></p>",
    ],
    ids=["labels alone", "no step", "of the same article", "of another site", "no step by its name", "a list"],
)
def test_what_leads_to_no_headline_of_the_next_post_is_none(steps: str) -> None:
    assert found(BODY + steps, {}) == ()


@pytest.mark.parametrize("line", ["Oct 5 • Ada Byron", "5. Oktober 2026", "3 hours ago"])
def test_a_headline_in_a_small_card_with_a_day_is_a_teaser(line: str) -> None:
    card = (
        f"<div><a href='{{1}}'>{{0}}</a><div>How a yard in the north did it with a crane</div><div>{line}</div></div>"
    )
    first, second = found(f"{BODY}<section>{card.format(*A)}{card.format(*B)}</section>", {})
    assert (first.title, first.blurb) == (A[0], "How a yard in the north did it with a crane")
    assert second.title == B[0]


def test_a_link_beside_a_day_in_a_larger_part_of_the_page_is_none() -> None:
    lines = "".join(f"<p>Line {number} of what the site says of itself</p>" for number in range(5))
    assert found(f"{BODY}<div><a href='{A[1]}'>{A[0]}</a><p>5 October 2026</p>{lines}</div>", {}) == ()
    assert found(f"{BODY}<div><a href='{A[1]}'>{A[0]}</a><p>All rights reserved</p></div>", {}) == ()
