"""The text of a headline or caption, whose inline elements part no words."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.lines import line_of
from pipelines.extract.parsing.parse import parse


def line(markup: str) -> str:
    return line_of(parse(f"<h1>{markup}</h1>".encode()).tree.findall(".//h1")[0])


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("“<em>Tide</em>”, of all words", "“Tide”, of all words"),
        ("Tidemark<sup>®</sup> in H<sub>2</sub>O", "Tidemark® in H2O"),
        ("The <i>Post</i>'s pier", "The Post's pier"),
        ("Har<wbr>bour tide", "Harbour tide"),
        ("Harbour (<a href=/hbr>HBR</a>) rises", "Harbour (HBR) rises"),
        ("1<span>of</span>4 The pier", "1 of 4 The pier"),
        ("The 5<span>th</span> pier", "The 5th pier"),
        ("Harbour 5<cite>(Harbourpix)</cite>", "Harbour 5 (Harbourpix)"),
        ("Lin Wei</a>/Harbourpix", "Lin Wei/Harbourpix"),
        ("Pier 4<span>G</span> mast", "Pier 4G mast"),
        ("古い携帯から<strong>潮</strong>、港で測る", "古い携帯から潮、港で測る"),
        ("<span>速报</span><span>港口涨潮</span>", "速报港口涨潮"),
        ("<span class=cap>T</span>he tide", "The tide"),
        ("<b>T</b><span>he tide</span>", "The tide"),
        ("<span>T</span><span>i</span><span>d</span><span>e</span>", "Tide"),
        ("tide<span>Gauge</span>", "tide Gauge"),
        ("<b>tide</b>Gauge", "tideGauge"),
    ],
)
def test_inline_elements_join_words_as_they_stand(markup: str, expected: str) -> None:
    assert line(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "The pier.<br>Lin Wei",
        "<div>The pier.</div><div>Lin Wei</div>",
        "<span>The pier.</span><span>Lin Wei</span>",
        "<span>The pier.</span>Lin Wei",
        "The pier.\n <b> Lin</b> Wei",
        "The pier.<script>no()</script><svg><title>no</title></svg> Lin Wei",
    ],
)
def test_blocks_line_breaks_and_elements_side_by_side_part_words(markup: str) -> None:
    assert line(markup) == "The pier. Lin Wei"


def test_what_is_skipped_is_left_out_with_all_in_it() -> None:
    page = parse(b"<h1>The <b class=x>no<i>no</i></b>tide</h1>")
    assert line_of(page.tree.findall(".//h1")[0], lambda one: one.get("class") == "x") == "The tide"


def test_a_line_is_read_no_further_than_a_headline_goes() -> None:
    assert line("<br>x" * 9_000) == ("x " * 300).strip() + " "
    assert line(" " * 9_000_0 + "x") == "x"
