"""The questions of an accordion stay with their answers, where the model takes the buttons for the site's."""

from __future__ import annotations

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept

ASKED = [
    ("Who owns the crane?", "The harbour does, and it lets it."),
    ("What does it lift?", "Whatever comes, up to forty tons."),
]
HIGH, LOW = 0.8, 0.4


@pytest.mark.parametrize(
    "item",
    [
        "<div><h2><button aria-expanded=false>{}</button></h2><div><p>{}</p></div></div>",
        "<div><button aria-expanded=false>{}</button><div hidden><p>{}</p></div></div>",
        "<div><div class=tab-title role=button><a tabindex=0>{}</a></div><div><p>{}</p></div></div>",
        "<details><summary>{}</summary><p>{}</p></details>",
        "<h3 class=faq-question>{}</h3><div><p>{}</p></div>",
    ],
)
def test_a_question_stays_with_its_answer(item: str) -> None:
    page = f"<p>{PARAGRAPHS[0]}</p><div>{''.join(item.format(*each) for each in ASKED)}</div><p>{PARAGRAPHS[1]}</p>"
    whole = [PARAGRAPHS[0], *ASKED[0], *ASKED[1], PARAGRAPHS[1]]
    assert kept(page, [HIGH, LOW, HIGH, LOW, HIGH, HIGH]) == whole
    assert kept(page, [HIGH, HIGH, HIGH, HIGH, LOW, HIGH]) == whole
    assert kept(page, [HIGH, LOW, LOW, LOW, LOW, HIGH]) == PARAGRAPHS[:2]
    assert kept(page, [HIGH, 0, HIGH, LOW, HIGH, HIGH]) == [PARAGRAPHS[0], ASKED[0][1], *ASKED[1], PARAGRAPHS[1]]


def test_a_question_that_opens_nothing_is_judged_by_itself() -> None:
    page = f"<p>{ASKED[0][0]}</p><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
    assert kept(page, [LOW, HIGH, HIGH]) == PARAGRAPHS[:2]
