"""Which block is the standfirst, where several may be or none is taken for one: points, boxes, sub-headlines in bold italics."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import select
from tests.extract.selecting.selected import PARAGRAPHS, prose

TITLE = "<h1>A new plant at the port</h1>"
BELOW = "Hall after hall fills with machines from overseas"
BOX = "The plant is large, stays quiet and costs no more than the old one."


def standfirsts(markup: str, roles: list[str], odds: list[float]) -> tuple[list[str], list[str]]:
    """Texts of the standfirst and of the body, where each block of the head has a likely role and a probability to be of the body."""
    model = load()
    found = outline(parse(f"<html><body>{TITLE}{markup}{prose(PARAGRAPHS[:3])}</body></html>".encode(), None).tree)
    named = ["title", *roles, "body", "body", "body"]
    said = np.full((len(named), len(model.roles)), 0.02, np.float32)
    said[range(len(named)), [model.roles.index(role) for role in named]] = 0.6
    chosen = select(found, Verdicts(np.array([0.0, *odds, 0.9, 0.9, 0.9], np.float32), said), model)
    texts = [block.text for block in found.blocks]
    return [texts[at] for at in chosen.standfirst or chosen.summary], [texts[at] for at in chosen.kept]


@pytest.mark.parametrize("item", ["<li>{}</li>", "<li><p>{}</p></li>"])
def test_one_of_several_points_is_no_standfirst(item: str) -> None:
    points = item.format(BELOW) + item.format("A thousand people will work there")
    assert standfirsts(f"<ul>{points}</ul>", ["standfirst", "byline"], [0.2, 0.2]) == ([], PARAGRAPHS[:3])
    both = standfirsts(f"<ul>{points}</ul>", ["standfirst", "standfirst"], [0.9, 0.9])
    assert both == ([], [BELOW, "A thousand people will work there", *PARAGRAPHS[:3]])


def test_the_only_item_of_a_list_or_a_heading_in_one_may_be_the_standfirst() -> None:
    assert standfirsts(f"<ul><li>{BELOW}</li></ul>", ["standfirst"], [0.2])[0] == [BELOW]
    headed = f"<ul><li><h2>{BELOW}</h2></li><li>More on ports</li></ul>"
    assert standfirsts(headed, ["standfirst", "chrome"], [0.2, 0.1])[0] == [BELOW]


def test_what_stands_below_the_headline_comes_before_what_a_box_has_below_a_heading_of_its_own() -> None:
    box = f"<h2>{BELOW}</h2><p>By Ada Byron</p><div><h3>The bottom line</h3><p>{BOX}</p></div>"
    found = standfirsts(box, ["standfirst", "byline", "chrome", "standfirst"], [0.2, 0.0, 0.2, 0.9])
    assert found == ([BELOW], [BOX, *PARAGRAPHS[:3]])
    plain = f"<h2>{BELOW}</h2><p>{BOX}</p>"
    assert standfirsts(plain, ["standfirst", "standfirst"], [0.2, 0.9]) == ([BOX], PARAGRAPHS[:3])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<p><b><i>{}</i></b></p>", True),
        ("<p><strong>{}</strong></p>", False),
        ("<p><a href='/offer'><b><i>{}</i></b></a></p>", False),
        ("<div><p><b><i>{}</i></b></p></div>", False),
    ],
)
def test_a_line_in_bold_italics_right_above_the_text_is_the_sub_headline(line: str, found: bool) -> None:
    head = f"<p>News provided by the port</p>{line.format(BELOW)}"
    assert standfirsts(head, ["promo", "promo"], [0.0, 0.3]) == ([BELOW] if found else [], PARAGRAPHS[:3])


def test_several_sub_headlines_are_one_standfirst() -> None:
    lines = f"<p><b><i>{BELOW}</i></b></p><p><i><b>A thousand people will work there</b></i></p>"
    found, _ = standfirsts(lines, ["promo", "chrome"], [0.3, 0.3])
    assert found == [BELOW, "A thousand people will work there"]
