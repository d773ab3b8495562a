"""Captions that nothing but the credit at their end tells from the text."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import Selection
from pipelines.extract.selecting.credited import without_credited

IMAGE = "<img src='/pier.jpg'>"


def kept(markup: str) -> list[str]:
    """Give what is left of a body of all texts in `markup` and one paragraph behind them."""
    found = outline(parse(f"<html><body>{markup}<p>The tide rose.</p></body></html>".encode()).tree)
    size = len(found.blocks)
    everything = Selection(tuple(range(size)), (), (), ("body",) * size, (0.9,) * size, 0.9)
    selection = without_credited(everything, found)
    assert all((role == "caption") == (index not in selection.kept) for index, role in enumerate(selection.roles))
    return [found.blocks[index].text for index in selection.kept]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{IMAGE}<br><small>The pier at dawn. Image credits: Lin Wei</small></p>",
        f"<p>{IMAGE}</p><p><em>The pier at dawn. Photo: Lin Wei</em></p>",
        f"<p>{IMAGE}</p><p>▲ The pier at dawn (Photo: Lin Wei)</p>",
        f"<p>{IMAGE}</p><p>Source: Harbour Office</p>",
    ],
)
def test_a_line_below_a_picture_that_ends_with_its_credit_is_a_caption(markup: str) -> None:
    assert kept(markup) == ["The tide rose."]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{IMAGE}</p><p>The pier at dawn</p>",
        f"<p>{IMAGE}</p><p>The pier (Paris / London) is old.</p>",
        f"<p>{IMAGE}</p><h2>Devil (Old / New)</h2>",
        f"<ul><li>{IMAGE}</li><li>Photo: Lin Wei</li></ul>",
        f"<p>{IMAGE}</p><p>{'The pier is long. ' * 20}Photo: Lin Wei</p>",
        "<p>The pier at dawn. Photo: Lin Wei</p>",
    ],
)
def test_another_line_stays(markup: str) -> None:
    assert len(kept(markup)) == 2


def test_the_last_line_of_a_text_stays() -> None:
    found = outline(parse(f"<html><body>{IMAGE}<p>Source: Harbour Office</p></body></html>".encode()).tree)
    selection = Selection((0,), (), (), ("body",), (0.9,), 0.9)
    assert without_credited(selection, found) is selection
