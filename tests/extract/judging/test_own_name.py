from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.cutting.layout import layout
from pipelines.extract.judging.model import measure
from pipelines.extract.judging.opinion import NAMES as OPINION
from pipelines.extract.judging.own_name import NAMES, site_letters, times_named
from pipelines.extract.judging.places import NAMES as PLACES
from pipelines.extract.judging.signals import NAMES as SIGNALS
from pipelines.extract.parsing.parse import parse
from pipelines.extract.words import words

LINE = "The ferry to the island left two hours late because its master had lost the key of the engine room. "
PAGE = f"""<html><body><main><article><h1>Ferry late</h1><p>{LINE}</p><p>{LINE} A first.</p><p>{LINE} A second.</p>
<p>Harbour-Post readers sail for less: become a friend of the Harbour Post today, and every Thursday is yours.</p></article></main>
<aside><p>© Harbour Post</p></aside></body></html>"""


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.harbour-post.com/ferry", "harbourpost"),
        ("https://blog.harbourpost.co.uk/ferry", "harbourpost"),
        ("https://t3n.de/ferry", ""),
        ("https://192.0.2.7/ferry", ""),
        ("https://harbourpost/ferry", ""),
        ("no address", ""),
        ("", ""),
    ],
)
def test_a_sites_name_stands_before_its_public_suffix(url: str, name: str) -> None:
    assert site_letters(url) == name


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Join Harbour Post, or HarbourPost's friends, or harbour-post.com", 3),
        ("A harbour posts its ships; the post of the harbour", 0),
        ("Inharbour post", 0),
        ("harbour postharbour post", 0),
        ("", 0),
    ],
)
def test_a_name_is_whole_words_however_it_is_parted(text: str, times: int) -> None:
    assert times_named(words(text), "harbourpost") == times


def test_a_block_that_names_the_site_is_told_from_the_paragraphs_that_do_not() -> None:
    document = parse(PAGE.encode())
    found = outline(document.tree)
    said = [words(block.text) for block in found.blocks]
    measured = measure(found, layout(found), document, "https://www.harbourpost.com/ferry", said)
    columns = measured[:, len(SIGNALS) + len(PLACES) + len(OPINION) :]
    assert columns.shape == (len(found.blocks), len(NAMES))
    assert columns[:, 0].tolist() == [0, 0, 0, 0, 2, 1]
    assert columns[:, 1].tolist() == [0.25] * 6
    elsewhere = measure(found, layout(found), document, "https://quillpress.org/ferry", said)
    assert not elsewhere[:, len(SIGNALS) + len(PLACES) + len(OPINION) :].any()
