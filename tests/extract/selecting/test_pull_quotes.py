"""A pull quote that repeats the text is left out; a quotation that does not is of it."""

from __future__ import annotations

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept, prose

SAID = "was filled with machines from the port on day 7"
FAR = prose(PARAGRAPHS[1:6])


@pytest.mark.parametrize(
    "quote",
    [
        f"<blockquote class=pullquote><p>{SAID}</p></blockquote>",
        f"<aside class='wp-block-pullquote'><p>“{SAID}”</p><cite>Ada Byron</cite></aside>",
        f"<figure class=pull-quote><blockquote>{SAID}</blockquote><figcaption><p>Ada Byron</p><p>Operator</p></figcaption></figure>",
        f"<div class=c-pull-quote>{SAID}.</div>",
    ],
)
def test_a_pull_quote_that_repeats_the_text_is_left_out(quote: str) -> None:
    texts = [PARAGRAPHS[0], *PARAGRAPHS[1:6], PARAGRAPHS[6]]
    assert kept(f"<p>{PARAGRAPHS[0]}</p>{quote}{FAR}<p>{PARAGRAPHS[6]}</p>") == texts


def test_a_quotation_that_repeats_a_paragraph_near_it_is_a_pull_quote() -> None:
    quote = f"<blockquote><p>“{SAID}.”</p></blockquote>"
    assert kept(f"<p>{PARAGRAPHS[6]}</p>{quote}<p>{PARAGRAPHS[1]}</p>") == [PARAGRAPHS[6], PARAGRAPHS[1]]
    assert kept(f"<p>{PARAGRAPHS[1]}</p>{quote}<p>{PARAGRAPHS[6]}</p>") == [PARAGRAPHS[1], PARAGRAPHS[6]]
    assert len(kept(f"<p>{PARAGRAPHS[6]}</p>{FAR}{quote}")) == 7


@pytest.mark.parametrize(
    "line",
    [
        "<blockquote class=pullquote><p>What the text does not say, and only the quotation does.</p></blockquote>",
        f"<blockquote>{PARAGRAPHS[2]}</blockquote>",
        "<blockquote>from the port</blockquote>",
        f"<h2>{SAID}</h2>",
    ],
)
def test_other_quotations_and_headings_stay(line: str) -> None:
    assert len(kept(f"<p>{PARAGRAPHS[6]}</p>{line}<p>{PARAGRAPHS[1]}</p>")) == 3
