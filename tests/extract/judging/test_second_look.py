"""What the second look is given of a block's neighbours, column by column, on small pages and on any page."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.cutting.layout import layout
from pipelines.extract.judging.model import load, shares
from pipelines.extract.judging.second_look import FAR, NO_ODDS, NONE, names, second_look, sections, surroundings
from pipelines.extract.parsing.parse import parse

ROLES = load().roles
PARAGRAPH = (
    "Hall number one of the new plant was filled with machines from the port, said the operator of the ferry line."
)
# A story, then a heading over two cards; what the first look made of its six blocks.
PAGE = f"""
<h1>The plant</h1><div class=text><p>{PARAGRAPH}</p><p>{PARAGRAPH} It will open in spring.</p></div>
<div class=more><h2>Explore more</h2><div class=card><a href=/a>Ferries</a></div><div class=card><a href=/b>Masts</a></div></div>
"""
ODDS = [-2.0, 4.0, 5.0, 1.0, -4.0, -6.0]
SAID = ["title", "body", "body", "teaser_heading", "teaser", "teaser"]
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["p", "h2", "h3", "li", "a"]), st.floats(-20, 20, width=32), st.sampled_from(ROLES)),
    min_size=1,
    max_size=90,
)


def seen(page: str, odds: list[float], said: list[str]) -> list[dict[str, float]]:
    """Give each block's columns by name."""
    found = outline(parse(f"<html><body>{page}</body></html>".encode()).tree)
    roles = np.full((len(said), len(ROLES)), 0.01, np.float32)
    for block, role in enumerate(said):
        roles[block, ROLES.index(role)] = 1 - 0.01 * (len(ROLES) - 1)
    columns = second_look(surroundings(found, layout(found)), np.array(odds, np.float32), roles, ROLES)
    return [dict(zip(names(ROLES), row.tolist(), strict=True)) for row in columns]


def test_a_block_is_told_what_its_neighbours_are() -> None:
    title, first, _, heading, _, last = seen(PAGE, ODDS, SAID)
    assert [first["body_-1"], first["body"], first["body_+1"], first["body_+2"]] == [-2, 4, 5, 1]
    assert [first["body_-2"], title["body_-1"], last["body_+1"]] == [NO_ODDS] * 3
    assert [last["rivals_+2"], last["chars_+1"]] == [NONE] * 2
    assert heading["teasers_+1"] > 0.9 > heading["teasers_-1"]
    assert [first["heading_-1"], heading["heading"]] == [1, 2]


def test_a_heading_is_told_what_stands_below_it_and_a_block_its_heading() -> None:
    title, first, _, heading, card, last = seen(PAGE, ODDS, SAID)
    assert [title["blocks_below"], heading["blocks_below"], card["blocks_below"]] == [5, 2, 0]
    assert -6 < heading["body_below"] < -4 < title["body_below"]
    assert heading["rivals_below"] > 0.9
    assert [card["body_below"], card["rivals_below"]] == [NO_ODDS, NONE]
    assert [card["body_above"], first["body_above"], last["since_heading"]] == [1, -2, 2]
    assert [title["body_above"], title["since_heading"]] == [NO_ODDS, FAR]


def test_what_shares_a_container_or_its_class_is_asked_without_the_block_itself() -> None:
    _, first, second, _, card, last = seen(PAGE, ODDS, SAID)
    assert [first["body_in_1"], second["body_in_1"]] == [5, 4]
    assert [first["blocks_in_0"], first["blocks_in_1"], first["body_in_0"]] == [1, 2, NO_ODDS]
    assert [card["body_alike"], last["body_alike"], card["blocks_alike"]] == [-6, -4, 2]
    assert card["teasers_alike"] > 0.9 > first["teasers_alike"]


def test_a_block_is_told_how_much_of_the_text_stands_before_and_behind_it() -> None:
    title, first, second, heading, _, last = seen(PAGE, ODDS, SAID)
    assert [title["kept_before"], title["kept_after"], title["until_kept"], title["since_kept"]] == [0, 1, 1, FAR]
    assert [last["kept_before"], last["kept_after"], last["since_kept"]] == [1, 0, 3]
    assert first["kept_before"] == 0 < second["kept_before"] < 1 == heading["kept_before"]
    assert second["kept_after"] < first["kept_after"] < 1
    assert heading["paragraphs_before"] == np.float32(np.log(3))
    assert heading["paragraphs_after"] == 0


def test_a_page_of_one_block_has_nobody_to_ask() -> None:
    (only,) = seen(f"<p>{PARAGRAPH}</p>", [3.0], ["body"])
    others = [value for name, value in only.items() if name.startswith(("body_+", "body_-", "body_in", "body_alike"))]
    assert others == [NO_ODDS] * len(others)
    assert [only["page_body"], only["kept_before"], only["kept_after"]] == [3, 0, 0]


@given(st.lists(st.integers(0, 3), max_size=200))
def test_a_section_ends_with_the_next_heading_of_its_level_or_a_higher_one(levels: list[int]) -> None:
    expected = [
        at + 1
        if not mine
        else min(
            next((below for below in range(at + 1, len(levels)) if 0 < levels[below] <= mine), len(levels)), at + FAR
        )
        for at, mine in enumerate(levels)
    ]
    assert sections(np.array(levels, dtype=np.int64)).tolist() == expected


@given(BLOCKS)
def test_any_page_has_finite_columns_and_means_within_what_they_are_of(blocks: list[tuple[str, float, str]]) -> None:
    page = "".join(f"<{tag}>{PARAGRAPH[: 5 + 7 * place]}</{tag}>" for place, (tag, _, _) in enumerate(blocks))
    found = outline(parse(f"<html><body>{page}</body></html>".encode()).tree)
    odds = [blocks[place % len(blocks)][1] for place in range(len(found.blocks))]
    said = [blocks[place % len(blocks)][2] for place in range(len(found.blocks))]
    for row in seen(page, odds, said):
        assert np.isfinite(list(row.values())).all()
        for name in ("body_in_1", "body_alike", "body_below", "page_body"):
            assert row[name] == NO_ODDS or min(odds) - 1e-3 <= row[name] <= max(odds) + 1e-3
        for name in ("rivals_in_1", "rivals_alike", "rivals_below", "kept_before", "kept_after"):
            assert row[name] == NONE or -1e-6 <= row[name] <= 1 + 1e-6


def test_the_model_looks_twice_and_adds_up_what_it_saw() -> None:
    document = parse(f"<html><body>{PAGE}</body></html>".encode())
    found, model, url = outline(document.tree), load(), "https://news.example/plant"
    where = layout(found)
    body, roles = model.first_look(model.features(found, where, document, url))
    more, more_roles = model.second_look(found, where, body, roles)
    verdicts = model.judge(found, document, url)
    assert np.allclose(np.log(verdicts.body / (1 - verdicts.body)), body + more, atol=1e-3)
    assert np.allclose(verdicts.roles, shares(roles + more_roles))
    assert np.allclose(verdicts.roles.sum(axis=1), 1)
    assert np.abs(more).max() > 0.01
