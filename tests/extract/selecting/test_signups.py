"""Boxes that ask for a mail address or money are no body, whatever the model makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.signups import without_signups

PROSE = "<p>The hall opened on Monday with forty racks and a queue that reached the harbour, said the operator.</p>" * 4
FIELD = "<input type=email placeholder='Your address'><button>Go</button>"
SAYS = "<h3>What matters</h3><p>Five stories from the harbour, every morning at six.</p>"


def kept(markup: str) -> list[str]:
    """Texts that stay in the body, of a page all of which the model gives to it; the prose aside."""
    model = load()
    found = outline(parse(f"<html><body><article>{markup}</article></body></html>".encode(), None).tree)
    size = len(found.blocks)
    verdicts = Verdicts(np.ones(size, np.float32), np.zeros((size, len(model.roles)), np.float32))
    odds = without_signups(found, verdicts, model).body
    return [block.text for block, odd in zip(found.blocks, odds, strict=True) if odd > 0.5 and block.text not in PROSE]


@pytest.mark.parametrize(
    "box",
    [
        f"<form>{SAYS}{FIELD}</form>",
        f"<div>{SAYS}<form>{FIELD}</form><p>No more than that.</p></div>",
        f"<aside><div><div>{SAYS}</div><form action='/letter'><input name='EMAIL'></form></div></aside>",
        f"<div class=wp-block-newspack-blocks-donate>{SAYS}<form><button>Give</button></form></div>",
        f"<div>{SAYS}<form action='https://harbour.example/donate'><button>Give</button></form></div>",
    ],
)
def test_the_lines_beside_the_field_are_no_body(box: str) -> None:
    assert kept(f"{PROSE}<h2>A section</h2>{box}{PROSE}") == ["A section"]


@pytest.mark.parametrize(
    "box",
    [
        f"<div>{SAYS}<form><input type=search></form></div>",
        f"<div>{SAYS}<form action='/donatello'><input type=search></form></div>",
        f"<div>{SAYS}<form><textarea></textarea>{FIELD}</form></div>",
        f"<div>{SAYS}<h3>Another section</h3><form>{FIELD}</form></div>",
    ],
)
def test_other_forms_and_sections_that_end_with_one_stay(box: str) -> None:
    assert kept(f"{PROSE}{box}{PROSE}")[0] == "What matters"


def test_a_form_beside_the_whole_article_takes_nothing_with_it() -> None:
    assert kept(f"<div>{SAYS}<form>{FIELD}</form></div>") == [
        "What matters",
        "Five stories from the harbour, every morning at six.",
    ]
