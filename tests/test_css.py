"""Selectors of sources: what is taken works on every page, and what would fail on one is refused at once."""

from __future__ import annotations

import lxml.html
import pytest

from pipelines import css


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("#story > p:not(.ad)", ["one", "three"]),
        ("P.ad, h1", ["head", "two"]),
        ("p:nth-child(2)", ["two"]),
        ("[class^='a']", ["two"]),
        (", ".join(["h1"] * 100), ["head"]),
        (" ".join(["div"] * 120), []),
    ],
)
def test_a_selector_of_the_standard_works_page_after_page(selector: str, texts: list[str]) -> None:
    for _ in range(3):
        page = lxml.html.fromstring("<h1>head</h1><div id=story><p>one</p><p class=ad>two</p><p>three</p></div>")
        assert [element.text for element in css.compiled(selector)(page)] == texts


@pytest.mark.parametrize(
    "selector",
    [
        "p:contains('tide')",
        "div:has(p:contains('tide'))",
        "p::before",
        "svg|path",
        "*:first-of-type",
        "#a\\b",
        "div..x",
        "",
        ".a" * 251,
        ":is(" * 120,
    ],
)
def test_a_selector_that_would_fail_on_a_page_is_refused(selector: str) -> None:
    with pytest.raises(css.BadSelector):
        css.compiled(selector)


@pytest.mark.parametrize("step", ["a ", "a>", "a+", ".a", "#a", "*,", ":not(a)", "[a]"])
def test_the_longest_selector_leaves_half_of_the_stack(step: str) -> None:
    def deep(frames: int) -> None:
        if frames:
            deep(frames - 1)
        else:
            css.compiled(step * (css.LONGEST // len(step) - 1) + "a" * (step[-1] in " >+,"))

    deep(300)
