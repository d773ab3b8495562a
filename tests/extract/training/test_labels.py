"""How the training reads its labels: bodies and read roles to a share, a role and a weight for every block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pipelines.extract.training.folds import FOLDS, fold_of, publisher
from pipelines.extract.training.labels import align, words
from pipelines.extract.training.pages import READ_ROLES, LabelledPage, labelled, read_roles, reread
from pipelines.extract.training.targets import page_targets

if TYPE_CHECKING:
    from collections.abc import Sequence

URL = "https://daily.example.com/harbour"
LEAD = "A summary of the harbour's new gauge, set apart."
FIRST = "The harbour office has mounted eleven phones under its pier to measure the tide."
SECOND = "Each phone listens to the echo of a click that it makes itself, day and night."
OFFER = "Subscribe to our weekly letter about harbours and never miss a tide again."
PAGE = f"""<html><body><div>Harbours of the north</div><h1>Phones measure the tide</h1><p class=lead>{LEAD}</p>
<p>{FIRST}</p><p>{OFFER}</p><p>{SECOND}</p></body></html>"""
HOME, TITLE, STANDFIRST, BEGINNING, PROMO, END = range(6)


def page(body: str, roles: Sequence[str] | None = None, **truth: Any) -> LabelledPage:
    """The page with its published body and what a reader said of its blocks, `?` where he was in doubt."""
    found = labelled("set/1", {"id": "1", "url": URL, "body": body} | truth, PAGE.encode(), None, None)
    assert found is not None
    if roles is not None:
        found.roles = np.array([-1 if role == "?" else READ_ROLES.index(role) for role in roles], dtype=np.int8)
    return found


READ = ["chrome", "title", "standfirst", "body", "promo", "body"]


def targets(body: str, roles: Sequence[str] | None = None) -> dict[str, list[Any]]:
    names = ("body", "weight", "role", "role_weight", "read", "prose")
    return {name: column.tolist() for name, column in zip(names, page_targets(page(body, roles)), strict=True)}


def test_a_block_is_given_the_share_of_its_words_that_the_body_holds() -> None:
    cut = "Each phone listens to the echo of a click."
    shares = page(f"{FIRST}\n{cut}").share.tolist()
    assert shares[:BEGINNING] == [0, 0, 0]
    assert [shares[BEGINNING], shares[PROMO]] == [1, 0]
    assert 0.3 < shares[END] < 0.7


def test_a_short_line_belongs_to_the_body_where_it_stands_in_it() -> None:
    long, longer = words(FIRST), words(SECOND)
    blocks = [["home"], long, ["home"], longer, ["home"]]
    assert align(blocks, [*long, "home", *longer]) == [0, 1, 1, 1, 0]
    assert align(blocks, [*long, *longer, "home"]) == [0, 1, 0, 1, 1]


def test_of_two_copies_the_one_in_order_is_of_the_body() -> None:
    first, second, third = words(FIRST), words(SECOND), words(OFFER)
    assert align([second, first, second, third], [*first, *second, *third]) == [0, 1, 1, 1]


def test_nothing_is_of_an_empty_body() -> None:
    assert align([words(FIRST), []], []) == [0, 0]
    assert align([], words(FIRST)) == []


def test_snippets_that_must_not_be_there_are_marked() -> None:
    assert page(f"{FIRST} {SECOND}", must_not_have=["our weekly letter!"]).unwanted.tolist() == [
        index == PROMO for index in range(6)
    ]


def test_a_page_without_blocks_teaches_nothing() -> None:
    assert labelled("set/1", {"id": "1", "url": URL, "body": FIRST}, b"<html></html>", None, None) is None


def test_runs_of_read_roles_unfold_to_blocks() -> None:
    assert [READ_ROLES[role] if role >= 0 else "?" for role in reread("2c1t1?3b", 7)] == [
        "chrome", "chrome", "title", "?", "body", "body", "body",
    ]  # fmt: skip


def test_roles_read_by_another_segmenter_are_refused() -> None:
    with pytest.raises(ValueError, match="7 blocks were read, 6 are there"):
        reread("2c1t1?3b", 6)


def test_roles_are_carried_over_word_by_word_to_blocks_cut_otherwise() -> None:
    first, second, offer = words(FIRST), words(SECOND), words(OFFER)
    others = ("title", "standfirst", "byline", "caption", "inline_teaser", "bio", "comments")
    labels: dict[str, list[Any]] = {role: [] for role in others} | {
        "body": [1],
        "promo": ["2"],
        "teaser": [{"heading": None, "items": []}],
    }
    ours = [["home"], first, second, offer]
    theirs = [["home"], first + second, offer]
    assert [READ_ROLES[role] for role in read_roles(ours, theirs, labels)] == ["chrome", "body", "body", "promo"]


def test_what_reader_and_body_agree_on_is_learnt() -> None:
    found = targets(f"{FIRST} {SECOND}", READ)
    assert found["body"] == [0, 0, 0, 1, 0, 1]
    assert min(found["weight"]) > 0
    assert [READ_ROLES[role] for role in found["role"]] == READ
    assert found["prose"] == [False, False, True, True, True, True]


def test_what_reader_and_body_disagree_on_teaches_nothing_of_the_body_but_its_role() -> None:
    found = targets(f"{FIRST} {OFFER} {SECOND}", READ)
    assert found["weight"][PROMO] == 0 < found["weight"][END]
    assert found["role_weight"][PROMO] == 1
    assert not found["prose"][PROMO]


def test_a_standfirst_is_of_the_body_where_the_published_one_holds_it() -> None:
    assert targets(f"{FIRST} {SECOND}", READ)["body"][STANDFIRST] == 0
    assert targets(f"{LEAD} {FIRST} {SECOND}", READ)["body"][STANDFIRST] == 1


def test_a_block_in_doubt_teaches_nothing() -> None:
    found = targets(f"{FIRST} {SECOND}", [*READ[:PROMO], "?", "body"])
    assert [found["weight"][PROMO], found["role_weight"][PROMO]] == [0, 0]
    assert not found["read"][PROMO]


def test_an_unread_page_teaches_by_its_body_alone() -> None:
    found = targets(f"{FIRST} {SECOND}")
    assert found["body"] == [0, 0, 0, 1, 0, 1]
    assert min(found["weight"]) > 0 == max(found["role_weight"])
    assert not any(found["read"])


def test_of_an_unread_page_half_a_block_teaches_nothing() -> None:
    found = targets(f"{FIRST} Each phone listens to the echo of a click.")
    assert found["weight"][END] == 0 < found["weight"][BEGINNING]


def test_a_page_that_holds_little_of_its_body_teaches_nothing() -> None:
    assert max(targets(f"{FIRST} {' '.join(map(str, range(60)))}")["weight"]) == 0


def test_read_pages_count_for_more() -> None:
    read, unread = targets(f"{FIRST} {SECOND}", READ), targets(f"{FIRST} {SECOND}")
    assert sum(read["weight"]) == pytest.approx(4 * sum(unread["weight"]))


def test_pages_of_one_publisher_share_a_fold() -> None:
    assert {publisher(f"https://{host}/story") for host in ("news.example.co.uk", "example.co.uk")} == {"example.co.uk"}
    assert {fold_of(f"publisher-{number}.example") for number in range(50)} == set(range(FOLDS))
