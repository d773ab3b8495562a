"""Formulas in a text."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.markdown.markdown import markdown, plain
from pipelines.extract.parsing.parse import parse

KATEX = (
    "<span class='katex'><span class='katex-mathml'><math><semantics><mrow><mi>E</mi></mrow>"
    "<annotation encoding='application/x-tex'>E = mc^2</annotation></semantics></math></span>"
    "<span class='katex-html' aria-hidden='true'>E=mc2</span></span>"
)
WIKI = (
    "<span style='display: none'><math alttext='{\\displaystyle n=3}'><mi>n</mi></math></span>"
    "<img class='mwe-math-fallback-image-inline' alt='{\\displaystyle n=3}' src='/3.svg'>"
)


@pytest.mark.parametrize(
    ("markup", "formula"),
    [
        pytest.param(KATEX, "E = mc^2", id="TeX beside MathML"),
        pytest.param(WIKI, "{\\displaystyle n=3}", id="TeX that MathML states"),
        pytest.param("<math><mi>n</mi> <mo>=</mo> <mn>3</mn></math>", "n=3", id="MathML alone"),
        pytest.param("<img class='latex' alt='n=3' src='/3.png'>", "n=3", id="a picture of a formula"),
        pytest.param("<math><mtext></mtext></math><img class='latex' src='/3.png'>", "", id="nothing said"),
        pytest.param(f"<math><mtext>{'x' * 3000}</mtext></math>", "", id="no formula's length"),
    ],
)
def test_a_formula_stands_in_its_sentence(markup: str, formula: str) -> None:
    found = outline(parse(f"<p>As {markup} shows.</p>".encode()).tree)
    assert plain(found, [0]) == f"As {formula} shows.".replace("  ", " ")


def test_a_formula_of_its_own_is_a_block() -> None:
    found = outline(parse(b"<p>As</p><div><math display='block' alttext='x^2'></math></div><p>shows.</p>").tree)
    assert [block.text for block in found.blocks] == ["As", "x^2", "shows."]


def test_tex_is_code_between_dollars_in_markdown() -> None:
    found = outline(parse(b"<p>As <math alttext='a_1 &lt; `b`'></math><math><mi>n</mi></math> shows.</p>").tree)
    assert markdown(found, [0], "https://harbour-post.example/") == "As $`` a_1 < `b` ``$n shows."
