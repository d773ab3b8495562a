"""Lists stay or go as a whole, where the model's verdicts take them apart."""

from __future__ import annotations

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept

POINTS = ["Four halls are full", "Two cranes wait at the pier", "The grid may not carry it"]
HIGH, LOW = 0.8, 0.3


def listed(points: list[str], shape: str) -> str:
    return shape.replace("*", "".join(points))


@pytest.mark.parametrize(
    ("item", "shape"),
    [
        ("<li>{}</li>", "<ul>*</ul>"),
        ("<li><p>{}</p></li>", "<ol>*</ol>"),
        ("<dd>{}</dd>", "<dl>*</dl>"),
        ("<div class=point>{}</div>", "<div>*</div>"),
    ],
)
def test_a_list_of_which_most_is_kept_is_kept_whole_and_of_which_less_is_is_dropped(item: str, shape: str) -> None:
    page = (
        f"<p>{PARAGRAPHS[0]}</p>" + listed([item.format(point) for point in POINTS], shape) + f"<p>{PARAGRAPHS[1]}</p>"
    )
    assert kept(page, [HIGH, HIGH, HIGH, LOW, HIGH]) == [PARAGRAPHS[0], *POINTS, PARAGRAPHS[1]]
    assert kept(page, [HIGH, HIGH, LOW, LOW, HIGH]) == PARAGRAPHS[:2]


def test_lists_in_a_list_are_of_it() -> None:
    page = "<ul>" + "".join(f"<li>{point}<ul><li>Seen</li><li>Sold</li></ul></li>" for point in POINTS) + "</ul>"
    assert len(kept(page, [HIGH, LOW, HIGH] * 3)) == 9


def test_what_holds_links_or_paragraphs_is_judged_item_by_item() -> None:
    linked = "".join(f"<li><a href=/{at}>{point}</a></li>" for at, point in enumerate(POINTS))
    assert kept(f"<ul>{linked}</ul>", [HIGH, HIGH, LOW]) == POINTS[:2]
    long = [f"{text} {text}" for text in PARAGRAPHS[:3]]
    assert kept(listed([f"<li>{text}</li>" for text in long], "<ul>*</ul>"), [HIGH, HIGH, LOW]) == long[:2]


def test_boxes_of_several_classes_are_no_row() -> None:
    page = "".join(f"<div class=box-{at}>{point}</div>" for at, point in enumerate(POINTS))
    assert kept(f"<div>{page}</div>", [HIGH, HIGH, LOW]) == POINTS[:2]


def test_what_a_rule_put_out_of_a_list_stays_out() -> None:
    page = listed([f"<li>{point}</li>" for point in POINTS], "<ul>*</ul>")
    assert kept(page, [HIGH, HIGH, 0]) == POINTS[:2]
